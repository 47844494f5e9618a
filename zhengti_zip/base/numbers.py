"""Rounding and formatting of the form's numbers, all of them Decimal."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from math import floor

from zhengti_zip.base.limits import MAX_EXPONENT, MAX_NUMBER_CHARACTERS

CENT = Decimal("0.01")
PERCENT = Decimal(100)

MAX_WHOLE_DIGITS = 15
"""Of versions and other counts that files name: Python refuses to read thousands of digits, and nothing counts so far."""

MAX_WHOLE = 10**MAX_WHOLE_DIGITS


def round_points(value: Decimal) -> Decimal:
    """A score rounded half up to 2 decimals, as in every printed row (docs/scoring-rules.md)."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def round_exactly(value: Fraction) -> Decimal:
    """A score rounded half up to 2 decimals; Fraction, because a sum of quotients may have no exact Decimal."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) * CENT


def whole_number(text: str) -> int | None:
    """The number some decimal digits stand for, at most :data:`MAX_WHOLE`; None when the text has anything else."""
    if not text.isdecimal():
        return None
    return int(text) if len(text) <= MAX_WHOLE_DIGITS else MAX_WHOLE


def bounded_decimal(text: str) -> Decimal:
    """The number a text stands for.

    Raises:
        ValueError: it is none, or one that is too long or too large to reckon with.
    """
    digits = text.lower().partition("e")[2].lstrip("+-").lstrip("0")
    is_huge = len(digits) > len(str(MAX_EXPONENT)) or (digits.isdecimal() and int(digits) > MAX_EXPONENT)
    if is_huge or len(text) > MAX_NUMBER_CHARACTERS:
        raise ValueError(text[:MAX_WHOLE_DIGITS])
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def plain(value: Decimal) -> str:
    """A number without trailing zeros and without an exponent: ``20``, ``0.5``, ``9``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(value: Decimal) -> str:
    """A number with thousands separators and without trailing zeros: ``1,297.5``."""
    return f"{Decimal(plain(value)):,f}"


def money(value: Decimal) -> str:
    """An amount as the form prints it: thousands separators, two decimals, and ``0`` for zero."""
    rounded = value.quantize(CENT, rounding=ROUND_HALF_UP)
    return "0" if rounded == 0 else f"{rounded:,.2f}"


def normal(value: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros, so that equal values give the same JSON."""
    return Decimal(plain(value))
