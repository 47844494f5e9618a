"""FormTable: the printed grid, built once and used by every renderer.

It knows cells, spans, widths in pt and where a page may break; it knows no pages and no engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.form.align import Align
from zhengti_zip.paths import NO_PATH, InputPath

if TYPE_CHECKING:  # a process that only draws never loads a form, nor the library its models are made with
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.form.layout import Layout

MM = 72 / 25.4
"""pt in one mm."""

BORDER_PT = 0.5
EDGE_TOLERANCE_PT = 0.5


class Origin(Enum):
    """Where a cell's text comes from; a label is repeated after a page break, other text goes on."""

    LABEL = "label"
    ENTERED = "entered"
    COMPUTED = "computed"


class Break(Enum):
    """Whether a page may end before a row."""

    NEVER = 0
    ALLOWED = 1
    PREFERRED = 2


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a text that shows an input: from character ``start`` to before ``end``, and the path."""

    start: int
    end: int
    path: InputPath


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a cell.

    Attributes:
        text: what is printed.
        path: of the input it shows; empty when it shows none.
        lead: how many characters at its beginning are not the input's, such as the ``1.`` before a goal.
        boxes: the check boxes in it, one character each.
    """

    text: str
    path: InputPath = NO_PATH
    lead: int = 0
    boxes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a file that can be edited says about an input.

    Attributes:
        label: the name the user knows it by.
        choices: the closed list to choose from; empty when anything may be typed.
        is_text: whether several lines may be typed.
        is_computed: whether it is worked out, so that nobody may type it.
    """

    label: str
    choices: tuple[str, ...] = ()
    is_text: bool = False
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, named by its upper left corner in the grid of united column edges."""

    row: int
    column: int
    row_span: int
    column_span: int
    paragraphs: tuple[Paragraph, ...]
    origin: Origin = Origin.LABEL
    align: Align = Align.CENTER
    scale: float = 1.0
    bold: bool = False

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
    """One row: whether it is the column heads, and whether a page may end before it."""

    is_head: bool = False
    break_before: Break = Break.ALLOWED


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes in pt.

    Attributes:
        page_width, page_height: the paper.
        margins: top, right, bottom, left.
        body, title: type sizes.
        line_height: multiple of the size.
        padding_x, padding_y: inside each cell, one side.
    """

    page_width: float
    page_height: float
    margins: tuple[float, float, float, float]
    body: float
    title: float
    line_height: float
    padding_x: float
    padding_y: float

    @property
    def content_height(self) -> float:
        """Height between the margins."""
        return self.page_height - self.margins[0] - self.margins[2]

    @property
    def content_width(self) -> float:
        """Width between the margins."""
        return self.page_width - self.margins[1] - self.margins[3]


@dataclass(frozen=True, slots=True)
class FormTable:
    """The form as a grid.

    Attributes:
        form_id, form_version, year, department: what it is of, for document properties.
        title: title lines.
        title_inputs: for every title line the inputs shown in it.
        edges: x of every column edge in pt, from 0 to the table's width.
        rows: the rows, top to bottom.
        cells: in reading order (by row, then column).
        geometry: sizes.
        signature: labels of the signature line under the table; empty when there is none.
        fonts: further font files, for characters no bundled font has.
        page_numbers: whether 第 1 页 共 2 页 stands at the foot of each page.
        prompts: what to say about the inputs, by path.
    """

    form_id: str
    year: int
    department: str
    title: tuple[str, ...]
    edges: tuple[float, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    geometry: Geometry
    signature: tuple[str, ...] = ()
    page_numbers: bool = False
    fonts: tuple[Path, ...] = ()
    form_version: int = 1
    title_inputs: tuple[tuple[Span, ...], ...] = ()
    prompts: Mapping[InputPath, Prompt] = field(default_factory=dict, hash=False)

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


def geometry_of(layout: Layout) -> Geometry:
    """The sizes of a layout in pt."""
    from zhengti_zip.form.layout import paper_mm

    width_mm, height_mm = paper_mm(layout.page)
    top, right, bottom, left = layout.page.margin_mm
    kind = layout.type
    return Geometry(
        page_width=float(width_mm) * MM,
        page_height=float(height_mm) * MM,
        margins=(top * MM, right * MM, bottom * MM, left * MM),
        body=kind.body_pt,
        title=kind.title_pt,
        line_height=kind.line_height,
        padding_x=kind.padding_chars * kind.body_pt,
        padding_y=kind.padding_lines * kind.body_pt * kind.line_height,
    )


def column_edges(layout: Layout) -> list[float]:
    """Edges of the indicator table in pt: every column holds its characters plus padding and border."""
    geometry = geometry_of(layout)
    edges = [0.0]
    for column in layout.columns:
        edges.append(edges[-1] + column.chars * geometry.body + 2 * geometry.padding_x + BORDER_PT)
    return edges


def united_edges(form: FormDefinition) -> tuple[list[float], list[list[int]]]:
    """The edges of all blocks together, and per block the index of each of its own edges among them."""
    base = column_edges(form.layout)
    per_block: list[list[float]] = []
    for block in form.layout.blocks:
        widths = getattr(block, "widths", None)
        per_block.append(base if widths is None else _scaled(widths, base[-1]))
    united: list[float] = []
    for edge in sorted({edge for edges in per_block for edge in edges}):
        if not united or edge - united[-1] > EDGE_TOLERANCE_PT:
            united.append(edge)
    united[-1] = base[-1]
    return united, [[_nearest(united, edge) for edge in edges] for edges in per_block]


def _scaled(widths: tuple[float, ...], total: float) -> list[float]:
    factor = total / sum(widths)
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width * factor)
    edges[-1] = total
    return edges


def _nearest(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
