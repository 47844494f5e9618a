"""How single values are printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from zhengti_zip.base.numbers import money, plain
from zhengti_zip.form.base import PERCENT_SIGN, Input, ValueKind
from zhengti_zip.submission.dates import date_of
from zhengti_zip.submission.model import Scalar


class Shown(NamedTuple):
    """A printed value: its text, and what stands before and behind it that is not the value."""

    text: str
    before: str = ""
    behind: str = ""

    @property
    def whole(self) -> str:
        """All that is printed; nothing where there is no value."""
        return self.before + self.text + self.behind if self.text else ""


def shown(value: Scalar | None, item: Input, places: int | None = None) -> Shown:
    """An entered value as the form prints it.

    Args:
        value: what was entered; None for nothing.
        item: what was asked for.
        places: decimals of a number; None for the format of its kind: an amount has two, any other number
            as many as it needs.
    """
    if value is None:
        return Shown("")
    if isinstance(value, str):
        day = date_of(value) if item.kind is ValueKind.DATE else None
        return Shown(value if day is None else f"{day.year}年{day.month}月{day.day}日")
    if item.kind in (ValueKind.YEAR, ValueKind.COUNT):
        return Shown(plain(Decimal(value)))
    text = number(Decimal(value), places, is_amount=item.kind is ValueKind.AMOUNT)
    return Shown(text, behind=PERCENT_SIGN if item.kind is ValueKind.PERCENT else "")


def number(value: Decimal, places: int | None = None, is_amount: bool = False) -> str:
    """A number with so many decimals, an amount with thousands separators."""
    if places is None:
        return money(value) if is_amount else plain(value)
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}" if is_amount else f"{rounded:f}"
