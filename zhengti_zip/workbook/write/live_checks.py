"""The live 检查 of single inputs: 基本情况, 部门预算 and 评分数据."""

from __future__ import annotations

from openpyxl.utils import get_column_letter, quote_sheetname

from zhengti_zip.base.coordinates import letters
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.tree import RowContext
from zhengti_zip.scoring.checks.magnitude import PLAIN_AMOUNT, THOUSANDFOLD
from zhengti_zip.submission.paths import BUDGET, DERIVED, INDICATORS, SCORES, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.defined_names import OWN_COUNTING, name_of, read_name, result_name
from zhengti_zip.workbook.excel import Finding
from zhengti_zip.workbook.plan import AMOUNT_COLUMN, InputCell, WorkbookPlan
from zhengti_zip.workbook.write import live_switched
from zhengti_zip.workbook.write.cell_names import operands_of
from zhengti_zip.workbook.write.live_values import UNREADABLE, value_of

MISSING = "待填"
CONTRADICTION = "与相关数据矛盾"

REASON_DUE = "有失分，请写明原因"

UNIT_ROWS = "units.rows"
"""The live result that counts the rows of 单位明细."""


def value_findings(planned: InputCell) -> list[Finding]:
    """What is wrong with one entered value, by its kind."""
    cell, item = planned.coordinate, planned.item
    if item.options:
        return [(f"AND({excel.filled(cell)},NOT({excel.one_of(cell, item.options)}))", "请从列表选择")]
    if item.kind is ValueKind.DATE:
        return [(f"AND({excel.filled(cell)},NOT({excel.is_day(cell)}))", "请填年月日")]
    if not item.kind.is_number:
        limit = item.max_length
        return [(excel.longer_than(cell, limit), f"超过{limit}字")] if limit else []
    unreadable = f'{planned.read}="{UNREADABLE}"'
    if item.kind is ValueKind.YEAR:
        return [(unreadable, "请填四位年份")]
    found, known = [(excel.not_a_number(cell), excel.NUMBER_WANTED)], f"NOT(ISNUMBER({cell}))"
    if item.kind in (ValueKind.AMOUNT, ValueKind.COUNT):
        found.append((excel.below(cell, "0"), "不能为负数"))
        known += f",N({cell})<0"
    if item.kind is ValueKind.COUNT:
        found.append((f"AND(ISNUMBER({cell}),N({cell})>=0,INT(N({cell}))<>N({cell}))", "应为整数"))
        known += f",INT(N({cell}))<>N({cell})"
    found.append((f"AND({unreadable},NOT(OR({known})))", "格式不是数值"))
    return found


def field_status(plan: WorkbookPlan, planned: InputCell) -> str:
    """The 检查 of a basic field."""
    cell, item, read = planned.coordinate, planned.item, value_of(planned)
    errors = value_findings(planned)
    switched = live_switched.of_field(plan, planned)
    warnings = switched.warnings
    if item.required:
        errors.insert(0, (excel.blank(cell), MISSING))
    if item.id == plan.form.roles.unit_count:
        errors += _unit_count(read)
    if item.id == plan.form.roles.reason:
        errors.append((f"AND({lost_rows(plan)}>0,{excel.no_words(cell)})", REASON_DUE))
    if item.id == plan.form.roles.year:
        warnings.append(
            (f"AND(ISNUMBER({read}),N({read})<>{plan.form.year})", f"本表是{plan.form.year}年度的表")
        )
    return excel.status([*errors, *switched.errors], warnings)


def lost_rows(plan: WorkbookPlan) -> str:
    """How many scored rows, fixed and entered, lost points."""
    parts = []
    if plan.form.rows:
        sheet, columns = quote_sheetname(plan.titles[SCORES]), (plan.scores.counting, plan.scores.weight)
        rows = plan.score_rows.values()
        parts.append([f"{sheet}!${letters(c)}${min(rows)}:${letters(c)}${max(rows)}" for c in columns])
    if plan.own_rows is not None:
        weights = read_name(InputPath.column(INDICATORS, "weight"))
        parts.append([result_name(OWN_COUNTING), weights])
    return "+".join(f"SUMPRODUCT(ISNUMBER({counting})*({counting}<{weight}))" for counting, weight in parts)


def _unit_count(cell: str) -> list[Finding]:
    listed = result_name(UNIT_ROWS)
    several = f"OR(N({cell})>1,{listed}>1)"
    return [
        (excel.below(cell, "1"), "至少为1"),
        (f"AND(ISNUMBER({cell}),{several},N({cell})<>{listed})", "与单位明细的行数不符"),
    ]


def budget_status(plan: WorkbookPlan, planned: InputCell) -> str:
    """The 检查 of a budget amount."""
    cell, amounts = planned.coordinate, budget_range(plan)
    second = f"LARGE({amounts},2)"
    switched = live_switched.of_amount(plan, planned)
    errors = [(excel.blank(cell), "没有的填0"), *value_findings(planned), *switched.errors]
    warnings = [
        *switched.warnings,
        (f"AND(ISNUMBER({cell}),ROUND(N({cell}),2)<>N({cell}))", "超过两位小数"),
        (
            f"IF(COUNT({amounts})>1,AND(N({cell})=MAX({amounts}),N({cell})>={plain(PLAIN_AMOUNT)},"
            f"{second}>0,N({cell})>={plain(THOUSANDFOLD)}*{second}),FALSE)",
            "是否误以元填写",
        ),
    ]
    return excel.status(errors, warnings)


def budget_range(plan: WorkbookPlan, *, absolute: bool = False) -> str:
    """The cells of the entered amounts."""
    rows = [cell.row for cell in plan.of_group(BUDGET)]
    letter, mark = get_column_letter(AMOUNT_COLUMN), "$" if absolute else ""
    return f"{mark}{letter}{mark}{min(rows)}:{mark}{letter}{mark}{max(rows)}"


def data_status(plan: WorkbookPlan, planned: InputCell, rows: list[RowContext]) -> str:
    """The 检查 of one datum: wanted only while one of the rows that use it has no score of its own.

    Args:
        rows: the rows whose rule uses it.
    """
    cell = planned.coordinate
    missing = [f"NOT(ISNUMBER({result_name(f'counting.{row.row.id}')}))" for row in rows]
    is_blank, no_score = excel.blank(cell), f"OR({','.join(missing)})"
    contradicted = [_is_contradicted(plan, row) for row in rows]
    wrong, doubtful = (
        "OR(" + ",".join(f"AND({one},{other})" for one, other in zip(contradicted, others, strict=True)) + ")"
        for others in (missing, [f"NOT({word})" for word in missing])
    )
    switched = live_switched.of_amount(plan, planned)
    errors = [(f"AND({is_blank},{no_score})", MISSING), *value_findings(planned), (wrong, CONTRADICTION)]
    warnings = [(doubtful, CONTRADICTION), *switched.warnings]
    empty = f"AND({is_blank},NOT({no_score}))"
    return excel.status([*errors, *switched.errors], warnings, empty=empty)


def _is_contradicted(plan: WorkbookPlan, row: RowContext) -> str:
    """Whether all data of a row are understood and give no score."""
    rule = row.row.rule_for(plan.form.year)
    if any(other.inputs() != rule.inputs() for other in row.row.rules) or not rule.inputs():
        return "FALSE"
    computed = f"ISNUMBER({result_name(f'computed.{row.row.id}')})"
    understood = ",".join(_understood(path, item) for path, item in operands_of(plan, rule))
    return f"AND({understood},NOT({computed}))"


def _understood(path: InputPath, item: Input) -> str:
    if path.group == DERIVED:
        return f"ISNUMBER({result_name(path)})"
    if item.kind.is_number:
        return f"ISNUMBER({read_name(path)})"
    return excel.one_of(name_of(path), item.options)
