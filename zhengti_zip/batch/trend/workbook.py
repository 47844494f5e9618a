"""趋势.xlsx: the figures of a trend as sheets with charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from openpyxl.utils import get_column_letter

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.charts import columns, lines
from zhengti_zip.batch.summary.sheet import HEAD_ROW, SummaryCell, SummarySheet, SummaryWorkbook
from zhengti_zip.batch.summary.workbook import saved_with_results
from zhengti_zip.batch.trend.figures import TrendFigures
from zhengti_zip.batch.trend.lines import Line, TotalLine, Values, rounded
from zhengti_zip.batch.trend.notes import notes_on

OVERVIEW, TOTALS, AMOUNTS, ITEMS, MEAN_ITEMS, NOTES = (
    "总体趋势",
    "各部门总分",
    "各部门金额",
    "各部门指标",
    "指标平均",
    "说明",
)
HINTS = {
    OVERVIEW: "得分率是总分占满分的百分比。金额单位：万元；金额的增减只比两个年度都有这一数的部门。",
    TOTALS: "得分率是总分占满分的百分比；变化的单位是百分点。空格表示该年度没有。",
    AMOUNTS: "金额单位：万元。增减是与前一个有文件的年度相比。空格表示该年度没有填写。",
    ITEMS: "得分率是得分占分值的百分比；变化的单位是百分点。空格表示该年度的表没有这一项。",
    MEAN_ITEMS: "各部门得分率的平均数；变化的单位是百分点。",
    NOTES: "哪些能比、哪些不能比，以及没有计入的文件。",
}
MAX_LINES = 8
"""Most departments that have a line each in a chart."""

CHART_CM = (16, 6.5)
CHART_ROWS = 14

CHARS_A_PAGE = 170
"""Width printed on one landscape page, in characters."""


def trend_workbook(figures: TrendFigures) -> bytes:
    """The trend as an .xlsx file; the same figures give the same bytes."""
    book = SummaryWorkbook()
    _overview(book, figures)
    _totals(book, figures)
    if figures.amounts:
        _lines(book, AMOUNTS, "金额", figures, figures.amounts, is_money=True)
    _lines(book, ITEMS, "指标", figures, figures.items)
    _mean_items(book, figures)
    _notes(book, figures)
    return saved_with_results(book)


def _year_heads(figures: TrendFigures) -> list[str]:
    return [f"{year}年" for year in figures.years]


def _change_heads(figures: TrendFigures) -> list[str]:
    return [f"{now}年比\n{before}年" for before, now in pairwise(figures.years)]


def _overview(book: SummaryWorkbook, figures: TrendFigures) -> None:
    """The sheet of all departments together, with a chart of the mean rate and one of the first amount."""
    years = len(figures.years)
    widths = [34.0] + [14.0] * (2 * years - 1) + [10.0] * 6
    sheet = book.sheet(OVERVIEW, HINTS[OVERVIEW], widths, "B5")
    sheet.skip()
    sheet.head(["项目", *_year_heads(figures), *_change_heads(figures)], 34)
    sheet.table([_label("计入的部门（项目）"), *_cells(figures.counts, SummaryStyle.CENTRE)])
    mean = figures.mean_rate
    rate_row = sheet.table(
        [
            _label("平均得分率"),
            *_cells(mean.values, SummaryStyle.RATE),
            *_points(mean.difference[1:]),
        ]
    )
    if figures.has_one_full_score:
        full = plain(figures.used_forms[0].full_score)
        total = figures.mean_total
        cells = (
            *_cells(total.values, SummaryStyle.AVERAGE),
            *_cells(total.difference[1:], SummaryStyle.AVERAGE),
        )
        sheet.table([_label(f"平均总分（满分 {full} 分）"), *cells])
    for grade, counts in figures.grades.items():
        sheet.table([_label(f"评为“{grade}”的个数"), *_cells(counts, SummaryStyle.CENTRE)])
    amount_row, amount_title = 0, ""
    for line in figures.sums:
        growth = _cells(line.growth[1:], SummaryStyle.RATE)
        row = sheet.table(
            [_label(f"{line.sums.names[0]}（合计）"), *_cells(line.sums.values, SummaryStyle.MONEY), *growth]
        )
        if line is figures.leading_sum:
            amount_row, amount_title = row, f"{line.sums.names[0]}（合计，万元）"
    last = get_column_letter(1 + years)
    heads = f"B{HEAD_ROW}:{last}{HEAD_ROW}"
    place = sheet.row + 3
    sheet.break_after(sheet.row + 1)
    rates = [("平均得分率", f"B{rate_row}:{last}{rate_row}")]
    sheet.chart(lines(sheet, "平均得分率", heads, rates, CHART_CM, "0.0%"), f"A{place}")
    if amount_row:
        area = (heads, f"B{amount_row}:{last}{amount_row}")
        sheet.chart(columns(sheet, amount_title, area, CHART_CM), f"A{place + CHART_ROWS}")


def _totals(book: SummaryWorkbook, figures: TrendFigures) -> None:
    years = len(figures.years)
    widths = [34.0, 16.0] + [9.0, 7.0, 10.0] * years + [12.0] * (years - 1)
    sheet = book.sheet(TOTALS, HINTS[TOTALS], widths, "C5")
    sheet.print_pages(across=-int(-sum(widths) // CHARS_A_PAGE))
    sheet.worksheet.print_title_cols = "A:B"
    sheet.skip()
    heads = [f"{year}年\n{word}" for word in ("得分率", "总分", "等级") for year in figures.years]
    sheet.head(["部门", "范围或项目", *heads, *_change_heads(figures)], 34)
    first = sheet.row + 1
    for line in figures.totals:
        sheet.table(_total_cells(line))
    last_row = sheet.row
    sheet.filter(2 + 4 * years - 1, last_row)
    if len(figures.totals) <= MAX_LINES:
        end = get_column_letter(2 + years)
        rows = [
            (line.series.name, f"C{first + place}:{end}{first + place}")
            for place, line in enumerate(figures.totals)
        ]
        labels = f"C{HEAD_ROW}:{end}{HEAD_ROW}"
        sheet.chart(lines(sheet, "各部门得分率", labels, rows, (20, 10), "0%"), f"A{last_row + 3}")


def _total_cells(line: TotalLine) -> list[SummaryCell | None]:
    return [
        SummaryCell(line.series.department),
        SummaryCell(line.series.scope, SummaryStyle.CENTRE),
        *_cells(line.rates.values, SummaryStyle.RATE),
        *_cells(line.totals, SummaryStyle.SCORE),
        *(SummaryCell(grade or None, SummaryStyle.CENTRE) for grade in line.grades),
        *_points(line.rates.difference[1:]),
    ]


def _lines(
    book: SummaryWorkbook,
    title: str,
    head: str,
    figures: TrendFigures,
    found: Iterable[Line],
    *,
    is_money: bool = False,
) -> None:
    """A sheet with a row a department and amount or item."""
    years = len(figures.years)
    widths = [34.0, 16.0, 36.0] + [14.0] * years + [12.0] * (years - 1)
    sheet = book.sheet(title, HINTS[title], widths, "D5")
    sheet.skip()
    sheet.head(["部门", "范围或项目", head, *_year_heads(figures), *_change_heads(figures)], 34)
    for line in found:
        sheet.table([*map(SummaryCell, line.names), *_line_cells(line, is_money)])
    sheet.filter(3 + 2 * years - 1, sheet.row)


def _mean_items(book: SummaryWorkbook, figures: TrendFigures) -> None:
    years = len(figures.years)
    sheet = book.sheet(MEAN_ITEMS, HINTS[MEAN_ITEMS], [44.0] + [12.0] * (2 * years - 1), "B5")
    sheet.skip()
    sheet.head(["指标", *_year_heads(figures), *_change_heads(figures)], 34)
    for line in figures.mean_items:
        sheet.table([_label(line.names[0]), *_line_cells(line, is_money=False)])
    sheet.filter(1 + 2 * years - 1, sheet.row)


def _line_cells(line: Line, is_money: bool) -> list[SummaryCell]:
    if is_money:
        return [*_cells(line.values, SummaryStyle.MONEY), *_cells(line.growth[1:], SummaryStyle.RATE)]
    return [*_cells(line.values, SummaryStyle.RATE), *_points(line.difference[1:])]


def _notes(book: SummaryWorkbook, figures: TrendFigures) -> None:
    sheet = book.sheet(NOTES, HINTS[NOTES], [40.0, 34.0, 9.0, 60.0, 50.0], "A5", repeat_head=False)
    sheet.skip()
    for note in notes_on(figures):
        _note(sheet, note)
    if figures.left_out:
        sheet.skip()
        sheet.head(["没有计入的文件", "部门", "年度", "原因", "处理办法"])
        for item in figures.left_out:
            sheet.table(
                [
                    SummaryCell(item.name),
                    SummaryCell(item.department or "—"),
                    SummaryCell(item.year or None, SummaryStyle.CENTRE),
                    SummaryCell(item.why),
                    SummaryCell(item.remedy),
                ]
            )


def _note(sheet: SummarySheet, note: str) -> None:
    """A sentence over all columns."""
    row = sheet.row + 1
    width = sum(sheet.widths)
    sheet.worksheet.merged_cells.add(f"A{row}:E{row}")
    rows = max(1, -int(-len(note) * 2.1 // width))
    sheet.add([SummaryCell(note)], 18.0 * rows)


def _label(text: str) -> SummaryCell:
    return SummaryCell(text)


def _cells(values: Sequence[Decimal | int | None], look: SummaryStyle) -> list[SummaryCell]:
    return [SummaryCell(rounded(value) if isinstance(value, Decimal) else value, look) for value in values]


def _points(values: Values) -> list[SummaryCell]:
    """Differences of rates in percentage points."""
    return [SummaryCell(None if v is None else rounded(v * 100), SummaryStyle.AVERAGE) for v in values]
