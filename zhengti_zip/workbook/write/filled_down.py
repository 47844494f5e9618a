"""Rows of a table filled down, as Excel does it: further rows like one of them, and formulas that all rows share.

Formulas written out for every offered row would be 5 MB. openpyxl writes no shared formulas, and takes a third
of a second for the cells of the hidden rows.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from zhengti_zip.base.coordinates import cell_name, position
from zhengti_zip.base.package import Element
from zhengti_zip.workbook.edit.ooxml import main


@dataclass(frozen=True, slots=True)
class FilledDown:
    """The rows of a growing table.

    Attributes:
        sheet: the title of their sheet.
        first: the row whose formulas hold for all of them.
        shown: the last row that is shown, which is empty; openpyxl has written all rows down to it.
        last: the last row; those from ``shown`` on are hidden.
        columns: the columns with formulas, from 1.
    """

    sheet: str
    first: int
    shown: int
    last: int
    columns: tuple[int, ...]


def fill_down(sheet: Element, rows: FilledDown) -> None:
    """Add the hidden rows, and give every row the formulas of the first one."""
    data = sheet.find(main("sheetData"))
    assert data is not None, "every sheet has its data"
    by_number = {int(row.get("r", "0")): row for row in data}
    after = model = by_number[rows.shown]
    for number in range(rows.shown + 1, rows.last + 1):
        copy = deepcopy(model)
        copy.set("r", str(number))
        copy.set("hidden", "1")
        for cell in copy:
            cell.set("r", cell_name(number, position(cell.get("r", ""))[1]))
        after.addnext(copy)
        after = by_number[number] = copy
    for number in range(rows.first, rows.last + 1):
        for cell in by_number[number]:
            column = position(cell.get("r", ""))[1]
            if column in rows.columns:
                _share(cell, rows, number, column)


def _share(cell: Element, rows: FilledDown, number: int, column: int) -> None:
    formula = cell.find(main("f"))
    if formula is None:
        formula = cell.makeelement(main("f"), {})
        cell.insert(0, formula)
    formula.set("t", "shared")
    formula.set("si", str(rows.columns.index(column)))
    if number == rows.first:
        formula.set("ref", f"{cell_name(rows.first, column)}:{cell_name(rows.last, column)}")
