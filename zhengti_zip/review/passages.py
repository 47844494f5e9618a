"""The text of a Word file as it reads: who put which characters where, tracked changes taken or left out.

A document is title paragraphs and table rows; a row is cells, a cell paragraphs, a paragraph pieces.
A piece is text under the same circumstances. Empty pieces are kept: they say that a control is there,
that something was deleted, or that a comment hangs on the place.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: its tag and title, and whether it shows its placeholder."""

    number: int
    tag: str
    alias: str
    is_placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: its author and date as the file has them; is_deletion tells it from an insertion."""

    author: str
    date: str
    is_deletion: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same circumstances.

    Attributes:
        text: what counts: "" where a tracked change takes it away.
        controls: the controls around it, outermost first.
        revisions: the tracked changes it is part of.
        comments: ids of the comments that hang on it.
        is_placeholder: whether it is only the hint of an empty control.
    """

    text: str
    controls: tuple[Control, ...] = ()
    revisions: tuple[Revision, ...] = ()
    comments: tuple[str, ...] = ()
    is_placeholder: bool = False


@dataclass(slots=True)
class Passage:
    """One paragraph."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it reads."""
        return "".join(piece.text for piece in self.pieces if not piece.is_placeholder)


@dataclass(slots=True)
class WordCell:
    """One cell: its paragraphs, and whether it goes on from the cell above."""

    passages: list[Passage] = field(default_factory=list)
    is_continued: bool = False

    @property
    def text(self) -> str:
        """What it reads, a line a paragraph."""
        return "\n".join(passage.text for passage in self.passages)


WordRow = list[WordCell]


@dataclass(slots=True)
class Body:
    """Everything in reading order: paragraphs before the first table, rows of all tables, other paragraphs."""

    title: list[Passage] = field(default_factory=list)
    rows: list[WordRow] = field(default_factory=list)
    others: list[Passage] = field(default_factory=list)
