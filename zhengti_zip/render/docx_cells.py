"""What stands in one cell of a page: paragraphs, and in them the controls of the inputs shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from zhengti_zip.render.docx_controls import Controls
from zhengti_zip.render.docx_pieces import Piece, pieces
from zhengti_zip.render.docx_xml import paragraph, run
from zhengti_zip.render.pagination import PageCell
from zhengti_zip.table import Cell, Span

TICKED = "☑"


class CellWriter:
    """Writes the text of cells, and of the title, with its controls.

    Every paragraph of an input has a control of its own, and the number in front stands outside of it.
    One control around all paragraphs would suit Word better, but LibreOffice 7.4 writes the text of such
    a control four times over.
    """

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def write(self, cell: PageCell, style: str) -> str:
        """The paragraphs of a cell; an empty one where there is nothing to write."""
        return self.cell(cell.source, list(pieces(cell)), style) or paragraph(style)

    def cell(self, source: Cell, found: Sequence[Piece], style: str) -> str:
        """The paragraphs of a cell on one page, "" when it has none there."""
        counts = Counter(item.path for item in source.paragraphs)
        return "".join(
            paragraph(style, self._content(piece, is_empty=counts[piece.source.path] == 1)) for piece in found
        )

    def line(self, text: str, spans: Sequence[Span], style: str) -> str:
        """A line of the title with the inputs at ``spans`` as controls."""
        parts = _parted(text, spans)
        content = "".join(self._titled(part, span) if span else run(part) for part, span in parts)
        return paragraph(style, content)

    def _titled(self, text: str, span: Span) -> str:
        return self._controls.inline(span.path, run(text))

    def _boxed(self, text: str, span: Span) -> str:
        return self._controls.box(span.path, text == TICKED, run(text))

    def _content(self, piece: Piece, is_empty: bool) -> str:
        """Runs and controls of a paragraph; with ``is_empty`` no text means that nothing was entered."""
        source = piece.source
        if not source.path:
            return run(piece.text)
        if source.boxes:
            return self._boxes(piece)
        content = run(piece.text[piece.lead :])
        shown = self._controls.inline(source.path, content) if content or is_empty else ""
        return run(piece.text[: piece.lead]) + shown

    def _boxes(self, piece: Piece) -> str:
        parts = _parted(piece.text, piece.source.boxes)
        return "".join(self._boxed(part, span) if span else run(part) for part, span in parts)


def _parted(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, Span | None]]:
    """The text in parts, each with the span it is, or None between spans."""
    end = 0
    for span in spans:
        yield text[end : span.start], None
        yield text[span.start : span.end], span
        end = span.end
    yield text[end:], None
