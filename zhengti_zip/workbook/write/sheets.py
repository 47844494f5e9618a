"""The sheets whose inputs exist once, around those inputs: 基本情况, 部门预算 and 评分数据."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.base import NOT_APPLICABLE
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.paths import BUDGET, DATA, FIELDS, InputPath
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.areas import FIRST_ROW, HEADER_ROW
from zhengti_zip.workbook.defined_names import read_name
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import DATA_COLUMN, STATUS_COLUMNS, InputCell, WorkbookPlan
from zhengti_zip.workbook.write import live_checks, style
from zhengti_zip.workbook.write.live_values import single_values

STATUS_HEAD = "检查"


def opening(
    sheet: Worksheet, title: str, hint: str, widths: tuple[float, ...], heads: tuple[str, ...]
) -> None:
    """Title, hint and column heads."""
    style.widths(sheet, widths)
    style.title(sheet, title, hint, len(widths))
    style.fit_height(sheet, 2, [(hint, min(sum(widths), 150))], least=20)
    for column, word in enumerate(heads, start=1):
        style.head(sheet.cell(HEADER_ROW, column, word))
    sheet.row_dimensions[HEADER_ROW].height = 28


def hint_of(cell: InputCell) -> str:
    """What is said beside an input."""
    unit = f"单位：{cell.item.measure}。" if cell.item.measure else ""
    choices = f"可选：{'、'.join(cell.item.options)}。" if cell.item.options else ""
    return f"{unit}{choices}{cell.item.help}"


def fields_sheet(sheet: Worksheet, plan: WorkbookPlan, names: Names) -> None:
    """基本情况."""
    hint = f"填写浅黄色单元格。{_in_title(plan)}"
    opening(sheet, sheet.title, hint, (18, 52, 56, 24), ("项目", "填写内容", "说明", STATUS_HEAD))
    for cell in plan.of_group(FIELDS):
        style.label(sheet.cell(cell.row, 1, cell.item.label), bold=True)
        style.note(sheet.cell(cell.row, 3, hint_of(cell)))
        sheet.row_dimensions[cell.row].height = 34
        _status(sheet, cell, live_checks.field_status(plan, cell))
    _lights(sheet, plan, FIELDS)
    single_values(sheet, plan, FIELDS, names)
    style.finish(sheet, f"B{FIRST_ROW}")


def _status(sheet: Worksheet, cell: InputCell, formula: str) -> None:
    style.status(sheet.cell(cell.row, STATUS_COLUMNS[cell.path.group], formula))


def _in_title(plan: WorkbookPlan) -> str:
    """Which of the main fields the title of the printed form shows."""
    roles, title = plan.form.roles, "".join(plan.form.title)
    main = (roles.name, roles.department, roles.year)
    used = [field.label for field in plan.form.fields if field.id in main and f"{{{field.id}}}" in title]
    return f"{'和'.join(used)}会印在表的标题上。" if used else ""


def _lights(sheet: Worksheet, plan: WorkbookPlan, group: str) -> None:
    rows = [cell.row for cell in plan.of_group(group)]
    letter = get_column_letter(STATUS_COLUMNS[group])
    style.lights(sheet, f"{letter}{min(rows)}:{letter}{max(rows)}")


def budget_sheet(sheet: Worksheet, plan: WorkbookPlan, names: Names) -> None:
    """部门预算, with its subtotals and sums worked out for the eye."""
    hint = "金额单位为万元，没有的填 0。合计关系在下方列出，填齐后自动核对。"
    title = sheet.title if sheet.title.startswith("年度") else f"年度{sheet.title}"
    opening(sheet, title, hint, (36, 22, 56, 24), ("项目", "金额（万元）", "说明", STATUS_HEAD))
    for cell in plan.of_group(BUDGET):
        style.label(sheet.cell(cell.row, 1, cell.item.label), bold=True)
        style.note(sheet.cell(cell.row, 3, hint_of(cell)))
        sheet.row_dimensions[cell.row].height = 28
        _status(sheet, cell, live_checks.budget_status(plan, cell))
    _lights(sheet, plan, BUDGET)
    single_values(sheet, plan, BUDGET, names)
    row = _subtotals(sheet, plan, FIRST_ROW + len(plan.form.budget.columns) + 1)
    _sums(sheet, plan, names, row)
    style.finish(sheet, f"B{FIRST_ROW}")


def _sum(keys: tuple[str, ...]) -> str:
    return "+".join(f"N({read_name(InputPath.amount(key))})" for key in keys)


def _printed_sum(keys: tuple[str, ...]) -> str:
    return "+".join(excel.cents(read_name(InputPath.amount(key))) for key in keys)


def _all_numbers(keys: tuple[str, ...]) -> str:
    return "AND(" + ",".join(f"ISNUMBER({read_name(InputPath.amount(key))})" for key in keys) + ")"


def _subtotals(sheet: Worksheet, plan: WorkbookPlan, row: int) -> int:
    for subtotal in plan.form.budget.subtotals:
        style.label(sheet.cell(row, 1, f"{subtotal.label}（小计）"))
        value = f'=IF({_all_numbers(subtotal.columns)},ROUND({_sum(subtotal.columns)},6),"")'
        style.result(sheet.cell(row, 2, value))
        words = " + ".join(plan.form.budget.column(key).label for key in subtotal.columns)
        style.note(sheet.cell(row, 3, words))
        sheet.row_dimensions[row].height = 26
        row += 1
    return row


def _sums(sheet: Worksheet, plan: WorkbookPlan, names: Names, row: int) -> None:
    first = row
    for number, rule in enumerate(plan.form.budget.sums, start=1):
        difference = f"ROUND({_printed_sum(rule.left)}-({_printed_sum(rule.right)}),6)"
        complete = _all_numbers((*rule.left, *rule.right))
        style.label(sheet.cell(row, 1, "合计检查（左边减右边）"))
        style.result(sheet.cell(row, 2, f'=IF({complete},{difference},"")'))
        style.note(sheet.cell(row, 3, rule.text))
        state = sheet.cell(row, 4, f'=IF({complete},IF({difference}=0,"相符","不符"),"未填齐")')
        style.status(state)
        names.result(f"sums.{number}", state)
        sheet.row_dimensions[row].height = 34
        row += 1
    if row > first:
        style.lights(sheet, f"D{first}:D{row - 1}", complete="相符")


def data_sheet(sheet: Worksheet, plan: WorkbookPlan, names: Names) -> None:
    """评分数据: what the rules ask for, each with the rule and its basis beside it."""
    hint = "按评分规则计算得分所需的数据。"
    if score := next((part for part in plan.form.score_columns if part.id == "score"), None):
        hint += f"某项指标已填{score.label}的，这里可以不填。"
    if any(NOT_APPLICABLE in cell.item.options for cell in plan.of_group(DATA)):
        hint += f"不适用的要点选“{NOT_APPLICABLE}”。"
    heads = ("三级指标", "分值", "评分规则", "数据项", "填写内容", "单位", STATUS_HEAD, "依据")
    opening(sheet, sheet.title, hint, (24, 7, 42, 38, 16, 8, 16, 34), heads)
    asked = {item.id: context for context, item in plan.form.data_inputs()}
    groups = [asked[cell.item.id].row.id for cell in plan.of_group(DATA)]
    for cell in plan.of_group(DATA):
        context = asked[cell.item.id]
        rule = context.row.rule_for(plan.form.year)
        described = rule.describe(context.row.weight)
        words = ((1, context.name), (3, described), (4, cell.item.label), (8, rule.basis))
        for column, word in words:
            style.label(sheet.cell(cell.row, column, word))
        style.label(sheet.cell(cell.row, 2), center=True)
        sheet.cell(cell.row, 2).value = context.row.weight
        style.label(sheet.cell(cell.row, DATA_COLUMN + 1, cell.item.measure), center=True)
        _status(sheet, cell, live_checks.data_status(plan, cell, _users(plan, cell.item.id)))
        share = groups.count(context.row.id)
        longest = max(style.lines_needed(described, 42), style.lines_needed(rule.basis, 34))
        sheet.row_dimensions[cell.row].height = max(30, longest / share * 15 + 8)
    for column in (1, 2, 3, 8):
        merge_equal(sheet, column, groups)
    _lights(sheet, plan, DATA)
    single_values(sheet, plan, DATA, names)
    style.finish(sheet, f"{get_column_letter(DATA_COLUMN)}{FIRST_ROW}")


def _users(plan: WorkbookPlan, data_id: str) -> list[RowContext]:
    """The scored rows whose rule looks at a datum."""
    year = plan.form.year
    return [c for c in plan.form.rows if data_id in c.row.rule_for(year).uses()] or [
        c for c in plan.form.rows if any(data_id in rule.uses() for rule in c.row.rules)
    ]


def merge_equal(sheet: Worksheet, column: int, keys: Sequence[Hashable]) -> None:
    """Merge the cells of neighbouring rows with the same key."""
    start = 0
    for number in range(1, len(keys) + 1):
        if number == len(keys) or keys[number] != keys[start]:
            if number - start > 1:
                sheet.merge_cells(
                    start_row=FIRST_ROW + start,
                    start_column=column,
                    end_row=FIRST_ROW + number - 1,
                    end_column=column,
                )
            start = number
