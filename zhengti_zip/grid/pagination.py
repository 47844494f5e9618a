"""Pages: which rows go on which page, with labels repeated where a merged cell is cut.

Heights are known from :mod:`zhengti_zip.grid.measure`, so no engine lays the form out first. No
mainstream engine repeats a merged label after a page break; here each page gets a cell of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhengti_zip.base.errors import RenderError
from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.measure import Line, Measured, line_height, signature_height, title_height
from zhengti_zip.grid.table import Break, Cell, FormTable

MIN_FILL = 0.55
"""A page ends early, at a second-level group, only when it is at least this full."""

KEPT_LINES = 2
"""Lines of a cut text that go over to the page of what must stand with its end."""

MIN_CUT_LINES = 4
"""A run taller than a page starts at the foot of a page only if so many lines fit there."""


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell, or the part of it, that stands on one page; rows count within the page.

    Attributes:
        source: the cell of the FormTable.
        row, row_span: rows of the page it covers.
        lines: what is printed here.
        is_cut: whether its text comes from or goes on to another page.
    """

    source: Cell
    row: int
    row_span: int
    lines: tuple[Line, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row on a page: its height in pt and whether it is a row of column heads."""

    height: float
    is_head: bool


@dataclass(frozen=True, slots=True)
class PagePart:
    """What stands on one page; cells in reading order."""

    rows: tuple[PageRow, ...]
    cells: tuple[PageCell, ...]
    has_title: bool
    is_last: bool = False

    @property
    def height(self) -> float:
        """Height of the table part in pt."""
        return sum(row.height for row in self.rows) + BORDER_PT


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a page starts: a row, and how many lines of each cell are already printed."""

    row: int
    done: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a page will hold: rows from its start with their heights, and whether the last is cut."""

    heights: list[float]
    last_is_cut: bool = False


def paginate(table: FormTable) -> tuple[PagePart, ...]:
    """Divide the table into pages.

    Column heads are repeated; labels that a break cuts are printed again; rows of one indicator and
    rows marked NEVER stay together; a break falls between second-level groups where that leaves the
    page reasonably full. Only a run of rows taller than a page is cut, between lines.

    Raises:
        RenderError: not even one line fits on a page.
    """
    measured = Measured(table)
    pages: list[PagePart] = []
    start = _Start(0, {})
    while start.row < len(table.rows):
        plan = _plan_page(measured, start, first=not pages)
        page, following = _make_page(measured, start, plan, first=not pages)
        if following == start:
            raise RenderError("页面放不下一行文字，无法分页", "请在表定义中减小字号或页边距")
        pages.append(page)
        start = following
    return tuple(pages)


def _heads_repeat(measured: Measured, start: _Start) -> bool:
    return measured.head is not None and start.row > measured.head


def _room(measured: Measured, start: _Start, first: bool) -> float:
    """Height for table rows on a page, in pt."""
    room = measured.table.geometry.content_height - BORDER_PT
    if first:
        room -= title_height(measured.table)
    return room - (measured.head_height if _heads_repeat(measured, start) else 0)


def _runs(measured: Measured, row: int) -> Iterator[range]:
    """Runs of rows that stay together, from ``row`` on."""
    rows = measured.table.rows
    while row < len(rows):
        end = row + 1
        while end < len(rows) and rows[end].break_before is Break.NEVER:
            end += 1
        yield range(row, end)
        row = end


def _plan_page(measured: Measured, start: _Start, first: bool) -> _Plan:
    room = _room(measured, start, first)
    placed: list[float] = []
    for run in _runs(measured, start.row):
        heights = measured.row_heights(run.start, run.stop - 1, start.done)
        foot = signature_height(measured.table) if run.stop == len(measured.table.rows) else 0.0
        if sum(placed) + sum(heights) + foot <= room + 1e-6:
            placed += heights
            continue
        fresh = _room(measured, _Start(run.start, {}), first=False)
        left = room - sum(placed) - foot
        # Blocks above the column heads flow rather than leave the page with the title nearly empty.
        flows = measured.head is not None and run.stop <= measured.head and sum(placed) < MIN_FILL * room
        moves = sum(heights) + foot <= fresh and not flows
        if placed and (moves or left < _least_cut(measured, run)):
            return _Plan(placed[: _break_row(measured, start, run.start, placed, room) - start.row])
        return _cut(measured, start, run, placed, heights, left)
    return _Plan(placed)


def _least_cut(measured: Measured, run: range) -> float:
    """Least height worth starting a run in that has to be cut anyway."""
    needs = [measured.height_for(index, MIN_CUT_LINES) for index in measured.covering[run.start]]
    labels = measured.row_heights(
        run.start, run.start, {i: len(measured.lines[i]) for i in measured.covering[run.start]}
    )
    return max(*needs, labels[0])


def _break_row(measured: Measured, start: _Start, row: int, placed: list[float], room: float) -> int:
    """The row the next page starts with when ``row`` does not fit any more."""
    rows = measured.table.rows
    for candidate in range(row, start.row, -1):
        fill = sum(placed[: candidate - start.row])
        if fill < MIN_FILL * room:
            break
        if rows[candidate].break_before is Break.PREFERRED:
            return candidate
    return row


def _cut(
    measured: Measured, start: _Start, run: range, placed: list[float], heights: list[float], left: float
) -> _Plan:
    """Fill the page with a run that no page can hold: whole rows first, then part of a row."""
    plan = list(placed)
    tail = _tail(measured, run)
    for row, height in zip(run, heights, strict=True):
        following = sum(heights[len(run) - tail :]) if tail and row == run.stop - tail - 1 else 0.0
        # What stands under the last text, such as the total, needs some of that text beside it.
        part = min(left, height - KEPT_LINES * _tallest_line(measured, row)) if following else left
        too_small = part < _label_need(measured, start, row, plan)
        if height + following <= left + 1e-6 or (too_small and not plan and height <= left):
            plan.append(height)
            left -= height
        elif plan and too_small:
            return _Plan(_without_heads(measured, start, run, plan))
        else:
            return _Plan([*plan, left if too_small else part], last_is_cut=True)
    return _Plan(plan)


def _tail(measured: Measured, run: range) -> int:
    """How many rows at the end of a run hold no entered text."""
    count = 0
    while count < len(run) - 1 and not measured.holds_text(run.stop - 1 - count):
        count += 1
    return count


def _tallest_line(measured: Measured, row: int) -> float:
    return max(line_height(measured.table, measured.cells[index]) for index in measured.covering[row])


def _without_heads(measured: Measured, start: _Start, run: range, plan: list[float]) -> list[float]:
    """The plan without heads at its end: a head stands with the text under it."""
    while (
        len(plan) > 1
        and start.row + len(plan) - 1 in run
        and not measured.holds_text(start.row + len(plan) - 1)
    ):
        plan = plan[:-1]
    return plan


def _label_need(measured: Measured, start: _Start, row: int, plan: list[float]) -> float:
    """What the labels of a row and one line of its texts need, less what rows above already give."""
    needs = [0.0]
    for index in measured.covering[row]:
        cell = measured.cells[index]
        count = 1 if measured.flows(index) else len(measured.lines[index])
        above = sum(plan[max(cell.row - start.row, 0) :])
        needs.append(measured.height_for(index, count) - (above if cell.row < row else 0))
    return max(needs)


def _make_page(measured: Measured, start: _Start, plan: _Plan, first: bool) -> tuple[PagePart, _Start]:
    table = measured.table
    rows = [PageRow(height, table.rows[start.row + n].is_head) for n, height in enumerate(plan.heights)]
    cells: list[PageCell] = []
    offset = 0
    if _heads_repeat(measured, start) and measured.head is not None:
        offset = 1
        rows.insert(0, PageRow(measured.head_height, is_head=True))
        cells += [
            PageCell(measured.cells[i], 0, 1, measured.lines[i]) for i in measured.covering[measured.head]
        ]
    last = start.row + len(plan.heights) - 1
    done = dict(start.done)
    for index, cell in enumerate(measured.cells):
        top, bottom = max(cell.row, start.row), min(cell.last_row, last)
        if top <= bottom:
            lines = _lines_here(measured, index, start, plan)
            is_cut = measured.flows(index) and len(lines) < len(measured.lines[index])
            if measured.flows(index):
                done[index] = start.done.get(index, 0) + len(lines)
            cells.append(PageCell(cell, top - start.row + offset, bottom - top + 1, lines, is_cut))
    cells.sort(key=lambda cell: (cell.row, cell.source.column))
    following = _next_start(measured, last, plan, done)
    is_last = following.row >= len(table.rows)
    return PagePart(tuple(rows), tuple(cells), first, is_last), following


def _lines_here(measured: Measured, index: int, start: _Start, plan: _Plan) -> tuple[Line, ...]:
    """The lines of a cell on this page: all that are left, or as many as fit where it goes on."""
    cell, rest = measured.cells[index], measured.rest(index, start.done)
    last = start.row + len(plan.heights) - 1
    goes_on = cell.last_row > last or (plan.last_is_cut and cell.last_row == last)
    if not (goes_on and measured.flows(index)):
        return rest
    top, bottom = max(cell.row, start.row), min(cell.last_row, last)
    height = sum(plan.heights[top - start.row : bottom - start.row + 1])
    return rest[: measured.lines_in(index, height)]


def _next_start(measured: Measured, last: int, plan: _Plan, done: dict[int, int]) -> _Start:
    if not plan.last_is_cut:
        return _Start(last + 1, done)
    ending = [index for index in measured.covering[last] if measured.cells[index].last_row == last]
    unfinished = any(measured.flows(i) and done.get(i, 0) < len(measured.lines[i]) for i in ending)
    return _Start(last if unfinished else last + 1, done)
