"""What a number format makes of a number: how it scales it, and the units it writes beside it.

A clerk reads the number shown. 186523700 in a cell with the format ``0!.0000`` is read as 18652.3700.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zhengti_zip.base.numbers import normal
from zhengti_zip.workbook.read.display import kept, section_for
from zhengti_zip.workbook.read.formatcode import Piece, Pieces
from zhengti_zip.workbook.read.formatnumbers import EXACT, Scaling, scaling


class Shape(StrEnum):
    """What a number format shows a number as."""

    GENERAL = "general"
    NUMBER = "number"
    FRACTION = "fraction"
    SCIENTIFIC = "scientific"
    MOMENT = "moment"
    TEXT = "text"
    LITERAL = "literal"
    """Words, or nothing, whatever the number is."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number format makes of a number.

    Attributes:
        shape: what the number is shown as.
        factor: what the stored number is multiplied by to get the number shown: 100 for ``0%``, 0.0001 for
            ``0!.0000``, 1 where the format does not scale.
        is_percent: whether a percent sign of the format multiplies by 100.
        hides_percent: whether that sign stands behind a line break (Ctrl+J), where it is mostly not seen.
        before, inner, after: what is written before, between and behind the digits, the percent sign, the
            decimal point and the literal point that scales left out.
        is_understood: False when the code says something unknown here.
    """

    shape: Shape
    factor: Decimal = Decimal(1)
    is_percent: bool = False
    hides_percent: bool = False
    before: str = ""
    inner: str = ""
    after: str = ""
    is_understood: bool = True

    @property
    def unit(self) -> str:
        """The unit written behind the digits: 元, 万元, 亿元, 人, ‰, or % in quotes, which does not scale."""
        return self.after.strip().strip("()（）").strip()

    @property
    def scales(self) -> bool:
        """Whether the number shown differs from the number stored by more than a percent sign."""
        return self.factor != (100 if self.is_percent else 1)


def meaning(code: str, value: int | float | Decimal = 1) -> Meaning:
    """What a number format makes of a number; conditions and sections may make it depend on the number."""
    number = kept(value)
    section, _ = section_for(Decimal(1) if number is None else number, code)
    pieces, is_understood = section.pieces, section.is_understood
    if section.is_moment:
        return Meaning(Shape.MOMENT, is_understood=is_understood)
    if section.has(Piece.TEXT):
        return Meaning(Shape.TEXT, is_understood=is_understood)
    before, inner, after = _literals(pieces)
    if not section.has(Piece.DIGIT, Piece.GENERAL):
        return Meaning(Shape.LITERAL, before=before, is_understood=is_understood)
    scaled = scaling(pieces)
    point = 0 if section.has(Piece.POINT, Piece.EXPONENT, Piece.GENERAL) else _literal_point(pieces)
    return Meaning(
        _shape(pieces),
        _factor(scaled, point),
        scaled.percents > 0,
        _hides_percent(pieces),
        before,
        inner.replace(".", "", 1) if point else inner,
        after,
        is_understood,
    )


def number_meant(value: int | float | Decimal, code: str) -> Decimal | None:
    """The number a person reads in a cell, not rounded to the digits shown; None when it is no number."""
    number = kept(value)
    return None if number is None else normal(EXACT.multiply(number, meaning(code, value).factor))


def _factor(scaled: Scaling, point: int) -> Decimal:
    return Decimal(1).scaleb(scaled.power - point, EXACT)


def _shape(pieces: Pieces) -> Shape:
    kinds = [kind for kind, _ in pieces]
    if Piece.GENERAL in kinds:
        return Shape.GENERAL
    if Piece.EXPONENT in kinds:
        return Shape.SCIENTIFIC
    is_fraction = any(
        kind is Piece.SLASH and Piece.DIGIT in kinds[place - 1 : place] for place, kind in enumerate(kinds)
    )
    return Shape.FRACTION if is_fraction else Shape.NUMBER


def _literals(pieces: Pieces) -> tuple[str, str, str]:
    """What is written before, between and behind the digits."""
    slots = [place for place, (kind, _) in enumerate(pieces) if kind in (Piece.DIGIT, Piece.GENERAL)]
    texts = [text if kind is Piece.LITERAL else "" for kind, text in pieces]
    if not slots:
        return "".join(texts), "", ""
    first, last = slots[0], slots[-1]
    return "".join(texts[:first]), "".join(texts[first : last + 1]), "".join(texts[last + 1 :])


def _literal_point(pieces: Pieces) -> int:
    """The digits behind a point that is only written between them, as in ``0!.0000``; 0 when there is none."""
    slots = [place for place, (kind, _) in enumerate(pieces) if kind is Piece.DIGIT]
    points = [place for place, piece in enumerate(pieces) if piece == (Piece.LITERAL, ".")]
    inside = [place for place in points if slots and slots[0] < place < slots[-1]]
    if len(inside) != 1:
        return 0
    return sum(1 for place in slots if place > inside[0])


def _hides_percent(pieces: Pieces) -> bool:
    """Whether a line break stands before the percent sign."""
    for kind, text in pieces:
        if kind is Piece.PERCENT:
            return False
        if kind is Piece.LITERAL and "\n" in text:
            return any(later is Piece.PERCENT for later, _ in pieces)
    return False
