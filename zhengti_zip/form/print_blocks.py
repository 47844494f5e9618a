"""The blocks of the printed form: grids, indicator tables, tables of entered rows and of money."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from zhengti_zip.form.base import Ident, Part
from zhengti_zip.form.print_columns import (
    CellSpec,
    Chars,
    IndicatorColumn,
    MoneyColumn,
    RowColumn,
    Share,
    Side,
)


class Block(Part):
    """What every block has.

    Attributes:
        keep_with_previous: never separated from the row above by a page break.
        new_page: starts a page of its own: an annex, which stands behind the signature line.
    """

    keep_with_previous: bool = False
    new_page: bool = False


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
    table: Literal["goals", "indicators", "units", "evidence"]
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


AnyBlock = Annotated[GridBlock | IndicatorBlock | RowsBlock | MoneyBlock, Field(discriminator="kind")]
