"""The table of money: fixed lines × columns, each amount an input, with the sums that must hold."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.money import Sum
from zhengti_zip.submission.paths import FUNDS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.areas import FIRST_ROW
from zhengti_zip.workbook.defined_names import read_name
from zhengti_zip.workbook.excel import Finding
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import LABEL_COLUMN, InputCell, WorkbookPlan
from zhengti_zip.workbook.write import live_switched, style
from zhengti_zip.workbook.write.live_values import single_values
from zhengti_zip.workbook.write.sheets import STATUS_HEAD, opening

HINT, NOTHING_HINT = "金额单位为万元。", "没有的填 0。"
SUMS_HINT = "合计关系在下方列出，填齐后自动核对。"
LABEL_WIDTH, AMOUNT_WIDTH, STATUS_WIDTH = 34.0, 18.0, 30.0
ABSENT = "—"
FITS, DIFFERS, UNFINISHED = "相符", "不符", "未填齐"


def funds_sheet(sheet: Worksheet, plan: WorkbookPlan, names: Names) -> None:
    """Labels, live checks and sums; the inputs themselves are written with all others."""
    funds = plan.form.funds
    heads = ("项目", *(column.label for column in funds.columns), STATUS_HEAD)
    widths = (LABEL_WIDTH, *(AMOUNT_WIDTH for _ in funds.columns), STATUS_WIDTH)
    told = f"{funds.help.rstrip('。')}。" if funds.help else NOTHING_HINT
    hint = HINT + told + (SUMS_HINT if funds.sums else "")
    opening(sheet, sheet.title, hint, widths, heads)
    status = plan.status_column(FUNDS)
    for line in funds.lines:
        row = plan.fund_rows[line.id]
        style.label(sheet.cell(row, LABEL_COLUMN, line.label), bold=True)
        for column in funds.columns:
            if f"{line.id}.{column.id}" in funds.absent:
                style.label(sheet.cell(row, plan.fund_columns[column.id], ABSENT), center=True)
        style.status(sheet.cell(row, status, _line_status(plan, line.id)))
        style.fit_height(sheet, row, [(line.label, LABEL_WIDTH)], least=28)
    letter = get_column_letter(status)
    style.lights(sheet, f"{letter}{FIRST_ROW}:{letter}{max(plan.fund_rows.values())}")
    single_values(sheet, plan, FUNDS, names)
    _sums(sheet, plan, names, max(plan.fund_rows.values()) + 2)
    style.finish(sheet, f"B{FIRST_ROW}")


def _line_status(plan: WorkbookPlan, line: str) -> str:
    """The 检查 of one line."""
    cells = [cell for cell in plan.of_group(FUNDS) if cell.path.item == line]
    switched = [live_switched.of_amount(plan, cell) for cell in cells]
    amounts = [cell.coordinate for cell in cells]
    errors: list[Finding] = [
        (f"OR({','.join(excel.blank(cell) for cell in amounts)})", "没有的填0"),
        (f"OR({','.join(excel.not_a_number(cell) for cell in amounts)})", excel.NUMBER_WANTED),
        (f"OR({','.join(excel.below(cell, '0') for cell in amounts)})", "不能为负数"),
        (f"OR({','.join(_other_format(cell) for cell in cells)})", "格式不是数值"),
    ]
    reads = {cell.path.part: read_name(cell.path) for cell in cells}
    for rule in plan.form.funds.column_sums:
        if {*rule.left, *rule.right} <= reads.keys():
            errors.append((f"AND({_known(rule, reads)},{_difference(rule, reads)}<>0)", rule.text))
    rounded = ",".join(f"AND(ISNUMBER({cell}),ROUND(N({cell}),2)<>N({cell}))" for cell in amounts)
    return excel.status(
        [*errors, *(finding for found in switched for finding in found.errors)],
        [*(finding for found in switched for finding in found.warnings), (f"OR({rounded})", "超过两位小数")],
    )


def _other_format(cell: InputCell) -> str:
    """Whether a number stands in a cell and no amount is read in it, as in one that shows a percentage."""
    return f"AND(ISNUMBER({cell.coordinate}),N({cell.coordinate})>=0,NOT(ISNUMBER({cell.read})))"


def _known(rule: Sum, reads: Mapping[str, str]) -> str:
    return ",".join(f"ISNUMBER({reads[key]})" for key in (*rule.left, *rule.right))


def _difference(rule: Sum, reads: Mapping[str, str]) -> str:
    """The left side less the right one, as their amounts are printed."""
    left, right = ("+".join(excel.cents(reads[key]) for key in side) for side in (rule.left, rule.right))
    return f"ROUND({left}-({right}),6)"


def sums_name(number: int) -> str:
    """The live result that says whether a sum among lines holds in every column."""
    return f"fund_sums.{number}"


def _sums(sheet: Worksheet, plan: WorkbookPlan, names: Names, row: int) -> None:
    """For each sum among lines the difference in each column, and whether all are 0."""
    first, status = row, plan.status_column(FUNDS)
    for number, rule in enumerate(plan.form.funds.sums, start=1):
        style.label(sheet.cell(row, LABEL_COLUMN, f"相差：{rule.text}"))
        differences = []
        for column, place in plan.fund_columns.items():
            cell = sheet.cell(row, place)
            asked = [line for line in (*rule.left, *rule.right) if _is_asked(plan, line, column)]
            if len(asked) < len(rule.left) + len(rule.right):
                style.label(cell, center=True)
                cell.value = ABSENT
                continue
            reads = {line: read_name(InputPath.money(line, column)) for line in asked}
            cell.value = f'=IF(AND({_known(rule, reads)}),{_difference(rule, reads)},"")'
            style.result(cell)
            differences.append(f"{get_column_letter(place)}{row}")
        state = sheet.cell(row, status, _state(differences))
        style.status(state)
        names.result(sums_name(number), state)
        style.fit_height(sheet, row, [(f"相差：{rule.text}", LABEL_WIDTH)], least=30)
        row += 1
    if row > first:
        letter = get_column_letter(status)
        style.lights(sheet, f"{letter}{first}:{letter}{row - 1}", complete=FITS)


def _is_asked(plan: WorkbookPlan, line: str, column: str) -> bool:
    return f"{line}.{column}" not in plan.form.funds.absent


def _state(differences: list[str]) -> str:
    """Whether a sum holds; where it does not in one column, the others need not be filled in."""
    if not differences:
        return f'="{FITS}"'
    wrong = ",".join(f"N({cell})<>0" for cell in differences)
    known = ",".join(f"ISNUMBER({cell})" for cell in differences)
    return f'=IF(OR({wrong}),"{DIFFERS}",IF(AND({known}),"{FITS}","{UNFINISHED}"))'
