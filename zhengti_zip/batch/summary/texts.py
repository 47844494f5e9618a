"""Texts of any origin made fit for a cell or a page: names and values come from files nobody has checked."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote

from zhengti_zip.base.xmltext import ILLEGAL, legal_text

MAX_CHARS = 2000
"""Longest text a cell of the summary shows; the whole of it stands in the file the problem is about."""

_EXCEL_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LINK_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '%#?:\\"<>^`{|}[]&')


def legal(text: str) -> str:
    """The text with characters XML cannot hold replaced by 〓, and shortened when it is very long."""
    if len(text) > MAX_CHARS:
        text = f"{text[:MAX_CHARS]}…（共 {len(text)} 字）"
    return legal_text(text)


def cell_text(text: str) -> str:
    """A legal text that Excel shows as it stands, though it reads ``_x0041_`` in a file as A."""
    return _EXCEL_ESCAPE.sub("_x005F_", legal(text))


def link_target(path: str) -> str:
    """A relative path as the target of a link: Chinese stays readable, what has a meaning in an address
    is escaped."""
    return "".join(
        char
        if ord(char) > 0x7F and not ILLEGAL.match(char)
        else quote(char, safe=_LINK_SAFE, errors="replace")
        for char in path
    )


def ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A share, 0 to 1; None of nothing."""
    return Decimal(part) / Decimal(whole) if whole else None


def percentage(share: Decimal | None) -> str:
    """A share with one decimal: ``12.5%``; a dash for None."""
    if share is None:
        return "—"
    return f"{(share * 100).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"
