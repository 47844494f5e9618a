"""What a person sees in a cell, as a raw value for an input: shown text for texts, the number meant for numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from zhengti_zip.base.marks import lowered, raised
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.submission.dates import parse_date
from zhengti_zip.submission.quantities import MONEY_UNITS
from zhengti_zip.submission.raw import Raw, Unreadable, ValueProblem, error_value, from_float, shown
from zhengti_zip.workbook.read.cell import SheetCell, TextRun
from zhengti_zip.workbook.read.display import display
from zhengti_zip.workbook.read.formatnumbers import EXACT
from zhengti_zip.workbook.read.meaning import Meaning, Shape, meaning

_PLAIN_FORMATS = frozenset(("General", "0", "0.00", "#,##0", "#,##0.00", "@"))
_SCALE_WORDS = frozenset("千万亿元$€£‰")
"""What makes the words of a format more than a label: they change the amount, or its currency."""

PERCENT = "%"
_SET_GENERAL = "请把单元格格式改为“常规”或“数值”，再填写"


class WrittenUnit(NamedTuple):
    """A unit that a number format writes behind a number: the unit, the whole text shown, the number stored."""

    unit: str
    text: str
    stored: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What a cell gives for an input.

    Attributes:
        raw: the value, or an :class:`Unreadable`.
        notices: what had to be understood, in Chinese.
        written: the unit the number format writes, where the input itself has none to compare it with.
    """

    raw: Raw
    notices: tuple[str, ...] = ()
    written: WrittenUnit | None = None


def meant(cell: SheetCell, runs: tuple[TextRun, ...], item: Input) -> Meant:
    """What a cell that is not empty gives for ``item``.

    Args:
        runs: the runs of its text, when it does not look the same throughout.
    """
    value = cell.value
    if cell.kind == "e":
        problem = error_value(str(value))
        return Meant(Unreadable.because(str(value), problem.code, problem.message, problem.remedy))
    if runs:
        return _visible(runs)
    if cell.is_struck:
        words = display(value, cell.number_format).text if value is not None else ""
        return Meant(None, (_struck([words]),) if words.strip() else ())
    if isinstance(value, str):
        return Meant(_shown_text(value, cell.number_format))
    if item.kind.is_number:
        return _number(value, cell.number_format, item)
    if item.kind is ValueKind.DATE:
        return _date(value, cell.number_format, item)
    return _text(value, cell.number_format)


def _visible(runs: Iterable[TextRun]) -> Meant:
    """The text without what is struck out, raised and lowered characters as ³ and ₂."""
    found, struck, flat = [], [], []
    for run in runs:
        if run.is_struck:
            struck.append(run.text)
            continue
        shift = {"superscript": raised, "subscript": lowered}.get(run.vertical)
        text = shift(run.text) if shift else run.text
        if text is None:
            if any(char.isalnum() and char.isascii() for char in run.text):
                flat.append(run.text)
            text = run.text
        found.append(text)
    notices = [_struck(struck)] if "".join(struck).strip() else []
    notices += [f"上标或下标“{shown(text)}”按普通文字读取" for text in flat]
    return Meant("".join(found), tuple(notices))


def _struck(texts: Iterable[str]) -> str:
    return f"划了删除线的{'、'.join(f'“{shown(text)}”' for text in texts if text.strip())}没有读取"


def _shown_text(value: str, code: str) -> str:
    """A text with what its format writes around it, as ``@"局"`` does."""
    return display(value, code).text if '"' in code and "@" in code else value


def _text(value: Raw, code: str) -> Meant:
    """What a number, a date or a truth value shows."""
    assert value is not None
    found = display(value, code)
    text = found.text.strip()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        stored = _plain(value)
        if (meaning(code, value).shape is Shape.GENERAL and "E" in text) or not text:
            return Meant(stored, (f"单元格显示为“{text}”，按存的数 {stored} 读取",))
    if not found.is_understood and text.strip("#"):
        return Meant(text, (f"单元格格式“{shown(code)}”无法完全识别，读作“{text}”",))
    return Meant(text)


def _date(value: Raw, code: str, item: Input) -> Meant:
    """The day of a date cell; told where the cell shows less than the whole date."""
    if not isinstance(value, date):
        return Meant(value)
    text = display(value, code).text.strip()
    try:
        whole = parse_date(item, value).value
        is_shown = parse_date(item, text).value == whole
    except ValueProblem:
        whole, is_shown = f"{value:%Y-%m-%d}", False
    return Meant(value, () if is_shown else (f"单元格显示为“{shown(text)}”，读作 {whole}",))


def _number(value: Raw, code: str, item: Input) -> Meant:
    """The number a person reads, or why the cell has to be asked about."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or code in _PLAIN_FORMATS:
        return Meant(value)
    found = meaning(code, value)
    if found.shape is Shape.MOMENT:  # a number no date has
        problem = error_value("########")
        return Meant(Unreadable.because("########", problem.code, problem.message, problem.remedy))
    text = display(value, code).text.strip()
    if found.scales or found.inner.strip() or (found.is_percent and found.hides_percent):
        return _scaled(value, found, text, item)
    if found.is_percent or PERCENT in found.unit:
        number = EXACT.multiply(_exact(value), Decimal(100 if found.is_percent else 1))
        return _in_unit(number, WrittenUnit(PERCENT, text, _plain(value)), item)
    if found.shape is Shape.LITERAL and value != 0:
        return Meant(_shown_otherwise(value, text, item))
    if _SCALE_WORDS & set(found.unit + found.before):
        return _with_unit(value, found, text, item)
    if not found.is_understood:
        return Meant(value, (f"单元格格式“{shown(code)}”无法完全识别，按存的数 {_plain(value)} 读取",))
    return Meant(value)


def _scaled(value: int | float | Decimal, found: Meaning, text: str, item: Input) -> Meant:
    """A number shown larger or smaller than stored: taken only where the cell names its unit too."""
    is_plain = not (found.inner.strip() or found.is_percent)
    if item.kind is ValueKind.AMOUNT and is_plain and found.unit and found.unit in MONEY_UNITS:
        number = plain(EXACT.multiply(_exact(value), found.factor))
        return Meant(f"{number}{found.unit}", (f"单元格存的是 {_plain(value)}，按显示的“{text}”读取",))
    return Meant(_shown_otherwise(value, text, item))


def _with_unit(value: int | float | Decimal, found: Meaning, text: str, item: Input) -> Meant:
    """A number beside whose digits the format writes a unit of money or a multiple."""
    if item.kind is not ValueKind.AMOUNT:
        return _in_unit(
            _exact(value), WrittenUnit(found.unit or found.before.strip(), text, _plain(value)), item
        )
    if _SCALE_WORDS & set(found.before) or found.unit not in MONEY_UNITS:
        return Meant(text)  # another currency: no amount
    return Meant(f"{_plain(value)}{found.unit}")


def _in_unit(number: Decimal, written: WrittenUnit, item: Input) -> Meant:
    """A number with its unit, which has to be the one that is asked for."""
    if item.kind not in (ValueKind.NUMBER, ValueKind.PERCENT) or item.measure not in ("", written.unit):
        return Meant(other_unit(written, item.label, item.measure))
    return Meant(number, written=None if item.measure else written)


def other_unit(written: WrittenUnit, label: str, unit: str) -> Unreadable:
    """A number shown in another unit than the one asked for."""
    wanted = f"应按“{unit}”填写" if unit else f"不是“{written.unit}”"
    message = f"单元格显示为“{written.text}”（存的是 {written.stored}），而“{label}”{wanted}"
    return Unreadable.because(written.text, "other_unit", message, f"{_SET_GENERAL}“{label}”")


def _shown_otherwise(value: int | float | Decimal, text: str, item: Input) -> Unreadable:
    stored = _plain(value)
    unit = f"，按{item.measure}填写" if item.measure else "再填写"
    return Unreadable.because(
        f"{stored}（显示为 {text}）",
        "shown_otherwise",
        f"单元格存的是 {stored}，数字格式却把它显示成“{text}”，无法确定应取哪一个",
        f"请把单元格格式改为“常规”或“数值”{unit}",
    )


def _exact(value: int | float | Decimal) -> Decimal:
    return from_float(value) if isinstance(value, float) else Decimal(value)


def _plain(value: int | float | Decimal) -> str:
    return format(_exact(value), "f")
