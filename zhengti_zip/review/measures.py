"""Read a printed target or actual value, e.g. ``≥50个``: its sign, its number and its unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhengti_zip.base.answers import comparison
from zhengti_zip.base.marks import folded

MAX_SIGN = 4
"""Characters of the longest sign or word of comparison."""

_NUMBER = re.compile(r"\s*([-+−－＋]?[\d０-９][\d０-９,，.．]*)\s*(.*)", re.DOTALL)


class Measure(NamedTuple):
    """A measured value as typed: sign, number and unit, each "" where none stands there."""

    sign: str
    value: str
    unit: str

    @property
    def is_number(self) -> bool:
        """Whether there is a number in it."""
        return _NUMBER.match(self.value) is not None


def measure_of(text: str) -> Measure:
    """The parts of a measured value; a text without a number is all value."""
    whole = text.strip()
    for length in range(min(MAX_SIGN, len(whole) - 1), 0, -1):
        sign = comparison(whole[:length])
        found = _NUMBER.fullmatch(whole[length:])
        if sign is not None and found:
            return Measure(sign, found.group(1), found.group(2).strip())
    found = _NUMBER.fullmatch(whole)
    return Measure("", found.group(1), found.group(2).strip()) if found else Measure("", whole, "")


def is_same_unit(one: str, other: str) -> bool:
    """Whether two units differ in notation only."""
    return folded(one) == folded(other)
