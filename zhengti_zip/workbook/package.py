"""What kind of file this really is, and its cells; the only place that opens a workbook for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhengti_zip.errors import InputError
from zhengti_zip.limits import checked_entries
from zhengti_zip.workbook.spreadsheet import Area, SheetCells, Spreadsheet

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"

RESAVE = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后重试"


class CellGrid:
    """The cells of a workbook by sheet, row and column, and its defined names; sheets are read when asked for.

    Args:
        book: the workbook.
        damaged: what to raise when a sheet cannot be read.
    """

    def __init__(self, book: Spreadsheet, damaged: InputError) -> None:
        self._book, self._damaged = book, damaged
        self.titles = book.titles
        self.names: dict[str, Area | None] = dict(book.names())
        self._sheets: dict[str, SheetCells] = {}
        self._columns: dict[str, dict[int, dict[int, Any]]] = {}
        self._corners: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}

    def value(self, sheet: str, row: int, column: int) -> Any:
        """A cell's value: a raw value, NOT_CALCULATED, or None when empty."""
        return self._cells(sheet).values.get((row, column))

    def column(self, sheet: str, column: int) -> Mapping[int, Any]:
        """The values of one column by row."""
        if sheet not in self._columns:
            by_column = self._columns.setdefault(sheet, {})
            for (row, number), value in self._cells(sheet).values.items():
                by_column.setdefault(number, {})[row] = value
        return self._columns[sheet].get(column, {})

    def corner(self, sheet: str, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value: the cell itself, or the upper left one it is merged into."""
        if sheet not in self._corners:
            self._corners[sheet] = {
                (covered, across): (top, left)
                for left, top, right, bottom in self._cells(sheet).merged
                for covered in range(top, bottom + 1)
                for across in range(left, right + 1)
            }
        return self._corners[sheet].get((row, column), (row, column))

    def _cells(self, sheet: str) -> SheetCells:
        if sheet not in self.titles:
            return SheetCells()
        if sheet not in self._sheets:
            with damage_is(self._damaged):
                self._sheets[sheet] = self._book.sheet(sheet)
        return self._sheets[sheet]


@contextmanager
def damage_is(refusal: InputError) -> Iterator[None]:
    """Turn whatever a damaged workbook fails with into one message."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise refusal from error


def open_grid(file: Path, content: bytes) -> CellGrid:
    """Open a workbook for its values.

    Args:
        file: its name, for messages.
        content: its bytes.

    Raises:
        InputError: it is no workbook, is encrypted, too old, damaged or too large.
    """
    recognise(file, content)
    damaged = InputError(f"{file} 已损坏或不是工作簿，无法读取", RESAVE)
    with damage_is(damaged):
        return CellGrid(Spreadsheet(file, content), damaged)


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
