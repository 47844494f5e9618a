"""How the workbook looks: a few styles used everywhere, so that one glance tells what to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.base.characters import escaped
from zhengti_zip.base.line_breaking import estimated_lines
from zhengti_zip.workbook.excel import COMPLETE, NOTICE
from zhengti_zip.workbook.formats import LIKE_FORMULAS

FACE = "宋体"
INPUT_FILL = PatternFill("solid", start_color="FFF9DB", end_color="FFF9DB")
HEAD_FILL = PatternFill("solid", start_color="1F4E79", end_color="1F4E79")
LABEL_FILL = PatternFill("solid", start_color="F2F5F9", end_color="F2F5F9")
RESULT_FILL = PatternFill("solid", start_color="E7F0E4", end_color="E7F0E4")
_LINE = Side(style="thin", color="B8C2CC")
LINE_HEIGHT = 16
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
BIG_FONT = Font(name=FACE, size=14, bold=True, color="1F4E79")
NOTE_FONT = Font(name=FACE, size=10, color="5A6570")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
UNLOCKED = Protection(locked=False)

MONEY_FORMAT = "#,##0.00"
COUNT_FORMAT = "0"
DATE_FORMAT = "yyyy-mm-dd"
GENERAL_FORMAT = "General"
TEXT_FORMAT = "@"


def title(sheet: Worksheet, text: str, hint: str, last_column: int) -> None:
    """The two lines above every table: what the sheet is and what to do on it."""
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last_column)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=last_column)
    cell = sheet.cell(1, 1, text)
    cell.font = Font(name=FACE, size=16, bold=True, color="1F4E79")
    cell.alignment = Alignment(vertical="center")
    cell = sheet.cell(2, 1, escaped(hint))
    cell.data_type = "s"  # it may begin with a department's name, and that like a formula
    if hint.startswith(LIKE_FORMULAS):
        cell.quotePrefix = True
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
    cell.alignment = _CENTRED if center else _LEFT


def merge_label(sheet: Worksheet, first: int, last: int, text: str) -> None:
    """One label over several rows of the first column."""
    for row in range(first, last + 1):
        label(sheet.cell(row, 1))
    sheet.cell(first, 1).value = text
    sheet.merge_cells(start_row=first, start_column=1, end_row=last, end_column=1)


def note(cell: Cell | MergedCell, *, boxed: bool = True) -> None:
    """A hint beside an input."""
    cell.font = NOTE_FONT
    if boxed:
        cell.border = BOX
    cell.alignment = _LEFT if boxed else Alignment(vertical="center", wrap_text=True)


def result(cell: Cell | MergedCell, number_format: str = MONEY_FORMAT, *, center: bool = False) -> None:
    """A value the workbook works out for the reader's eyes; never read back."""
    cell.font = Font(name=FACE, size=11, color="2F5D23")
    cell.fill = RESULT_FILL
    cell.border = BOX
    cell.number_format = number_format
    cell.alignment = _CENTRED if center else RIGHT


def status(cell: Cell | MergedCell) -> None:
    """A row check; its colour comes from :func:`lights`."""
    cell.font = Font(name=FACE, size=10)
    cell.border = BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def working(cell: Cell | MergedCell) -> None:
    """A result in words."""
    cell.font = Font(name=FACE, size=10, color="2F5D23")
    cell.fill = RESULT_FILL
    cell.border = BOX
    cell.alignment = _LEFT


def link(cell: Cell | MergedCell, sheet: str, target: str = "A1") -> None:
    """A cell that leads to another sheet when clicked."""
    label(cell)
    assert isinstance(cell, Cell)
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!{target}", display=sheet
    )
    cell.font = Font(name=FACE, size=11, color="1F4E79", underline="single")


def lights(sheet: Worksheet, cells: str, *, complete: str = COMPLETE) -> None:
    """Colour row checks: green when complete, amber for warnings, red for anything else they say."""
    first = cells.partition(":")[0]
    for condition, (fill, ink) in (
        (f'{first}=""', (None, None)),
        (f'{first}&""="{complete}"', ("D5EBD0", "2F5D23")),
        (f'LEFT({first},{len(NOTICE)})="{NOTICE}"', ("FFE8B3", "7A4B00")),
        (f'{first}<>""', ("FAD4D4", "9C1C1C")),
    ):
        style = DifferentialStyle(
            font=Font(color=ink) if ink else None,
            fill=PatternFill(bgColor=fill, fill_type="solid") if fill else None,
        )
        rule = Rule(type="expression", dxf=style, formula=[condition], stopIfTrue=True)
        sheet.conditional_formatting.add(cells, rule)


def entry(cell: Cell | MergedCell, number_format: str, *, long_text: bool) -> None:
    """An input: pale yellow and the only kind of cell that is not locked."""
    cell.font = Font(name=FACE, size=11)
    cell.fill = INPUT_FILL
    cell.border = BOX
    cell.protection = UNLOCKED
    cell.number_format = number_format
    cell.alignment = _LEFT if long_text else _CENTRED


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
    for number, width in enumerate(values, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def finish(sheet: Worksheet, freeze: str | None, *, head_row: int | None = 4, protect: bool = True) -> None:
    """Freeze panes, protection and print set-up; ``head_row`` is repeated on every printed page."""
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    protection = sheet.protection
    protection.sheet = protect
    for right in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
        setattr(protection, right, False)  # False means: not forbidden
    protection.selectLockedCells = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7, footer=0.3)
    footer = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页 共 &N 页"))
    sheet.HeaderFooter = HeaderFooter(oddFooter=footer)
    if head_row:
        sheet.print_title_rows = f"{head_row}:{head_row}"


def lines_needed(text: str, width: float) -> int:
    """About how many lines a text takes in a column of so many half-width characters."""
    return estimated_lines(text, text_width(width))


def text_width(width: float) -> int:
    """How many half-width characters of a column hold text; three are left for the indent and line breaks."""
    return max(int(width) - 3, 1)


def fit_height(
    sheet: Worksheet, row: int, texts: Sequence[tuple[str, float]], least: float = 22, *, grow: bool = False
) -> None:
    """Make a row high enough for its texts, given as (text, column width).

    Args:
        grow: leave a row that needs no more than ``least`` without a height of its own, so that office
            programs make it higher by themselves when more is typed. They never do with a fixed height.
    """
    lines = max((lines_needed(text, width) for text, width in texts if text), default=1)
    wanted = lines * LINE_HEIGHT + 6
    if not grow or wanted > least:
        sheet.row_dimensions[row].height = min(max(least, wanted), 400)


def default_height(sheet: Worksheet, height: float) -> None:
    """The height of rows that have none of their own."""
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = height, True
