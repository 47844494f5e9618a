"""FormTable: the printed form as a grid of cells, from which PDF and Word file are made.

It has texts, widths in pt and the places where a page may break. It has no pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from zhengti_zip.form.geometry import BORDER_PT, Geometry
from zhengti_zip.form.print_columns import Align
from zhengti_zip.form.print_layout import LineAlign
from zhengti_zip.submission.paths import NO_PATH, InputPath


class Origin(Enum):
    """Where a cell's text comes from. After a page break a label is repeated, other text continues."""

    LABEL = "label"
    ENTERED = "entered"
    COMPUTED = "computed"


class Break(Enum):
    """Whether a page may break before a row."""

    NEVER = 0
    ALLOWED = 1
    PREFERRED = 2
    ALWAYS = 3
    """An annex begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a text that shows an input: ``text[start:end]``, and the path of the input."""

    start: int
    end: int
    path: InputPath


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a cell.

    Attributes:
        text: what is printed.
        path: of the input it shows; empty if it shows none.
        lead: how many characters at its start are not the input's, such as ``1.`` before a goal.
        boxes: the check boxes in it, one character each.
        tail: how many characters at its end are not the input's, such as a unit.
    """

    text: str
    path: InputPath = NO_PATH
    lead: int = 0
    boxes: tuple[Span, ...] = ()
    tail: int = 0

    @property
    def value(self) -> str:
        """The text of the input, without lead and tail."""
        return self.text[self.lead : len(self.text) - self.tail]


@dataclass(frozen=True, slots=True)
class LineText:
    """A text outside the table: a line above the title, or an item of the signature line.

    Attributes:
        text: what is printed.
        inputs: the inputs shown in it.
        align: where a line above the title stands.
    """

    text: str
    inputs: tuple[Span, ...] = ()
    align: LineAlign = LineAlign.LEFT


@dataclass(frozen=True, slots=True)
class Cover:
    """The page before the form.

    Attributes:
        above: lines at the top.
        title: title lines.
        items: one below the other, each a label and the value behind it; a label alone is to be signed behind.
        foot: lines at the foot.
        title_pt, body_pt: sizes of the type.
    """

    above: tuple[LineText, ...]
    title: tuple[LineText, ...]
    items: tuple[LineText, ...]
    foot: tuple[LineText, ...]
    title_pt: float
    body_pt: float

    @property
    def lines(self) -> tuple[LineText, ...]:
        """All of it, top to bottom."""
        return (*self.above, *self.title, *self.items, *self.foot)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the Word file says about an input.

    Attributes:
        label: its name for the user.
        choices: the values to choose from; empty if any text may be entered.
        is_text: whether letters or several lines may stand in it.
        is_computed: whether it is computed and cannot be entered.
    """

    label: str
    choices: tuple[str, ...] = ()
    is_text: bool = False
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``row`` and ``column`` are those of its upper left corner.

    All blocks of the form share one grid: its column edges are those of every block. A vertical text is
    printed downwards, a character a line.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    paragraphs: tuple[Paragraph, ...]
    origin: Origin = Origin.LABEL
    align: Align = Align.CENTER
    scale: float = 1.0
    bold: bool = False
    vertical: bool = False

    @property
    def text(self) -> str:
        """Its paragraphs, joined by line breaks."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def path(self) -> InputPath:
        """The path of its first paragraph."""
        return self.paragraphs[0].path if self.paragraphs else NO_PATH

    @property
    def last_row(self) -> int:
        """The last row it covers."""
        return self.row + self.row_span - 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        is_head: whether it holds column heads.
        break_before: whether a page may break before it.
        head: the row of column heads that is printed again where a page starts with this row.
    """

    is_head: bool = False
    break_before: Break = Break.ALLOWED
    head: int | None = None


@dataclass(frozen=True, slots=True)
class FormTable:
    """The form as a grid.

    Attributes:
        form_id, form_version, year, department: for the document properties.
        title: title lines.
        title_inputs: per title line the inputs shown in it.
        edges: x of every column edge in pt, from 0 to the table's width.
        rows: the rows, top to bottom.
        cells: in reading order (by row, then column).
        geometry: sizes.
        cover: the page before the form; None if there is none.
        above: the lines above the title.
        signature: the items of the signature line under the table; empty if there is none.
        fonts: further font files, for characters no bundled font has.
        page_numbers: whether 第 1 页 共 2 页 is printed at the foot of each page.
        prompts: labels and choices of the inputs, by path.
    """

    form_id: str
    year: int
    department: str
    title: tuple[str, ...]
    edges: tuple[float, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    geometry: Geometry
    cover: Cover | None = None
    above: tuple[LineText, ...] = ()
    signature: tuple[LineText, ...] = ()
    page_numbers: bool = False
    fonts: tuple[Path, ...] = ()
    form_version: int = 1
    title_inputs: tuple[tuple[Span, ...], ...] = ()
    prompts: Mapping[InputPath, Prompt] = field(default_factory=dict, hash=False)

    @property
    def cover_pages(self) -> int:
        """How many pages the cover takes: one, or none."""
        return int(self.cover is not None)

    @property
    def outside(self) -> tuple[LineText, ...]:
        """The texts outside of the table, without the title: cover, lines above the title, signature line."""
        return (*(self.cover.lines if self.cover else ()), *self.above, *self.signature)

    @property
    def signed_rows(self) -> int:
        """How many rows stand above the signature line: all but those of an annex."""
        annexes = (number for number, row in enumerate(self.rows) if row.break_before is Break.ALWAYS)
        return next(annexes, len(self.rows))

    @property
    def width(self) -> float:
        """Width of the table in pt."""
        return self.edges[-1]

    def cell_width(self, cell: Cell) -> float:
        """Width of a cell in pt, borders included."""
        return self.edges[cell.column + cell.column_span] - self.edges[cell.column]

    def text_width(self, cell: Cell) -> float:
        """Width available to the text of a cell, in pt."""
        return self.cell_width(cell) - BORDER_PT - 2 * self.geometry.padding_x
