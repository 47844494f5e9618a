"""Finding inputs whose defined name was lost, by the words beside them; and what a lost sheet may be called now."""

from __future__ import annotations

import difflib
from typing import Any

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.paths import SCORES
from zhengti_zip.submission.values import compact
from zhengti_zip.workbook.plan import (
    BUDGET_SHEET,
    DATA_SHEET,
    FIELDS_SHEET,
    FIRST_ROW,
    HEADER_ROW,
    SCORE_NAME_COLUMN,
    SCORES_SHEET,
    InputCell,
    TableArea,
    TableColumn,
)
from zhengti_zip.workbook.read.grid import CellGrid
from zhengti_zip.workbook.read.stripped import Area

LABEL_COLUMNS = {FIELDS_SHEET: 1, BUDGET_SHEET: 1, DATA_SHEET: 4, SCORES_SHEET: SCORE_NAME_COLUMN}
SEARCHED_ROWS = 12
"""Heads of a table are looked for in so many rows from the top."""

NEAR = 0.6


class Recovery:
    """Looks for inputs in a grid by their labels."""

    def __init__(self, grid: CellGrid, form: FormDefinition) -> None:
        self.grid, self.form = grid, form
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
        wanted, column = compact(self._label(cell)), LABEL_COLUMNS[cell.sheet]
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
        for row in range(1, SEARCHED_ROWS + 1):
            for number in range(1, area.status_column + SEARCHED_ROWS):
                words = _text(self.grid.value(title, row, number))
                if words and words.partition("(")[0] == compact(column.part.label):
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
        path = cell.path
        return self.form.row_by_id[path.item].name if path.group == SCORES else cell.item.label

    def _has_head(self, title: str, cell: InputCell) -> bool:
        """Scores stand beside each other: the head must be the one expected, or a column has moved."""
        if cell.sheet != SCORES_SHEET:
            return True
        return _text(self.grid.value(title, HEADER_ROW, cell.column)) == compact(cell.item.label)


def _text(value: Any) -> str:
    return compact(value) if isinstance(value, str) else ""
