"""The sheets 指标分析, 等级分布 and 预算合计: formulas over 部门排名, with charts."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.charts import bars, columns
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.measures import BudgetSums, RowFigures
from zhengti_zip.batch.summary.ranking_sheet import GRADE, SCOPE, TOTAL, Columns
from zhengti_zip.batch.summary.sheet import (
    FIRST_ROW,
    SummaryCell,
    SummarySheet,
    SummaryWorkbook,
    Value,
)
from zhengti_zip.batch.summary.texts import ratio
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.items import scored_items
from zhengti_zip.workbook.excel import literal

ROWS, GRADES, BUDGET = "指标分析", "等级分布", "预算合计"
NONE = "—"
ROW_HEADS = (
    ("序号", 6),
    ("一级指标", 12),
    ("二级指标", 12),
    ("三级指标", 40),
    ("分值", 7),
    ("部门数", 8),
    ("平均分", 9),
    ("得分率", 9),
    ("最高分", 8),
    ("最低分", 8),
    ("失分合计", 11),
    ("占全部失分", 10),
    ("未满分部门数", 10),
    ("未满分占比", 10),
)
ROWS_A_PAGE = 30
BLOCK_WIDTHS = (16, 26, 10, 10, 3, 20, 10, 10, 3, 18, 12)


def rows_sheet(book: SummaryWorkbook, figures: Figures, form: FormDefinition) -> None:
    """Write 指标分析, most points lost first."""
    hint = "失分多的在前；按“序号”排序可恢复表中的顺序。各数由“部门排名”逐列计算，点单元格可看到公式。"
    widths = [width for _, width in ROW_HEADS]
    several_pages = len(figures.rows) > ROWS_A_PAGE  # otherwise the next page has only the chart
    sheet = book.sheet(ROWS, hint, widths, f"E{FIRST_ROW}", repeat_head=several_pages)
    sheet.skip()
    sheet.head([head for head, _ in ROW_HEADS], 34)
    places = Columns(form, len(figures.ranked))
    for row in figures.rows:
        sheet.table(_row_line(row, figures, places, sheet.row + 1))
    last = FIRST_ROW + len(figures.rows) - 1
    _row_totals(sheet, figures, form, last)
    if figures.ranked:
        height = max(8.0, 1.6 + 0.62 * len(figures.rows))
        sheet.break_after(last + 2)
        cells = (f"D{FIRST_ROW}:D{last}", f"K{FIRST_ROW}:K{last}")
        sheet.chart(bars(sheet, "各项指标失分合计（分）", cells, (30, height)), f"B{last + 4}")
    sheet.filter(len(ROW_HEADS), last)


def _row_line(row: RowFigures, figures: Figures, places: Columns, at: int) -> list[SummaryCell | None]:
    cells = places.cells(places.scores[row.item.key])
    total = f"$K${FIRST_ROW + len(figures.rows)}"

    def worked(value: Value, formula: str, look: SummaryStyle) -> SummaryCell:
        """A formula with its result; only a dash when there are no departments."""
        if not figures.ranked:
            return SummaryCell(NONE if value is None else value, look)
        if look in (SummaryStyle.CENTRE, SummaryStyle.MONEY):
            return SummaryCell(value, look, formula)
        return SummaryCell(NONE if value is None else value, look, f"IF(F{at}=0,{literal(NONE)},{formula})")

    return [
        SummaryCell(row.number, SummaryStyle.CENTRE),
        SummaryCell(row.item.levels[0].name, SummaryStyle.CENTRE),
        SummaryCell(row.item.levels[-1].name, SummaryStyle.CENTRE),
        SummaryCell(row.item.name),
        SummaryCell(row.weight, SummaryStyle.SCORE),
        worked(row.count, f"COUNT({cells})", SummaryStyle.CENTRE),
        worked(row.average, f"AVERAGE({cells})", SummaryStyle.AVERAGE),
        worked(row.rate, f"G{at}/E{at}" if row.weight else literal(NONE), SummaryStyle.RATE),
        worked(row.highest, f"MAX({cells})", SummaryStyle.SCORE),
        worked(row.lowest, f"MIN({cells})", SummaryStyle.SCORE),
        worked(row.lost, f"E{at}*F{at}-SUM({cells})", SummaryStyle.MONEY),
        _share(row.lost, figures.lost, f"K{at}", total),
        worked(row.below_full, f'COUNTIF({cells},"<"&E{at})', SummaryStyle.CENTRE),
        _share(row.below_full, row.count, f"M{at}", f"F{at}"),
    ]


def _row_totals(sheet: SummarySheet, figures: Figures, form: FormDefinition, last: int) -> None:
    weight = sum((item.weight for item in scored_items(form)), Decimal(0))
    cells: list[SummaryCell | None] = [SummaryCell(None, SummaryStyle.STRONG) for _ in ROW_HEADS]
    cells[3] = SummaryCell("合计", SummaryStyle.STRONG)
    cells[4] = SummaryCell(weight, SummaryStyle.STRONG, f"SUM(E{FIRST_ROW}:E{last})")
    cells[10] = SummaryCell(figures.lost, SummaryStyle.STRONG_MONEY, f"SUM(K{FIRST_ROW}:K{last})")
    sheet.table(cells)


def _share(part: Decimal | int, whole: Decimal | int, numerator: str, denominator: str) -> SummaryCell:
    """A share as a formula; a dash when the denominator is 0."""
    share = ratio(part, whole)
    formula = f"IF({denominator}=0,{literal(NONE)},{numerator}/{denominator})"
    return SummaryCell(NONE if share is None else share, SummaryStyle.RATE, formula)


def grades_sheet(book: SummaryWorkbook, figures: Figures, form: FormDefinition) -> None:
    """Write 等级分布: departments per grade and per score band; mean, median, highest and lowest total."""
    hint = "等级以各部门的表为准。分数段含下限、不含上限，最后一段含上限。"
    sheet = book.sheet(GRADES, hint, BLOCK_WIDTHS)
    sheet.skip()
    sheet.head(("等级", "分数线", "部门数", "占比", "", "分数段", "部门数", "占比", "", "总体情况", "数值"))
    places = Columns(form, len(figures.ranked))
    blocks = (_grade_lines(figures, places), _band_lines(figures, places), _overall_lines(figures, places))
    empty: tuple[list[SummaryCell | None], ...] = ([None] * 5, [None] * 4, [])
    for lines in zip_longest(*blocks):
        sheet.table([e for line, blank in zip(lines, empty, strict=True) for e in line or blank])
    last = FIRST_ROW + max(len(block) for block in blocks) - 1
    if figures.ranked:
        for title, letters, count, place, gap, width in (
            ("等级分布（部门数）", "AC", len(figures.grades), "A", 60, 13),
            ("总分分布（部门数）", "FG", len(figures.bands), "F", 8, 17),
        ):
            if count == 0:
                continue
            labels, values = (f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + count - 1}" for letter in letters)
            chart = columns(sheet, title, (labels, values), (width, 8.5), gap)
            sheet.chart(chart, f"{place}{last + 3}")


def _grade_lines(figures: Figures, places: Columns) -> list[list[SummaryCell | None]]:
    lines: list[list[SummaryCell | None]] = []
    for at, grade in enumerate(figures.grades, start=FIRST_ROW):
        formula = f"SUMPRODUCT(--({places.cells(GRADE)}=A{at}))" if figures.ranked else ""
        lines.append(
            [
                SummaryCell(grade.name, SummaryStyle.CENTRE),
                SummaryCell(grade.range, SummaryStyle.CENTRE),
                SummaryCell(grade.count, SummaryStyle.CENTRE, formula),
                _share(grade.count, len(figures.ranked), f"C{at}", _departments(figures, places)),
                None,
            ]
        )
    return lines


def _departments(figures: Figures, places: Columns) -> str:
    return f"COUNT({places.cells(TOTAL)})" if figures.ranked else "0"


def _band_lines(figures: Figures, places: Columns) -> list[list[SummaryCell | None]]:
    lines: list[list[SummaryCell | None]] = []
    cells = places.cells(TOTAL)
    for at, band in enumerate(figures.bands, start=FIRST_ROW):
        low, high = plain(band.low), plain(band.high)
        upper = "" if band.is_last else f'-COUNTIF({cells},">={high}")'
        formula = f'COUNTIF({cells},">={low}"){upper}' if figures.ranked else ""
        share = _share(band.count, len(figures.ranked), f"G{at}", _departments(figures, places))
        words = SummaryCell(band.text, SummaryStyle.CENTRE)
        lines.append([words, SummaryCell(band.count, SummaryStyle.CENTRE, formula), share, None])
    return lines


def _overall_lines(figures: Figures, places: Columns) -> list[list[SummaryCell | None]]:
    cells, totals = places.cells(TOTAL), figures.totals
    facts = (
        ("部门数", len(totals), "COUNT", SummaryStyle.CENTRE),
        ("平均总分", figures.average, "AVERAGE", SummaryStyle.AVERAGE),
        ("中位数", figures.median, "MEDIAN", SummaryStyle.AVERAGE),
        ("最高总分", max(totals, default=None), "MAX", SummaryStyle.SCORE),
        ("最低总分", min(totals, default=None), "MIN", SummaryStyle.SCORE),
    )
    return [
        [
            SummaryCell(word),
            SummaryCell(NONE if value is None else value, look, f"{function}({cells})" if totals else ""),
        ]
        for word, value, function, look in facts
    ]


def budget_sheet(book: SummaryWorkbook, figures: Figures, form: FormDefinition) -> None:
    """Write 预算合计, one line per scope and one for all."""
    hint = "金额单位：万元。只计列入排名的部门。"
    if len(figures.budgets) > 1:
        hint += f"同一部门可能按不同的{figures.scope_label}各报一份，合计行会重复计算，请按行使用。"
    widths = (22, 9, *(18 for _ in amounts_asked(form)))
    sheet = book.sheet(BUDGET, hint, widths, f"C{FIRST_ROW}")
    sheet.skip()
    sheet.head((figures.scope_label, "部门数", *amounts_asked(form).values()))
    places = Columns(form, len(figures.ranked))
    for line in figures.budgets:
        sheet.table(_budget_line(line, figures, places, sheet.row + 1))


def _budget_line(line: BudgetSums, figures: Figures, places: Columns, at: int) -> list[SummaryCell | None]:
    chosen = f"--({places.cells(SCOPE)}=$A{at})"
    strong = not line.scope
    count = f"SUMPRODUCT({chosen})" if line.scope else _departments(figures, places)
    found: list[SummaryCell | None] = [
        SummaryCell(line.scope or "合计", SummaryStyle.STRONG if strong else SummaryStyle.CENTRE),
        SummaryCell(
            line.count,
            SummaryStyle.STRONG if strong else SummaryStyle.CENTRE,
            count if figures.ranked else "",
        ),
    ]
    for key, amount in line.sums.items():
        cells = places.cells(places.budget[key])
        formula = f"SUMPRODUCT({chosen},{cells})" if line.scope else f"SUM({cells})"
        look = SummaryStyle.STRONG_MONEY if strong else SummaryStyle.MONEY
        found.append(SummaryCell(amount, look, formula if figures.ranked else ""))
    return found


def sums_to_check(figures: Figures, form: FormDefinition) -> tuple[tuple[str, Decimal, str], ...]:
    """Differences that must be 0, as (name, value, Excel expression)."""
    places = Columns(form, len(figures.ranked))
    scores = places.block(min(places.scores.values()), max(places.scores.values()))
    points = sum((score for row in figures.rows for score in row.scores), Decimal(0))
    count, first = _departments(figures, places), FIRST_ROW
    grades = "0" if not figures.grades else f"SUM('{GRADES}'!C{first}:C{first + len(figures.grades) - 1})"
    bands = f"SUM('{GRADES}'!G{first}:G{first + len(figures.bands) - 1})"
    found = [
        (
            "各项得分之和 − 总分之和",
            points - sum(figures.totals, Decimal(0)),
            f"ROUND(SUM({scores})-SUM({places.cells(TOTAL)}),2)",
        ),
        (
            "各等级部门数之和 − 部门数",
            Decimal(sum(grade.count for grade in figures.grades) - len(figures.ranked)),
            f"{grades}-{count}",
        ),
        (
            "各分数段部门数之和 − 部门数",
            Decimal(sum(band.count for band in figures.bands) - len(figures.ranked)),
            f"{bands}-{count}",
        ),
    ]
    # The limit of a form makes totals smaller than the sum of their rows.
    holds = (form.cap is None, figures.has_grades, True)
    return tuple(fact for fact, is_asked in zip(found, holds, strict=True) if is_asked)
