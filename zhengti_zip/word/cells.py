"""What stands in one cell of a page: paragraphs, and in them the controls of the inputs shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from zhengti_zip.grid.pagination import PageCell
from zhengti_zip.grid.table import Cell, Paragraph, Span
from zhengti_zip.word.content import Part, WordParagraph, runs
from zhengti_zip.word.controls import Controls

TICKED = "☑"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a cell, or the part of it that stands on one page.

    Attributes:
        text: what is printed.
        source: the paragraph it is of.
        lead: how many characters at its beginning are not the input's.
        number: of the paragraph in its cell, from 0.
        start: where in the paragraph's text it begins.
    """

    text: str
    source: Paragraph
    lead: int
    number: int = 0
    start: int = 0


def pieces(cell: PageCell) -> Iterator[Piece]:
    """The paragraphs of a cell on this page; Word breaks their lines by itself."""
    paragraphs = cell.source.paragraphs
    if not cell.is_cut:
        for number, source in enumerate(paragraphs):
            yield Piece(source.text, source, source.lead, number)
        return
    for number, lines in groupby(cell.lines, key=lambda line: line.paragraph):
        first, *others = lines
        text = first.text + "".join(line.text for line in others)
        lead = max(paragraphs[number].lead - first.start, 0)
        yield Piece(text, paragraphs[number], lead, number, first.start)


class CellWriter:
    """Makes the paragraphs of cells, and of the title, with their controls.

    Every paragraph of an input has a control of its own, and the number in front stands outside of it.
    One control around all paragraphs would suit Word better, but LibreOffice 7.4 writes the text of such
    a control four times over.
    """

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def write(self, cell: PageCell, style: str) -> tuple[WordParagraph, ...]:
        """The paragraphs of a cell; an empty one where there is nothing to write."""
        return tuple(self.cell(cell.source, list(pieces(cell)), style)) or (WordParagraph(style),)

    def cell(self, source: Cell, found: Sequence[Piece], style: str) -> list[WordParagraph]:
        """The paragraphs of a cell on one page."""
        counts = Counter(item.path for item in source.paragraphs)
        return [
            WordParagraph(style, self._content(piece, is_empty=counts[piece.source.path] == 1))
            for piece in found
        ]

    def line(self, text: str, spans: Sequence[Span], style: str) -> WordParagraph:
        """A line of the title with the inputs at ``spans`` as controls."""
        parts = (
            self._titled(said, span) if span else Part(runs(said)) for said, span in _parted(text, spans)
        )
        return WordParagraph(style, tuple(parts))

    def _titled(self, text: str, span: Span) -> Part:
        return self._controls.inline(span.path, runs(text))

    def _boxed(self, text: str, span: Span) -> Part:
        return self._controls.box(span.path, text == TICKED, runs(text))

    def _content(self, piece: Piece, is_empty: bool) -> tuple[Part, ...]:
        """Content of a paragraph; with ``is_empty`` no text means that nothing was entered."""
        source = piece.source
        if not source.path:
            return (Part(runs(piece.text)),)
        if source.boxes:
            parts = _parted(piece.text, source.boxes)
            return tuple(self._boxed(text, span) if span else Part(runs(text)) for text, span in parts)
        lead, shown = Part(runs(piece.text[: piece.lead])), runs(piece.text[piece.lead :])
        return (lead, self._controls.inline(source.path, shown)) if shown or is_empty else (lead,)


def _parted(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, Span | None]]:
    """The text in parts, each with the span it is, or None between spans."""
    end = 0
    for span in spans:
        yield text[end : span.start], None
        yield text[span.start : span.end], span
        end = span.end
    yield text[end:], None
