"""One cell as openpyxl gives it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from zhengti_zip.base.characters import unescaped
from zhengti_zip.submission.raw import Raw


class FormulaWithoutValue:
    """Stands for a formula that no office program has worked out yet."""


NOT_CALCULATED = FormulaWithoutValue()
Value = Raw | FormulaWithoutValue


class SheetCell(NamedTuple):
    """A cell that is not empty.

    Attributes:
        value: what is stored: 0.95 where 95% is shown.
        kind: "n" number, "s" text, "b" truth value, "d" date or time, "e" error, "str" empty text of a formula.
        number_format: its code, such as ``0.00%``.
        is_struck: whether its font strikes the whole value out.
    """

    value: Raw
    kind: str
    number_format: str
    is_struck: bool = False


class TextRun(NamedTuple):
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


def is_struck(cell: Any) -> bool:
    """Whether the font of one of openpyxl's cells strikes its value out."""
    try:
        return bool(cell.font.strike)
    except (IndexError, AttributeError):  # a cell style that is not there
        return False


def value_of(cell: Any) -> Raw:
    """The value of one of openpyxl's cells; None when it is empty or a formula that is not worked out."""
    value = cell.value
    if value is None:
        return "" if cell.data_type == "str" else None
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, timedelta):  # what [h]:mm shows
        is_time = timedelta(0) <= value < timedelta(days=1)
        return (datetime.min + value).time() if is_time else datetime(1899, 12, 30) + value
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value  # type: ignore[no-any-return]


def runs_of(text: Any, *, is_struck: bool = False) -> tuple[TextRun, ...]:
    """The runs of what openpyxl gives for a text; none of a plain one.

    Args:
        is_struck: whether the font of the cell strikes out; a run without a font of its own has it.
    """
    if not isinstance(text, list):
        return ()
    return tuple(
        TextRun(unescaped(part), "", is_struck)
        if isinstance(part, str)
        else TextRun(unescaped(part.text), part.font.vertAlign or "", bool(part.font.strike))
        for part in text
    )
