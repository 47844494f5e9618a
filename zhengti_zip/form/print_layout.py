"""How a form is printed, as data: page, type sizes, column widths and the cells of each block."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from zhengti_zip.form.base import Ident, Label, Part

Chars = Annotated[float, Field(gt=0, le=200)]
"""A width in characters of the body size."""

ValueRef = Annotated[str, StringConstraints(pattern=r"^(fields|budget|goals|total|grade)\.[a-z][a-z0-9_]*$")]
"""What a cell shows: ``fields.x``, ``budget.x``, ``goals.goal``, ``total.score``, ``grade.bands`` …"""


class Align(StrEnum):
    """Horizontal alignment; everything is centred vertically unless it is long text."""

    CENTER = "center"
    LEFT = "left"


class PageSetup(Part):
    """Paper and margins.

    Attributes:
        size: paper size.
        orientation: portrait or landscape.
        margin_mm: top, right, bottom, left.
    """

    size: Literal["A4", "A3"] = "A4"
    orientation: Literal["portrait", "landscape"] = "portrait"
    margin_mm: tuple[
        Annotated[float, Field(ge=5, le=60)],
        Annotated[float, Field(ge=5, le=60)],
        Annotated[float, Field(ge=5, le=60)],
        Annotated[float, Field(ge=5, le=60)],
    ] = (15, 15, 15, 15)


class Type(Part):
    """Sizes of the type.

    Attributes:
        body_pt: size of the table text, in pt.
        title_pt: size of the title, in pt.
        line_height: distance of two lines as a multiple of the size.
        padding_chars: space at the left and right of a cell, in characters of the body size.
        padding_lines: space at the top and bottom of a cell, in lines.
    """

    body_pt: Annotated[float, Field(ge=5, le=16)]
    title_pt: Annotated[float, Field(ge=7, le=30)]
    line_height: Annotated[float, Field(ge=1, le=3)] = 1.3
    padding_chars: Annotated[float, Field(ge=0, le=2)] = 0.25
    padding_lines: Annotated[float, Field(ge=0, le=2)] = 0.2


class CellSpec(Part):
    """What one named cell of a grid shows: a fixed text or an entered or computed value.

    Attributes:
        text: fixed text.
        value: reference to the value shown instead.
        prefix: text before the value, e.g. ``单位数： ``.
        empty: what is printed when the value is empty.
        align, scale, bold: how it is set; scale multiplies the body size.
        numbered: entries of a list are printed as ``1.`` ``2.`` …
    """

    text: str = ""
    value: ValueRef | None = None
    prefix: str = ""
    empty: str = ""
    align: Align = Align.CENTER
    scale: Annotated[float, Field(ge=0.5, le=3)] = 1.0
    bold: bool = False
    numbered: bool = False


class GridBlock(Part):
    """A block of fixed cells, drawn like a map: every name fills one rectangle.

    Attributes:
        widths: column widths in characters; None takes the indicator table's.
        areas: rows of cell names; equal neighbours are one merged cell.
        cells: what each name shows.
        keep_with_previous: never separated from the row above by a page break.
    """

    kind: Literal["grid"]
    widths: tuple[Chars, ...] | None = None
    areas: Annotated[tuple[tuple[Ident, ...], ...], Field(min_length=1)]
    cells: dict[Ident, CellSpec]
    keep_with_previous: bool = False


class Show(StrEnum):
    """What a column of the indicator table shows."""

    LEVEL1_NAME = "level1.name"
    LEVEL1_WEIGHT = "level1.weight"
    LEVEL2_NAME = "level2.name"
    LEVEL2_WEIGHT = "level2.weight"
    INDICATOR_NAME = "indicator.name"
    INDICATOR_EXPLANATION = "indicator.explanation"
    ROW_WEIGHT = "row.weight"
    ROW_SCORE = "row.score"
    ROW_REASON = "row.reason"
    ROW_IMPROVEMENT = "row.improvement"
    ROW_EVIDENCE = "row.evidence"

    @property
    def scope(self) -> str:
        """What its cells are merged over: level1, level2, indicator or row."""
        return self.value.partition(".")[0]

    @property
    def part(self) -> str:
        """What it shows of that: name, weight, score, reason …"""
        return self.value.partition(".")[2]


class IndicatorColumn(Part):
    """One column of the indicator table."""

    head: Label
    chars: Chars
    show: Show
    align: Align = Align.CENTER
    empty: str = ""


class IndicatorBlock(Part):
    """The indicator table itself; its rows come from the indicator tree."""

    kind: Literal["indicators"]


class Layout(Part):
    """Everything printed.

    Attributes:
        columns: columns of the indicator table, left to right.
        blocks: grids and the indicator table, top to bottom.
        signature: labels of a line for signatures under the table, e.g. 填报人; none by default.
        page_numbers: whether pages are numbered 第 1 页 共 2 页.
    """

    page: PageSetup = PageSetup()
    type: Type
    columns: Annotated[tuple[IndicatorColumn, ...], Field(min_length=3)]
    blocks: Annotated[
        tuple[Annotated[GridBlock | IndicatorBlock, Field(discriminator="kind")], ...], Field(min_length=1)
    ]
    signature: tuple[Label, ...] = ()
    page_numbers: bool = False


def paper_mm(page: PageSetup) -> tuple[Decimal, Decimal]:
    """Width and height of the paper in mm, orientation applied."""
    short, long = {"A4": (210, 297), "A3": (297, 420)}[page.size]
    width, height = (short, long) if page.orientation == "portrait" else (long, short)
    return Decimal(width), Decimal(height)
