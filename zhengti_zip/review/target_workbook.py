"""The workbook that the edits of a review go into, and where each input is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zhengti_zip.base.coordinates import cell_name, position
from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.matching import Matcher, likeness
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.review.row_matching import match_in_order
from zhengti_zip.submission.model import Goal, Submission, UnitDetail
from zhengti_zip.submission.paths import TABLES, InputPath
from zhengti_zip.submission.problems import InputRefused, Place
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import Value
from zhengti_zip.workbook.defined_names import name_of
from zhengti_zip.workbook.edit.comments import Comments
from zhengti_zip.workbook.edit.ooxml import Package
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.read.anyinput import read_content
from zhengti_zip.workbook.read.grid import CellGrid, open_grid
from zhengti_zip.workbook.read.strays import cells_beside
from zhengti_zip.workbook.write.writer import filled_workbook

ALIKE = 0.4
"""Two rows more alike than this are one row that was reworded."""

MAX_COMPARED = 4_000
"""Bound of work: pairs of rows compared by their words."""


@dataclass(frozen=True)
class TargetWorkbook:
    """A workbook that edits go into.

    Attributes:
        file: its name, for messages.
        content: its bytes.
        source: what was read from it.
    """

    file: Path
    content: bytes
    source: Source

    @property
    def form(self) -> FormDefinition:
        """The form the workbook is of."""
        return self.source.form

    def value(self, path: InputPath) -> Value | None:
        """The entered value; None when the input is empty or its content could not be understood."""
        return self.source.submission.value(path)

    def is_unread(self, path: InputPath) -> bool:
        """Whether the input has content that could not be understood."""
        return any(problem.is_error and problem.path == path for problem in self.source.reading_problems)

    def place(self, path: InputPath) -> Place | None:
        """The cell of an input, also in a row of a table still to be added; None when there is no such cell."""
        known = self.source.places.get(path)
        if known or path.number is None:
            return known
        area = self._grid.names.get(name_of(path.of_every_row))
        if area is None:
            return None
        rows = self._sheet_rows[path.group]
        row = max(rows.values()) + 1 + path.number - len(rows) if rows else area.top + path.number
        return Place(area.sheet, cell_name(row, area.left))

    def notes(self) -> dict[str, set[str]]:
        """By sheet the cells with a comment, or with content beside the inputs."""
        plan, grid = WorkbookPlan(self.form), self._grid
        found = {
            sheet: {cell_name(row, column) for row, column in cells}
            for sheet, cells in cells_beside(grid, plan, self.source.places)
        }
        package = Package(self.content, self.file)
        for sheet, part in package.sheets().items():
            found.setdefault(sheet, set()).update(Comments(package, part).cells())
        return found

    def count(self, table: str) -> int:
        """How many rows of a table are filled in."""
        return len(self._sheet_rows[table])

    @cached_property
    def _sheet_rows(self) -> Mapping[str, Mapping[int, int]]:
        """By table, the row on the sheet of every row that was read."""
        rows: dict[str, dict[int, int]] = {table: {} for table in TABLES}
        for path, place in self.source.places.items():
            if path.number is not None:
                rows[path.group][path.number] = position(place.cell)[0]
        return rows

    @cached_property
    def _grid(self) -> CellGrid:
        return open_grid(self.file, self.content)


def open_target(file: Path, content: bytes, form: FormDefinition | None = None) -> TargetWorkbook:
    """Open a workbook, or make one from JSON data.

    Args:
        file: its name, for messages.
        content: its bytes.
        form: the form it must be of; None takes the one it names.

    Raises:
        InputError: the file cannot be read.
        InputRefused: JSON data with values that could not be understood and would be lost.
    """
    source = read_content(file, content, form)
    if kind_of(file, content) is FileKind.WORKBOOK:
        return TargetWorkbook(file, content, source)
    unread = [problem for problem in source.reading_problems if problem.is_error]
    if unread:
        raise InputRefused(f"有 {len(unread)} 处内容无法识别，未写入工作簿", unread, "请改正后重试")
    made = filled_workbook(source.form, source.submission)
    return TargetWorkbook(file, made, read_content(file.with_suffix(".xlsx"), made, source.form))


def match_entered(table: str, before: Submission, now: Submission) -> list[int | None]:
    """For each row of a table the Word file was built with, its number in the workbook; None where it was deleted.

    Rows are matched by their words. Beyond ``MAX_COMPARED`` pairs of changed rows only equal rows match.
    """
    old, new = ([tuple(_words(row)) for row in getattr(entered, table)] for entered in (before, now))
    found: list[int | None] = [None] * len(old)
    for is_same, i1, i2, j1, j2 in Matcher().blocks(old, new):
        if is_same:
            found[i1:i2] = range(j1, j2)
        elif (i2 - i1) * (j2 - j1) <= MAX_COMPARED:
            places = match_in_order(old[i1:i2], new[j1:j2], _likeness)
            found[i1:i2] = [None if place is None else j1 + place for place in places]
    return found


def _words(row: Goal | PerformanceIndicator | UnitDetail) -> list[str]:
    """What was entered in a row, in the order of its parts."""
    return [str(value) for value in row.model_dump().values() if value not in (None, "", {})]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    share = likeness("\n".join(one), "\n".join(other))
    return share if share > ALIKE else 0.0
