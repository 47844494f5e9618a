"""Sizes of the printed page in pt: paper, type, and the edges of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.print_layout import Layout, paper_mm

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
