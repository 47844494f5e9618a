"""Putting values into cells so that they stay what they are."""

from __future__ import annotations

from openpyxl.cell.cell import Cell, MergedCell

from zhengti_zip.workbook.filling import Written


def put(cell: Cell | MergedCell, value: Written) -> None:
    """Write a value; text stays text even when it begins like a formula."""
    if value is None or value == "":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value[0] in "=+-@":
            cell.quotePrefix = True
