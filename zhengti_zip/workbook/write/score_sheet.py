"""The scored rows of the form: one line each, with its inputs and its live results."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.base import Input
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.inputs import score_parts
from zhengti_zip.submission.paths import DATA, GROUPS, SCORES, InputPath
from zhengti_zip.workbook.areas import FIRST_ROW
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write import live_scores, live_totals, style
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.live_values import single_values
from zhengti_zip.workbook.write.sheets import STATUS_HEAD, merge_equal, opening

NUMERALS = "一二三四五"
LEVEL_WIDTH, NAME_WIDTH, WEIGHT_WIDTH, STATUS_WIDTH, RESULT_WIDTH = 10, 22, 7, 17, 10
WORKING_WIDTH, EXPLANATION_WIDTH = 64, 48
PART_WIDTHS = {"score": 10, "evidence": 26}
TEXT_WIDTH = 32
ROW_HEIGHT = 40


def scores_sheet(sheet: Worksheet, plan: WorkbookPlan, filling: Filling, names: Names) -> None:
    """Everything but the inputs themselves."""
    columns, parts = plan.scores, score_parts(plan.form)
    levels = tuple(f"{NUMERALS[n]}级指标" for n in range(columns.depth + 1))
    labels = tuple(part.label for part in parts)
    heads = (*levels, "分值", STATUS_HEAD, *labels, "计入得分", "按数据得分", "计算过程", "指标解释")
    opening(sheet, sheet.title, _hint(plan, parts), _widths(plan), heads)
    style.default_height(sheet, ROW_HEIGHT)
    for context in plan.form.rows:
        _labels(sheet, plan, context, filling)
        _results(sheet, plan, context, names)
    for depth in range(columns.depth):
        keys = [tuple(level.id for level in c.levels[: depth + 1]) for c in plan.form.rows]
        merge_equal(sheet, depth + 1, keys)
    style.lights(sheet, live_scores.column_range(plan, columns.status))
    lines = live_totals.add_totals(sheet, plan, names)
    single_values(sheet, plan, SCORES, names)
    style.finish(sheet, f"{get_column_letter(columns.weight)}{FIRST_ROW}")
    # Printed without the two widest columns, or the rest could not be read on A4.
    last = max(plan.score_rows.values()) + lines
    sheet.print_area = f"A1:{get_column_letter(columns.computed)}{last}"


def _widths(plan: WorkbookPlan) -> tuple[float, ...]:
    return (
        *(LEVEL_WIDTH for _ in range(plan.scores.depth)),
        NAME_WIDTH,
        WEIGHT_WIDTH,
        STATUS_WIDTH,
        *(PART_WIDTHS.get(part, TEXT_WIDTH) for part in plan.scores.inputs),
        RESULT_WIDTH,
        RESULT_WIDTH,
        WORKING_WIDTH,
        EXPLANATION_WIDTH,
    )


def _hint(plan: WorkbookPlan, parts: tuple[Input, ...]) -> str:
    """What to fill in, and where the scores come from otherwise."""
    labels = {part.id: part.label for part in parts}
    reasons = "和".join(labels[part] for part in ("reason", "improvement") if part in labels)
    sources = "".join(f"“{plan.titles[group]}”" for group in _sources(plan))
    score = labels["score"]
    words = f"填写{score}；低于分值的，必须填写{reasons}。" if reasons else f"填写{score}。"
    if sources:
        words += f"不填{score}的，按{sources}计算；两者都有时以{score}为准。"
    return f"{words}选中{score}单元格可看到该指标的解释。"


def _sources(plan: WorkbookPlan) -> list[str]:
    """The sheets that the rules of the fixed rows look at."""
    rules = [context.row.rule_for(plan.form.year) for context in plan.form.rows]
    used = {InputPath(key).group if "." in key else key for rule in rules for key in rule.uses()}
    found = {key if key in GROUPS else DATA for key in used}
    return [group for group in plan.groups if group in found]


def _labels(sheet: Worksheet, plan: WorkbookPlan, context: RowContext, filling: Filling) -> None:
    row, explanation, columns = plan.score_rows[context.row.id], context.indicator.explanation, plan.scores
    for number in range(columns.depth):
        word = context.levels[number].name if number < len(context.levels) else ""
        style.label(sheet.cell(row, number + 1, word), center=True)
    style.label(sheet.cell(row, columns.name, context.name))
    style.label(sheet.cell(row, columns.weight), center=True)
    sheet.cell(row, columns.weight).value = context.row.weight
    style.label(sheet.cell(row, columns.explanation, explanation))
    entry = filling.submission.score_entry(context.row.id)
    asked = context.row.rule_for(plan.form.year).inputs()
    # The working lists every datum; it grows as the clerk fills in, so its full height is kept ready.
    working = "".join(f"{item.label} 1,234,567.89 {item.unit}；" for item in asked) + "，得 10 分"
    widths = _widths(plan)
    texts: list[tuple[str, float]] = [(explanation, EXPLANATION_WIDTH), (context.name, NAME_WIDTH)]
    texts += [(working, WORKING_WIDTH)]
    for part, column in columns.inputs.items():
        texts.append((str(getattr(entry, part) or ""), widths[column - 1]))
    style.fit_height(sheet, row, texts, least=ROW_HEIGHT, grow=True)


def _results(sheet: Worksheet, plan: WorkbookPlan, context: RowContext, names: Names) -> None:
    row, formulas = plan.score_rows[context.row.id], live_scores.score_row(plan, context)
    style.status(sheet.cell(row, plan.scores.status, formulas.status))
    for column, formula, name in (
        (plan.scores.counting, formulas.counting, "counting"),
        (plan.scores.computed, formulas.computed, "computed"),
    ):
        cell = sheet.cell(row, column, formula)
        style.result(cell, style.GENERAL_FORMAT, center=True)
        names.result(f"{name}.{context.row.id}", cell)
    style.working(sheet.cell(row, plan.scores.working, formulas.working))
