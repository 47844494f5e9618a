"""The text of a Word file as it reads: who put which characters where, tracked changes taken or left out.

A document is title paragraphs and table rows; a row is cells, a cell paragraphs, a paragraph runs.
A run is text under the same circumstances. Empty runs are kept: they say that a control is there,
that something was deleted, or that a comment hangs on the place.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReviewedControl:
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
class ReviewedRun:
    """Text under the same circumstances.

    Attributes:
        text: what counts: "" where a tracked change takes it away.
        controls: the controls around it, outermost first.
        revisions: the tracked changes it is part of.
        comments: ids of the comments that hang on it.
        is_placeholder: whether it is only the hint of an empty control.
    """

    text: str
    controls: tuple[ReviewedControl, ...] = ()
    revisions: tuple[Revision, ...] = ()
    comments: tuple[str, ...] = ()
    is_placeholder: bool = False


@dataclass(slots=True)
class ReviewedParagraph:
    """One paragraph."""

    runs: list[ReviewedRun] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it reads."""
        return "".join(run.text for run in self.runs if not run.is_placeholder)


@dataclass(slots=True)
class ReviewedCell:
    """One cell: its paragraphs, and whether it goes on from the cell above."""

    paragraphs: list[ReviewedParagraph] = field(default_factory=list)
    is_continued: bool = False

    @property
    def text(self) -> str:
        """What it reads, a line a paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


ReviewedRow = list[ReviewedCell]


@dataclass(slots=True)
class ReviewedBody:
    """Everything in reading order: paragraphs before the first table, rows of all tables, other paragraphs."""

    title: list[ReviewedParagraph] = field(default_factory=list)
    rows: list[ReviewedRow] = field(default_factory=list)
    others: list[ReviewedParagraph] = field(default_factory=list)
