"""The number that the program reads in an input, worked out in a hidden column beside it.

The formulas of scores and checks use these numbers. A cell holds 0.96 where it shows 96%, and a number of
days where it shows a date; the program reads what is shown, so the formulas must not use the cell itself.
"""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.form.base import PERCENT_SIGN, Input, ValueKind
from zhengti_zip.submission.paths import FIELDS
from zhengti_zip.submission.quantities import MAX_NUMBER
from zhengti_zip.submission.values import YEARS
from zhengti_zip.workbook import excel
from zhengti_zip.workbook.defined_names import GENERAL_NAME, read_name
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import READ_COLUMNS, InputCell, WorkbookPlan

PERCENT_SIGNS = ("%", "％")

UNREADABLE = "?"
"""Stands for an input that is filled and not read as a number."""


def number_read(cell: str, item: Input, unit: str = "") -> str:
    """The formula of the number read in a cell: "" while it is empty, ``?`` when it is none.

    Args:
        unit: the cell with the unit of the number, which a percentage must agree with; "" without one.
    """
    found = _year(cell) if item.kind is ValueKind.YEAR else _number(cell, item, unit)
    return f'=IFERROR(IF({excel.blank(cell)},"",{found}),"{UNREADABLE}")'


def _number(cell: str, item: Input, unit: str) -> str:
    kind, is_percent = item.kind, excel.is_percent(cell)
    if kind in (ValueKind.NUMBER, ValueKind.PERCENT):
        value, refused = excel.significant(f"{cell}*IF({is_percent},100,1)"), [excel.is_date(cell)]
        if item.measure not in ("", PERCENT_SIGN):
            refused.append(is_percent)
    else:
        value, refused = excel.significant(cell), [excel.is_date(cell), is_percent]
    if unit:
        other_unit = f"NOT({excel.one_of(unit, PERCENT_SIGNS)})"
        refused.append(f"AND({is_percent},{excel.filled(unit)},{other_unit})")
    refused.append(f"ABS({cell})>={MAX_NUMBER:f}")
    if kind in (ValueKind.AMOUNT, ValueKind.COUNT):
        refused.append(f"{cell}<0")
    if kind is ValueKind.COUNT:
        refused.append(f"INT({value})<>{value}")
    return f'IF(ISNUMBER({cell}),IF(OR({",".join(refused)}),"{UNREADABLE}",{value}),"{UNREADABLE}")'


def _year(cell: str) -> str:
    """A year, also out of a date and with 年 or 年度 behind it."""
    is_year = f"AND(INT({{0}})={{0}},{{0}}>={YEARS[0]},{{0}}<={YEARS[-1]})"
    plain = is_year.format(cell)
    of_date = f"AND({excel.is_date(cell)},{is_year.format(f'YEAR({cell})')})"
    number = (
        f'IF(AND({plain},NOT({excel.is_percent(cell)})),{cell},IF({of_date},YEAR({cell}),"{UNREADABLE}"))'
    )
    written = f'VALUE(SUBSTITUTE(SUBSTITUTE(TRIM({cell}),"年度",""),"年",""))'
    return f'IF(ISNUMBER({cell}),{number},IF({is_year.format(written)},{written},"{UNREADABLE}"))'


def single_values(sheet: Worksheet, plan: WorkbookPlan, group: str, names: Names) -> None:
    """The hidden columns of a sheet whose inputs exist once."""
    cells = plan.of_group(group)
    for cell in cells:
        if cell.item.kind.is_number:
            sheet.cell(cell.row, cell.read_column, number_read(cell.coordinate, cell.item))
            names.cell(read_name(cell.path), sheet.title, cell.row, cell.read_column)
    if group == FIELDS:
        column = READ_COLUMNS[FIELDS]
        sheet.cell(1, column, 0)
        names.cell(GENERAL_NAME, sheet.title, 1, column)
    for column in sorted({cell.read_column for cell in cells}):
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def value_of(cell: InputCell) -> str:
    """The cell that the formulas of a sheet use for an input: the number read, or the input itself."""
    return cell.read if cell.item.kind.is_number else cell.coordinate
