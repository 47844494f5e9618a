"""The text of a reviewed Word file, with the controls, tracked changes and comments on it.

A document has title paragraphs and table rows, a row has cells, a cell has paragraphs, a paragraph has runs.
Empty runs are kept: each shows that a control is there, that text was deleted, or that a comment is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class ReviewedControl:
    """A content control.

    Attributes:
        number: counts the controls of the document.
        tag, alias: its tag and its title; "" without one.
    """

    number: int
    tag: str
    alias: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: author and date as the file has them, and whether it is a deletion or an insertion."""

    author: str
    date: str
    is_deletion: bool


@dataclass(frozen=True, slots=True)
class ReviewedRun:
    """Text with the same controls, tracked changes and comments.

    Attributes:
        text: its text; "" where a tracked change removes it.
        controls: the controls around it, outermost first.
        revisions: the tracked changes it is part of.
        comments: ids of the comments on it, and of what stands there and is not read.
        is_placeholder: whether it is the placeholder of an empty control.
    """

    text: str
    controls: tuple[ReviewedControl, ...] = ()
    revisions: tuple[Revision, ...] = ()
    comments: tuple[str, ...] = ()
    is_placeholder: bool = False


@dataclass(slots=True)
class ReviewedParagraph:
    """One paragraph.

    Attributes:
        runs: its text, with an automatic number as the first run.
        is_numbered: whether it has an automatic number.
    """

    runs: list[ReviewedRun] = field(default_factory=list)
    is_numbered: bool = False

    @property
    def text(self) -> str:
        """Its text without placeholders."""
        return "".join(run.text for run in self.runs if not run.is_placeholder)


@dataclass(slots=True)
class ReviewedCell:
    """One cell: its paragraphs, and whether it is merged with the cell above."""

    paragraphs: list[ReviewedParagraph] = field(default_factory=list)
    is_continued: bool = False

    @property
    def text(self) -> str:
        """Its text, one line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def runs(self) -> list[ReviewedRun]:
        """The runs of all its paragraphs."""
        return [run for paragraph in self.paragraphs for run in paragraph.runs]


ReviewedRow = list[ReviewedCell]


@dataclass(slots=True)
class ReviewedBody:
    """The paragraphs before the first table, the rows of all tables, and the other paragraphs.

    ``gone_rows`` are the rows that a tracked change removes; their text is left out.
    """

    title: list[ReviewedParagraph] = field(default_factory=list)
    rows: list[ReviewedRow] = field(default_factory=list)
    others: list[ReviewedParagraph] = field(default_factory=list)
    gone_rows: list[ReviewedRow] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its text, a line for each paragraph that has any."""
        cells = (cell.paragraphs for row in self.rows for cell in row)
        every = (paragraph for paragraphs in (self.title, *cells, self.others) for paragraph in paragraphs)
        return "\n".join(paragraph.text for paragraph in every if paragraph.text.strip())


def lines_of(paragraph: ReviewedParagraph) -> list[ReviewedParagraph]:
    """A paragraph divided where lines end."""
    if "\n" not in paragraph.text:
        return [paragraph]
    made: list[list[ReviewedRun]] = [[]]
    for run in paragraph.runs:
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                made.append([])
            made[-1].append(replace(run, text=piece))
    return [ReviewedParagraph(runs) for runs in made]
