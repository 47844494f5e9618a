"""The columns of a template: of the growing tables, of the table of money and of the scored rows."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.base.coordinates import letters
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.shared_points import shared_points
from zhengti_zip.submission.inputs import table_parts
from zhengti_zip.submission.paths import EVIDENCE, GOALS, INDICATORS, UNITS, InputPath
from zhengti_zip.workbook.defined_names import name_of

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1
UNIT_SUMS = 3
"""Lines of sums above the heads of 单位明细, out of the way of growing rows."""

OFFERED_ROWS = {GOALS: 40, INDICATORS: 150, UNITS: 150, EVIDENCE: 100}
"""Rows of each table that have their formulas. Office programs give none to rows that are inserted."""

SHOWN_ROWS = {GOALS: 20, INDICATORS: 60, UNITS: 50, EVIDENCE: 30}
"""Rows shown at first; the others are hidden until a user shows them."""

TABLE_FIRST_COLUMN = 2


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a growing table."""

    table: str
    part: Input
    column: int

    @property
    def name(self) -> str:
        """Its defined name; the range of rows the template offers."""
        return name_of(InputPath.column(self.table, self.part.id))


@dataclass(frozen=True, slots=True)
class TableArea:
    """A growing table of the template.

    Attributes:
        table: its group of inputs.
        sheet: the title of its sheet.
        columns: its input columns.
        first_row: the first row of inputs.
        is_scored: whether its rows are scored themselves.
    """

    table: str
    sheet: str
    columns: tuple[TableColumn, ...]
    first_row: int = FIRST_ROW
    is_scored: bool = False

    @property
    def last_row(self) -> int:
        """The last row the template offers; the user may insert more."""
        return self.first_row + OFFERED_ROWS[self.table] - 1

    @property
    def header_row(self) -> int:
        """The row of the column heads."""
        return self.first_row - 1

    @property
    def completion_column(self) -> int | None:
        """Where 完成率 is worked out, for the table that has it."""
        return self.columns[-1].column + 1 if self.table == INDICATORS else None

    @property
    def computed_column(self) -> int | None:
        """Where the score of a row is worked out, for rows that are scored."""
        return self.columns[-1].column + 2 if self.is_scored else None

    @property
    def status_column(self) -> int:
        """Where each row's 检查 stands."""
        return (self.computed_column or self.completion_column or self.columns[-1].column) + 1

    @property
    def read_columns(self) -> dict[str, int]:
        """The hidden column with the numbers that the program reads, by part; for parts that are numbers."""
        numbers = [column.part.id for column in self.columns if column.part.kind.is_number]
        return {part_id: self.status_column + n for n, part_id in enumerate(numbers, start=1)}

    @property
    def counting_column(self) -> int | None:
        """The hidden column of the scores that count, for rows that are scored."""
        last = max(self.read_columns.values(), default=self.status_column)
        return last + 1 if self.is_scored else None

    @property
    def last_hidden_column(self) -> int:
        """The last column that holds anything in the rows of the table."""
        return self.counting_column or max(self.read_columns.values(), default=0)

    def has(self, part_id: str) -> bool:
        """Whether it asks for a part."""
        return any(column.part.id == part_id for column in self.columns)

    def part(self, part_id: str) -> Input:
        """What a column asks for."""
        return next(column.part for column in self.columns if column.part.id == part_id)

    def letter(self, part_id: str) -> str:
        """The column letter of a part."""
        return next(letters(column.column) for column in self.columns if column.part.id == part_id)

    @property
    def inputs(self) -> tuple[str, str]:
        """The letters of the first and the last input column."""
        return letters(self.columns[0].column), letters(self.columns[-1].column)


def table_area(form: FormDefinition, table: str, sheet: str) -> TableArea:
    """A growing table of a form.

    Args:
        table: its group of inputs.
        sheet: the title of its sheet.
    """
    columns = tuple(
        TableColumn(table, part, TABLE_FIRST_COLUMN + number)
        for number, part in enumerate(table_parts(form, table))
    )
    is_scored = table == INDICATORS and form.own is not None
    above = UNIT_SUMS if table == UNITS else len(shared_points(form)) if is_scored else 0
    return TableArea(table, sheet, columns, FIRST_ROW + above, is_scored)


class ScoreColumns:
    """The columns of the scored rows: their levels, their name and points, inputs and live results.

    Attributes:
        depth: levels above an indicator.
        name, weight, status: columns of the name, the points and the 检查.
        inputs: by part of a score, in the order of the form.
        counting, computed, working, explanation: what is worked out and told beside the inputs.
        read: the hidden column of the number read in the score; the last.
    """

    def __init__(self, form: FormDefinition) -> None:
        self.depth = max((len(context.levels) for context in form.rows), default=1)
        self.name = self.depth + 1
        self.weight, self.status = self.name + 1, self.name + 2
        first = self.status + 1
        self.inputs = {part.id: first + number for number, part in enumerate(form.score_columns)}
        self.counting = first + len(self.inputs)
        self.computed, self.working, self.explanation, self.read = (self.counting + n for n in range(1, 5))
