"""The one description of where every input and every live result lives; writer, reader and annotator follow it.

Every single input has a defined name, every column of a growing table too, so that a user may insert
rows and columns or reorder sheets. Only a blank template is laid out as planned here; in a file that
comes back the cells are where its defined names say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zhengti_zip.base.coordinates import cell_name
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import Slot, groups_of, single_inputs, tables_of
from zhengti_zip.submission.paths import BUDGET, DATA, FIELDS, FUNDS, INDICATORS, SCORES, InputPath
from zhengti_zip.workbook.areas import FIRST_ROW, ScoreColumns, TableArea, table_area
from zhengti_zip.workbook.defined_names import FORM_NAME, VERSION_NAME, name_of

META_SHEET = "_zhengti"
META_ROWS = {FORM_NAME: 1, VERSION_NAME: 2}
"""Rows of the hidden sheet, whose second column holds the values."""

LABEL_COLUMN = 1
"""Of fields, of the budget and of the table of money."""

AMOUNT_COLUMN = 2
"""Of fields and of the budget; of the first column of the table of money."""

DATA_LABEL_COLUMN, DATA_COLUMN = 4, 5
STATUS_COLUMNS = {FIELDS: 4, BUDGET: 4, DATA: 7}
READ_COLUMNS = {FIELDS: 5, BUDGET: 5, DATA: 9}
"""Hidden columns with the numbers that the program reads in the inputs of the same row."""

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class InputCell:
    """A single input of the template: its path, what it asks for and where it stands.

    Attributes:
        read_column: the hidden column of the number that the program reads in it.
    """

    path: InputPath
    item: Input
    label: str
    sheet: str
    row: int
    column: int
    read_column: int

    @property
    def name(self) -> str:
        """Its defined name."""
        return name_of(self.path)

    @property
    def coordinate(self) -> str:
        """Its cell, e.g. ``B5``."""
        return cell_name(self.row, self.column)

    @property
    def read(self) -> str:
        """The cell of the number that the program reads in it; for inputs of numbers."""
        return cell_name(self.row, self.read_column)


class WorkbookPlan:
    """Where every input of a form's template lives.

    Attributes:
        form: the form.
        groups: the groups of inputs it has, each on a sheet of its own.
        titles: the title of the sheet of each of them.
        guide, check: titles of the first sheet and of the sheet that says what is missing.
        scores: the columns of the scored rows of the form.
    """

    def __init__(self, form: FormDefinition) -> None:
        self.form = form
        self.groups = groups_of(form)
        self.titles = {group: _title(form, group) for group in self.groups}
        self.guide, self.check = form.sheets.guide, form.sheets.check
        self.scores = ScoreColumns(form)

    @cached_property
    def tables(self) -> tuple[TableArea, ...]:
        """The growing tables in the order of the form."""
        return tuple(table_area(self.form, table, self.titles[table]) for table in tables_of(self.form))

    @cached_property
    def cells(self) -> tuple[InputCell, ...]:
        """The single inputs in the order of the form."""
        return tuple(self._place())

    def of_group(self, group: str) -> list[InputCell]:
        """The single inputs of one group."""
        return [cell for cell in self.cells if cell.path.group == group]

    @cached_property
    def score_rows(self) -> dict[str, int]:
        """The line of each scored row of the form."""
        return {context.row.id: FIRST_ROW + n for n, context in enumerate(self.form.rows)}

    @cached_property
    def fund_rows(self) -> dict[str, int]:
        """The line of each line of the table of money."""
        return {line.id: FIRST_ROW + n for n, line in enumerate(self.form.funds.lines)}

    @cached_property
    def fund_columns(self) -> dict[str, int]:
        """The column of each column of the table of money."""
        return {column.id: AMOUNT_COLUMN + n for n, column in enumerate(self.form.funds.columns)}

    def area(self, table: str) -> TableArea:
        """A growing table."""
        return next(area for area in self.tables if area.table == table)

    @cached_property
    def own_rows(self) -> TableArea | None:
        """The table of the rows that the department enters and that are scored; None without them."""
        return self.area(INDICATORS) if self.form.own is not None else None

    def status_column(self, group: str) -> int:
        """Where the 检查 of the inputs of a group stands."""
        if group == SCORES:
            return self.scores.status
        if group == FUNDS:
            return AMOUNT_COLUMN + len(self.fund_columns)
        return STATUS_COLUMNS[group] if group in STATUS_COLUMNS else self.area(group).status_column

    def last_columns(self, group: str) -> tuple[int, int]:
        """The last column that is shown on the sheet of a group, and the last of its hidden ones."""
        status = self.status_column(group)
        if group == SCORES:
            return self.scores.explanation, self.scores.read
        if group == FUNDS:
            return status, status + len(self.fund_columns)
        if group == DATA:  # one column after the status says what a datum is for
            return status + 1, READ_COLUMNS[group]
        if group in READ_COLUMNS:
            return status, READ_COLUMNS[group]
        return status, self.area(group).last_hidden_column

    def _place(self) -> Iterator[InputCell]:
        rows = {FIELDS: FIRST_ROW, BUDGET: FIRST_ROW, DATA: FIRST_ROW}
        for slot in single_inputs(self.form):
            group = slot.path.group
            if group == SCORES:
                column = self.scores.inputs[slot.path.part]
                yield self._cell(slot, self.score_rows[slot.path.item], column, self.scores.read)
            elif group == FUNDS:
                column = self.fund_columns[slot.path.part]
                read = column + len(self.fund_columns) + 1
                yield self._cell(slot, self.fund_rows[slot.path.item], column, read)
            else:
                column = DATA_COLUMN if group == DATA else AMOUNT_COLUMN
                yield self._cell(slot, rows[group], column, READ_COLUMNS[group])
                rows[group] += 1

    def _cell(self, slot: Slot, row: int, column: int, read: int) -> InputCell:
        sheet = self.titles[slot.path.group]
        return InputCell(slot.path, slot.item, slot.label, sheet, row, column, read)


def _title(form: FormDefinition, group: str) -> str:
    """The title of a sheet, without characters that no title may have."""
    words: str = getattr(form.sheets, group, "")
    if group == FUNDS:
        words = form.funds.title
    elif group == INDICATORS and form.own is not None:
        words = form.own.title
    return _NOT_IN_TITLES.sub("、", words)
