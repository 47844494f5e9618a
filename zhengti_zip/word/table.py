"""The pages of the form as data for the template: title lines, and one table a page."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.grid.pagination import PageCell, PagePart, PageRow
from zhengti_zip.grid.table import FormTable
from zhengti_zip.word.cells import CellWriter
from zhengti_zip.word.content import WordCell, WordPage, WordParagraph, WordRow
from zhengti_zip.word.controls import Controls
from zhengti_zip.word.fit import Fit
from zhengti_zip.word.styles import PAGE_BREAK, SPACER, TITLE, Look, twips

MOST_OF_A_PAGE = 0.75
"""A row taller than this share of a page may be split: Word loses what a kept row has over a page."""


class PageWriter:
    """Makes the pages of one form.

    Attributes:
        edges: x of every column edge in twips.
    """

    def __init__(self, table: FormTable, controls: Controls, cells: CellWriter) -> None:
        self._table, self._controls, self._cells, self._fit = table, controls, cells, Fit(table)
        # Edges are rounded, not widths, so that all rows end at the same place.
        self.edges = [round(edge * 20) for edge in table.edges]

    def write(self, pages: Sequence[PagePart]) -> list[WordPage]:
        """All pages; Word needs a paragraph between two tables."""
        return [self._page(page, PAGE_BREAK if number else SPACER) for number, page in enumerate(pages)]

    def _page(self, page: PagePart, start: str) -> WordPage:
        table = self._table
        inputs = (*table.title_inputs, *((),) * len(table.title))
        title = zip(table.title, inputs, strict=False) if page.has_title else ()
        lines = [WordParagraph(start), *(self._cells.line(text, spans, TITLE) for text, spans in title)]
        covering: list[list[PageCell]] = [[] for _ in page.rows]
        for cell in sorted(page.cells, key=lambda cell: cell.source.column):
            for covered in covering[cell.row : cell.row + cell.row_span]:
                covered.append(cell)
        rows = [self._row(row, number, covering[number], page) for number, row in enumerate(page.rows)]
        return WordPage(tuple(lines), tuple(rows), self._controls.group())

    def _row(self, row: PageRow, number: int, covering: Sequence[PageCell], page: PagePart) -> WordRow:
        is_kept = row.height <= MOST_OF_A_PAGE * self._table.geometry.content_height
        cells = tuple(self._cell(cell, number, page) for cell in covering)
        return WordRow(twips(row.height), is_kept, row.is_head and number == 0, cells)

    def _cell(self, cell: PageCell, row: int, page: PagePart) -> WordCell:
        """A cell in one of the rows it covers; in all but the first it goes on without text."""
        source = cell.source
        width = self.edges[source.column + source.column_span] - self.edges[source.column]
        is_first = cell.row == row
        style = Look.of(source, self._fit.tightness(cell, page) if is_first else 0).style_id
        content = self._cells.write(cell, style) if is_first else (WordParagraph(style),)
        merge = ("restart" if is_first else "continue") if cell.row_span > 1 else ""
        return WordCell(width, source.column_span, merge, cell.is_cut, content)
