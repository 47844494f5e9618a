"""The printed pages as data: what every page holds of the form's table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.printed_lines import PrintedLine
from zhengti_zip.grid.table import Cell, Paragraph


@dataclass(frozen=True, slots=True)
class PageParagraph:
    """A paragraph of a cell, or the part of it that is printed on one page.

    Attributes:
        text: what is printed.
        source: the paragraph of the FormTable.
        lead: how many characters at its start are not the input's.
        tail: how many characters at its end are not the input's.
        number: of the paragraph in its cell, from 0.
        start: index in the text of ``source`` at which it starts.
    """

    text: str
    source: Paragraph
    lead: int
    number: int = 0
    start: int = 0
    tail: int = 0

    @property
    def value(self) -> str:
        """The text of the input, without lead and tail."""
        return self.text[self.lead : len(self.text) - self.tail]


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell, or the part of it that is printed on one page; rows are numbered within the page.

    Attributes:
        source: the cell of the FormTable.
        row, row_span: rows of the page it covers.
        lines: what is printed here.
        is_cut: whether its text continues from or on another page.
    """

    source: Cell
    row: int
    row_span: int
    lines: tuple[PrintedLine, ...]
    is_cut: bool = False

    def paragraphs(self) -> Iterator[PageParagraph]:
        """The paragraphs printed on this page, without line breaks."""
        sources = self.source.paragraphs
        if not self.is_cut:
            for number, source in enumerate(sources):
                yield PageParagraph(source.text, source, source.lead, number, tail=source.tail)
            return
        for number, lines in groupby(self.lines, key=lambda line: line.paragraph):
            first, *others = lines
            text = first.text + "".join(line.text for line in others)
            source = sources[number]
            lead = min(max(source.lead - first.start, 0), len(text))
            tail = max(first.start + len(text) - (len(source.text) - source.tail), 0)
            yield PageParagraph(text, source, lead, number, first.start, min(tail, len(text) - lead))


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of a page: its height in pt and whether it holds column heads."""

    height: float
    is_head: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The part of the table on one page; cells in reading order. Under the last rows before an annex people sign."""

    rows: tuple[PageRow, ...]
    cells: tuple[PageCell, ...]
    has_title: bool
    is_signed: bool = False

    @property
    def height(self) -> float:
        """Height of the table part in pt."""
        return sum(row.height for row in self.rows) + BORDER_PT

    def covering(self) -> list[list[PageCell]]:
        """Per row the cells that cover it, from left to right."""
        found: list[list[PageCell]] = [[] for _ in self.rows]
        for cell in sorted(self.cells, key=lambda cell: cell.source.column):
            for covered in found[cell.row : cell.row + cell.row_span]:
                covered.append(cell)
        return found
