"""Reading a file of any kind for the page, which always offers a workbook to fill in: the file itself, or one made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from zhengti_zip.base.excerpts import MAX_SHOWN
from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.originals import Original
from zhengti_zip.base.safenames import shown_name
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.review.anyfile import read_any_content
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem, locate
from zhengti_zip.submission.raw import shown
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.input_cells import AskedCell, InputCells, written_places
from zhengti_zip.workbook.read.grid import open_grid
from zhengti_zip.workbook.read.reader import read_cells
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.writer import written


@dataclass(frozen=True)
class ReadFile:
    """A file that was read and examined.

    Attributes:
        examined: what is known of it; places of problems are in ``workbook``.
        workbook: the workbook that the page offers to fill in.
        cells: the cells of it that can be filled in.
        typed: what stands in those that could not be understood.
        is_workbook: whether ``workbook`` is the file itself.
    """

    examined: Examination
    workbook: bytes
    cells: tuple[AskedCell, ...]
    typed: Mapping[InputPath, str]
    is_workbook: bool


@lru_cache(maxsize=1)
def read_file(name: str, content: bytes, form_id: str | None) -> ReadFile:
    """Read and examine a file. The last one is remembered: it is printed next, mostly by the same process.

    Args:
        name: its file name, as its owner knows it.
        content: its bytes.
        form_id: the form it must be of; None takes the one it names.

    Raises:
        InputError: it cannot be taken.
        UsageProblem: there is no such form.
    """
    file = Path(name)
    form = load_form(form_id) if form_id else None
    kind = kind_of(file, content)
    if kind is FileKind.WORKBOOK:
        return _workbook(file, content, form)
    return _other(file, content, form, is_json=kind is FileKind.JSON)


def _workbook(file: Path, content: bytes, form: FormDefinition | None) -> ReadFile:
    source, raw = read_cells(file, content, form)
    source = replace(source, original=Original(shown_name(file.name), content))
    typed: dict[InputPath, str] = {}
    for problem in source.reading_problems:
        value = raw.value(problem.path) if problem.is_error and _is_input(problem.path, source) else None
        if value is not None:
            typed[problem.path] = value if isinstance(value, str) else shown(value)
    cells = InputCells(open_grid(file, content), source.form, source.places)
    return ReadFile(examine(source), content, tuple(cells.listed()), typed, is_workbook=True)


def _other(file: Path, content: bytes, form: FormDefinition | None, *, is_json: bool) -> ReadFile:
    source = read_any_content(file, content, form)
    if not is_json:  # a form is not printed with another printed form inside; the data are inside anyway
        source = replace(source, original=None)
    typed = {
        problem.path: problem.value
        for problem in source.reading_problems
        # A value that a message quotes shortened is not written: half a text would pass for the whole.
        if problem.is_error and _is_input(problem.path, source) and 0 < len(problem.value) < MAX_SHOWN
    }
    book = written(Filling(source.form, source.submission, typed))
    grid = open_grid(file.with_suffix(".xlsx"), book)
    places = written_places(grid, source.form, source.submission)
    examined = examine(source)
    problems = [_moved(problem, places) for problem in examined.problems]
    cells = InputCells(grid, source.form, places)
    return ReadFile(
        replace(examined, problems=problems), book, tuple(cells.listed()), typed, is_workbook=False
    )


def _is_input(path: InputPath, source: Source) -> bool:
    return path in source.places and (path.number is None or bool(path.part))


def _moved(problem: Problem, places: Mapping[InputPath, Place]) -> Problem:
    """The problem with its cell in the workbook that was made; with its place in the file where there is none."""
    moved = next(iter(locate([replace(problem, place=None)], places)))
    return moved if moved.place else problem
