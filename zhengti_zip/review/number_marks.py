"""The number in front of an entry of a numbered list."""

from __future__ import annotations

import re

_MARK = re.compile(r"\s*(\d{1,4})\s*[.．、]\s*")

SHORT = 999
"""In a list of fewer entries a number of four digits is a year or the like, as in ``2022、2023 年``."""


def number_mark(text: str, count: int) -> re.Match[str] | None:
    """The number that a text begins with; None without one.

    Args:
        count: the entries of the list, or the number that was printed there.
    """
    found = _MARK.match(text)
    return found if found and (count >= SHORT or int(found.group(1)) <= SHORT) else None


def only_mark(text: str) -> int | None:
    """The number of a text that is nothing else; None of any other text."""
    found = _MARK.fullmatch(text)
    return int(found.group(1)) if found else None


def is_mark(text: str) -> bool:
    """Whether a text is a number in front of an entry of a list, or nothing."""
    return not text.strip() or only_mark(text) is not None
