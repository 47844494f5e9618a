"""The hidden sheet of a working paper: whose form it is about and what stood in it when it was made."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.cell.cell import WriteOnlyCell

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.numbers import MAX_WHOLE_DIGITS, bounded_decimal, plain, whole_number
from zhengti_zip.batch.recheck.model import Paper, PaperRow, PaperSubject
from zhengti_zip.batch.summary.texts import legal
from zhengti_zip.workbook.cells import put

if TYPE_CHECKING:
    from openpyxl import Workbook

    from zhengti_zip.workbook.read.grid import CellGrid

SEAL_SHEET = "_zhengti_recheck"
LAYOUT = "1"
"""Of the hidden sheet. A later program that writes another one counts on."""

MAX_ROWS = 2000
"""Most rows a paper is read with; no form has as many."""

_FACTS = ("layout", "form", "department", "scope", "year", "total", "grade", "file", "begun", "prefilled")
_FIRST_ROW = len(_FACTS) + 1


def write_seal(book: Workbook, paper: Paper) -> None:
    """Add the hidden sheet: facts in its first two columns, then a line for every row of the paper."""
    sheet = book.create_sheet(SEAL_SHEET)
    sheet.sheet_state = "veryHidden"
    subject = paper.subject
    facts = (
        LAYOUT,
        subject.form,
        subject.department,
        subject.scope,
        str(subject.year),
        _text(subject.total),
        subject.grade,
        subject.file,
        "1" if paper.is_begun else "",
        "1" if paper.prefilled else "",
    )
    lines: list[tuple[str, ...]] = list(zip(_FACTS, facts, strict=True))
    lines += [
        (
            row.key,
            row.name,
            plain(row.weight),
            row.attained,
            _text(row.score),
            _text(row.computed),
            _text(row.given),
            row.remark,
        )
        for row in paper.rows
    ]
    for line in lines:
        cells = [WriteOnlyCell(sheet) for _ in line]
        for cell, text in zip(cells, line, strict=True):
            put(cell, legal(text))
        sheet.append(cells)


def read_seal(grid: CellGrid, name: str) -> Paper:
    """What stood in a paper when it was made; ``hint`` and ``results`` are left out.

    Args:
        name: of the file, for messages.

    Raises:
        InputError: the workbook is no working paper, or its hidden sheet was changed.
    """
    if SEAL_SHEET not in grid.titles:
        raise InputError(
            f"{name} 不是本程序生成的复核底稿",
            "请用 zhengti-zip recheck paper 生成底稿，把复核得分和备注填进去；不要另建工作簿，也不要只复制其中一张表",
        )
    try:
        return _read(grid)
    except (ValueError, ArithmeticError) as error:
        raise InputError(
            f"{name} 中程序用的隐藏工作表被改动，无法核对",
            "请用 zhengti-zip recheck paper 重新生成底稿，把复核得分和备注抄过去",
        ) from error


def _read(grid: CellGrid) -> Paper:
    facts = {_cell(grid, row, 1): _cell(grid, row, 2) for row in range(1, _FIRST_ROW)}
    if facts.get("layout") != LAYOUT or tuple(facts) != _FACTS:
        raise ValueError("another layout")
    year = whole_number(facts["year"])
    if year is None:
        raise ValueError(facts["year"])
    subject = PaperSubject(
        facts["form"],
        facts["department"],
        facts["scope"],
        year,
        _number(facts["total"]),
        facts["grade"],
        facts["file"],
    )
    rows = tuple(_rows(grid))
    if len({row.key for row in rows}) < len(rows) or not rows:
        raise ValueError("rows")
    return Paper(subject, "", "", rows, is_begun=facts["begun"] == "1", prefilled=facts["prefilled"] == "1")


def _rows(grid: CellGrid) -> Iterator[PaperRow]:
    number = _FIRST_ROW
    while key := _cell(grid, number, 1):
        if number - _FIRST_ROW >= MAX_ROWS:
            raise ValueError("too many rows")
        weight = _number(_cell(grid, number, 3))
        if weight is None:
            raise ValueError(key)
        score, computed, given = (_number(_cell(grid, number, column)) for column in (5, 6, 7))
        yield PaperRow(
            key,
            _cell(grid, number, 2),
            weight,
            _cell(grid, number, 4),
            score,
            computed,
            given,
            remark=_cell(grid, number, 8),
        )
        number += 1


def _cell(grid: CellGrid, row: int, column: int) -> str:
    value = grid.value(SEAL_SHEET, row, column)
    if value is None or isinstance(value, str):
        return value or ""
    raise ValueError(value)


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    found = bounded_decimal(text)
    if not found.is_finite() or abs(found.adjusted()) > MAX_WHOLE_DIGITS:
        raise ValueError(text)
    return found
