"""The total, the limit on it and the grade: under the fixed rows, or on the overview where rows are entered."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.base.coordinates import cell_name
from zhengti_zip.base.numbers import plain
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.workbook.defined_names import OWN_COUNTING, read_name, result_name
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write import live_scores, live_tables, style

FIXED_SUM, SUM, TOTAL, GRADE = "fixed", "sum", "total", "grade"
"""Live results: the sum of the fixed rows, of all rows, the total after the limit, and the grade."""

TOTAL_WORD, GRADE_WORD, SUM_WORD = "总分", "评价等级", "各项合计"


def total_lines(
    plan: WorkbookPlan, uncapped: str, total: str, remark: str
) -> list[tuple[str, str, str, str]]:
    """The lines of results: word, name of the live result, formula and remark.

    Args:
        uncapped: the formula of the sum of all rows.
        total: the cell of the total.
        remark: what is said beside the sum.
    """
    form = plan.form
    if form.cap is None:
        lines = [(TOTAL_WORD, TOTAL, uncapped, remark)]
    else:
        label = next((item.label for item in form.derived if item.path == form.cap.by), form.cap.by)
        capped = form.cap.formula(result_name(SUM), result_name(form.cap.by))
        lines = [
            (SUM_WORD, SUM, uncapped, remark),
            (TOTAL_WORD, TOTAL, f"={capped}", form.cap.describe(label)),
        ]
    if form.grade.bands:
        words = " ".join(band.text for band in form.grade.bands)
        lines.append((GRADE_WORD, GRADE, live_scores.grade(form, total), words))
    return lines


def all_rows(plan: WorkbookPlan) -> str:
    """The sum of fixed and entered rows; "" unless every row has a score and the points add up to the full ones."""
    area = plan.own_rows
    assert area is not None, "only where rows are entered"
    counting, weights = result_name(OWN_COUNTING), read_name(InputPath.column(INDICATORS, "weight"))
    conditions = [
        f"COUNT({counting})={live_tables.rows_entered(area)}",
        f"ROUND({plain(_points(plan))}+SUM({weights})-{plain(plan.form.full_score)},6)=0",
    ]
    scores = f"SUM({counting})"
    if plan.form.rows:
        conditions.append(f"ISNUMBER({result_name(FIXED_SUM)})")
        scores += f"+N({result_name(FIXED_SUM)})"
    return f'=IF(AND({",".join(conditions)}),ROUND({scores},2),"")'


def not_yet(plan: WorkbookPlan, total: str) -> str:
    """The remark beside the sum of fixed and entered rows: what it takes to have one."""
    full = plain(plan.form.full_score)
    missing = f"各项都有得分、分值合计为 {full} 分时算出"
    return f'=IF(ISNUMBER({total}),"满分 {full} 分","{missing}")'


def add_totals(sheet: Worksheet, plan: WorkbookPlan, names: Names) -> int:
    """The lines under the fixed rows; returns how many."""
    fixed, columns = live_scores.fixed_sum(plan), plan.scores
    row = max(plan.score_rows.values()) + 1
    if plan.own_rows is None:
        total = cell_name(row + (plan.form.cap is not None), columns.counting)
        lines = total_lines(plan, fixed, total, _missing(plan))
    else:
        lines = [("本表小计", FIXED_SUM, fixed, _missing(plan))]
    for word, name, formula, remark in lines:
        for column in range(1, columns.counting):
            style.head(sheet.cell(row, column))
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns.name)
        sheet.merge_cells(
            start_row=row, start_column=columns.status, end_row=row, end_column=columns.counting - 1
        )
        sheet.cell(row, 1).value = word
        if name in (TOTAL, FIXED_SUM):
            sheet.cell(row, columns.weight).value = _points(plan)
        cell = sheet.cell(row, columns.counting, formula)
        style.result(cell, style.GENERAL_FORMAT, center=True)
        cell.font = style.BIG_FONT
        names.result(name, cell)
        for column in (columns.computed, columns.working, columns.explanation):
            style.working(sheet.cell(row, column))
        sheet.cell(row, columns.working).value = remark
        sheet.row_dimensions[row].height = 32
        row += 1
    return len(lines)


def _points(plan: WorkbookPlan) -> Decimal:
    """The points of all fixed rows."""
    return sum((context.row.weight for context in plan.form.rows), Decimal(0))


def _missing(plan: WorkbookPlan) -> str:
    """The remark beside a sum: how many fixed rows still have no score."""
    rows = len(plan.form.rows)
    scores, points = live_scores.column_range(plan, plan.scores.counting), plain(_points(plan))
    return (
        f'=IF(COUNT({scores})<{rows},"还有 "&({rows}-COUNT({scores}))&" 项没有有效得分","满分 {points} 分")'
    )
