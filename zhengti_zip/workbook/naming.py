"""Defined names of a workbook that is being written."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from zhengti_zip.workbook.defined_names import result_name


class Names:
    """Gives cells and ranges their defined names."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    def cell(self, name: str, sheet: str, row: int, column: int) -> None:
        """Name one cell."""
        self._add(name, sheet, f"${get_column_letter(column)}${row}")

    def column(self, name: str, sheet: str, column: int, rows: tuple[int, int]) -> None:
        """Name the cells of a column from the first to the last of ``rows``."""
        letter = get_column_letter(column)
        self._add(name, sheet, f"${letter}${rows[0]}:${letter}${rows[1]}")

    def row(self, name: str, sheet: str, row: int, columns: tuple[int, int]) -> None:
        """Name the cells of a row from the first to the last of ``columns``."""
        first, last = (get_column_letter(column) for column in columns)
        self._add(name, sheet, f"${first}${row}:${last}${row}")

    def result(self, name: str, cell: Cell | MergedCell) -> None:
        """Name a live result."""
        assert isinstance(cell, Cell)
        self.cell(result_name(name), cell.parent.title, cell.row, cell.column)

    def _add(self, name: str, sheet: str, reference: str) -> None:
        self.book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet)}!{reference}")
