"""The workbook a review is applied to: what is in it, and where every input of the Word file stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

from zhengti_zip.base.filekinds import Kind, kind_of
from zhengti_zip.base.limits import read_limited
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.review.row_matching import COMPARED, best_matches
from zhengti_zip.review.submission_values import value_at
from zhengti_zip.submission.model import Goal, Submission
from zhengti_zip.submission.paths import GOALS, InputPath
from zhengti_zip.submission.problems import InputRefused, Place
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import Value
from zhengti_zip.workbook.coordinates import cell_name, position
from zhengti_zip.workbook.plan import name_of
from zhengti_zip.workbook.read.anyinput import read_content
from zhengti_zip.workbook.read.grid import CellGrid, open_grid
from zhengti_zip.workbook.write.writer import filled_workbook


@dataclass(frozen=True)
class TargetWorkbook:
    """A workbook to be changed.

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
        """The form it is of."""
        return self.source.form

    def value(self, path: InputPath) -> Value | None:
        """The entered value; None when there is none or it could not be understood."""
        return value_at(self.form, self.source.submission, path)

    def is_unread(self, path: InputPath) -> bool:
        """Whether something stands there that could not be understood."""
        return any(problem.is_error and problem.path == path for problem in self.source.reading_problems)

    def place(self, path: InputPath) -> Place | None:
        """Where an input is, or where the row would be that it opens; None when there is no such cell."""
        known = self.source.places.get(path)
        if known or path.number is None:
            return known
        area = self._grid.names.get(name_of(path.of_every_row))
        if area is None:
            return None
        rows = [position(place.cell)[0] for _, place in self._filled(path.group)]
        row = max(rows) + 1 + path.number - self.count(path.group) if rows else area.top + path.number
        return Place(area.sheet, cell_name(row, area.left))

    def count(self, table: str) -> int:
        """How many rows of a growing table are filled in."""
        return len({number for number, _ in self._filled(table)})

    def _filled(self, table: str) -> Iterator[tuple[int, Place]]:
        """The cells of a growing table that were read: the number of the row and the place of each."""
        for path, place in self.source.places.items():
            if path.group == table and path.number is not None:
                yield path.number, place

    @cached_property
    def _grid(self) -> CellGrid:
        return open_grid(self.file, self.content)


def open_target(file: Path, form: FormDefinition | None = None) -> TargetWorkbook:
    """Open a workbook, or make one from a JSON submission.

    Raises:
        InputError: the file cannot be read.
        InputRefused: JSON with values that could not be understood and so would be lost.
    """
    content = read_limited(file)
    source = read_content(file, content, form)
    if kind_of(file, content) is Kind.WORKBOOK:
        return TargetWorkbook(file, content, source)
    unread = [problem for problem in source.reading_problems if problem.is_error]
    if unread:
        raise InputRefused(f"有 {len(unread)} 处内容无法识别，未写入工作簿", unread, "请改正后重试")
    made = filled_workbook(source.form, source.submission)
    return TargetWorkbook(file, made, read_content(file.with_suffix(".xlsx"), made, source.form))


def match_goals(before: Submission, now: Submission) -> list[int | None]:
    """For each goal the Word file was built with, its number in the workbook; None where it was deleted.

    A goal is known by its words; those left over on both sides are taken in order when as many are left.
    """
    if before.goals == now.goals:
        return list(range(len(now.goals)))
    return best_matches(before.goals, now.goals, _likeness)


def current_path(path: InputPath, goals: list[int | None], count: int) -> InputPath | None:
    """An input path of the Word file as the workbook has it; None when its row was deleted.

    Args:
        goals: what :func:`match_goals` found.
        count: how many goals the workbook has; a new one comes after them.
    """
    if path.group != GOALS or path.number is None:
        return path
    if path.number >= len(goals):
        return path.at(count + path.number - len(goals))
    found = goals[path.number]
    return None if found is None else path.at(found)


def _likeness(one: Goal, other: Goal) -> float:
    if one == other:
        return 2.0
    before, now = (f"{goal.goal}\n{goal.completion}"[:COMPARED] for goal in (one, other))
    ratio = SequenceMatcher(None, before, now, autojunk=False).ratio()
    return ratio if ratio > 0.4 else 0.0
