"""A sheet of the summary workbook: rows are written one after the other and forgotten, so that 2,000
departments need no more memory than 20."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from zhengti_zip.batch.summary.texts import cell_text
from zhengti_zip.workbook.cells import put
from zhengti_zip.workbook.write import style

if TYPE_CHECKING:
    from openpyxl.chart._chart import ChartBase
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | None

HEAD_ROW, FIRST_ROW = 4, 5
MAX_LINKS = 60_000
"""Links a sheet may have; Excel calls a file with more than 65,530 damaged."""


class SummaryStyle(StrEnum):
    """How a cell looks; the names are those of the cell styles a user sees in Excel."""

    TEXT = "汇总-文字"
    CENTRE = "汇总-居中"
    LINK = "汇总-链接"
    SCORE = "汇总-分数"
    AVERAGE = "汇总-平均"
    RATE = "汇总-百分比"
    MONEY = "汇总-金额"
    STRONG = "汇总-合计"
    STRONG_MONEY = "汇总-合计金额"
    HEAD = "汇总-表头"
    TITLE = "汇总-标题"
    HINT = "汇总-说明"


_FORMATS = {
    SummaryStyle.AVERAGE: "0.00",
    SummaryStyle.RATE: "0.0%",
    SummaryStyle.MONEY: style.MONEY_FORMAT,
    SummaryStyle.STRONG_MONEY: style.MONEY_FORMAT,
}
_STRONG = (SummaryStyle.STRONG, SummaryStyle.STRONG_MONEY)


@dataclass(frozen=True, slots=True)
class SummaryCell:
    """What stands in a cell.

    Attributes:
        value: the value; of a formula, what it comes to.
        look: how it looks.
        formula: an Excel expression without its equals sign; "" for a plain value.
        link: a relative path as the target of a link; "" for none.
    """

    value: Value
    look: SummaryStyle = SummaryStyle.TEXT
    formula: str = ""
    link: str = ""


class SummaryWorkbook:
    """A workbook in the making, and what its formulas come to.

    Excel and WPS work formulas out when they open a file, previews and mail programs never do. So the
    worked-out values are kept and put beside the formulas when the file is done.
    """

    def __init__(self) -> None:
        self.workbook = Workbook(write_only=True)
        self.worked: dict[str, dict[str, Value]] = {}
        for look in SummaryStyle:
            self.workbook.add_named_style(_named_style(look))

    def sheet(
        self,
        title: str,
        hint: str,
        widths: Sequence[float],
        freeze: str = f"A{FIRST_ROW}",
        *,
        repeat_head: bool = True,
    ) -> SummarySheet:
        """A new sheet, its two opening lines written.

        Args:
            title, hint: those lines.
            widths: of the columns, in characters.
            freeze: what stands above and left of this cell stays in view.
            repeat_head: print the column heads on every page.
        """
        self.worked[title] = {}
        sheet = self.workbook.create_sheet(title)
        # Views and page set-up stand above the rows in the file, so they are fixed before the first row.
        style.widths(sheet, tuple(widths))
        style.finish(sheet, freeze, head_row=HEAD_ROW if repeat_head else None, protect=False)
        return SummarySheet(sheet, title, hint, tuple(widths), self.worked[title])


class SummarySheet:
    """One sheet; only ever written downwards."""

    def __init__(
        self,
        sheet: Worksheet,
        title: str,
        hint: str,
        widths: tuple[float, ...],
        worked: dict[str, Value],
    ) -> None:
        self.worksheet, self.title, self.widths, self.worked = sheet, title, widths, worked
        self.row = 0
        self.links = 0
        self.add([SummaryCell(title, SummaryStyle.TITLE)], 30)
        self.add([SummaryCell(hint, SummaryStyle.HINT)], 20)

    def add(self, entries: Iterable[SummaryCell | None], height: float | None = None) -> int:
        """Write the next row; None leaves a cell empty. Returns its number."""
        self.row += 1
        if height:
            self.worksheet.row_dimensions[self.row].height = height
        cells = [entry and self._cell(entry, column) for column, entry in enumerate(entries, start=1)]
        self.worksheet.append(cells)
        return self.row

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        for _ in range(rows):
            self.add([])

    def head(self, words: Sequence[str], height: float = 30) -> int:
        """Write a row of column heads."""
        return self.add([SummaryCell(word, SummaryStyle.HEAD) if word else None for word in words], height)

    def table(self, entries: Sequence[SummaryCell | None], least: float = 20) -> int:
        """Write a row of a table, high enough for its texts. Returns its number."""
        texts = [
            (entry.value, width)
            for entry, width in zip(entries, self.widths, strict=False)
            if entry and isinstance(entry.value, str)
        ]
        style.fit_height(self.worksheet, self.row + 1, texts, least)
        return self.add(entries)

    def _cell(self, entry: SummaryCell, column: int) -> Cell:
        cell = WriteOnlyCell(self.worksheet)
        cell.style = entry.look.value
        value = cell_text(entry.value) if isinstance(entry.value, str) else entry.value
        place = f"{get_column_letter(column)}{self.row}"
        if entry.formula:
            cell.value = f"={entry.formula}"
            self.worked[place] = value
        else:
            put(cell, value)
        if entry.link and self.links < MAX_LINKS:
            self.links += 1
            cell.hyperlink = Hyperlink(ref=place, target=entry.link)
        return cell

    def chart(self, chart: ChartBase, place: str) -> None:
        """Put a chart with its upper left corner on a cell."""
        self.worksheet.add_chart(chart, place)

    def print_pages(self, across: int) -> None:
        """Print so many pages beside each other, left to right before the next rows."""
        self.worksheet.page_setup.fitToWidth = across
        self.worksheet.page_setup.pageOrder = "overThenDown"

    def break_after(self, row: int) -> None:
        """Begin a new page behind a row when printed."""
        self.worksheet.row_breaks.append(Break(id=row))

    def filter(self, columns: int, last_row: int) -> None:
        """Give the column heads filter buttons over the rows down to ``last_row``."""
        self.worksheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(columns)}{max(last_row, HEAD_ROW)}"


def _named_style(look: SummaryStyle) -> NamedStyle:
    """The cell style of a look, built on the styles of the other workbooks."""
    book = Workbook(write_only=True)
    cell = WriteOnlyCell(book.create_sheet())
    if look is SummaryStyle.HEAD:
        style.head(cell)
    elif look in _STRONG:
        style.label(cell, center=True, bold=True)
    elif look not in (SummaryStyle.TITLE, SummaryStyle.HINT):
        style.plain(cell, center=look is not SummaryStyle.TEXT)
    named = NamedStyle(look.value, font=copy(_font(look, cell)))
    for part in ("fill", "border"):
        setattr(named, part, copy(getattr(cell, part)))  # a style belongs to one cell until it is copied
    named.alignment = _alignment(look, cell)
    named.number_format = _FORMATS.get(look, style.GENERAL_FORMAT)
    return named


def _font(look: SummaryStyle, cell: Cell) -> Font:
    if look is SummaryStyle.TITLE:
        return Font(name=style.FACE, size=16, bold=True, color="1F4E79")
    if look is SummaryStyle.HINT:
        return style.NOTE_FONT
    if look is SummaryStyle.LINK:
        return Font(name=style.FACE, size=10, color="1F4E79", underline="single")
    return Font(name=style.FACE, size=10, bold=cell.font.bold, color=cell.font.color)


def _alignment(look: SummaryStyle, cell: Cell) -> Alignment:
    if look in (SummaryStyle.TITLE, SummaryStyle.HINT):
        return Alignment(vertical="center")
    if look in (SummaryStyle.MONEY, SummaryStyle.STRONG_MONEY):
        return style.RIGHT
    if look is SummaryStyle.TEXT:
        return Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    return Alignment(horizontal=cell.alignment.horizontal, vertical="center", wrap_text=True)
