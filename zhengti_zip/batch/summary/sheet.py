"""The summary workbook and its sheets, written row by row with openpyxl's write-only mode, which keeps no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from zhengti_zip.batch.summary.cell_styles import SummaryStyle, named_style
from zhengti_zip.batch.summary.texts import cell_text, legal
from zhengti_zip.workbook.cells import put
from zhengti_zip.workbook.write import style

if TYPE_CHECKING:
    from openpyxl.chart._chart import ChartBase
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | None

HEAD_ROW, FIRST_ROW = 4, 5
MAX_LINKS = 60_000
"""Most links on a sheet; Excel reports a file with more than 65,530 as damaged."""


@dataclass(frozen=True, slots=True)
class SummaryCell:
    """The content of a cell.

    Attributes:
        value: the value; of a formula, its result.
        look: its cell style.
        formula: an Excel expression without its equals sign; "" for a plain value.
        link: a relative path as the target of a link; "" for none.
    """

    value: Value
    look: SummaryStyle = SummaryStyle.TEXT
    formula: str = ""
    link: str = ""


class SummaryWorkbook:
    """A workbook being written.

    Excel and WPS calculate formulas when they open a file; previews and mail programs do not. Therefore the
    results are collected here and stored beside the formulas when the file is complete.

    Attributes:
        worked: results of formulas, by sheet title and cell.
    """

    def __init__(self) -> None:
        self.workbook = Workbook(write_only=True)
        self.worked: dict[str, dict[str, Value]] = {}
        for look in SummaryStyle:
            self.workbook.add_named_style(named_style(look))

    def sheet(
        self,
        title: str,
        hint: str,
        widths: Sequence[float],
        freeze: str = f"A{FIRST_ROW}",
        *,
        repeat_head: bool = True,
    ) -> SummarySheet:
        """A new sheet with its title and hint.

        Args:
            title: name of the sheet and its first row.
            hint: the second row.
            widths: of the columns, in characters.
            freeze: cell; rows above and columns left of it do not scroll.
            repeat_head: whether the column heads are printed on every page.
        """
        self.worked[title] = {}
        sheet = self.workbook.create_sheet(title)
        # Write-only mode stores views and page set-up before the first row.
        style.widths(sheet, tuple(widths))
        style.finish(sheet, freeze, head_row=HEAD_ROW if repeat_head else None, protect=False)
        return SummarySheet(sheet, title, hint, tuple(widths), self.worked[title])

    def headed_sheet(
        self, title: str, hint: str, heads: Sequence[tuple[str, float]], first_column: str = "A"
    ) -> SummarySheet:
        """A new sheet with its title, hint and column heads; the next row is the first of a table.

        Args:
            heads: the words above each column, and its width in characters.
            first_column: the first column that scrolls.
        """
        sheet = self.sheet(title, hint, [width for _, width in heads], f"{first_column}{FIRST_ROW}")
        sheet.skip()
        sheet.head([head for head, _ in heads])
        return sheet


class SummarySheet:
    """One sheet, written from top to bottom."""

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
        """Write a row of a table, high enough for its texts, at least ``least`` points. Returns its number."""
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
        value = entry.value
        place = f"{get_column_letter(column)}{self.row}"
        if entry.formula:
            cell.value = f"={entry.formula}"
            self.worked[place] = cell_text(value) if isinstance(value, str) else value
        else:  # what Excel would read as an escape is escaped by `put`
            put(cell, legal(value) if isinstance(value, str) else value)
        if entry.link and self.links < MAX_LINKS:
            self.links += 1
            cell.hyperlink = Hyperlink(ref=place, target=entry.link)
        return cell

    def chart(self, chart: ChartBase, place: str) -> None:
        """Place a chart with its upper left corner at a cell."""
        self.worksheet.add_chart(chart, place)

    def print_pages(self, across: int) -> None:
        """Print on ``across`` pages side by side, in the order left to right, then down."""
        self.worksheet.page_setup.fitToWidth = across
        self.worksheet.page_setup.pageOrder = "overThenDown"

    def break_after(self, row: int) -> None:
        """Start a new printed page after a row."""
        self.worksheet.row_breaks.append(Break(id=row))

    def filter(self, columns: int, last_row: int) -> None:
        """Add filter buttons to the column heads, for the rows down to ``last_row``."""
        self.worksheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(columns)}{max(last_row, HEAD_ROW)}"
