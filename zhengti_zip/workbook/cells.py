"""Single cells: how an input looks, what is checked while typing, and values that stay what they are."""

from __future__ import annotations

from datetime import date

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.base.characters import escaped
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.submission.dates import DATE_YEARS, date_of
from zhengti_zip.submission.values import EXCEL_EPOCH, MAX_TEXT, YEARS, shown
from zhengti_zip.workbook.formats import LIKE_FORMULAS
from zhengti_zip.workbook.write import style
from zhengti_zip.workbook.write.filling import Written

FORMATS = {
    ValueKind.AMOUNT: style.MONEY_FORMAT,
    ValueKind.POINTS: style.GENERAL_FORMAT,
    ValueKind.NUMBER: style.GENERAL_FORMAT,
    ValueKind.COUNT: style.COUNT_FORMAT,
    ValueKind.YEAR: style.COUNT_FORMAT,
    ValueKind.DATE: style.DATE_FORMAT,
}
SHORT_TEXT = 60
"""Characters of a text that stands in the middle of its cell; longer ones begin at the left."""

MAX_PROMPT, MAX_ERROR = 250, 220
"""Excel refuses a file with longer messages (255 and 225 characters)."""


def put_entry(cell: Cell | MergedCell, item: Input, value: Written) -> None:
    """Write the value of an input as an office program keeps it: a date as a date.

    Raises:
        InputError: see :func:`put`.
    """
    day = date_of(value) if item.kind is ValueKind.DATE and isinstance(value, str) else None
    if day is None:
        put(cell, value)
    else:
        cell.value, cell.number_format = day, FORMATS[item.kind]


def put(cell: Cell | MergedCell, value: Written) -> None:
    """Write a value; text stays text even when it begins like a formula.

    Raises:
        InputError: the text is longer than a cell can hold; openpyxl would cut it without a word.
    """
    if value is None or value == "":
        return
    text = escaped(value) if isinstance(value, str) else ""
    if len(text) > MAX_TEXT:
        raise InputError(
            f"“{shown(value)}”有 {len(text)} 个字，单元格最多 {MAX_TEXT} 个字，没有写入", "请精简这段文字"
        )
    cell.value = text or value
    if text:
        cell.data_type = "s"
        if text.startswith(LIKE_FORMULAS):
            cell.quotePrefix = True


def dress(cell: Cell | MergedCell, item: Input) -> None:
    """Make a cell an input."""
    long_text = item.kind is ValueKind.TEXT and (item.max_length is None or item.max_length > SHORT_TEXT)
    style.entry(cell, FORMATS.get(item.kind, style.GENERAL_FORMAT), long_text=long_text)
    if item.kind is ValueKind.AMOUNT:
        cell.alignment = style.RIGHT


def validate(sheet: Worksheet, item: Input, cells: str, label: str, more: str = "") -> None:
    """A drop-down or a range check with a message.

    Numbers are only warned about: full-width digits are welcome, the reader understands them.
    """
    rule = _rule(item, label)
    words = (item.help, f"单位：{item.measure}" if item.measure else "", more)
    if prompt := "；".join(word for word in words if word):
        rule.promptTitle, rule.showInputMessage = item.label[:32], True
        rule.prompt = shortened(prompt, MAX_PROMPT)
    rule.showErrorMessage = True
    if rule.type or rule.prompt:
        sheet.add_data_validation(rule)
        rule.add(cells)


def _rule(item: Input, label: str) -> DataValidation:
    if item.options:
        rule = DataValidation(type="list", formula1=f'"{",".join(item.options)}"', allow_blank=True)
        rule.errorTitle, rule.errorStyle = "请从列表选择", "stop"
        rule.error = shortened(f"可选：{'、'.join(item.options)}", MAX_ERROR)
    elif item.kind is ValueKind.YEAR:
        rule = DataValidation(
            type="whole",
            operator="between",
            formula1=str(YEARS[0]),
            formula2=str(YEARS[-1]),
            allow_blank=True,
        )
        rule.errorTitle, rule.error, rule.errorStyle = "请核对", "请填写四位年份，例如 2022", "warning"
    elif item.kind is ValueKind.DATE:
        first, last = date(DATE_YEARS[0], 1, 1), date(DATE_YEARS[-1], 12, 31)
        rule = DataValidation(
            type="date",
            operator="between",
            formula1=str(_serial(first)),
            formula2=str(_serial(last)),
            allow_blank=True,
        )
        rule.errorTitle, rule.error, rule.errorStyle = "请核对", "请填写年月日，例如 2026-03-01", "warning"
    elif item.kind is ValueKind.PERCENT:
        rule = DataValidation(type="decimal", operator="greaterThan", formula1="-100000", allow_blank=True)
        rule.errorTitle, rule.errorStyle = "请核对", "warning"
        rule.error = shortened(f"“{label}”应为百分数，例如 95 或 95%", MAX_ERROR)
    elif item.kind.is_number:
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.errorTitle, rule.errorStyle = "请核对", "warning"
        rule.error = shortened(f"“{label}”应为不小于 0 的数值", MAX_ERROR)
    else:
        rule = DataValidation(allow_blank=True)
    return rule


def _serial(day: date) -> int:
    """The number an office program keeps for a day."""
    return (day - EXCEL_EPOCH).days
