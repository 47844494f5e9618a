"""What stands in an input before it is understood, how messages quote it, and why it may be refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from zhengti_zip.base.characters import cleaned
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.marks import folded

Raw = str | int | float | Decimal | bool | date | time | None
Value = Decimal | int | str

_ERROR = re.compile(
    r"#(?:REF|DIV/0|N/A|NAME|NULL|NUM|VALUE|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|PYTHON|EXTERNAL|ERROR)"
    r"|#GETTING_DATA|#[A-Z][A-Z0-9_/]*[!?]|#{4,}|(?:ERR|错误):\d{3}"
)


class ValueProblem(Exception):
    """A value that cannot be taken: stable code, what is wrong and what to do, in Chinese."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


class Unreadable(str):
    """The text of a cell that is known to be no value before anybody looks for one in it.

    Attributes:
        problem: why it is none.
    """

    __slots__ = ("problem",)
    problem: ValueProblem

    @classmethod
    def because(cls, text: str, code: str, message: str, remedy: str) -> Unreadable:
        """The text with the reason."""
        made = cls(text)
        made.problem = ValueProblem(code, message, remedy)
        return made


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, None when empty, and a notice when its form had to be understood."""

    value: Value | None
    notice: str = ""


EMPTY = Parsed(None)


def shown(raw: Raw) -> str:
    """A raw value as the person who typed it would recognise it, at most 60 characters."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return format(from_float(raw), "f")
    if isinstance(raw, datetime) and raw.time() == time():
        raw = raw.date()
    # A lone surrogate, which JSON can hold, could not be printed.
    text = clean_text(str(raw)).replace("\n", " ").encode("utf-8", "replace").decode("utf-8")
    return shortened(text)


def from_float(value: float) -> Decimal:
    """A workbook's binary number as the 15 digits Excel shows; 1155.12+142.47 is 1297.59, not …0001."""
    return Decimal(format(value, ".15g"))


def clean_text(text: str) -> str:
    """A text as it is meant: see :func:`zhengti_zip.base.characters.cleaned`."""
    return cleaned(text).text


def is_blank(text: str) -> bool:
    """Whether nothing is left of a text once it is clean."""
    first = text[:1]
    if "!" <= first <= "~" or "\u4e00" <= first <= "\u9fff":  # nearly every text: seen at a glance
        return False
    return not clean_text(text)


def compact(text: str) -> str:
    """Full-width forms made half-width and all white space removed; for finding labels and names."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_error_text(text: str) -> bool:
    """Whether a whole cell is what an office program shows for a failed formula or a narrow column."""
    found = text.strip()
    return found[:1] in "#＃Ee错" and _ERROR.fullmatch(folded(found).upper()) is not None


def error_value(text: str) -> ValueProblem:
    """The refusal of such a cell."""
    if not text.strip("# "):
        remedy = "请把列加宽或改为常规格式，看清内容后填写"
        return ValueProblem("error_value", f"单元格显示为“{shown(text)}”，不是填写的内容", remedy)
    return ValueProblem("error_value", f"单元格是错误值 {shown(text)}", "请改为直接填写的内容")
