"""What kind of file this really is, and its cells; the only place that opens a workbook for reading."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml.etree import iterparse
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS

from zhengti_zip.errors import InputError
from zhengti_zip.limits import checked_entries, read_limited
from zhengti_zip.values import Raw

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"
MAX_CELLS = 500_000
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Parts of a number format that are shown as they stand, or are no characters at all."""

RESAVE = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后重试"


@dataclass(frozen=True, slots=True)
class Area:
    """Where a defined name points: a sheet and the rows and columns of its rectangle, from 1."""

    sheet: str
    top: int
    left: int
    bottom: int


class FormulaWithoutValue:
    """Stands for a formula that no office program has worked out yet."""


NOT_CALCULATED = FormulaWithoutValue()


class CellGrid:
    """The cells of a workbook by sheet, row and column, and its defined names."""

    def __init__(
        self,
        cells: dict[str, dict[tuple[int, int], Any]],
        names: dict[str, Area | None],
        merged: dict[str, list[tuple[int, int, int, int]]],
    ) -> None:
        self.cells, self.names = cells, names
        self._corners = {
            (sheet, row, column): (top, left)
            for sheet, ranges in merged.items()
            for left, top, right, bottom in ranges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        self.last_rows = {sheet: max((row for row, _ in found), default=0) for sheet, found in cells.items()}

    def value(self, sheet: str, row: int, column: int) -> Any:
        """A cell's value: a raw value, NOT_CALCULATED, or None when empty."""
        return self.cells.get(sheet, {}).get((row, column))

    def corner(self, sheet: str, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value: the cell itself, or the upper left one it is merged into."""
        return self._corners.get((sheet, row, column), (row, column))


def open_grid(file: Path) -> CellGrid:
    """Read every cell of a workbook.

    Raises:
        InputError: it is no workbook, is encrypted, too old, damaged or too large.
    """
    content = read_limited(file)
    recognise(file, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it drops; we only read values
            return _read(content)
    except InputError:
        raise
    except Exception as error:  # a damaged workbook fails in openpyxl in countless ways
        raise InputError(f"{file} 已损坏或不是工作簿，无法读取", RESAVE) from error


def recognise(file: Path, content: bytes) -> None:
    """Tell apart what people send instead of a workbook.

    Raises:
        InputError: it is none.
    """
    if content.startswith(OLE2):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError(f"{file} 设有打开密码，无法读取", "请在 Excel 或 WPS 中取消密码并保存后重试")
        raise InputError(f"{file} 是旧版 Excel 文件（.xls），无法读取", RESAVE)
    if not content.startswith(ZIP):
        raise InputError(f"{file} 不是 Excel 工作簿（内容与扩展名不符）", RESAVE)
    entries = checked_entries(file, content)
    if "xl/workbook.bin" in entries:
        raise InputError(f"{file} 是二进制工作簿（.xlsb），无法读取", RESAVE)
    if "xl/workbook.xml" not in entries:
        raise InputError(f"{file} 不是 Excel 工作簿，可能是 Word 文件或压缩包", "请给出填报用的 .xlsx 工作簿")


def _read(content: bytes) -> CellGrid:
    book = load_workbook(BytesIO(content), read_only=True, data_only=False)
    try:
        names = dict(_names(book))
        cells, formulas = _cells(book)
        merged = _merged(content, book)
    finally:
        book.close()
    if formulas:
        _fill_in(content, cells, formulas)
    return CellGrid(cells, names, merged)


def _names(book: Any) -> Any:
    """Defined names of the workbook and of single sheets; None for one whose cells were deleted."""
    for holder in (*book.worksheets, book):
        for name, defined in holder.defined_names.items():
            area = None
            try:
                for sheet, reference in defined.destinations:
                    left, top, _, bottom = range_boundaries(reference)
                    if left and top:  # a whole row or column has no corner
                        area = Area(sheet, top, left, bottom or top)
            except (ValueError, TypeError):
                area = None
            yield name, area


def _cells(book: Any) -> tuple[dict[str, dict[tuple[int, int], Any]], set[str]]:
    """Every non-empty cell, and the sheets that have formulas. A formula reads as NOT_CALCULATED."""
    cells: dict[str, dict[tuple[int, int], Any]] = {}
    formulas: set[str] = set()
    count = 0
    for sheet in book.worksheets:
        found = cells.setdefault(sheet.title, {})
        # WPS writes wrong dimensions at times; read-only mode would believe them.
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                count += 1
                if count > MAX_CELLS:
                    raise InputError("工作簿的单元格过多，不是正常的填报表", "请删除多余的内容后重试")
                if cell.data_type == "f":
                    formulas.add(sheet.title)
                    found[cell.row, cell.column] = NOT_CALCULATED
                else:
                    found[cell.row, cell.column] = _raw(cell)
    return cells, formulas


def _merged(content: bytes, book: Any) -> dict[str, list[tuple[int, int, int, int]]]:
    """Merged ranges by sheet as (left, top, right, bottom); the streaming mode leaves them out."""
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    count = 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for sheet in book.worksheets:
            ranges = found.setdefault(sheet.title, [])
            with archive.open(sheet._worksheet_path) as stream:
                for _, element in iterparse(stream, tag=f"{{{SHEET_MAIN_NS}}}mergeCell"):
                    left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
                    if left and top and right and bottom:
                        count += (right - left + 1) * (bottom - top + 1)
                        if count > MAX_CELLS:
                            raise InputError(
                                "工作簿合并的单元格过多，不是正常的填报表", "请取消多余的合并后重试"
                            )
                        ranges.append((left, top, right, bottom))
                    element.clear()
    return found


def _raw(cell: Any) -> Raw:
    """The value; a percentage becomes the number people see (0.95 shown as 95% reads as 95)."""
    value: Raw = cell.value
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and _shows_percent(cell.number_format or "")
    ):
        return value * 100
    return value


def _shows_percent(number_format: str) -> bool:
    return "%" in _QUOTED.sub("", number_format)


def _fill_in(content: bytes, cells: dict[str, dict[tuple[int, int], Any]], sheets: set[str]) -> None:
    """Replace formulas by the values the office program last worked out for them."""
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        for title in sheets:
            sheet: Any = book[title]
            sheet.reset_dimensions()
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None and cells[title].get((cell.row, cell.column)) is NOT_CALCULATED:
                        cells[title][cell.row, cell.column] = _raw(cell)
    finally:
        book.close()
