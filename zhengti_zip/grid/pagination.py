"""Pages: FormTable → pages, with labels repeated where a page break cuts a merged cell.

Row heights are computed (:mod:`zhengti_zip.grid.heights`), so the form is divided before any engine
runs. Engines do not repeat the label of a merged cell after a page break; here every page gets a cell
of its own.
"""

from __future__ import annotations

from zhengti_zip.base.errors import RenderError
from zhengti_zip.grid.heights import MeasuredTable
from zhengti_zip.grid.page_plan import PagePlan, PageStart, plan_page, repeated_head
from zhengti_zip.grid.pages import Page, PageCell, PageRow
from zhengti_zip.grid.printed_lines import PrintedLine
from zhengti_zip.grid.table import FormTable


def paginate(table: FormTable) -> tuple[Page, ...]:
    """Divide the table into pages.

    Every page repeats the column heads and the labels of the cells that a break cuts. Rows of one
    indicator and rows marked NEVER stay together. A page breaks between second-level groups if it is
    then at least MIN_FILL full. Only a run of rows taller than a page is cut, between lines.

    Raises:
        RenderError: not even one line fits on a page.
    """
    measured = MeasuredTable(table)
    pages: list[Page] = []
    start = PageStart(0, {})
    while start.row < len(table.rows):
        plan = plan_page(measured, start, first=not pages)
        page, following = _make_page(measured, start, plan, first=not pages)
        if following == start:
            raise RenderError("页面放不下一行文字，无法分页", "请在表定义中减小字号或页边距")
        pages.append(page)
        start = following
    return tuple(pages)


def _make_page(
    measured: MeasuredTable, start: PageStart, plan: PagePlan, first: bool
) -> tuple[Page, PageStart]:
    table = measured.table
    rows = [PageRow(height, table.rows[start.row + n].is_head) for n, height in enumerate(plan.heights)]
    cells: list[PageCell] = []
    head = repeated_head(measured, start)
    offset = 0 if head is None else 1
    if head is not None:
        rows.insert(0, PageRow(measured.heads[head], is_head=True))
        cells += [
            PageCell(measured.cells[i], 0, 1, measured.lines[i])
            for i in measured.covering[head]
            if measured.cells[i].last_row < start.row
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
            # A label at the side of the heads stands at the side of the repeated heads too.
            above = offset if head is not None and cell.row <= head else 0
            place = top - start.row + offset - above
            cells.append(PageCell(cell, place, bottom - top + 1 + above, lines, is_cut))
    cells.sort(key=lambda cell: (cell.row, cell.source.column))
    following = _next_start(measured, last, plan, done)
    is_signed = start.row < table.signed_rows <= following.row
    return Page(tuple(rows), tuple(cells), first, is_signed), following


def _lines_here(
    measured: MeasuredTable, index: int, start: PageStart, plan: PagePlan
) -> tuple[PrintedLine, ...]:
    """The lines of a cell on this page: all that are left, or as many as fit if it continues on the next."""
    cell, rest = measured.cells[index], measured.rest(index, start.done)
    last = start.row + len(plan.heights) - 1
    goes_on = cell.last_row > last or (plan.last_is_cut and cell.last_row == last)
    if not (goes_on and measured.flows(index)):
        return rest
    top, bottom = max(cell.row, start.row), min(cell.last_row, last)
    height = sum(plan.heights[top - start.row : bottom - start.row + 1])
    return rest[: measured.lines_in(index, height)]


def _next_start(measured: MeasuredTable, last: int, plan: PagePlan, done: dict[int, int]) -> PageStart:
    if not plan.last_is_cut:
        return PageStart(last + 1, done)
    ending = [index for index in measured.covering[last] if measured.cells[index].last_row == last]
    unfinished = any(measured.flows(i) and done.get(i, 0) < len(measured.lines[i]) for i in ending)
    return PageStart(last if unfinished else last + 1, done)
