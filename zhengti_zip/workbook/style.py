"""How the workbook looks: a few styles used everywhere, so that one glance tells what to fill in."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FACE = "宋体"
INPUT_FILL = PatternFill("solid", start_color="FFF9DB", end_color="FFF9DB")
HEAD_FILL = PatternFill("solid", start_color="1F4E79", end_color="1F4E79")
LABEL_FILL = PatternFill("solid", start_color="F2F5F9", end_color="F2F5F9")
RESULT_FILL = PatternFill("solid", start_color="E7F0E4", end_color="E7F0E4")
_LINE = Side(style="thin", color="B8C2CC")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
UNLOCKED = Protection(locked=False)

MONEY_FORMAT = "#,##0.00"
POINTS_FORMAT = "0.##"
COUNT_FORMAT = "0"
GENERAL_FORMAT = "General"
TEXT_FORMAT = "@"


def title(sheet: Worksheet, text: str, hint: str, last_column: int) -> None:
    """The two lines above every table: what the sheet is and what to do on it."""
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last_column)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=last_column)
    cell = sheet.cell(1, 1, text)
    cell.font = Font(name=FACE, size=16, bold=True, color="1F4E79")
    cell.alignment = Alignment(vertical="center")
    cell = sheet.cell(2, 1, hint)
    cell.font = Font(name=FACE, size=10.5, color="5A6570")
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[3].height = 8


def head(cell: Cell | MergedCell) -> None:
    """A column head."""
    cell.font = Font(name=FACE, size=11, bold=True, color="FFFFFF")
    cell.fill = HEAD_FILL
    cell.border = BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def label(cell: Cell | MergedCell, *, center: bool = False, bold: bool = False) -> None:
    """A printed label that is not to be changed."""
    cell.font = Font(name=FACE, size=11, bold=bold)
    cell.fill = LABEL_FILL
    cell.border = BOX
    cell.alignment = Alignment(horizontal="center" if center else "left", vertical="center", wrap_text=True)


def note(cell: Cell | MergedCell, *, boxed: bool = True) -> None:
    """A hint beside an input."""
    cell.font = Font(name=FACE, size=10, color="5A6570")
    if boxed:
        cell.border = BOX
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def result(cell: Cell | MergedCell, number_format: str = MONEY_FORMAT) -> None:
    """A value the workbook works out for the reader's eyes; never read back."""
    cell.font = Font(name=FACE, size=11, color="2F5D23")
    cell.fill = RESULT_FILL
    cell.border = BOX
    cell.number_format = number_format
    cell.alignment = Alignment(horizontal="right", vertical="center")


def entry(cell: Cell | MergedCell, number_format: str, *, long_text: bool) -> None:
    """An input: pale yellow and the only kind of cell that is not locked."""
    cell.font = Font(name=FACE, size=11)
    cell.fill = INPUT_FILL
    cell.border = BOX
    cell.protection = UNLOCKED
    cell.number_format = number_format
    horizontal = "left" if long_text else "center"
    cell.alignment = Alignment(
        horizontal=horizontal, vertical="top" if long_text else "center", wrap_text=True
    )


def plain(cell: Cell | MergedCell, *, center: bool = False) -> None:
    """A cell of a report."""
    cell.font = Font(name=FACE, size=10)
    cell.border = BOX
    cell.alignment = Alignment(horizontal="center" if center else "left", vertical="center", wrap_text=True)


def number_or_text(text: str) -> Decimal | str:
    """A report's cell as a number where it is one, so that it can be summed."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def widths(sheet: Worksheet, values: tuple[float, ...]) -> None:
    """Column widths in characters, from column A on."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(values, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def finish(sheet: Worksheet, freeze: str | None, *, heads: bool = True, protect: bool = True) -> None:
    """Freeze panes, protection and print set-up."""
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    protection = sheet.protection
    protection.sheet = protect
    for right in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
        setattr(protection, right, False)  # False means: not forbidden
    protection.selectLockedCells = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    footer = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页 共 &N 页"))
    sheet.HeaderFooter = HeaderFooter(oddFooter=footer)
    if heads:
        sheet.print_title_rows = "4:4"


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many half-width characters."""
    per_line = max(int(width) - 1, 1)
    return sum(
        max(1, -(-sum(2 if ord(char) > 0x2E80 else 1 for char in line) // per_line))
        for line in text.split("\n")
    )


def fit_height(sheet: Worksheet, row: int, texts: list[tuple[str, float]], least: float = 22) -> None:
    """Make a row high enough for its texts, given as (text, column width)."""
    lines = max((lines_needed(text, width) for text, width in texts if text), default=1)
    sheet.row_dimensions[row].height = min(max(least, lines * 15 + 6), 400)
