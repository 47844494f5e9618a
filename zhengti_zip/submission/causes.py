"""One problem for many cells of a sheet that share its cause, such as a number format over a whole column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from zhengti_zip.base.coordinates import Rectangle, cell_name, position
from zhengti_zip.submission.problems import Problem

SHARED_CAUSES = frozenset(("shown_otherwise", "other_unit"))
"""Codes that come from the format of cells, and cells are formatted many at a time."""

MOST_RANGES = 4
"""So many ranges of cells are named; the others are counted only."""


def one_per_cause(problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, those of one sheet, code and remedy as one problem at the first of their cells."""
    groups: dict[object, list[Problem]] = {}
    for number, problem in enumerate(problems):
        sheet = problem.place.sheet if problem.place else None
        is_shared = sheet is not None and problem.code in SHARED_CAUSES
        groups.setdefault((sheet, problem.code, problem.remedy) if is_shared else number, []).append(problem)
    return [group[0] if len(group) == 1 else _together(group) for group in groups.values()]


def _together(group: Sequence[Problem]) -> Problem:
    first = group[0]
    cells = [problem.place.cell for problem in group if problem.place]
    sheet = first.place.sheet if first.place else None
    message = f"{first.message}；{ranges(cells)} 共 {len(cells)} 个单元格都是这样"
    return replace(first, message=message, field=sheet or first.field)


def ranges(cells: Iterable[str]) -> str:
    """Cells as the rectangles they fill: ``B5:B11、D5``; with 等 behind when not all of them are named."""
    found = [_name(rectangle) for rectangle in _rectangles(sorted(position(cell)[::-1] for cell in cells))]
    return "、".join(found[:MOST_RANGES]) + ("等" if len(found) > MOST_RANGES else "")


def _rectangles(cells: Sequence[tuple[int, int]]) -> list[Rectangle]:
    """The rectangles of cells given as column and row in order: runs down a column, equal ones side by side joined."""
    runs: list[Rectangle] = []
    for column, row in cells:
        if runs and (runs[-1][0], runs[-1][3]) == (column, row - 1):
            left, top, right, _ = runs[-1]
            runs[-1] = (left, top, right, row)
        else:
            runs.append((column, row, column, row))
    joined: list[Rectangle] = []
    for left, top, right, bottom in runs:
        beside = next((r for r in joined if (r[2], r[1], r[3]) == (left - 1, top, bottom)), None)
        if beside:
            joined[joined.index(beside)] = (beside[0], top, right, bottom)
        else:
            joined.append((left, top, right, bottom))
    return joined


def _name(rectangle: Rectangle) -> str:
    left, top, right, bottom = rectangle
    first, last = cell_name(top, left), cell_name(bottom, right)
    return first if first == last else f"{first}:{last}"
