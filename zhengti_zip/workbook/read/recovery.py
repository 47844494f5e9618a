"""Finding inputs whose defined name was lost, by the words beside them; and what a lost sheet may be called now."""

from __future__ import annotations

import difflib
from typing import Any

from zhengti_zip.submission.paths import DATA, FUNDS, SCORES
from zhengti_zip.submission.values import compact
from zhengti_zip.workbook.areas import FIRST_ROW, HEADER_ROW, TableArea, TableColumn
from zhengti_zip.workbook.plan import DATA_LABEL_COLUMN, LABEL_COLUMN, InputCell, WorkbookPlan
from zhengti_zip.workbook.read.grid import CellGrid
from zhengti_zip.workbook.read.stripped import Area

SEARCHED_ROWS = 12
"""Heads of a table are looked for in so many rows from the top."""

NEAR = 0.6


class Recovery:
    """Looks for inputs in a grid by their labels."""

    def __init__(self, grid: CellGrid, plan: WorkbookPlan) -> None:
        self.grid, self.plan = grid, plan
        self._found: dict[tuple[str, int], dict[str, list[int]]] = {}

    def sheet(self, planned: str) -> str | None:
        """The sheet a planned one seems to be called now; None when there is none like it."""
        titles = self.grid.titles
        for title in titles:
            if compact(title) == compact(planned):
                return title
        holding = [title for title in titles if planned in compact(title)]
        near = holding or difflib.get_close_matches(planned, titles, n=1, cutoff=NEAR)
        return near[0] if len(near) == 1 else None

    def single(self, cell: InputCell) -> Area | None:
        """Where an input stands that exists once."""
        title = self.sheet(cell.sheet)
        if title is None:
            return None
        wanted, column = compact(self._label(cell)), self._label_column(cell)
        if not self._has_head(title, cell):
            return None
        rows = self._rows(title, column).get(wanted, [])
        row = cell.row if cell.row in rows else rows[0] if len(rows) == 1 else None
        return Area(title, row, cell.column, row) if row else None

    def column(self, area: TableArea, column: TableColumn) -> Area | None:
        """Where a column of a growing table stands."""
        title = self.sheet(area.sheet)
        if title is None:
            return None
        label = compact(column.part.label)
        for row in range(1, area.header_row + SEARCHED_ROWS - HEADER_ROW + 1):
            for number in range(1, area.status_column + SEARCHED_ROWS):
                words = _text(self.grid.value(title, row, number))
                if words == label or words.startswith(f"{label}("):  # with its unit behind it
                    return Area(title, row + 1, number, row + 1)
        return None

    def _rows(self, title: str, column: int) -> dict[str, list[int]]:
        """The rows of each text in a column."""
        if (title, column) not in self._found:
            found = self._found.setdefault((title, column), {})
            for row, value in self.grid.column(title, column).items():
                if row >= FIRST_ROW:
                    found.setdefault(_text(value), []).append(row)
        return self._found[title, column]

    def _label(self, cell: InputCell) -> str:
        """The words of the row that an input stands in."""
        if cell.path.group == SCORES:
            return self.plan.form.row_by_id[cell.path.item].name
        if cell.path.group == FUNDS:
            return next(line.label for line in self.plan.form.funds.lines if line.id == cell.path.item)
        return cell.item.label

    def _label_column(self, cell: InputCell) -> int:
        if cell.path.group == SCORES:
            return self.plan.scores.name
        return DATA_LABEL_COLUMN if cell.path.group == DATA else LABEL_COLUMN

    def _has_head(self, title: str, cell: InputCell) -> bool:
        """Some stand beside each other: the head must be the one expected, or a column has moved."""
        if cell.path.group == SCORES:
            wanted = cell.item.label
        elif cell.path.group == FUNDS:
            wanted = next(c.label for c in self.plan.form.funds.columns if c.id == cell.path.part)
        else:
            return True
        return _text(self.grid.value(title, HEADER_ROW, cell.column)) == compact(wanted)


def _text(value: Any) -> str:
    return compact(value) if isinstance(value, str) else ""
