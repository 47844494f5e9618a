"""The live 检查 of single inputs: 基本情况, 部门预算 and 评分数据."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.scoring.checks.magnitude import PLAIN_AMOUNT, THOUSANDFOLD
from zhengti_zip.submission.paths import UNITS, InputPath
from zhengti_zip.submission.values import YEARS
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.excel import Finding
from zhengti_zip.workbook.plan import (
    BUDGET_COLUMN,
    BUDGET_SHEET,
    InputCell,
    WorkbookPlan,
    name_of,
    result_name,
)

MISSING = "待填"


def value_findings(cell: str, item: Input) -> list[Finding]:
    """What is wrong with one entered value, by its kind."""
    if item.options:
        return [(f"AND({excel.filled(cell)},NOT({excel.one_of(cell, item.options)}))", "请从列表选择")]
    if not item.kind.is_number:
        return []
    if item.kind is ValueKind.YEAR:
        fits = f"AND(ISNUMBER({cell}),N({cell})>={YEARS[0]},N({cell})<={YEARS[-1]})"
        return [(f"AND({excel.filled(cell)},NOT({fits}))", "请填四位年份")]
    found = [(excel.not_a_number(cell), excel.NUMBER_WANTED), (excel.below(cell, "0"), "不能为负数")]
    if item.kind is ValueKind.COUNT:
        found.append((f"AND(ISNUMBER({cell}),INT(N({cell}))<>N({cell}))", "应为整数"))
    return found


def field_status(plan: WorkbookPlan, planned: InputCell) -> str:
    """The 检查 of a basic field."""
    cell, item = planned.coordinate, planned.item
    errors = value_findings(cell, item)
    warnings: list[Finding] = []
    if item.required:
        errors.insert(0, (excel.blank(cell), MISSING))
    if item.id == plan.form.roles.unit_count:
        errors += _unit_count(plan, cell)
    if item.id == plan.form.roles.year:
        warnings.append(
            (f"AND(ISNUMBER({cell}),N({cell})<>{plan.form.year})", f"本表是{plan.form.year}年度的表")
        )
    return excel.status(errors, warnings)


def _unit_count(plan: WorkbookPlan, cell: str) -> list[Finding]:
    names = name_of(InputPath.column(UNITS, "name"))
    listed = f'SUMPRODUCT(--({names}<>""))'
    several = f"OR(N({cell})>1,{listed}>1)"
    return [
        (excel.below(cell, "1"), "至少为1"),
        (f"AND(ISNUMBER({cell}),{several},N({cell})<>{listed})", "与单位明细的行数不符"),
    ]


def budget_status(plan: WorkbookPlan, planned: InputCell) -> str:
    """The 检查 of a budget amount."""
    cell, amounts = planned.coordinate, budget_range(plan)
    second = f"LARGE({amounts},2)"
    errors = [(excel.blank(cell), "没有的填0"), *value_findings(cell, planned.item)]
    warnings = [
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
    rows = [cell.row for cell in plan.on_sheet(BUDGET_SHEET)]
    letter, mark = get_column_letter(BUDGET_COLUMN), "$" if absolute else ""
    return f"{mark}{letter}{mark}{min(rows)}:{mark}{letter}{mark}{max(rows)}"


def data_status(planned: InputCell, row_ids: list[str]) -> str:
    """The 检查 of one datum: wanted only while one of the rows that use it has no score of its own."""
    cell = planned.coordinate
    scores = ",".join(f"NOT(ISNUMBER({result_name(f'counting.{row_id}')}))" for row_id in row_ids)
    errors = value_findings(cell, planned.item)
    wanted = f"AND({excel.blank(cell)},OR({scores}))"
    return excel.status([(wanted, MISSING), *errors], empty=f"AND({excel.blank(cell)},NOT(OR({scores})))")
