"""Filled workbooks with some cells changed as a clerk or an office program would leave them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.workbook.tools import DEMO
from zhengti_zip import read
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem
from zhengti_zip.submission.source import Source

GOAL_TEXT = ("年度目标", "C5")
REASON_TEXT = ("年度目标", "D6")
EVIDENCE_TEXT = ("指标自评", "I7")
TARGET_TEXT = ("绩效指标", "F13")
BUDGET_TOTAL = ("部门预算", "B5")
"""18652.37, the sum of the amounts under it."""

ACTUAL = ("绩效指标", "H5")
"""326.5, of the unit 万平方米."""

COUNT = ("评分数据", "E7")
"""7, a count of projects."""


def changed(folder: Path, *changes: tuple[tuple[str, str], Any, str]) -> Source:
    """The demonstration workbook, read after cells were given a value and a number format."""

    def work(book: Workbook) -> None:
        for (sheet, cell), value, code in changes:
            book[sheet][cell].value = value
            book[sheet][cell].number_format = code

    return worked(folder, work)


def worked(folder: Path, work: Callable[[Workbook], None]) -> Source:
    """The demonstration workbook, read after something was done to it as a whole."""
    book = load_workbook(DEMO)
    work(book)
    target = folder / "改动.xlsx"
    book.save(target)
    return read(target)


def value(source: Source, where: tuple[str, str]) -> Any:
    """What was read from a cell."""
    path = path_at(source, where)
    submission = source.submission
    if path.number is not None:
        row = getattr(submission, path.group)[path.number]
        return (
            row.amounts[path.part]
            if path.group == "units" and path.part != "name"
            else getattr(row, path.part)
        )
    if path.group == "scores":
        return getattr(submission.score_entry(path.item), path.part)
    return getattr(submission, path.group).get(path.item)


def path_at(source: Source, where: tuple[str, str]) -> InputPath:
    """The input that stands at a cell."""
    found = (path for path, place in source.places.items() if (place.sheet, place.cell) == where)
    return next(path for path in found if path.item or path.part)


def told(source: Source) -> list[tuple[str, str, str]]:
    """Severity, code and place of everything that is wrong."""
    return [(p.severity.value, p.code, str(p.place)) for p in examine(source).problems]


def problem_at(source: Source, where: tuple[str, str]) -> Problem:
    """The one problem at a cell."""
    [found] = [p for p in examine(source).problems if str(p.place) == "!".join(where)]
    return found


def rich(*runs: str | tuple[str, str]) -> CellRichText:
    """A text of plain runs and of pairs of a text and superscript, subscript or strike."""
    looks: Mapping[str, InlineFont] = {
        "superscript": InlineFont(vertAlign="superscript"),
        "subscript": InlineFont(vertAlign="subscript"),
        "strike": InlineFont(strike=True),
    }
    return CellRichText(*(run if isinstance(run, str) else TextBlock(looks[run[1]], run[0]) for run in runs))
