"""Number formats of a workbook: their codes, and whether they show a number as itself."""

from __future__ import annotations

from zhengti_zip.workbook.read.builtincodes import code_of
from zhengti_zip.workbook.read.meaning import Shape, meaning

LIKE_FORMULAS = ("=", "+", "-", "@", "\t")
"""How a text begins that an office program may take for a formula, when the cell has no quote prefix."""

_PLAIN = (Shape.GENERAL, Shape.NUMBER)


def is_percentage(code: str) -> bool:
    """Whether a number format shows 0.95 as 95%."""
    return meaning(code).is_percent


def is_plain_number(code: str) -> bool:
    """Whether a number format shows a number as itself: no percentage, no date, nothing scaled, no unit."""
    found = meaning(code)
    return found.shape in _PLAIN and not (
        found.is_percent or found.scales or found.unit or found.inner.strip()
    )


def format_code(number: int, own: dict[int, str]) -> str:
    """The code of a number format.

    Args:
        number: its number in the file.
        own: the formats the file itself defines.
    """
    return code_of(number, own.get(number, ""))
