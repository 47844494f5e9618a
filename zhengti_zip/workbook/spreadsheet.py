"""The parts of an .xlsx file that hold values, read one sheet at a time and only when asked for.

openpyxl builds an object for every style, rule and validation before it gives the first value; here
nothing is looked at but names, texts and cells. It takes a fifth of the time, and the strict variant of
the format, which openpyxl does not know, is read as well.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from zhengti_zip.errors import InputError
from zhengti_zip.limits import PackedParts
from zhengti_zip.workbook.cellvalues import CellValues, Element, epoch_of, kinds_of_styles, text_of
from zhengti_zip.workbook.coordinates import MAX_COLUMN, MAX_ROW, Rectangle, position, rectangle
from zhengti_zip.xmlsafe import SafeXml

WORKBOOK = "xl/workbook.xml"
MAX_CELLS = 500_000
MAX_CHARACTERS = 5_000_000
"""Of all texts; one shared text counts in every cell that shows it."""

KNOWN_AREAS = 4096
"""What defined names stand for, remembered: the workbooks of a form have the same."""

CHARACTER_DATA = b"<![CDATA["
"""What may hold tags that are none."""

_FORMULA = re.compile(rb"<f>[^<]*</f>")
_REFERENCE = re.compile(r"(?:'((?:[^']|'')*)'|([^'!,(]+))!([A-Za-z0-9$:]+)")


@dataclass(frozen=True, slots=True)
class Area:
    """Where a defined name points: a sheet and the rows and columns of its rectangle, from 1."""

    sheet: str
    top: int
    left: int
    bottom: int


@dataclass(slots=True)
class SheetCells:
    """What a sheet holds: values of non-empty cells by row and column, and merged ranges."""

    values: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[Rectangle] = field(default_factory=list)


class Spreadsheet:
    """A workbook opened for reading values.

    Args:
        file: its name, for messages.
        content: its bytes.

    Raises:
        Exception: a damaged file fails in many ways, here and in every method; whoever opens it
            turns them into one message.
    """

    def __init__(self, file: Path, content: bytes) -> None:
        self._parts = PackedParts(file, content)
        self._xml = SafeXml(file)
        self._workbook = self._tree(WORKBOOK)
        self._sheets = dict(self._sheet_parts())
        self._cells = self._characters = 0

    @property
    def titles(self) -> list[str]:
        """Names of the sheets in order."""
        return list(self._sheets)

    def names(self) -> Iterator[tuple[str, Area | None]]:
        """Defined names, those of the whole workbook last; None for one whose cells were deleted."""
        found = list(self._workbook.iterfind("{*}definedNames/{*}definedName"))
        for is_global in (False, True):
            for item in found:
                if (item.get("localSheetId") is None) == is_global:
                    yield item.get("name", ""), _area(item.text or "")

    def sheet(self, title: str) -> SheetCells:
        """Every non-empty cell of a sheet."""
        made = SheetCells()
        row = 0
        content = _with_empty_formulas(self._parts.read(self._sheets[title]))
        for element in self._xml.elements(content, "{*}row", "{*}mergeCell"):
            if element.tag.endswith("}row"):
                row = self._row(element, row, made.values)
            else:
                made.merged.append(rectangle(element.get("ref", "A1")))
                left, top, right, bottom = made.merged[-1]
                self._count((right - left + 1) * (bottom - top + 1))
            element.clear()
        return made

    def _row(self, element: Element, before: int, values: dict[tuple[int, int], Any]) -> int:
        """Take the cells of one row; cells and rows without a place stand next to the one before."""
        row = int(element.get("r") or before + 1)
        column = 0
        for cell in element:
            name = cell.get("r")
            row, column = position(name) if name else (row, column + 1)
            if not (1 <= row <= MAX_ROW and column <= MAX_COLUMN):
                raise ValueError(name)
            if len(cell) and (value := self._values.value(cell)) is not None:
                self._count(1, len(value) if isinstance(value, str) else 0)
                values[row, column] = value
        return row

    def _count(self, cells: int, characters: int = 0) -> None:
        self._cells += cells
        self._characters += characters
        if self._cells > MAX_CELLS or self._characters > MAX_CHARACTERS:
            raise InputError(
                "工作簿的单元格或文字过多，不是正常的填报表", "请删除多余的内容、取消多余的合并后重试"
            )

    @cached_property
    def _values(self) -> CellValues:
        styles = self._related("styles")
        kinds = kinds_of_styles(self._tree(styles)) if styles else []
        shared: list[str] = []
        if part := self._related("sharedStrings"):
            for item in self._elements(part, "{*}si"):
                shared.append(text_of(item))
                item.clear()
        return CellValues(shared, kinds, epoch_of(self._workbook))

    def _tree(self, part: str) -> Element:
        return self._xml.parse(self._parts.read(part))

    def _elements(self, part: str, *tags: str) -> Iterator[Element]:
        return self._xml.elements(self._parts.read(part), *tags)

    @cached_property
    def _relations(self) -> dict[str, tuple[str, str]]:
        """Kind and part by the identifier of a relation of the workbook."""
        folder, _, name = WORKBOOK.rpartition("/")
        part = f"{folder}/_rels/{name}.rels"
        found = {}
        for item in self._tree(part) if part in self._parts.names else ():
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
            found[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], target)
        return found

    def _related(self, kind: str) -> str | None:
        parts = [
            part for found, part in self._relations.values() if found == kind and part in self._parts.names
        ]
        return parts[0] if parts else None

    def _sheet_parts(self) -> Iterator[tuple[str, str]]:
        for item in self._workbook.iterfind("{*}sheets/{*}sheet"):
            key = next((str(value) for name, value in item.items() if str(name).endswith("}id")), "")
            kind, part = self._relations.get(key, ("", ""))
            if kind == "worksheet" and part in self._parts.names:
                yield item.get("name", ""), part


def _with_empty_formulas(content: bytes) -> bytes:
    """A sheet whose formulas are still there, without their words: nobody asks for them, and they are most of it."""
    return content if CHARACTER_DATA in content else _FORMULA.sub(b"<f/>", content)


@lru_cache(KNOWN_AREAS)
def _area(text: str) -> Area | None:
    """The cells a name stands for; of several areas the last. Whole rows and columns have no corner."""
    area = None
    for quoted, plain, reference in _REFERENCE.findall(text):
        try:
            left, top, _, bottom = rectangle(reference)
        except ValueError:
            continue
        area = Area(quoted.replace("''", "'") if quoted else plain, top, left, bottom)
    return area
