"""Which rows go on the next page, and how high each is printed there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.heights import MeasuredTable, line_height, signature_height, title_height
from zhengti_zip.grid.table import Break

MIN_FILL = 0.55
"""Least share of a page's height at which the page may end early, before a second-level group."""

KEPT_LINES = 2
"""Lines of a cut text that are moved to the next page, beside the rows that must stay with its end."""

MIN_CUT_LINES = 4
"""A run taller than a page starts at the foot of a page only if this many lines fit there."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page starts: the first row, and how many lines of each cell are already printed."""

    row: int
    done: dict[int, int]


@dataclass(frozen=True, slots=True)
class PagePlan:
    """The rows of a page: their heights in pt, and whether the last row continues on the next page."""

    heights: list[float]
    last_is_cut: bool = False


def repeated_head(measured: MeasuredTable, start: PageStart) -> int | None:
    """The row of column heads printed again at the top of a page; None if there is none."""
    return measured.table.rows[start.row].head


def _room(measured: MeasuredTable, start: PageStart, first: bool) -> float:
    """Height for table rows on a page, in pt."""
    room = measured.table.geometry.content_height - BORDER_PT
    if first:
        room -= title_height(measured.table)
    head = repeated_head(measured, start)
    return room - (0 if head is None else measured.heads[head])


def _runs(measured: MeasuredTable, row: int) -> Iterator[range]:
    """Runs of rows that stay together, from ``row`` on."""
    rows = measured.table.rows
    while row < len(rows):
        end = row + 1
        while end < len(rows) and rows[end].break_before is Break.NEVER:
            end += 1
        yield range(row, end)
        row = end


def plan_page(measured: MeasuredTable, start: PageStart, first: bool) -> PagePlan:
    """The rows of a page: as many runs as fit, or part of a run that is taller than a page."""
    room = _room(measured, start, first)
    own: list[float] = []
    placed: list[float] = []
    signed = measured.table.signed_rows
    for run in _runs(measured, start.row):
        if run.start > start.row and measured.table.rows[run.start].break_before is Break.ALWAYS:
            break
        alone = measured.run_heights(run.start, run.stop - 1, start.done)
        heights = measured.with_labels(own + alone, start.row, start.done)
        foot = signature_height(measured.table) if run.stop == signed else 0.0
        if sum(heights) + foot <= room + 1e-6:
            own, placed = own + alone, heights
            continue
        alone = measured.with_labels(alone, run.start, start.done)
        fresh = _room(measured, PageStart(run.start, {}), first=False)
        left = room - sum(placed) - foot
        # A block above the column heads is cut if the page with the title would be nearly empty without it.
        last_head = max((head for head in measured.heads if head < signed), default=-1)
        flows = run.stop <= last_head and sum(placed) < MIN_FILL * room
        moves = sum(alone) + foot <= fresh and not flows
        if placed and (moves or left < _least_cut(measured, run)):
            count = _break_row(measured, start, run.start, placed, room) - start.row
            return PagePlan(measured.with_labels(own[:count], start.row, start.done))
        return _cut(measured, start, run, placed, alone, left)
    return PagePlan(placed)


def _least_cut(measured: MeasuredTable, run: range) -> float:
    """Least height in pt in which to start a run that has to be cut anyway."""
    needs = [measured.height_for(index, MIN_CUT_LINES) for index in measured.covering[run.start]]
    labels = measured.row_heights(
        run.start, run.start, {i: len(measured.lines[i]) for i in measured.covering[run.start]}
    )
    return max(*needs, labels[0])


def _break_row(measured: MeasuredTable, start: PageStart, row: int, placed: list[float], room: float) -> int:
    """The row with which the next page starts if ``row`` does not fit: a group's first one, or ``row``."""
    rows = measured.table.rows
    for candidate in range(row, start.row, -1):
        fill = sum(placed[: candidate - start.row])
        if fill < MIN_FILL * room:
            break
        if rows[candidate].break_before is Break.PREFERRED:
            return candidate
    return row


def _cut(
    measured: MeasuredTable,
    start: PageStart,
    run: range,
    placed: list[float],
    heights: list[float],
    left: float,
) -> PagePlan:
    """Fill the page with a run that is taller than a page: whole rows first, then part of a row."""
    plan = list(placed)
    tail = _tail(measured, run)
    for row, height in zip(run, heights, strict=True):
        following = sum(heights[len(run) - tail :]) if tail and row == run.stop - tail - 1 else 0.0
        # Rows under the last text, such as the total, are printed on the same page as some lines of it.
        part = min(left, height - KEPT_LINES * _tallest_line(measured, row)) if following else left
        too_small = part < _label_need(measured, start, row, plan)
        if height + following <= left + 1e-6 or (too_small and not plan and height <= left):
            plan.append(height)
            left -= height
        elif plan and too_small:
            return PagePlan(_without_heads(measured, start, run, plan))
        else:
            return PagePlan([*plan, left if too_small else part], last_is_cut=True)
    return PagePlan(plan)


def _tail(measured: MeasuredTable, run: range) -> int:
    """How many rows at the end of a run hold no entered text."""
    count = 0
    while count < len(run) - 1 and not measured.holds_text(run.stop - 1 - count):
        count += 1
    return count


def _tallest_line(measured: MeasuredTable, row: int) -> float:
    return max(line_height(measured.table, measured.cells[index]) for index in measured.covering[row])


def _without_heads(measured: MeasuredTable, start: PageStart, run: range, plan: list[float]) -> list[float]:
    """The plan without heads at its end: a head is printed on the page of the text under it."""
    while (
        len(plan) > 1
        and start.row + len(plan) - 1 in run
        and not measured.holds_text(start.row + len(plan) - 1)
    ):
        plan = plan[:-1]
    return plan


def _label_need(measured: MeasuredTable, start: PageStart, row: int, plan: list[float]) -> float:
    """Height in pt for the labels of a row and one line of its texts, less the part in the rows above."""
    needs = [0.0]
    for index in measured.covering[row]:
        cell = measured.cells[index]
        count = 1 if measured.flows(index) else len(measured.lines[index])
        above = sum(plan[max(cell.row - start.row, 0) :])
        needs.append(measured.height_for(index, count) - (above if cell.row < row else 0))
    return max(needs)
