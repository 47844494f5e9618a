"""What a cell shows: its stored value through its number format, as a Chinese Excel does it.

No library fits: ``ssf`` 0.2.2 is of 2020, asks for eight more packages and fails under Babel 2.19 when
its class is created; its later copies are private forks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from zhengti_zip.workbook.read.formatcode import (
    Condition,
    FormatSection,
    Piece,
    meets,
    sections,
)
from zhengti_zip.workbook.read.formatmoments import OUT_OF_RANGE, serial_of, shown_moment
from zhengti_zip.workbook.read.formatnumbers import EXACT, shown_number

Stored = int | float | Decimal | bool | datetime | date | time | timedelta | str

DIGITS = 15
"""Significant digits Excel keeps of a number."""

MAX_POWER = 320
"""No workbook's number is 10 to this power."""

GENERAL = FormatSection(((Piece.GENERAL, ""),))


@dataclass(frozen=True, slots=True)
class Display:
    """What a cell shows.

    Attributes:
        text: the text, blanks at its ends included; "" when the format hides the value.
        is_understood: False when the code says something unknown here, so that the text is a guess.
    """

    text: str
    is_understood: bool = True


def display(value: Stored, code: str, *, is_1904: bool = False) -> Display:
    """What a cell shows that holds a value and has a number format.

    Args:
        value: as openpyxl or the file gives it; a date is first made the number it is stored as.
        code: the number format; for 14 and 22 openpyxl's own names for them will do.
        is_1904: whether the workbook counts its days from 1904.
    """
    if isinstance(value, bool):
        return Display("TRUE" if value else "FALSE")
    if isinstance(value, str):
        return _text(value, code)
    serial = None
    if isinstance(value, date | time | timedelta):
        serial = serial_of(value, is_1904=is_1904)
        number = kept(Decimal(serial.numerator) / Decimal(serial.denominator))
    else:
        number = kept(value)
    if number is None:
        return Display(OUT_OF_RANGE, is_understood=False)
    section, sign = section_for(number, code)
    if section.has(Piece.TEXT) and not section.is_moment:
        section = GENERAL
    if section.is_moment:
        exact = serial if serial is not None else number
        return Display(shown_moment(exact, section, is_1904=is_1904), section.is_understood)
    return Display(sign + shown_number(abs(number), section), section.is_understood)


def kept(value: int | float | Decimal) -> Decimal | None:
    """A number as Excel keeps it, with 15 significant digits; None when it is no number a workbook holds."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > MAX_POWER:
        return None
    last = Decimal(1).scaleb(number.adjusted() - DIGITS + 1)
    if len(number.as_tuple().digits) > DIGITS:
        number = number.quantize(last, ROUND_HALF_UP, EXACT)
    return number


def section_for(number: Decimal, code: str) -> tuple[FormatSection, str]:
    """The section of a code that shows a number, and the sign put before what it shows."""
    numeric = _numeric(sections(code))
    first = numeric[0].condition
    minus = "-" if number < 0 else ""
    if len(numeric) == 1:
        if first is None or meets(number, first):
            return numeric[0], "" if first is not None and _only_negative(first) else minus
        return GENERAL, minus
    second = numeric[1].condition
    if first is None and second is None:
        if number < 0:
            return numeric[1], ""
        return numeric[2 if number == 0 and len(numeric) > 2 else 0], ""
    first = first or (">", Decimal(0))
    if meets(number, first):
        return numeric[0], "" if _only_negative(first) else minus
    if len(numeric) == 2:
        if second is not None and not meets(number, second):
            return GENERAL, minus
        return numeric[1], "" if _only_negative(second) or _leaves_negative(first) else minus
    second = second or ("<", Decimal(0))
    if meets(number, second):
        return numeric[1], "" if _only_negative(second) else minus
    return numeric[2], minus


def _numeric(found: tuple[FormatSection, ...]) -> tuple[FormatSection, ...]:
    """The sections for numbers: three at most, without one for texts at the end."""
    if len(found) > 1 and found[-1].has(Piece.TEXT):
        return found[:-1]
    return found[:3]


def _only_negative(condition: Condition | None) -> bool:
    """Whether a condition lets only negative numbers through; such a section shows no sign of its own."""
    if condition is None:
        return False
    sign, limit = condition
    return (sign == "<" and limit <= 0) or (sign in ("<=", "=") and limit < 0)


def _leaves_negative(condition: Condition) -> bool:
    """Whether a condition leaves only negative numbers to the next section."""
    sign, limit = condition
    return (sign == ">=" and limit <= 0) or (sign == ">" and limit < 0)


def _text(value: str, code: str) -> Display:
    """A text: put into the section for texts, else shown as it is."""
    found = sections(code)
    section = found[3] if len(found) == 4 else found[-1]
    if not section.has(Piece.TEXT):
        return Display("" if len(found) == 4 and not section.pieces else value)
    shown = "".join(
        value if kind is Piece.TEXT else "" if kind is Piece.FILL else text for kind, text in section.pieces
    )
    return Display(shown, section.is_understood)
