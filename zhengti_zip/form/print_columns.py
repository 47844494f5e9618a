"""What the cells and columns of the printed form show, and how wide and how aligned they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

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
