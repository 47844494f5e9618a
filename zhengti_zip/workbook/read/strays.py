"""Content of a workbook that stands where nothing is read: filled copies of sheets, values beside the inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhengti_zip.base.coordinates import position
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.submission.raw import compact, shown
from zhengti_zip.workbook.areas import FIRST_ROW, HEADER_ROW
from zhengti_zip.workbook.defined_names import GENERAL_NAME
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.read.collecting import is_filled, place_of
from zhengti_zip.workbook.read.grid import CellGrid

NAMED = 3
"""Stray values of a sheet that a message names."""


def strays(grid: CellGrid, plan: WorkbookPlan, places: Mapping[InputPath, Place]) -> Iterator[Problem]:
    """A warning for each copied sheet, and a notice for each sheet with values beside its inputs."""
    planned = _planned_columns(plan, has_read_columns=GENERAL_NAME in grid.names)
    read = {place.sheet for place in places.values() if place.sheet}
    yield from _copies(grid, planned, read)
    yield from _beside(grid, plan, places)


def _planned_columns(plan: WorkbookPlan, *, has_read_columns: bool) -> dict[str, int]:
    """The last column of the template by sheet; templates of version 0.1 have no hidden columns of what is read."""
    last = {plan.titles[group]: plan.last_columns(group) for group in plan.groups}
    return {sheet: max(columns) if has_read_columns else columns[0] for sheet, columns in last.items()}


def _copies(grid: CellGrid, planned: Mapping[str, int], read: set[str]) -> Iterator[Problem]:
    for title in grid.titles:
        original = next((sheet for sheet in planned if sheet in compact(title)), None)
        if title in read or original is None:
            continue
        rows = sorted(
            row for row, column in grid.cells(title) if row >= FIRST_ROW and 1 < column <= planned[original]
        )
        filled = [row for row in rows if is_filled(grid.value(title, row, 2))]
        if filled:
            yield Problem(
                Severity.WARNING,
                "copied_sheet",
                f"工作表“{shown(title)}”像是“{original}”的副本，其中的内容没有读取",
                f"如是正式内容，请填到“{original}”；不用的请删除这张工作表",
                place=place_of(title, filled[0], 2),
            )


def cells_beside(
    grid: CellGrid, plan: WorkbookPlan, places: Mapping[InputPath, Place]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The title of each sheet with content beside its inputs, and row and column of the cells that have it."""
    planned = _planned_columns(plan, has_read_columns=GENERAL_NAME in grid.names)
    for title, moved, sheet in _moved(plan, places):
        limit = planned[sheet] + max(moved, 0)
        found = sorted(
            (row, column)
            for (row, column), cell in grid.cells(title).items()
            if column > limit and row >= HEADER_ROW and is_filled(cell.value)
        )
        if found:
            yield title, found


def _beside(grid: CellGrid, plan: WorkbookPlan, places: Mapping[InputPath, Place]) -> Iterator[Problem]:
    for title, found in cells_beside(grid, plan, places):
        values = "".join(f"“{shown(grid.cells(title)[place].value)}”" for place in found[:NAMED])
        more = f"等 {len(found)} 处" if len(found) > NAMED else ""
        yield Problem(
            Severity.NOTICE,
            "outside_inputs",
            f"填写位置之外有内容，没有读取：{values}{more}",
            "如是填报内容，请移到填写位置；如是备注，可不处理",
            place=place_of(title, *found[0]),
        )


def _moved(plan: WorkbookPlan, places: Mapping[InputPath, Place]) -> Iterator[tuple[str, int, str]]:
    """Each planned sheet: its title now, and how far to the right its last input has moved."""
    where = {cell.path: (cell.sheet, cell.column) for cell in plan.cells}
    for area in plan.tables:
        where |= {InputPath.cell(area.table, 0, c.part.id): (area.sheet, c.column) for c in area.columns}
    moved: dict[str, tuple[str, int]] = {}
    for path, (sheet, column) in where.items():
        place = places.get(path)
        if place and place.sheet:
            now = position(place.cell)[1] - column
            title, before = moved.get(sheet, (place.sheet, now))
            moved[sheet] = (title, max(before, now))
    for sheet, (title, by) in moved.items():
        yield title, by, sheet
