"""What a cell of a spreadsheet part holds: its type, its number format and its shared text, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from zhengti_zip.values import Raw

Element = etree._Element

EPOCH_1900, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
DAY_MS = 24 * 60 * 60 * 1000
FALSE_LEAP_DAY = 60
"""Excel's calendar has a 29 February 1900; earlier days are off by one."""

GENERAL, PERCENT, DATE = "general", "percent", "date"
_BUILT_IN = dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), DATE) | {
    9: PERCENT,
    10: PERCENT,
}
"""Number formats that are known by number only, the Chinese date formats among them."""

_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""Parts of a number format that are shown as they stand, or are no characters at all."""

_DATE_LETTER = re.compile("[dmhyse]", re.IGNORECASE)


class FormulaWithoutValue:
    """Stands for a formula that no office program has worked out yet."""


NOT_CALCULATED = FormulaWithoutValue()


def kind_of_format(code: str) -> str:
    """Whether a number format shows numbers as percentages, as dates, or otherwise."""
    shown = _LITERAL.sub("", code)
    if "%" in shown:
        return PERCENT
    first = shown.partition(";")[0]
    return (
        DATE
        if _DATE_LETTER.search(first.replace("General", "").replace("E+", "").replace("E-", ""))
        else GENERAL
    )


def kinds_of_styles(styles: Element) -> list[str]:
    """The kind of number format of every cell style, by the index cells name it by."""
    codes = {}
    for item in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[item.get("numFmtId", "")] = kind_of_format(item.get("formatCode", ""))
    kinds = []
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        known = codes.get(number)
        kinds.append(known or (_BUILT_IN.get(int(number), GENERAL) if number.isdigit() else GENERAL))
    return kinds


def text_of(item: Element) -> str:
    """The text of a shared or inline string: its runs joined, readings of characters left out."""
    found = []
    for child in item:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "t":
            found.append(child.text or "")
        elif name == "r":
            found += [part.text or "" for part in child.iterfind("{*}t")]
    return "".join(found)


class CellValues:
    """Works out values of cells.

    Args:
        shared: the shared strings.
        kinds: the kinds of number format by cell style.
        epoch: day 0 of the workbook's dates.
    """

    def __init__(self, shared: Sequence[str], kinds: Sequence[str], epoch: datetime) -> None:
        self._shared, self._kinds, self._epoch = shared, kinds, epoch

    def value(self, cell: Element) -> Raw | FormulaWithoutValue:
        """The value of a ``c`` element: raw, NOT_CALCULATED, or None when it is empty.

        Raises:
            ValueError, IndexError: it is not what a spreadsheet writes.
        """
        kind, text, is_formula, inline = cell.get("t", "n"), None, False, None
        for child in cell:
            tag: Any = child.tag
            if not isinstance(tag, str):
                continue
            if tag.endswith("}v"):
                text = child.text or ""
            elif tag.endswith("}f"):
                is_formula = True
            elif tag.endswith("}is"):
                inline = child
        if inline is not None and not is_formula:
            return text_of(inline)
        if text is None or (text == "" and kind != "str"):
            return NOT_CALCULATED if is_formula else None
        return self._typed(kind, text, cell)

    def _typed(self, kind: str, text: str, cell: Element) -> Raw:
        if kind == "n":
            return self._number(text, cell.get("s", "0"))
        if kind == "s":
            index = int(text)
            if index < 0:
                raise IndexError(index)
            return self._shared[index]
        if kind == "b":
            return bool(int(text))
        if kind == "d":
            return datetime.fromisoformat(text.removesuffix("Z"))
        return text

    def _number(self, text: str, style: str) -> Raw:
        number: int | float = int(text) if text.lstrip("-").isdigit() else float(text)
        index = int(style) if style.isdigit() else 0
        kind = self._kinds[index] if index < len(self._kinds) else GENERAL
        if kind == PERCENT:
            return number * 100  # the number people see: 0.95 shown as 95% reads as 95
        return self._moment(number) if kind == DATE else number

    def _moment(self, number: int | float) -> Raw:
        """The date or time a number stands for; the number itself when there is no such day."""
        try:
            day, fraction = divmod(number, 1)
            rest = timedelta(milliseconds=round(fraction * DAY_MS))
            if 0 <= number < 1 and rest.days == 0:
                return (datetime.min + rest).time()
            if 0 < number < FALSE_LEAP_DAY and self._epoch == EPOCH_1900:
                day += 1
            return self._epoch + timedelta(days=day) + rest
        except (OverflowError, ValueError):
            return number


def epoch_of(workbook: Element) -> datetime:
    """Day 0 of the dates of a workbook; Excel for Mac once counted from 1904."""
    properties = workbook.find("{*}workbookPr")
    flag = "" if properties is None else properties.get("date1904", "")
    return EPOCH_1904 if flag in ("1", "true", "on") else EPOCH_1900
