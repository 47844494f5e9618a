"""How numbers of the form are rounded and written. All Decimal; nothing here touches a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

CENT = Decimal("0.01")
PERCENT = Decimal(100)


def round_points(value: Decimal) -> Decimal:
    """A score rounded half up to 2 decimals, as every printed row is (docs/scoring-rules.md)."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def round_exactly(value: Fraction) -> Decimal:
    """An exact score rounded half up to 2 decimals; for sums of quotients no Decimal can hold."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) * CENT


def plain(value: Decimal) -> str:
    """A number without trailing zeros and without an exponent: ``20``, ``0.5``, ``9``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(value: Decimal) -> str:
    """A number with thousands separators, its decimals kept but for trailing zeros: ``1,297.5``."""
    return f"{Decimal(plain(value)):,f}"


def money(value: Decimal) -> str:
    """An amount as the form prints it: thousands separators, two decimals, and ``0`` for zero."""
    rounded = value.quantize(CENT, rounding=ROUND_HALF_UP)
    return "0" if rounded == 0 else f"{rounded:,.2f}"


def normal(value: Decimal) -> Decimal:
    """The same number in its one canonical form (no exponent, no trailing zeros), so JSON is stable."""
    return Decimal(plain(value))
