"""The paragraphs of a cell as one page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from zhengti_zip.render.pagination import PageCell
from zhengti_zip.table import Paragraph


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
