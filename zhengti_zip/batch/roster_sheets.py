"""The sheets of a roster file, .xlsx or .csv, as shown texts by cell; files come from outside and are vetted."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhengti_zip.base.coordinates import MAX_COLUMN
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import FileKind, kind_of, refusal
from zhengti_zip.base.limits import MAX_CELLS, MAX_FILE_BYTES
from zhengti_zip.submission.raw import clean_text
from zhengti_zip.workbook.plan import META_SHEET
from zhengti_zip.workbook.read.cell import NOT_CALCULATED, FormulaWithoutValue
from zhengti_zip.workbook.read.display import display
from zhengti_zip.workbook.read.grid import CellGrid, open_grid

_QUOTED = re.compile(r'="([^"]*)"')
"""How people keep the zeros of a code in a CSV file: ``="001"``."""

FORMULA_COLUMNS = 100
"""Columns from the left in which formulas without a result are looked for; in others their cells count as empty."""

_DELIMITERS = ",;\t，；"


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """One sheet.

    Attributes:
        title: of the sheet; "" for a CSV file.
        texts: what each cell shows, by row and column; empty cells are left out.
        unread: why a cell gives no text, in Chinese, by row and column.
        struck: cells whose text is struck out.
    """

    title: str
    texts: Mapping[tuple[int, int], str]
    unread: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()


def roster_sheets(content: bytes, name: str) -> list[RosterSheet]:
    """The sheets of a roster file in order.

    Args:
        name: its file name, for messages; the content decides what it is.

    Raises:
        InputError: it is neither a workbook nor a CSV file, damaged, encrypted or too large.
    """
    file = Path(name)
    if len(content) > MAX_FILE_BYTES:
        raise InputError(
            f"{name} 超过 {MAX_FILE_BYTES // 1024**2} MB，不是名单", "请只保留名单所在的工作表，保存后重试"
        )
    kind = kind_of(file, content)
    if kind is FileKind.WORKBOOK:
        grid = open_grid(file, content)
        if META_SHEET in grid.titles:
            raise InputError(f"{name} 是填报用的工作簿，不是应报名单", "请选择名单文件")
        return [_sheet(grid, title) for title in grid.titles]
    if kind in (FileKind.CSV, FileKind.TEXT) or (kind is FileKind.UNKNOWN and _is_utf16(content)):
        return [_csv_sheet(content, name)]
    raise refusal(kind, FileKind.WORKBOOK, file)


def one_line(text: str) -> str:
    """A text without invisible characters, line breaks and blanks at its ends; inner blanks become one."""
    return " ".join(clean_text(text).split())


def _sheet(grid: CellGrid, title: str) -> RosterSheet:
    texts: dict[tuple[int, int], str] = {}
    unread: dict[tuple[int, int], str] = {}
    struck = set()
    cells = grid.cells(title)
    for place, cell in cells.items():
        if cell.kind == "e":
            unread[place] = f"单元格是错误值 {cell.value}"
            continue
        shown = "" if cell.value is None else display(cell.value, cell.number_format).text
        if text := one_line(shown):
            texts[place] = text
            if cell.is_struck:
                struck.add(place)
    last = max((column for _, column in cells), default=0)
    for column in range(1, min(last, FORMULA_COLUMNS) + 1):
        for row, value in grid.column(title, column).items():
            if isinstance(value, FormulaWithoutValue):
                assert value is NOT_CALCULATED
                unread[row, column] = "单元格是没有计算结果的公式"
    return RosterSheet(title, texts, unread, frozenset(struck))


def _csv_sheet(content: bytes, name: str) -> RosterSheet:
    text = _decoded(content, name)
    counts = {delimiter: text.count(delimiter) for delimiter in _DELIMITERS}
    delimiter = max(counts, key=lambda found: counts[found])
    texts: dict[tuple[int, int], str] = {}
    try:
        for row, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if len(texts) > MAX_CELLS or len(record) > MAX_COLUMN:
                raise InputError(f"{name} 的内容过多，不是名单", "请只保留名单，保存后重试")
            for column, cell in enumerate(record, start=1):
                whole = _QUOTED.fullmatch(cell.strip())
                if shown := one_line(whole[1] if whole else cell):
                    texts[row, column] = shown
    except csv.Error as error:
        raise InputError(
            f"{name} 不是完整的 CSV 表格，读不出来", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后重试"
        ) from error
    return RosterSheet("", texts)


def _decoded(content: bytes, name: str) -> str:
    encodings = ("utf-16",) if _is_utf16(content) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{name} 的文字编码不能识别", "请用 Excel 或 WPS 打开它，另存为 .xlsx 后重试")


def _is_utf16(content: bytes) -> bool:
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
