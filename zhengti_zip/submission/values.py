"""From what a cell or a JSON key holds to a value: tolerant about form, strict about meaning.

These functions know nothing of position; whoever calls them adds the place.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.numbers import grouped, normal
from zhengti_zip.base.xmltext import ILLEGAL
from zhengti_zip.form.base import NO, NOT_APPLICABLE, YES, Input, ValueKind

Raw = str | int | float | Decimal | bool | date | time | None
Value = Decimal | int | str

WAN = Decimal(10000)
MAX_TEXT = 32767
ERROR_VALUES = frozenset(
    ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
"""What Excel, WPS and LibreOffice show where a formula failed."""

YEARS = range(2000, 2100)
EXCEL_EPOCH = date(1899, 12, 30)

MAX_WRITTEN = 60
"""Digits a number may be written with, zeros included; reckoning with more takes time."""

MAX_DIGITS = 15
"""Significant digits a workbook can hold."""

MAX_NUMBER = Decimal(10) ** 12

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_YES = {"是", "√", "✓", "✔", "☑", "Y", "YES", "TRUE", "对"}
_NO = {"否", "×", "✗", "✘", "N", "NO", "FALSE"}
_NOT_APPLICABLE = {"不适用", "N/A", "NA", "无此项"}
_MONEY_UNITS = {
    "": Decimal(1),
    "万元": Decimal(1),
    "万": Decimal(1),
    "元": 1 / WAN,
    "亿元": WAN,
    "亿": WAN,
    "千元": Decimal("0.1"),
}
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\ufeff"
_EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class ValueProblem(Exception):
    """A value that cannot be taken: stable code, what is wrong and what to do, in Chinese."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


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
        return format(_from_float(raw), "f")
    # A lone surrogate, which JSON can hold, could not be printed.
    text = clean_text(str(raw)).replace("\n", " ").encode("utf-8", "replace").decode("utf-8")
    return shortened(text)


def says_nothing(text: str) -> bool:
    """Whether a text is empty or only the dash that forms print for "none"."""
    return not text.strip("-—－ ")


def clean_text(text: str) -> str:
    """Text with one kind of line break, Excel's ``_x000D_`` escapes undone and its ends trimmed."""
    if "_x" in text:
        text = _EXCEL_ESCAPE.sub(_unescape, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "\n".join(line.rstrip(_BLANKS) for line in text.split("\n")).strip(_BLANKS)


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match.group(1), 16))
    return char if char in "\r\n\t" else match.group(0)


def compact(text: str) -> str:
    """Full-width forms made half-width and all white space removed; for numbers and choices."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def parse(item: Input, raw: Raw) -> Parsed:
    """Understand what was entered for ``item``.

    Raises:
        ValueProblem: it is not a value of that kind.
    """
    if raw is None or (isinstance(raw, str) and not clean_text(raw)):
        return EMPTY
    if isinstance(raw, str) and raw in ERROR_VALUES:
        raise ValueProblem("error_value", f"单元格是错误值 {raw}", "请改为直接填写的内容")
    return _PARSERS[item.kind](item, raw)


def _text(item: Input, raw: Raw) -> Parsed:
    if isinstance(raw, float) or (isinstance(raw, int) and not isinstance(raw, bool)):
        raw = grouped(Decimal(str(raw))).replace(",", "")
    elif isinstance(raw, datetime):
        raw = raw.date().isoformat() if raw.time() == time() else raw.isoformat(sep=" ")
    text = clean_text(str(raw))
    if illegal := ILLEGAL.search(text):
        raise ValueProblem(
            "illegal_character",
            f"第 {illegal.start() + 1} 个字符（U+{ord(illegal.group()):04X}）是不可见的控制字符，不能打印",
            "请删除该字符后重新输入这段文字",
        )
    limit = item.max_length or MAX_TEXT
    if len(text) > limit:
        raise ValueProblem("text_too_long", f"文字有 {len(text)} 个字，最多 {limit} 个字", "请精简文字")
    return Parsed(text)


def _choice(item: Input, raw: Raw) -> Parsed:
    given = compact(str(raw))
    for option in item.choices:
        if compact(option) == given:
            return Parsed(option)
    near = difflib.get_close_matches(given, item.choices, n=1, cutoff=0.4)
    hint = f"，是否为“{near[0]}”" if near else ""
    raise ValueProblem(
        "not_a_choice",
        f"“{shown(raw)}”不在可选范围内{hint}",
        f"请从下拉列表中选择：{'、'.join(item.choices)}",
    )


def _yes_no(item: Input, raw: Raw) -> Parsed:
    given = compact(str(raw)).upper()
    for answer, words in ((YES, _YES), (NO, _NO), (NOT_APPLICABLE, _NOT_APPLICABLE)):
        if given in words:
            return Parsed(answer)
    raise ValueProblem(
        "not_a_choice", f"“{shown(raw)}”不是有效的选项", f"请选择：{YES}、{NO}、{NOT_APPLICABLE}"
    )


def _year(item: Input, raw: Raw) -> Parsed:
    notice = ""
    if isinstance(raw, date):
        notice = f"按日期 {raw:%Y-%m-%d} 读作 {raw.year} 年"
        serial = (date(raw.year, raw.month, raw.day) - EXCEL_EPOCH).days
        if raw.year not in YEARS and serial in YEARS:
            # 2022 typed into a cell formatted as a date is the 2022nd day since 1900.
            notice = f"单元格格式是日期，读作 {serial} 年"
        raw = serial if raw.year not in YEARS and serial in YEARS else raw.year
    text = re.sub(r"年度?$", "", compact(str(raw)))
    if text.endswith(".0"):
        text = text[:-2]
    if not re.fullmatch(r"\d{4}", text):
        raise ValueProblem("not_a_year", f"“{shown(raw)}”不是年份", "请填写四位年份，例如 2022")
    if int(text) not in YEARS:
        raise ValueProblem(
            "year_out_of_range", f"年份 {text} 超出合理范围", f"请填写 {YEARS[0]} 至 {YEARS[-1]} 之间的年份"
        )
    return Parsed(int(text), notice)


def _count(item: Input, raw: Raw) -> Parsed:
    number, _ = _number(item, raw, {item.unit, "个", "项", "次", "家", "份", "处", "件", ""})
    _not_negative(item, number)
    if number != number.to_integral_value():
        raise ValueProblem("not_whole", f"“{shown(raw)}”不是整数", f"“{item.label}”应填写整数")
    return Parsed(int(_limited(item, raw, number)))


def _amount(item: Input, raw: Raw) -> Parsed:
    number, unit = _number(item, raw, set(_MONEY_UNITS))
    _not_negative(item, number)
    if _MONEY_UNITS[unit] == 1:
        return Parsed(_limited(item, raw, number))
    converted = _limited(item, raw, number * _MONEY_UNITS[unit])
    return Parsed(converted, f"“{shown(raw)}”已换算为 {grouped(converted)} 万元")


def _points(item: Input, raw: Raw) -> Parsed:
    # The sign is left to the check that knows the row's weight, so that the message can name both.
    number, _ = _number(item, raw, {"", "分"})
    return Parsed(_limited(item, raw, number))


def _plain_number(item: Input, raw: Raw) -> Parsed:
    number, _ = _number(item, raw, {"", item.unit, "%"})
    return Parsed(_limited(item, raw, number))


def _number(item: Input, raw: Raw, units: set[str]) -> tuple[Decimal, str]:
    """The number and the unit written behind it; full-width and thousands separators are understood."""
    if isinstance(raw, date | time):
        raise ValueProblem(
            "not_a_number",
            f"“{shown(raw)}”是日期或时间，不是数值",
            f"请把单元格格式改为“常规”或“数值”，再填写“{item.label}”",
        )
    if isinstance(raw, bool):
        raise _not_a_number(item, raw)
    if isinstance(raw, int | Decimal):
        number, unit = Decimal(raw), ""
    elif isinstance(raw, float):
        number, unit = _from_float(raw), ""
    else:
        text = compact(str(raw)).removeprefix("¥").removeprefix("￥").replace("−", "-")
        match = _NUMBER.match(text)
        digits, unit = (match.group(), text[match.end() :]) if match else ("", text)
        if not any(char.isdigit() for char in digits) or unit not in {compact(unit) for unit in units}:
            raise _not_a_number(item, raw)
        number = Decimal(digits.replace(",", ""))
    if not number.is_finite():
        raise _not_a_number(item, raw)
    if (
        len(number.as_tuple().digits) > MAX_WRITTEN
        or number.adjusted() > MAX_DIGITS
        or number.adjusted() < -MAX_DIGITS
    ):
        raise _too_large(item, raw) if number.adjusted() > 0 else _too_many_digits(item, raw)
    if len("".join(map(str, number.as_tuple().digits)).strip("0")) > MAX_DIGITS:
        raise _too_many_digits(item, raw)
    return number, unit


def _limited(item: Input, raw: Raw, number: Decimal) -> Decimal:
    """The number in its canonical form, if it is of a size a form can mean."""
    if abs(number) >= MAX_NUMBER:
        raise _too_large(item, raw)
    return normal(number)


def _too_large(item: Input, raw: Raw) -> ValueProblem:
    return ValueProblem("number_too_large", f"“{shown(raw)}”大得不合理", f"请核对“{item.label}”的数值和单位")


def _too_many_digits(item: Input, raw: Raw) -> ValueProblem:
    return ValueProblem(
        "too_many_digits",
        f"“{shown(raw)}”的数字超过 {MAX_DIGITS} 位",
        f"请按合理的小数位数填写“{item.label}”",
    )


def _from_float(value: float) -> Decimal:
    """A workbook's binary number as the 15 digits Excel shows; 1155.12+142.47 is 1297.59, not …0001."""
    return Decimal(format(value, ".15g"))


def _not_negative(item: Input, number: Decimal) -> None:
    if number < 0:
        raise ValueProblem("negative", f"“{item.label}”不能为负数", "请填写 0 或正数")


def _not_a_number(item: Input, raw: Raw) -> ValueProblem:
    unit = f"（单位：{item.unit}）" if item.unit else ""
    example = "1297.59" if item.kind is ValueKind.AMOUNT else "9.5" if item.kind is ValueKind.POINTS else "12"
    return ValueProblem(
        "not_a_number", f"“{shown(raw)}”不是数值", f"请填写“{item.label}”的数值{unit}，例如 {example}"
    )


_PARSERS: dict[ValueKind, Callable[[Input, Raw], Parsed]] = {
    ValueKind.TEXT: _text,
    ValueKind.CHOICE: _choice,
    ValueKind.YEAR: _year,
    ValueKind.COUNT: _count,
    ValueKind.AMOUNT: _amount,
    ValueKind.NUMBER: _plain_number,
    ValueKind.POINTS: _points,
    ValueKind.YES_NO: _yes_no,
}
