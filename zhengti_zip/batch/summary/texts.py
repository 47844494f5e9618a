"""Texts for cells, pages and links. Names and values come from unchecked files and may hold any character."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote

from zhengti_zip.base.xmltext import ILLEGAL, legal_text

MAX_CHARS = 2000
"""Longest text in a cell of the summary; the input has all of it."""

_EXCEL_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LINK_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '%#?:\\"<>^`{|}[]&')


def legal(text: str) -> str:
    """The text with characters XML does not allow replaced by 〓, cut after ``MAX_CHARS``."""
    if len(text) > MAX_CHARS:
        text = f"{text[:MAX_CHARS]}…（共 {len(text)} 字）"
    return legal_text(text)


def cell_text(text: str) -> str:
    """A legal text, escaped where Excel would read e.g. ``_x0041_`` as A."""
    return _EXCEL_ESCAPE.sub("_x005F_", legal(text))


def link_target(path: str) -> str:
    """A relative path as the target of a link: ASCII characters with a meaning in a URL are percent-encoded,
    Chinese stays readable."""
    return "".join(
        char
        if ord(char) > 0x7F and not ILLEGAL.match(char)
        else quote(char, safe=_LINK_SAFE, errors="replace")
        for char in path
    )


def ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """``part / whole``; None when ``whole`` is 0."""
    return Decimal(part) / Decimal(whole) if whole else None


def percentage(share: Decimal | None) -> str:
    """A fraction as a percentage with one decimal, e.g. ``12.5%``; a dash for None."""
    if share is None:
        return "—"
    return f"{(share * 100).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"
