"""The cells of a workbook as openpyxl reads them; the only place that opens a workbook for its values."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengti_zip.base.coordinates import MAX_COLUMN, MAX_ROW, Rectangle, position, rectangle
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import RESAVE_WORKBOOK, FileKind, must_be
from zhengti_zip.base.limits import MAX_CELLS, MAX_CHARACTERS, MAX_WIDTH
from zhengti_zip.base.package import normal_parts
from zhengti_zip.submission.raw import Raw, shown
from zhengti_zip.workbook.read.cell import (
    NOT_CALCULATED,
    SheetCell,
    TextRun,
    Value,
    format_of,
    is_struck,
    runs_of,
    value_of,
)
from zhengti_zip.workbook.read.stripped import Stripped, stripped

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_RUNS = re.compile(rb"<(?:[\w.-]+:)?r[\s>]")
_NOT_CALCULATED = re.compile(
    rb"(?:<(?:[\w.-]++:)?f(?:\s[^<>]*+)?(?<=/)>|<(?:[\w.-]++:)?f/>|</(?:[\w.-]++:)?f>)\s*+"
    rb"(?:(?:<(?:[\w.-]++:)?v\s*+/>|<(?:[\w.-]++:)?v></(?:[\w.-]++:)?v>)\s*+)?</"
)
"""A formula and nothing, or an empty value, behind it."""

_UNCALCULATED_CELL = re.compile(
    rb"<(?:[\w.-]++:)?c(\s[^<>]*+)>\s*+"
    rb"<(?:[\w.-]++:)?f(?:/|\s[^<>]*+)?+(?:(?<=/)>|(?<!/)>[^<]*+</(?:[\w.-]++:)?f>)\s*+"
    rb"(?:(?:<(?:[\w.-]++:)?v\s*+/>|<(?:[\w.-]++:)?v></(?:[\w.-]++:)?v>)\s*+)?</"
)
"""The same with the attributes of its cell. No pattern of this module can match in two ways: sheets have megabytes."""

_CELL_NAME = re.compile(rb'\sr="([A-Z]{1,3}\d{1,7})"')

_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Za-z0-9:$]+)[\"']")


@dataclass(slots=True)
class _Sheet:
    """What a sheet holds: its cells by row and column, and by column."""

    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    columns: dict[int, dict[int, Raw]] = field(default_factory=dict)


class CellGrid:
    """The cells of a workbook by sheet, row and column, and its defined names; sheets are read when asked for.

    Args:
        book: the vetted workbook.
        damaged: what to raise when a sheet cannot be read.
    """

    def __init__(self, book: Stripped, damaged: InputError) -> None:
        self._book, self._damaged = book, damaged
        self._loaded = _load(book, data_only=True)
        self.titles = list(book.sheets)
        self.names = book.names
        self._sheets: dict[str, _Sheet] = {}
        self._formulas: dict[str, set[tuple[int, int]]] = {}
        self._covered: dict[str, dict[tuple[int, int], Rectangle]] = {}
        self._count = self._characters = self._width = 0

    def cell(self, sheet: str, row: int, column: int) -> SheetCell | None:
        """A cell; None when it is empty or a formula that is not worked out."""
        return self._sheet(sheet).cells.get((row, column))

    def value(self, sheet: str, row: int, column: int) -> Value:
        """A cell's value: a raw value, NOT_CALCULATED, or None when empty."""
        if found := self.cell(sheet, row, column):
            return found.value
        return NOT_CALCULATED if (row, column) in self._uncalculated(sheet) else None

    def column(self, sheet: str, column: int) -> Mapping[int, Value]:
        """The values of one column by row."""
        missing = {row: NOT_CALCULATED for row, number in self._uncalculated(sheet) if number == column}
        return {**self._sheet(sheet).columns.get(column, {}), **missing}

    def covering(self, sheet: str, row: int, column: int) -> Rectangle | None:
        """The merged cells (left, top, right, bottom) a cell is one of; None when it stands alone."""
        if sheet not in self._covered:
            with damage_is(self._damaged):
                self._covered[sheet] = {
                    (covered, across): (left, top, right, bottom)
                    for left, top, right, bottom in self._merged(sheet)
                    for covered in range(top, bottom + 1)
                    for across in range(left, right + 1)
                }
        return self._covered[sheet].get((row, column))

    def cells(self, sheet: str) -> Mapping[tuple[int, int], SheetCell]:
        """Every cell of a sheet that is not empty, by row and column."""
        return self._sheet(sheet).cells

    def runs(self, sheet: str, row: int, column: int) -> tuple[TextRun, ...]:
        """The runs of a text that does not look the same throughout; none of any other cell."""
        found = self.cell(sheet, row, column)
        if found is None or found.kind != "s" or not self._has_runs:
            return ()
        with damage_is(self._damaged):
            text = self._whole[sheet].cell(row, column).value
            return runs_of(text, is_struck=found.is_struck)

    @cached_property
    def _has_runs(self) -> bool:
        return any(_RUNS.search(part) for part in (self._book.texts, *self._book.sheets.values()))

    @cached_property
    def _whole(self) -> Workbook:
        """The whole book: openpyxl gives runs of texts inside of cells in no other way."""
        return _load(self._book, data_only=True, read_only=False, rich_text=True)

    def _sheet(self, title: str) -> _Sheet:
        if title not in self._book.sheets:
            return _Sheet()
        if title not in self._sheets:
            with damage_is(self._damaged):
                self._sheets[title] = self._read(title)
        return self._sheets[title]

    def _read(self, title: str) -> _Sheet:
        made = _Sheet()
        for cell in self._cells_of(self._loaded, title):
            value = value_of(cell)
            if value is not None:
                self._add(title, 1, len(value) if isinstance(value, str) else 0)
                struck = self._book.has_struck_fonts and is_struck(cell)
                made.cells[cell.row, cell.column] = SheetCell(value, cell.data_type, format_of(cell), struck)
                made.columns.setdefault(cell.column, {})[cell.row] = value
        return made

    def _cells_of(self, book: Workbook, title: str) -> Iterator[Any]:
        """The cells that are there, whatever size the sheet says it has."""
        sheet: Any = book[title]
        sheet.reset_dimensions()
        with _no_warnings():
            for number, row in enumerate(sheet.iter_rows()):
                self._width += len(row)
                if number > MAX_ROW or self._width > MAX_WIDTH:
                    raise _too_much(title)
                for cell in row:
                    if cell.value is not None or cell.data_type == "str":
                        if not (1 <= cell.row <= MAX_ROW and cell.column <= MAX_COLUMN):
                            raise ValueError(cell.row, cell.column)
                        yield cell

    def _add(self, title: str, cells: int, characters: int = 0) -> None:
        self._count += cells
        self._characters += characters
        if self._count > MAX_CELLS or self._characters > MAX_CHARACTERS:
            raise _too_much(title)

    def _uncalculated(self, title: str) -> set[tuple[int, int]]:
        """The places of formulas without a value.

        openpyxl gives formulas only when it reads the book a second time. That is done only for a sheet that
        does not name the cells of such formulas in the usual way.
        """
        if title not in self._formulas:
            part = self._book.sheets.get(title, b"")
            count = len(_NOT_CALCULATED.findall(part))
            cells_before = _UNCALCULATED_CELL.findall(part) if count else []
            named = [name for name in map(_CELL_NAME.search, cells_before) if name]
            with damage_is(self._damaged):
                if len(named) == count:
                    places = {position(name[1].decode("ascii")) for name in named}
                else:
                    cells = self._cells_of(self._with_formulas, title)
                    places = {(cell.row, cell.column) for cell in cells if cell.data_type == "f"}
            self._formulas[title] = places - self._sheet(title).cells.keys()
        return self._formulas[title]

    @cached_property
    def _with_formulas(self) -> Workbook:
        return _load(self._book, data_only=False)

    def _merged(self, title: str) -> Iterator[Rectangle]:
        """Merged cells, from the part: openpyxl has them with the whole book only, and makes a cell of every one."""
        for reference in _MERGED.findall(self._book.sheets.get(title, b"")):
            left, top, right, bottom = rectangle(reference.decode())
            self._add(title, (right - left + 1) * (bottom - top + 1))
            yield left, top, right, bottom


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
    must_be(FileKind.WORKBOOK, file, content)
    damaged = InputError(f"{file} 已损坏或不是工作簿，无法读取", RESAVE_WORKBOOK)
    with damage_is(damaged):
        return CellGrid(stripped(normal_parts(file, content), file), damaged)


def _load(book: Stripped, *, data_only: bool, read_only: bool = True, rich_text: bool = False) -> Workbook:
    from openpyxl import load_workbook

    with _no_warnings():
        return load_workbook(
            BytesIO(book.content),
            read_only=read_only,
            data_only=data_only,
            rich_text=rich_text,
            keep_links=False,
        )


@contextmanager
def _no_warnings() -> Iterator[None]:
    """openpyxl warns in English about what it makes do without."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _too_much(title: str) -> InputError:
    return InputError(
        f"工作表“{shown(title)}”的单元格或文字过多，不是正常的填报表",
        "请删除多余的内容、取消多余的合并后重试",
    )
