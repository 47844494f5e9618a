"""Number formats: what a number in a cell means to whoever looks at it."""

from __future__ import annotations

import re

_CHINESE_DATES = {
    'yyyy"年"m"月"': (27, 36, 50, 52, 57),
    'm"月"d"日"': (28, 29, 51, 53, 54, 58),
    "m-d-yy": (30,),
    'yyyy"年"m"月"d"日"': (31,),
    'h"时"mm"分"': (32,),
    'h"时"mm"分"ss"秒"': (33,),
    '上午/下午h"时"mm"分"': (34, 55),
    '上午/下午h"时"mm"分"ss"秒"': (35, 56),
}
CHINESE_FORMATS = {number: code for code, numbers in _CHINESE_DATES.items() for number in numbers}
"""Formats that a Chinese Excel or WPS writes by number alone (ECMA-376, 18.8.30) and openpyxl does not know."""

_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
"""Parts of a number format that are shown as they stand, or are no characters at all."""


def is_percentage(code: str) -> bool:
    """Whether a number format shows 0.95 as 95%."""
    return "%" in code and "%" in _LITERAL.sub("", code)


def is_plain_number(code: str) -> bool:
    """Whether a number format shows a number as itself, and not as a percentage or a date."""
    from openpyxl.styles.numbers import is_date_format

    return not is_percentage(code) and not is_date_format(code)


def format_code(number: int, own: dict[int, str]) -> str:
    """The code of a number format.

    Args:
        number: its number in the file.
        own: the formats the file itself defines.
    """
    from openpyxl.styles.numbers import builtin_format_code

    return own.get(number) or CHINESE_FORMATS.get(number) or builtin_format_code(number) or "General"
