"""Amounts, counts, points and other numbers as people type them."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from zhengti_zip.base.answers import means_nothing
from zhengti_zip.base.marks import folded, without_note_mark
from zhengti_zip.base.numbers import grouped, normal
from zhengti_zip.form.base import PERCENT_SIGN, Input, ValueKind
from zhengti_zip.submission.raw import EMPTY, Parsed, Raw, ValueProblem, from_float, shown

WAN = Decimal(10000)
MONEY_UNITS = {
    "": Decimal(1),
    "万元": Decimal(1),
    "万": Decimal(1),
    "元": 1 / WAN,
    "亿元": WAN,
    "亿": WAN,
    "千元": Decimal("0.1"),
}
"""Units an amount may be written with, and how many 万元 each is."""

MAX_WRITTEN = 60
"""Digits a number may be written with, zeros included; reckoning with more takes time."""

MAX_DIGITS = 15
"""Significant digits a workbook can hold."""

MAX_NUMBER = Decimal(10) ** 12

_COUNTERS = frozenset(("个", "项", "次", "家", "份", "处", "件", ""))
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?:\.\d+)?")
_POWERS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Quantity(NamedTuple):
    """A number, the unit written behind it, and what had to be understood."""

    number: Decimal
    unit: str = ""
    notice: str = ""


def parse_count(item: Input, raw: Raw) -> Parsed:
    """A whole number that is not negative."""
    if _is_nothing(raw):
        return Parsed(0, f"“{shown(raw)}”读作 0")
    found = _quantity(item, raw, {item.unit, *_COUNTERS})
    _not_negative(item, found.number)
    if found.number != found.number.to_integral_value():
        raise ValueProblem("not_whole", f"“{shown(raw)}”不是整数", f"“{item.label}”应填写整数")
    return Parsed(int(_limited(item, raw, found.number)), found.notice)


def parse_amount(item: Input, raw: Raw) -> Parsed:
    """An amount in 万元; 元, 千元 and 亿元 are converted with a notice."""
    if _is_nothing(raw):
        return Parsed(Decimal(0), f"“{shown(raw)}”读作 0")
    number, unit, notice = _quantity(item, raw, set(MONEY_UNITS))
    _not_negative(item, number)
    if MONEY_UNITS[unit] == 1:
        return Parsed(_limited(item, raw, number), notice)
    converted = _limited(item, raw, number * MONEY_UNITS[unit])
    return Parsed(converted, f"“{shown(raw)}”已换算为 {grouped(converted)} 万元")


def parse_points(item: Input, raw: Raw) -> Parsed:
    """Points; their sign is left to the check that knows the weight, so that its message can name both."""
    return _optional(item, raw, {"", "分"})


def parse_number(item: Input, raw: Raw) -> Parsed:
    """Any other number."""
    return _optional(item, raw, {"", item.unit, "%"})


def parse_percent(item: Input, raw: Raw) -> Parsed:
    """A percentage: 95 and 95% are both the number 95."""
    return _optional(item, raw, {"", PERCENT_SIGN})


def _optional(item: Input, raw: Raw, units: set[str]) -> Parsed:
    if not item.required and _is_nothing(raw):
        return Parsed(EMPTY.value, f"“{shown(raw)}”按没有填写处理")
    found = _quantity(item, raw, units)
    return Parsed(_limited(item, raw, found.number), found.notice)


def _is_nothing(raw: Raw) -> bool:
    return isinstance(raw, str) and means_nothing(raw)


def _quantity(item: Input, raw: Raw, units: set[str]) -> _Quantity:
    """The number and the unit written behind it; full-width and thousands separators are understood."""
    if isinstance(raw, date | time):
        raise ValueProblem(
            "not_a_number",
            f"“{shown(raw)}”是日期或时间，不是数值",
            f"请把单元格格式改为“常规”或“数值”，再填写“{item.label}”",
        )
    if isinstance(raw, bool):
        raise not_a_number(item, raw)
    if isinstance(raw, int | Decimal):
        found = _Quantity(Decimal(raw))
    elif isinstance(raw, float):
        found = _Quantity(from_float(raw))
    else:
        found = _written(item, str(raw), {folded(unit) for unit in units})
    number = found.number
    if not number.is_finite():
        raise not_a_number(item, raw)
    if (
        len(number.as_tuple().digits) > MAX_WRITTEN
        or number.adjusted() > MAX_DIGITS
        or number.adjusted() < -MAX_DIGITS
    ):
        raise _too_large(item, raw) if number.adjusted() > 0 else _too_many_digits(item, raw)
    if len("".join(map(str, number.as_tuple().digits)).strip("0")) > MAX_DIGITS:
        raise _too_many_digits(item, raw)
    return found


def _written(item: Input, raw: str, units: set[str]) -> _Quantity:
    """The number in a text."""
    text, mark = without_note_mark(folded(raw))
    if _POWERS & set(mark):
        raise ValueProblem(
            "not_a_number",
            f"“{shown(raw)}”带有上标“{mark}”，看不出是注号还是乘方",
            f"是注号的请删去，只留 {shown(text)}；是乘方的请填算好的数",
        )
    text = text.removeprefix("¥").removeprefix("￥")
    match = _NUMBER.match(text)
    digits, unit = (match.group(), text[match.end() :]) if match else ("", text)
    has_digits = any(char.isdigit() for char in digits)
    if has_digits and unit[:1] in ("\n", " ") and unit[1:2].isdigit():
        raise ValueProblem(
            "two_numbers", f"“{shown(raw)}”：单元格里有两个数", f"请只填一个“{item.label}”的数值"
        )
    if not has_digits or unit not in units:
        raise not_a_number(item, raw)
    notice = f"“{shown(raw)}”读作 {text}，已忽略注号“{mark}”" if mark else ""
    return _Quantity(Decimal(digits.replace(",", "").replace(" ", "")), unit, notice)


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


def _not_negative(item: Input, number: Decimal) -> None:
    if number < 0:
        raise ValueProblem("negative", f"“{item.label}”不能为负数", "请填写 0 或正数")


def not_a_number(item: Input, raw: Raw) -> ValueProblem:
    """The refusal of what is no number."""
    unit = f"（单位：{item.measure}）" if item.measure else ""
    example = "1297.59" if item.kind is ValueKind.AMOUNT else "9.5" if item.kind is ValueKind.POINTS else "12"
    return ValueProblem(
        "not_a_number", f"“{shown(raw)}”不是数值", f"请填写“{item.label}”的数值{unit}，例如 {example}"
    )
