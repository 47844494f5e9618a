"""How single values are printed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from zhengti_zip.base.numbers import money, plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.submission.model import Scalar

_DATE = re.compile(r"(\d{4})-0?(\d{1,2})-0?(\d{1,2})")


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
        match = _DATE.fullmatch(value) if str(item.kind) == "date" else None
        return Shown("{}年{}月{}日".format(*match.groups()) if match else value)
    if item.kind in (ValueKind.YEAR, ValueKind.COUNT):
        return Shown(plain(Decimal(value)))
    text = number(Decimal(value), places, is_amount=item.kind is ValueKind.AMOUNT)
    return Shown(text, behind="%" if str(item.kind) == "percent" else "")


def number(value: Decimal, places: int | None = None, is_amount: bool = False) -> str:
    """A number with so many decimals, an amount with thousands separators."""
    if places is None:
        return money(value) if is_amount else plain(value)
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}" if is_amount else f"{rounded:f}"
