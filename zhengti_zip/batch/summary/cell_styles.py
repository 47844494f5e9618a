"""The cell styles of the summary workbook."""

from __future__ import annotations

from copy import copy
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle

from zhengti_zip.workbook.write import style


class SummaryStyle(StrEnum):
    """A cell style; the values are the style names shown by Excel."""

    TEXT = "汇总-文字"
    CENTRE = "汇总-居中"
    LINK = "汇总-链接"
    SCORE = "汇总-分数"
    AVERAGE = "汇总-平均"
    RATE = "汇总-百分比"
    MONEY = "汇总-金额"
    STRONG = "汇总-合计"
    STRONG_MONEY = "汇总-合计金额"
    STRONG_AVERAGE = "汇总-合计平均"
    HEAD = "汇总-表头"
    TITLE = "汇总-标题"
    HINT = "汇总-说明"
    ENTRY = "汇总-填写"
    LONG_ENTRY = "汇总-填写文字"


_FORMATS = {
    SummaryStyle.AVERAGE: "0.00",
    SummaryStyle.RATE: "0.0%",
    SummaryStyle.MONEY: style.MONEY_FORMAT,
    SummaryStyle.STRONG_MONEY: style.MONEY_FORMAT,
    SummaryStyle.STRONG_AVERAGE: "0.00",
}
_STRONG = (SummaryStyle.STRONG, SummaryStyle.STRONG_MONEY, SummaryStyle.STRONG_AVERAGE)
_ENTRIES = (SummaryStyle.ENTRY, SummaryStyle.LONG_ENTRY)


def named_style(look: SummaryStyle) -> NamedStyle:
    """A cell style as openpyxl takes it, derived from the styles of the input workbook."""
    book = Workbook(write_only=True)
    cell = WriteOnlyCell(book.create_sheet())
    if look is SummaryStyle.HEAD:
        style.head(cell)
    elif look in _STRONG:
        style.label(cell, center=True, bold=True)
    elif look in _ENTRIES:
        style.entry(cell, style.GENERAL_FORMAT, long_text=look is SummaryStyle.LONG_ENTRY)
    elif look not in (SummaryStyle.TITLE, SummaryStyle.HINT):
        style.plain(cell, center=look is not SummaryStyle.TEXT)
    named = NamedStyle(look.value, font=copy(_font(look, cell)))
    for part in ("fill", "border"):
        setattr(named, part, copy(getattr(cell, part)))  # openpyxl's style proxies must be copied
    named.alignment = _alignment(look, cell)
    named.number_format = _FORMATS.get(look, style.GENERAL_FORMAT)
    return named


def _font(look: SummaryStyle, cell: Cell) -> Font:
    if look is SummaryStyle.TITLE:
        return Font(name=style.FACE, size=16, bold=True, color="1F4E79")
    if look is SummaryStyle.HINT:
        return style.NOTE_FONT
    if look is SummaryStyle.LINK:
        return Font(name=style.FACE, size=10, color="1F4E79", underline="single")
    return Font(name=style.FACE, size=10, bold=cell.font.bold, color=cell.font.color)


def _alignment(look: SummaryStyle, cell: Cell) -> Alignment:
    if look in (SummaryStyle.TITLE, SummaryStyle.HINT):
        return Alignment(vertical="center")
    if look in (SummaryStyle.MONEY, SummaryStyle.STRONG_MONEY):
        return style.RIGHT
    if look in (SummaryStyle.TEXT, SummaryStyle.LONG_ENTRY):
        return Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    return Alignment(horizontal=cell.alignment.horizontal, vertical="center", wrap_text=True)
