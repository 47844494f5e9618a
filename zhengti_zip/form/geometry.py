"""Sizes of the printed page in pt: paper, type, and the edges of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.print_blocks import GridBlock, IndicatorBlock, MoneyBlock, RowsBlock
from zhengti_zip.form.print_columns import TableColumn
from zhengti_zip.form.print_layout import Layout, paper_mm

TableBlock = IndicatorBlock | RowsBlock | MoneyBlock
"""The blocks whose columns have widths in characters."""

MM = 72 / 25.4
"""pt in one mm."""

BORDER_PT = 0.5
EDGE_TOLERANCE_PT = 0.5


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


def geometry_of(layout: Layout) -> Geometry:
    """The sizes of a layout in pt."""
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


def text_room(layout: Layout, left: float, right: float) -> float:
    """Width in pt that a cell between two edges has for its text."""
    return right - left - BORDER_PT - 2 * geometry_of(layout).padding_x


def own_edges(layout: Layout, block: GridBlock | TableBlock) -> list[float] | None:
    """Edges in pt of a block by its own ``chars``, not yet widened; None for a grid with ``widths``.

    A grid without ``widths`` has the edges of the first indicator table.
    """
    if not isinstance(block, GridBlock):
        return _edges(layout, [*_first_columns(block), *(column.chars for column in _columns(layout, block))])
    if block.widths is not None:
        return None
    tables = [other for other in layout.blocks if isinstance(other, IndicatorBlock)]
    if tables:
        return own_edges(layout, tables[0])
    return _edges(layout, [column.chars for column in layout.columns])


def _columns(layout: Layout, block: TableBlock) -> Sequence[TableColumn]:
    return layout.columns_of(block) if isinstance(block, IndicatorBlock) else block.columns


def _first_columns(block: TableBlock) -> list[float]:
    """Widths in characters of the columns at the left of a block that its ``columns`` do not name."""
    side = [] if block.side is None else [block.side.chars]
    return side + ([block.label.chars] if isinstance(block, MoneyBlock) else [])


def _edges(layout: Layout, chars: Sequence[float]) -> list[float]:
    """Edges of columns in pt: every column holds its characters plus padding and border."""
    geometry = geometry_of(layout)
    edges = [0.0]
    for count in chars:
        edges.append(edges[-1] + count * geometry.body + 2 * geometry.padding_x + BORDER_PT)
    return edges


def table_width(layout: Layout) -> float:
    """Width of the table in pt: that of its widest block, or all there is where no block has ``chars``."""
    widths = [edges[-1] for block in layout.blocks if (edges := own_edges(layout, block))]
    return max(widths, default=0.0) or geometry_of(layout).content_width


def united_edges(form: FormDefinition) -> tuple[list[float], list[list[int]]]:
    """The edges of all blocks together, and per block the index of each of its own edges among them."""
    layout, width = form.layout, table_width(form.layout)
    per_block = [_widened(layout, block, width) for block in layout.blocks]
    united: list[float] = []
    for edge in sorted({edge for edges in per_block for edge in edges}):
        if not united or edge - united[-1] > EDGE_TOLERANCE_PT:
            united.append(edge)
    united[-1] = width
    return united, [[_nearest(united, edge) for edge in edges] for edges in per_block]


def _widened(layout: Layout, block: GridBlock | TableBlock, width: float) -> list[float]:
    """The edges of a block as wide as the table; only a label at its side keeps its width."""
    if isinstance(block, GridBlock) and block.widths is not None:
        return _scaled(block.widths, width)
    edges = own_edges(layout, block)
    if edges is None or len(edges) < 2:
        return [0.0, width]
    if edges[-1] == width:
        return edges
    kept = edges[:2] if _has_side(layout, block) and len(edges) > 2 else edges[:1]
    widths = [right - left for left, right in pairwise(edges[len(kept) - 1 :])]
    return kept[:-1] + [kept[-1] + edge for edge in _scaled(widths, width - kept[-1])]


def _has_side(layout: Layout, block: GridBlock | TableBlock) -> bool:
    if isinstance(block, GridBlock):
        first = next((other for other in layout.blocks if isinstance(other, IndicatorBlock)), None)
        return first is not None and first.side is not None
    return block.side is not None


def _scaled(widths: Sequence[float], total: float) -> list[float]:
    factor = total / sum(widths)
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width * factor)
    edges[-1] = total
    return edges


def _nearest(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
