"""From what a cell or a JSON key holds to a value: tolerant about form, strict about meaning.

These functions know nothing of position; whoever calls them adds the place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from zhengti_zip.base.answers import comparison, yes_or_no
from zhengti_zip.base.characters import TURNING, CharacterKind, Notice, cleaned
from zhengti_zip.base.marks import folded
from zhengti_zip.base.numbers import grouped
from zhengti_zip.base.xmltext import ILLEGAL
from zhengti_zip.form.base import NO, NOT_APPLICABLE, YES, Input, ValueKind
from zhengti_zip.submission.dates import parse_date
from zhengti_zip.submission.quantities import (
    WAN,
    parse_amount,
    parse_count,
    parse_number,
    parse_percent,
    parse_points,
)
from zhengti_zip.submission.raw import (
    EMPTY,
    Parsed,
    Raw,
    Unreadable,
    Value,
    ValueProblem,
    clean_text,
    compact,
    error_value,
    is_blank,
    is_error_text,
    shown,
)

__all__ = [
    "EMPTY",
    "MAX_TEXT",
    "WAN",
    "YEARS",
    "Parsed",
    "Raw",
    "Unreadable",
    "Value",
    "ValueProblem",
    "clean_text",
    "compact",
    "is_error_text",
    "parse",
    "shown",
]

MAX_TEXT = 32767
YEARS = range(2000, 2100)
EXCEL_EPOCH = date(1899, 12, 30)

_NOT_APPLICABLE = {"不适用", "N/A", "NA", "无此项"}
_DASHES = str.maketrans("—–－―‐‑", "------")
_NEAREST_SIGN = {">": "≥", "<": "≤", "≠": "="}
_ENDS = "。.，,；;！!"


def parse(item: Input, raw: Raw) -> Parsed:
    """Understand what was entered for ``item``.

    Raises:
        ValueProblem: it is not a value of that kind.
    """
    if isinstance(raw, Unreadable):
        raise raw.problem
    if raw is None or (isinstance(raw, str) and is_blank(raw)):
        return EMPTY
    if isinstance(raw, str) and is_error_text(raw):
        raise error_value(raw)
    parsed = _PARSERS[item.kind](item, raw)
    if not parsed.notice and isinstance(raw, str) and not TURNING.isdisjoint(raw):
        return Parsed(parsed.value, "；".join(filter(None, map(_told, cleaned(raw).notices))))
    return parsed


def _text(item: Input, raw: Raw) -> Parsed:
    if isinstance(raw, bool):
        raw = shown(raw)
    elif isinstance(raw, int | float):
        raw = grouped(Decimal(str(raw))).replace(",", "")
    elif isinstance(raw, datetime):
        raw = raw.date().isoformat() if raw.time() == time() else raw.isoformat(sep=" ")
    found = cleaned(str(raw))
    if illegal := ILLEGAL.search(found.text):
        raise ValueProblem(
            "illegal_character",
            f"第 {illegal.start() + 1} 个字符（U+{ord(illegal.group()):04X}）是不可见的控制字符，不能打印",
            "请删除该字符后重新输入这段文字",
        )
    limit = item.max_length or MAX_TEXT
    if len(found.text) > limit:
        raise ValueProblem(
            "text_too_long",
            f"文字有 {len(found.text)} 个字，最多 {limit} 个字",
            f"请删去至少 {len(found.text) - limit} 个字",
        )
    return Parsed(found.text, "；".join(filter(None, map(_told, found.notices))))


def _told(notice: Notice) -> str:
    """What a clerk has to know of characters that were replaced; "" when nothing that is seen changed."""
    if notice.kind is CharacterKind.INVISIBLE_INSIDE:
        return f"文字中夹有不可见的{notice.names}，已去掉"
    if notice.kind is CharacterKind.DIRECTION:
        return f"文字中有改变书写方向的{notice.names}，已去掉，显示的先后可能与所见不同"
    if notice.kind is CharacterKind.LOOK_ALIKE:
        pairs = zip(notice.characters, notice.became, strict=True)
        words = "、".join(f"“{old}”（U+{ord(old):04X}）读作“{new}”" for old, new in pairs)
        return f"文字中有形似字：{words}"
    return ""


def _choice(item: Input, raw: Raw) -> Parsed:
    given = _plain_choice(str(raw))
    for option in item.choices:
        if _plain_choice(option) == given:
            return Parsed(option)
    sign = comparison(str(raw))
    if sign in item.choices:
        return Parsed(sign, f"“{shown(raw)}”读作“{sign}”")
    near = _near(item, given, sign)
    hint = f"，是否为“{near}”" if near else ""
    raise ValueProblem(
        "not_a_choice",
        f"“{shown(raw)}”不在可选范围内{hint}",
        f"请从下拉列表中选择：{'、'.join(item.choices)}",
    )


def _plain_choice(text: str) -> str:
    return folded(text).translate(_DASHES)


def _near(item: Input, given: str, sign: str | None) -> str:
    """The option that was probably meant; "" when none is like it."""
    if sign is not None:
        nearest = _NEAREST_SIGN.get(sign, "")
        return nearest if nearest in item.choices else ""
    holding = [
        option for option in item.choices if len(word := option.rpartition("-")[2]) > 1 and word in given
    ]
    if len(holding) == 1:
        return holding[0]
    return next(iter(difflib.get_close_matches(given, item.choices, n=1, cutoff=0.4)), "")


def _yes_no(item: Input, raw: Raw) -> Parsed:
    given = folded(shown(raw)).upper().rstrip(_ENDS)
    answer = yes_or_no(given)
    if answer is None and len(found := {yes_or_no(char) for char in given}) == 1:
        answer = found.pop()  # a tick and the word, as in √是
    if answer is not None:
        return Parsed(YES if answer else NO)
    if given in _NOT_APPLICABLE:
        return Parsed(NOT_APPLICABLE)
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
    text = re.sub(r"年度?$", "", folded(str(raw)))
    if text.endswith(".0"):
        text = text[:-2]
    if not re.fullmatch(r"\d{4}", text):
        raise ValueProblem("not_a_year", f"“{shown(raw)}”不是年份", "请填写四位年份，例如 2022")
    if int(text) not in YEARS:
        raise ValueProblem(
            "year_out_of_range", f"年份 {text} 超出合理范围", f"请填写 {YEARS[0]} 至 {YEARS[-1]} 之间的年份"
        )
    return Parsed(int(text), notice)


_PARSERS: dict[ValueKind, Callable[[Input, Raw], Parsed]] = {
    ValueKind.TEXT: _text,
    ValueKind.CHOICE: _choice,
    ValueKind.YEAR: _year,
    ValueKind.COUNT: parse_count,
    ValueKind.AMOUNT: parse_amount,
    ValueKind.NUMBER: parse_number,
    ValueKind.POINTS: parse_points,
    ValueKind.PERCENT: parse_percent,
    ValueKind.DATE: parse_date,
    ValueKind.YES_NO: _yes_no,
}
