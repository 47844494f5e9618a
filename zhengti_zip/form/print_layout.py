"""How a form is printed, as data: page, type sizes, column widths and the cells of each block."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from zhengti_zip.form.base import Ident, Label, Part
from zhengti_zip.form.tree import MAX_LEVELS

Chars = Annotated[float, Field(gt=0, le=200)]
"""A width in characters of the body size, padding and border not included: the least a column holds."""

Share = Annotated[float, Field(gt=0, le=200)]
"""A width in proportion to those of the other columns of a grid."""

Places = Annotated[int, Field(ge=0, le=6)]
"""How many decimals are printed; without it each kind of number has its own format."""

_ID = "[a-z][a-z0-9_]*"

ValueRef = Annotated[
    str,
    StringConstraints(
        pattern=rf"^((fields|budget|data|goals|derived|total|grade)\.{_ID}|(funds|scores)\.{_ID}\.{_ID})$"
    ),
]
"""What a cell shows: ``fields.x``, ``budget.x``, ``funds.line.column``, ``goals.goal``, ``total.score`` …"""

ShowRef = Annotated[
    str,
    StringConstraints(
        pattern=rf"^(level[1-{MAX_LEVELS}]\.(name|weight)|indicator\.(name|explanation|standard)|row\.{_ID})$"
    ),
]
"""What a column of the indicator table shows: ``level1.name``, ``indicator.explanation``, ``row.score`` …"""

MoneyRef = Annotated[str, StringConstraints(pattern=rf"^(derived\.)?{_ID}$")]
"""What a column of a money table shows: a column of the funds, ``derived.x``, ``weight``, ``score``, ``reason``."""

ROW_NUMBER = "number"
"""In a table of entered rows: the number of the row, from 1."""


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
        suffix: text behind the value, e.g. `` 万元``; not printed where the value is empty.
        empty: what is printed when the value is empty.
        align, scale, bold: how it is set; scale multiplies the body size.
        numbered: entries of a list are printed as ``1.`` ``2.`` …
        vertical: a fixed text is printed downwards, a character a line.
        places: decimals of a number.
    """

    text: str = ""
    value: ValueRef | None = None
    prefix: str = ""
    suffix: str = ""
    empty: str = ""
    align: Align = Align.CENTER
    scale: Annotated[float, Field(ge=0.5, le=3)] = 1.0
    bold: bool = False
    numbered: bool = False
    vertical: bool = False
    places: Places | None = None


class Block(Part):
    """What every block has.

    Attributes:
        keep_with_previous: never separated from the row above by a page break.
    """

    keep_with_previous: bool = False


class GridBlock(Block):
    """A block of fixed cells, drawn like a map: every name fills one rectangle.

    Attributes:
        widths: proportions of the columns; None takes the columns of the first indicator table.
        areas: rows of cell names; equal neighbours are one merged cell.
        cells: what each name shows.
    """

    kind: Literal["grid"]
    widths: tuple[Share, ...] | None = None
    areas: Annotated[tuple[tuple[Ident, ...], ...], Field(min_length=1)]
    cells: dict[Ident, CellSpec]


class Side(Part):
    """A label at the left of a block, merged over its heads and rows.

    Attributes:
        text: the label.
        chars: its width in characters.
        vertical: whether it is printed downwards, a character a line.
    """

    text: Label
    chars: Chars = 2
    vertical: bool = False


class RateFormat(StrEnum):
    """How a completion is printed: ``0.95`` or ``95%``."""

    FRACTION = "fraction"
    PERCENT = "percent"


class TableColumn(Part):
    """What the columns of all tables have.

    Attributes:
        head: the column head.
        chars: least width in characters; a block narrower than the table is widened in proportion.
        align: of the cells; a head is centred.
        empty: what is printed where nothing was entered.
        sign: a target is printed with its direction, ``≥50``.
        unit: a target or an actual value is printed with its unit, ``50个``.
        format: how a completion is printed.
        places: decimals of a number.
    """

    head: Label
    chars: Chars
    align: Align = Align.CENTER
    empty: str = ""
    sign: bool = False
    unit: bool = False
    format: RateFormat = RateFormat.PERCENT
    places: Places | None = None


class IndicatorColumn(TableColumn):
    """One column of the indicator table.

    Attributes:
        show: what it shows; its cells are merged over what stands before the point.
    """

    show: ShowRef

    @property
    def scope(self) -> str:
        """What its cells are merged over: level1 to level4, indicator or row."""
        return self.show.partition(".")[0]

    @property
    def part(self) -> str:
        """What it shows of that: name, weight, score, reason …"""
        return self.show.partition(".")[2]


class RowColumn(TableColumn):
    """One column of a table of entered rows.

    Attributes:
        show: the part of the row, or ``number``.
    """

    show: Ident


class MoneyColumn(TableColumn):
    """One column of the money table.

    Attributes:
        show: a column of the funds; or ``derived.x``, ``weight`` and ``score``, which one line has; or
            ``reason``, merged over all lines.
    """

    show: MoneyRef


class EmptyGroup(StrEnum):
    """What a group of the indicator table without entered rows prints."""

    NOTHING = "nothing"
    LINE = "line"


class IndicatorBlock(Block):
    """An indicator table; its rows come from the indicator tree and from the entered indicators.

    Attributes:
        of: ids of the levels it prints; empty for all that no other block prints.
        columns: its columns; empty for those of the layout.
        side: a label at its left.
        empty_group: what a group without entered rows prints.
    """

    kind: Literal["indicators"]
    of: tuple[Ident, ...] = ()
    columns: tuple[IndicatorColumn, ...] = ()
    side: Side | None = None
    empty_group: EmptyGroup = EmptyGroup.NOTHING

    @property
    def takes_the_rest(self) -> bool:
        """Whether it prints every level that no other block prints."""
        return not self.of


class RowsBlock(Block):
    """The rows of one table that the department fills in.

    Attributes:
        table: the table.
        columns: its columns.
        side: a label at its left.
        empty_rows: how many blank rows are printed while nothing is entered.
    """

    kind: Literal["rows"]
    table: Literal["goals", "indicators", "units"]
    columns: Annotated[tuple[RowColumn, ...], Field(min_length=1)]
    side: Side | None = None
    empty_rows: Annotated[int, Field(ge=1, le=20)] = 1


class LineLabels(Part):
    """The first column of the money table, which holds the labels of the lines."""

    head: str = ""
    chars: Chars = 8


class MoneyBlock(Block):
    """The money table: the lines of the funds, their amounts and the score of one line.

    Attributes:
        side: a label at its left.
        label: the column with the labels of the lines.
        columns: the other columns.
        row: id of the scored row whose weight, score and reason are shown.
        line: id of the line that has weight, score and derived values.
        other: what the other lines print in their place.
    """

    kind: Literal["money"]
    side: Side | None = None
    label: LineLabels = LineLabels()
    columns: Annotated[tuple[MoneyColumn, ...], Field(min_length=1)]
    row: Ident | None = None
    line: Ident | None = None
    other: str = "—"


class LineItem(Part):
    """A text on an unruled line, with or without a value.

    Attributes:
        text: fixed text, e.g. ``填表人：``.
        value: reference to the value printed behind it.
    """

    text: str = ""
    value: ValueRef | None = None


class LineAlign(StrEnum):
    """Where an unruled line stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class UnruledLine(Part):
    """A line above the title, without a border.

    Attributes:
        items: texts, printed as they are, and values.
        align: where the line stands.
    """

    items: Annotated[tuple[Label | LineItem, ...], Field(min_length=1)]
    align: LineAlign = LineAlign.RIGHT


AnyBlock = Annotated[GridBlock | IndicatorBlock | RowsBlock | MoneyBlock, Field(discriminator="kind")]


class Layout(Part):
    """Everything printed.

    Attributes:
        columns: columns of the indicator tables that have none of their own, left to right.
        blocks: grids and tables, top to bottom; all of them are as wide as the widest.
        above: lines above the title.
        signature: a line under the table: labels to sign behind, e.g. 填报人, and texts with values.
        page_numbers: whether pages are numbered 第 1 页 共 2 页.
    """

    page: PageSetup = PageSetup()
    type: Type
    columns: tuple[IndicatorColumn, ...] = ()
    blocks: Annotated[tuple[AnyBlock, ...], Field(min_length=1)]
    above: tuple[UnruledLine, ...] = ()
    signature: tuple[Label | LineItem, ...] = ()
    page_numbers: bool = False

    def columns_of(self, block: IndicatorBlock) -> tuple[IndicatorColumn, ...]:
        """The columns of an indicator table: its own, or those of the layout."""
        return block.columns or self.columns

    def tables_for(self, level_ids: Collection[str], row_id: str | None = None) -> list[IndicatorBlock]:
        """The indicator tables that print a row; one of them, in a form without mistakes.

        Args:
            level_ids: ids of the levels the row stands under.
            row_id: id of a fixed row; None for an entered one.
        """
        tables = [block for block in self.blocks if isinstance(block, IndicatorBlock)]
        named = [block for block in tables if not set(level_ids).isdisjoint(block.of)]
        in_money = row_id is not None and any(
            block.row == row_id for block in self.blocks if isinstance(block, MoneyBlock)
        )
        return named or ([] if in_money else [block for block in tables if block.takes_the_rest])


def paper_mm(page: PageSetup) -> tuple[Decimal, Decimal]:
    """Width and height of the paper in mm, orientation applied."""
    short, long = {"A4": (210, 297), "A3": (297, 420)}[page.size]
    width, height = (short, long) if page.orientation == "portrait" else (long, short)
    return Decimal(width), Decimal(height)
