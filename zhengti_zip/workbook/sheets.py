"""The printed words of each sheet around its inputs."""

from __future__ import annotations

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.inputs import SCORE_PARTS
from zhengti_zip.workbook import style
from zhengti_zip.workbook.filling import Filling
from zhengti_zip.workbook.plan import (
    BUDGET_COLUMN,
    BUDGET_SHEET,
    DATA_COLUMN,
    DATA_SHEET,
    FIELDS_SHEET,
    FIRST_ROW,
    HEADER_ROW,
    SCORE_COLUMNS,
    InputCell,
    WorkbookPlan,
)


def _heads(sheet: Worksheet, words: tuple[str, ...]) -> None:
    for column, word in enumerate(words, start=1):
        style.head(sheet.cell(HEADER_ROW, column, word))
    sheet.row_dimensions[HEADER_ROW].height = 26


def _opening(
    sheet: Worksheet, title: str, hint: str, widths: tuple[float, ...], heads: tuple[str, ...]
) -> None:
    style.widths(sheet, widths)
    style.title(sheet, title, hint, len(widths))
    style.fit_height(sheet, 2, [(hint, sum(widths))], least=20)
    _heads(sheet, heads)


def guide_sheet(sheet: Worksheet, form: FormDefinition) -> None:
    """填报说明: what to fill in, in which order, what the colours mean; one screen."""
    style.widths(sheet, (4, 16, 96))
    style.title(sheet, form.name, form.instructions.purpose, 3)
    style.fit_height(sheet, 2, [(form.instructions.purpose, 116)], least=20)
    row = 4
    row = _section(sheet, row, "填报步骤", form.instructions.steps)
    row = _section(sheet, row + 1, "注意事项", form.instructions.notes)
    row = _heading(sheet, row + 1, "颜色含义")
    for fill, word in (
        (style.INPUT_FILL, "浅黄色：需要填写的单元格"),
        (style.LABEL_FILL, "浅灰色：表中固有的文字，不用填写"),
        (style.RESULT_FILL, "浅绿色：自动计算的结果，仅供核对"),
    ):
        cell = sheet.cell(row, 2)
        cell.fill, cell.border = fill, style.BOX
        _sentence(sheet, row, word)
        row += 1
    style.finish(sheet, None, heads=False)


def _heading(sheet: Worksheet, row: int, word: str) -> int:
    cell = sheet.cell(row, 1, word)
    cell.font = Font(name=style.FACE, size=12, bold=True, color="1F4E79")
    sheet.row_dimensions[row].height = 22
    return row + 1


def _section(sheet: Worksheet, row: int, word: str, sentences: tuple[str, ...]) -> int:
    row = _heading(sheet, row, word)
    for number, sentence in enumerate(sentences, start=1):
        cell = sheet.cell(row, 1, number)
        cell.font = Font(name=style.FACE, size=11, color="5A6570")
        cell.alignment = Alignment(horizontal="center", vertical="top")
        first, colon, rest = sentence.partition("：")
        if colon and len(first) <= 6:
            lead = sheet.cell(row, 2, first)
            lead.font = Font(name=style.FACE, size=11, bold=True)
            lead.alignment = Alignment(vertical="top")
            _sentence(sheet, row, rest)
        else:
            sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
            _sentence(sheet, row, sentence, column=2)
        row += 1
    return row


def _sentence(sheet: Worksheet, row: int, text: str, column: int = 3) -> None:
    cell = sheet.cell(row, column, text)
    cell.font = Font(name=style.FACE, size=11)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    style.fit_height(sheet, row, [(text, 94 if column == 3 else 110)], least=19)


def _hint(cell: InputCell) -> str:
    unit = f"单位：{cell.item.unit}。" if cell.item.unit else ""
    choices = f"可选：{'、'.join(cell.item.options)}。" if cell.item.options else ""
    return f"{unit}{choices}{cell.item.help}"


def fields_sheet(sheet: Worksheet, plan: WorkbookPlan) -> None:
    """基本情况."""
    hint = "填写浅黄色单元格。部门名称和年度会印在表的标题上。"
    _opening(sheet, FIELDS_SHEET, hint, (18, 56, 60), ("项目", "填写内容", "说明"))
    for cell in plan.on_sheet(FIELDS_SHEET):
        style.label(sheet.cell(cell.row, 1, cell.item.label), bold=True)
        style.note(sheet.cell(cell.row, 3, _hint(cell)))
        sheet.row_dimensions[cell.row].height = 30
    style.finish(sheet, f"B{FIRST_ROW}")


def budget_sheet(sheet: Worksheet, plan: WorkbookPlan) -> None:
    """部门预算, with the subtotals worked out for the eye."""
    hint = "金额单位为万元，没有的填 0。合计关系在下方列出，程序会检查。"
    _opening(sheet, "年度部门预算", hint, (36, 22, 60), ("项目", "金额（万元）", "说明"))
    where = {}
    for cell in plan.on_sheet(BUDGET_SHEET):
        style.label(sheet.cell(cell.row, 1, cell.item.label), bold=True)
        style.note(sheet.cell(cell.row, 3, cell.item.help))
        sheet.row_dimensions[cell.row].height = 26
        where[cell.path.partition(".")[2]] = f"{get_column_letter(BUDGET_COLUMN)}{cell.row}"
    row = FIRST_ROW + len(where) + 1
    for subtotal in plan.form.budget.subtotals:
        style.label(sheet.cell(row, 1, f"{subtotal.label}（小计）"))
        style.result(sheet.cell(row, 2, "=" + "+".join(f"N({where[key]})" for key in subtotal.columns)))
        style.note(
            sheet.cell(row, 3, " + ".join(plan.form.budget.column(key).label for key in subtotal.columns))
        )
        row += 1
    for rule in plan.form.budget.sums:
        left, right = ("+".join(f"N({where[key]})" for key in side) for side in (rule.left, rule.right))
        style.label(sheet.cell(row, 1, "合计检查"))
        style.result(sheet.cell(row, 2, f'=IF(ROUND({left}-({right}),6)=0,"相符","不符")'))
        style.note(sheet.cell(row, 3, rule.text))
        sheet.row_dimensions[row].height = 32
        row += 1
    style.finish(sheet, f"B{FIRST_ROW}")


def scores_sheet(sheet: Worksheet, plan: WorkbookPlan, filling: Filling) -> None:
    """指标自评: one line per scored row of the form."""
    hint = "填写自评分；低于分值的，必须填写未达标原因和改进措施。不填自评分的，按“评分数据”“绩效指标”计算。"
    widths = (12, 12, 24, 7, 40, 10, 32, 32, 28)
    heads = ("一级指标", "二级指标", "三级指标", "分值", "指标解释", *(part.label for part in SCORE_PARTS))
    _opening(sheet, "指标自评", hint, widths, heads)
    for number, context in enumerate(plan.form.rows):
        row = FIRST_ROW + number
        words = (context.level1.name, context.level2.name, context.name)
        for column, word in enumerate(words, start=1):
            style.label(sheet.cell(row, column, word), center=column < 3)
        style.label(sheet.cell(row, 4), center=True)
        sheet.cell(row, 4).value = context.row.weight
        style.label(sheet.cell(row, 5, context.indicator.explanation))
        entry = filling.submission.score_entry(context.row.id)
        texts = [(context.indicator.explanation, 40.0), (context.name, 24.0)]
        texts += [(entry.reason, 32.0), (entry.improvement, 32.0), (entry.evidence, 28.0)]
        style.fit_height(sheet, row, texts, least=36)
    _merge_equal(sheet, 1, [c.level1.id for c in plan.form.rows])
    _merge_equal(sheet, 2, [c.level2.id for c in plan.form.rows])
    style.finish(sheet, f"{get_column_letter(SCORE_COLUMNS['score'])}{FIRST_ROW}")


def data_sheet(sheet: Worksheet, plan: WorkbookPlan) -> None:
    """评分数据: what the rules ask for, each with the rule and its basis beside it."""
    hint = "按评分规则计算得分所需的数据。某项指标已填自评分的，这里可以不填。不适用的要点选“不适用”。"
    widths = (26, 7, 44, 40, 16, 8, 34)
    heads = ("三级指标", "分值", "评分规则", "数据项", "填写内容", "单位", "依据")
    _opening(sheet, "评分数据", hint, widths, heads)
    groups = []
    asked = {item.id: context for context, item in plan.form.data_inputs()}
    for cell in plan.on_sheet(DATA_SHEET):
        context = asked[cell.item.id]
        rule = context.row.rule_for(plan.form.year)
        groups.append(context.row.id)
        for column, word in (
            (1, context.name),
            (3, rule.describe(context.row.weight)),
            (4, cell.item.label),
            (7, rule.basis),
        ):
            style.label(sheet.cell(cell.row, column, word))
        style.label(sheet.cell(cell.row, 2), center=True)
        sheet.cell(cell.row, 2).value = context.row.weight
        style.label(sheet.cell(cell.row, DATA_COLUMN + 1, cell.item.unit), center=True)
        share = max(groups.count(context.row.id), sum(1 for other in asked.values() if other is context))
        lines = max(style.lines_needed(rule.describe(context.row.weight), 44) / share, 1)
        sheet.row_dimensions[cell.row].height = max(24, lines * 15 + 8)
    for column in (1, 2, 3, 7):
        _merge_equal(sheet, column, groups)
    style.finish(sheet, f"{get_column_letter(DATA_COLUMN)}{FIRST_ROW}")


def _merge_equal(sheet: Worksheet, column: int, keys: list[str]) -> None:
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
