"""Makes the body of the Word file: a table per page, its cells, and the content controls in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengti_zip.grid.content import TICKED
from zhengti_zip.grid.pages import Page, PageCell, PageParagraph, PageRow
from zhengti_zip.grid.table import Cell, FormTable, Span
from zhengti_zip.word.content import RunGroup, WordCell, WordPage, WordParagraph, WordRow, runs
from zhengti_zip.word.controls import Controls
from zhengti_zip.word.fit import Fit
from zhengti_zip.word.styles import PAGE_BREAK, SIGNATURE, SPACER, TITLE, CellStyle, above_style, twips

UNSPLIT_SHARE = 0.75
"""A row taller than this share of a page may be split. Of an unsplit row Word does not print what is
beyond the page."""


class PageWriter:
    """Makes the pages of one form.

    Attributes:
        edges: x of every column edge in twips.
    """

    def __init__(self, table: FormTable, controls: Controls, cells: CellWriter) -> None:
        self._table, self._controls, self._cells, self._fit = table, controls, cells, Fit(table)
        # Edges are rounded, not widths, so that all rows end at the same place.
        self.edges = [round(edge * 20) for edge in table.edges]

    def write(self, pages: Sequence[Page]) -> list[WordPage]:
        """All pages. Each starts with an empty paragraph, because Word joins two tables without one between."""
        numbered = enumerate(pages, start=self._table.cover_pages)
        return [self._page(page, PAGE_BREAK if number else SPACER) for number, page in numbered]

    def _page(self, page: Page, start: str) -> WordPage:
        table = self._table
        inputs = (*table.title_inputs, *((),) * len(table.title))
        title = zip(table.title, inputs, strict=False) if page.has_title else ()
        lines = [WordParagraph(start), *(self._above() if page.has_title else ())]
        lines += [self._cells.line(text, spans, TITLE) for text, spans in title]
        covering = page.covering()
        rows = [self._row(row, number, covering[number], page) for number, row in enumerate(page.rows)]
        return WordPage(tuple(lines), tuple(rows), self._controls.group(), page.is_signed)

    def _above(self) -> Iterator[WordParagraph]:
        """The lines above the title; the last has the space under them."""
        for number, line in enumerate(self._table.above, start=1):
            style = above_style(line.align, is_last=number == len(self._table.above))
            yield self._cells.line(line.text, line.inputs, style)

    def signature(self) -> tuple[WordParagraph, ...]:
        """The items of the signature line."""
        return tuple(self._cells.line(item.text, item.inputs, SIGNATURE) for item in self._table.signature)

    def _row(self, row: PageRow, number: int, covering: Sequence[PageCell], page: Page) -> WordRow:
        is_kept = row.height <= UNSPLIT_SHARE * self._table.geometry.content_height
        cells = tuple(self._cell(cell, number, page) for cell in covering)
        is_head = row.is_head and number == 0 and all(cell.row_span == 1 for cell in covering)
        return WordRow(twips(row.height), is_kept, is_head, cells)

    def _cell(self, cell: PageCell, row: int, page: Page) -> WordCell:
        """A cell in one of the rows it covers; only the first of them holds its text."""
        source = cell.source
        width = self.edges[source.column + source.column_span] - self.edges[source.column]
        is_first = cell.row == row
        style = CellStyle.of(source, self._fit.tightness(cell, page) if is_first else 0).style_id
        content = self._cells.write(cell, style) if is_first else (WordParagraph(style),)
        merge = ("restart" if is_first else "continue") if cell.row_span > 1 else ""
        return WordCell(width, source.column_span, merge, cell.is_cut, content)


class CellWriter:
    """Makes the paragraphs of cells and of the title, with their controls.

    Every paragraph of an input has a control of its own; the number in front of it is outside. One control
    around all paragraphs of an input would suit Word better, but LibreOffice 7.4 saves its text four times.
    """

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def write(self, cell: PageCell, style: str) -> tuple[WordParagraph, ...]:
        """The paragraphs of a cell on its page, at least one: Word requires it."""
        if cell.source.vertical:
            # A break behind every line keeps a label upright in any program.
            return (WordParagraph(style, (RunGroup(runs("\n".join(line.text for line in cell.lines))),)),)
        return tuple(self.cell(cell.source, list(cell.paragraphs()), style)) or (WordParagraph(style),)

    def cell(self, source: Cell, found: Sequence[PageParagraph], style: str) -> list[WordParagraph]:
        """The paragraphs of a cell on one page."""
        return [WordParagraph(style, self._content(source, paragraph)) for paragraph in found]

    def line(self, text: str, spans: Sequence[Span], style: str) -> WordParagraph:
        """A line of the title with the inputs at ``spans`` as controls."""
        parts = (
            self._titled(part, span) if span else RunGroup(runs(part)) for part, span in _parted(text, spans)
        )
        return WordParagraph(style, tuple(parts))

    def _titled(self, text: str, span: Span) -> RunGroup:
        return self._controls.inline(span.path, runs(text))

    def _boxed(self, text: str, span: Span) -> RunGroup:
        return self._controls.box(span.path, text == TICKED, runs(text))

    def _content(self, cell: Cell, paragraph: PageParagraph) -> tuple[RunGroup, ...]:
        """The content of a paragraph: text, check boxes, or fixed text and the control of an input."""
        source, text, lead = paragraph.source, paragraph.text, paragraph.lead
        if not source.path:
            return (RunGroup(runs(text)),)
        if source.boxes:
            parts = _parted(text, source.boxes)
            return tuple(self._boxed(part, span) if span else RunGroup(runs(part)) for part, span in parts)
        fixed, shown = RunGroup(runs(text[:lead])), runs(paragraph.value)
        tail = (RunGroup(runs(text[len(text) - paragraph.tail :])),) if paragraph.tail else ()
        # An empty paragraph between others of its input gets no control: nothing can be entered there.
        is_empty_line = not shown and sum(other.path == source.path for other in cell.paragraphs) > 1
        return (fixed,) if is_empty_line else (fixed, self._controls.inline(source.path, shown), *tail)


def _parted(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, Span | None]]:
    """The text in parts, each with its span, or None for a part between two spans."""
    end = 0
    for span in spans:
        yield text[end : span.start], None
        yield text[span.start : span.end], span
        end = span.end
    yield text[end:], None
