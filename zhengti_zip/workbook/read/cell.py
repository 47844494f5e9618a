"""One cell as openpyxl gives it, and what it means here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from zhengti_zip.submission.values import Raw
from zhengti_zip.workbook.formats import is_percentage


class FormulaWithoutValue:
    """Stands for a formula that no office program has worked out yet."""


NOT_CALCULATED = FormulaWithoutValue()
Value = Raw | FormulaWithoutValue


class Cell(NamedTuple):
    """A cell that is not empty.

    Attributes:
        value: what the office program shows, as far as its kind goes: 0.95 shown as 95% is 95.
        kind: "n" number, "s" text, "b" truth value, "d" date or time, "e" error, "str" empty text of a formula.
        number_format: its code, such as ``0.00%``.
    """

    value: Raw
    kind: str
    number_format: str


class Run(NamedTuple):
    """A stretch of a text that looks the same throughout; ``vertical`` is superscript, subscript or ""."""

    text: str
    vertical: str = ""
    is_struck: bool = False


def format_of(cell: Any) -> str:
    """The number format code of one of openpyxl's cells."""
    try:
        return str(cell.number_format or "General")
    except IndexError:  # a cell style that is not there
        return "General"


def value_of(cell: Any) -> Raw:
    """The value of one of openpyxl's cells; None when it is empty or a formula that is not worked out."""
    value = cell.value
    if value is None:
        return "" if cell.data_type == "str" else None
    if cell.data_type == "n" and is_percentage(format_of(cell)):
        return value * 100  # type: ignore[no-any-return]
    if isinstance(value, timedelta):  # what [h]:mm shows
        is_time = timedelta(0) <= value < timedelta(days=1)
        return (datetime.min + value).time() if is_time else datetime(1899, 12, 30) + value
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value  # type: ignore[no-any-return]


def runs_of(text: Any) -> tuple[Run, ...]:
    """The runs of what openpyxl gives for a text; none of a plain one."""
    if not isinstance(text, list):
        return ()
    return tuple(
        Run(part)
        if isinstance(part, str)
        else Run(part.text, part.font.vertAlign or "", bool(part.font.strike))
        for part in text
    )
