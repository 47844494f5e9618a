"""指标自评: one line per scored row of the form, its inputs and its live results."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.inputs import score_parts
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import (
    COMPUTED_COLUMN,
    COUNTING_COLUMN,
    EXPLANATION_COLUMN,
    FIRST_ROW,
    SCORE_COLUMNS,
    SCORE_STATUS_COLUMN,
    WORKING_COLUMN,
    WorkbookPlan,
)
from zhengti_zip.workbook.write import live_scores, style
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.live_values import single_values
from zhengti_zip.workbook.write.overview import missing_scores
from zhengti_zip.workbook.write.sheets import merge_equal, opening

HINT = (
    "填写自评分；低于分值的，必须填写未达标原因和改进措施。不填自评分的，按“评分数据”“绩效指标”计算；"
    "两者都有时以自评分为准。选中自评分单元格可看到该指标的解释。"
)
WIDTHS = (10, 10, 22, 7, 17, 10, 32, 32, 26, 10, 10, 64, 48)
ROW_HEIGHT = 40


def scores_sheet(sheet: Worksheet, plan: WorkbookPlan, filling: Filling, names: Names) -> None:
    """Everything but the inputs themselves."""
    parts = tuple(part.label for part in score_parts(plan.form))
    heads = (
        "一级指标",
        "二级指标",
        "三级指标",
        "分值",
        "检查",
        *parts,
        "计入得分",
        "按数据得分",
        "计算过程",
        "指标解释",
    )
    opening(sheet, "指标自评", HINT, WIDTHS, heads)
    style.default_height(sheet, ROW_HEIGHT)
    for context in plan.form.rows:
        _labels(sheet, plan, context, filling)
        _results(sheet, plan, context, names)
    merge_equal(sheet, 1, [c.levels[0].id for c in plan.form.rows])
    merge_equal(sheet, 2, [c.levels[-1].id for c in plan.form.rows])
    style.lights(sheet, live_scores.column_range(plan, SCORE_STATUS_COLUMN))
    _totals(sheet, plan, names)
    single_values(sheet, plan, names)
    style.finish(sheet, f"D{FIRST_ROW}")
    # Printed without the two widest columns, or the rest could not be read on A4.
    sheet.print_area = f"A1:{get_column_letter(COMPUTED_COLUMN)}{max(plan.score_rows.values()) + 2}"


def _labels(sheet: Worksheet, plan: WorkbookPlan, context: RowContext, filling: Filling) -> None:
    row, explanation = plan.score_rows[context.row.id], context.indicator.explanation
    words = (context.levels[0].name, context.levels[-1].name, context.name)
    for column, word in enumerate(words, start=1):
        style.label(sheet.cell(row, column, word), center=column < 3)
    style.label(sheet.cell(row, 4), center=True)
    sheet.cell(row, 4).value = context.row.weight
    style.label(sheet.cell(row, EXPLANATION_COLUMN, explanation))
    entry = filling.submission.score_entry(context.row.id)
    asked = context.row.rule_for(plan.form.year).inputs()
    # The working lists every datum; it grows as the clerk fills in, so its full height is kept ready.
    working = "".join(f"{item.label} 1,234,567.89 {item.unit}；" for item in asked) + "，得 10 分"
    texts = [(explanation, WIDTHS[EXPLANATION_COLUMN - 1]), (context.name, WIDTHS[2])]
    texts += [(working, WIDTHS[WORKING_COLUMN - 1])]
    for part, column in SCORE_COLUMNS.items():
        texts.append((str(getattr(entry, part) or ""), WIDTHS[column - 1]))
    style.fit_height(sheet, row, texts, least=ROW_HEIGHT, grow=True)


def _results(sheet: Worksheet, plan: WorkbookPlan, context: RowContext, names: Names) -> None:
    row, formulas = plan.score_rows[context.row.id], live_scores.score_row(plan, context)
    style.status(sheet.cell(row, SCORE_STATUS_COLUMN, formulas.status))
    for column, formula, name in (
        (COUNTING_COLUMN, formulas.counting, "counting"),
        (COMPUTED_COLUMN, formulas.computed, "computed"),
    ):
        cell = sheet.cell(row, column, formula)
        style.result(cell, style.GENERAL_FORMAT, center=True)
        names.result(f"{name}.{context.row.id}", cell)
    style.working(sheet.cell(row, WORKING_COLUMN, formulas.working))


def _totals(sheet: Worksheet, plan: WorkbookPlan, names: Names) -> None:
    row = max(plan.score_rows.values()) + 1
    scores = live_scores.column_range(plan, COUNTING_COLUMN)
    letter = get_column_letter(COUNTING_COLUMN)
    lines = (
        ("总分", "total", live_scores.total(plan), missing_scores(plan, scores)),
        ("评价等级", "grade", live_scores.grade(plan.form, f"{letter}{row}"), _bands(plan.form)),
    )
    for word, name, formula, remark in lines:
        for column in range(1, COUNTING_COLUMN):
            style.head(sheet.cell(row, column))
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        sheet.merge_cells(start_row=row, start_column=5, end_row=row, end_column=COUNTING_COLUMN - 1)
        sheet.cell(row, 1).value = word
        if name == "total":
            sheet.cell(row, 4).value = plan.form.full_score
        cell = sheet.cell(row, COUNTING_COLUMN, formula)
        style.result(cell, style.GENERAL_FORMAT, center=True)
        cell.font = style.BIG_FONT
        names.result(name, cell)
        for column in (COMPUTED_COLUMN, WORKING_COLUMN, EXPLANATION_COLUMN):
            style.working(sheet.cell(row, column))
        sheet.cell(row, WORKING_COLUMN).value = remark
        sheet.row_dimensions[row].height = 32
        row += 1


def _bands(form: FormDefinition) -> str:
    return " ".join(band.text for band in form.grade.bands)
