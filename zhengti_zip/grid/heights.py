"""Heights of the title, the rows and the signature line, computed before any engine runs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate

from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.grid.printed_lines import PrintedLine, lines_down, lines_of
from zhengti_zip.grid.table import Break, Cell, FormTable, LineText, Origin

TITLE_GAP_LINES = 0.6
"""Space under the title, in lines of the title."""

ABOVE_GAP_LINES = 0.5
"""Space between the lines above the title and the title, in lines of the body."""

SIGNATURE_LINES = 5.0
"""Space for signatures under the table, in lines of the body."""

LinesDone = Mapping[int, int]
"""Per cell index: how many of its lines are printed on earlier pages."""


def title_lines(table: FormTable) -> list[str]:
    """The lines of the title; one wider than the paper allows is broken."""
    geometry = table.geometry
    return [
        line
        for text in table.title
        for line in lines_of(text, geometry.content_width, geometry.title, True, metrics_for(table.fonts))
    ]


def above_lines(table: FormTable) -> list[tuple[LineText, tuple[str, ...]]]:
    """The lines above the title, each with the printed lines it is broken into."""
    geometry, metrics = table.geometry, metrics_for(table.fonts)
    return [(line, lines_of(line.text, table.width, geometry.body, False, metrics)) for line in table.above]


def above_height(table: FormTable) -> float:
    """Height of the lines above the title and the space under them, in pt; 0 when there are none."""
    count = sum(len(lines) for _, lines in above_lines(table))
    return (count + ABOVE_GAP_LINES) * table.geometry.body * table.geometry.line_height if count else 0.0


def title_height(table: FormTable) -> float:
    """Height of all that stands above the table, with the space under the title, in pt."""
    lines = len(title_lines(table)) + TITLE_GAP_LINES
    return above_height(table) + lines * table.geometry.title * table.geometry.line_height


def signature_height(table: FormTable) -> float:
    """Height of the signature line with the space above it, in pt; 0 when there is none."""
    return SIGNATURE_LINES * table.geometry.body * table.geometry.line_height if table.signature else 0.0


def line_height(table: FormTable, cell: Cell) -> float:
    """Height of one line of a cell, in pt."""
    return table.geometry.body * cell.scale * table.geometry.line_height


def paragraph_lines(table: FormTable, cell: Cell, text: str) -> tuple[str, ...]:
    """The lines in which a cell prints a paragraph with this text."""
    size, metrics = table.geometry.body * cell.scale, metrics_for(table.fonts)
    find = lines_down if cell.vertical else lines_of
    return find(text, table.text_width(cell), size, cell.bold, metrics)


class MeasuredTable:
    """A FormTable with the lines of every cell and the heights they need.

    Attributes:
        table, cells: the table and its cells, which are named by their index.
        lines: per cell its lines.
        covering: per row the indexes of the cells that cover it.
        heads: the rows of column heads, each with its height in pt.
        runs: per row the number of its run, the rows between two places where a page may break.
    """

    def __init__(self, table: FormTable) -> None:
        self.table = table
        self.cells = table.cells
        self.lines = [self._lines(cell) for cell in table.cells]
        self.covering: list[list[int]] = [[] for _ in table.rows]
        for index, cell in enumerate(table.cells):
            for row in range(cell.row, cell.last_row + 1):
                self.covering[row].append(index)
        self.runs = list(accumulate(int(row.break_before is not Break.NEVER) for row in table.rows))
        self._wide = [
            index for index, cell in enumerate(self.cells) if self.runs[cell.row] != self.runs[cell.last_row]
        ]
        self._wide.sort(key=lambda index: (self.cells[index].row_span, self.cells[index].row))
        self.heads = {
            number: self._head_height(number) for number, row in enumerate(table.rows) if row.is_head
        }

    def _head_height(self, row: int) -> float:
        single = [index for index in self.covering[row] if self.cells[index].row_span == 1]
        return max((self.height_for(index, len(self.lines[index])) for index in single), default=0.0)

    def _lines(self, cell: Cell) -> tuple[PrintedLine, ...]:
        lines = []
        for number, paragraph in enumerate(cell.paragraphs):
            start = 0
            for text in paragraph_lines(self.table, cell, paragraph.text):
                lines.append(PrintedLine(text, paragraph.path, number, start))
                start += len(text)
        return tuple(lines)

    def flows(self, index: int) -> bool:
        """Whether a cell's text continues after a page break; a label is printed again instead."""
        return self.cells[index].origin is Origin.ENTERED

    def rest(self, index: int, done: LinesDone) -> tuple[PrintedLine, ...]:
        """The lines of a cell still to be printed on a page that starts with ``done``."""
        return self.lines[index][done.get(index, 0) :] if self.flows(index) else self.lines[index]

    def height_for(self, index: int, line_count: int) -> float:
        """Height in pt a cell needs for ``line_count`` lines, padding and border included."""
        padding = 2 * self.table.geometry.padding_y + BORDER_PT
        return max(line_count, 1) * line_height(self.table, self.cells[index]) + padding

    def lines_in(self, index: int, height: float) -> int:
        """How many lines of a cell fit into a height in pt."""
        room = height - 2 * self.table.geometry.padding_y - BORDER_PT
        return max(math.floor(room / line_height(self.table, self.cells[index]) + 1e-6), 0)

    def row_heights(self, first: int, last: int, done: LinesDone) -> list[float]:
        """Heights in pt of rows ``first`` to ``last``, printed without the lines in ``done``."""
        return self.with_labels(self.run_heights(first, last, done), first, done)

    def run_heights(self, first: int, last: int, done: LinesDone) -> list[float]:
        """The same without the cells that cover rows of several runs.

        If a merged cell needs more than its rows have, the rest is added to those rows that hold
        entered text, in proportion to their height. Rows of labels keep their height.
        """
        heights = [0.0] * (last - first + 1)
        merged: list[tuple[int, int, float]] = []
        for index in {index for row in range(first, last + 1) for index in self.covering[row]}:
            cell = self.cells[index]
            if self.runs[cell.row] != self.runs[cell.last_row]:
                continue
            top, bottom = max(cell.row, first) - first, min(cell.last_row, last) - first
            need = self.height_for(index, len(self.rest(index, done)))
            if top == bottom:
                heights[top] = max(heights[top], need)
            else:
                merged.append((top, bottom, need))
        for top, bottom, need in sorted(merged, key=lambda item: (item[1] - item[0], item[0])):
            self._fill(heights, range(top, bottom + 1), first, need)
        return heights

    def with_labels(self, heights: list[float], first: int, done: LinesDone) -> list[float]:
        """Heights in pt of rows of a page, with what the cells over several runs need beyond them.

        A label needs its whole height on every page; a text that continues after these rows needs one line.

        Args:
            heights: of the rows without those cells.
            first: the row they begin with.
            done: the lines on earlier pages.
        """
        found, last = list(heights), first + len(heights) - 1
        head = self.table.rows[first].head
        for index in self._wide:
            cell = self.cells[index]
            if cell.row > last or cell.last_row < first:
                continue
            goes_on = self.flows(index) and cell.last_row > last
            need = self.height_for(index, 1 if goes_on else len(self.rest(index, done)))
            if head is not None and cell.row <= head < first:
                need -= self.heads[head]
            rows = range(max(cell.row, first) - first, min(cell.last_row, last) - first + 1)
            self._fill(found, rows, first, need)
        return found

    def _fill(self, heights: list[float], rows: range, first: int, need: float) -> None:
        lack = need - sum(heights[rows.start : rows.stop])
        if lack > 0:
            self._stretch(heights, rows, first, lack)

    def _stretch(self, heights: list[float], rows: range, first: int, lack: float) -> None:
        taking = [row for row in rows if self.holds_text(row + first)] or list(rows)
        total = sum(heights[row] for row in taking)
        for row in taking:
            heights[row] += lack * (heights[row] / total if total else 1 / len(taking))

    def holds_text(self, row: int) -> bool:
        """Whether a row has entered text of its own."""
        return any(self.flows(index) and self.cells[index].row_span == 1 for index in self.covering[row])
