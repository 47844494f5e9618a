"""The one description of where every input and every live result lives; writer, reader and annotator follow it.

Every single input has a defined name, every column of a growing table too, so that a user may insert
rows and columns or reorder sheets. Only a blank template is laid out as planned here; in a file that
comes back the cells are where its defined names say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from zhengti_zip.base.coordinates import cell_name, letters
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import single_inputs, table_parts, tables_of
from zhengti_zip.submission.paths import BUDGET, DATA, FIELDS, GOALS, INDICATORS, SCORES, UNITS, InputPath

GUIDE_SHEET = "填报说明"
FIELDS_SHEET = "基本情况"
GOALS_SHEET = "年度目标"
BUDGET_SHEET = "部门预算"
SCORES_SHEET = "指标自评"
DATA_SHEET = "评分数据"
INDICATORS_SHEET = "绩效指标"
UNITS_SHEET = "单位明细"
CHECK_SHEET = "检查"
META_SHEET = "_zhengti"

NAME_PREFIX = "zt_"
RESULT_PREFIX = "zt_result_"
"""Names of live results: for eyes and tests; the reader never looks at them."""

COMPLETION_NAME = "zt_indicators_completion"
"""The 完成率 column; the rule kind that averages it asks for it by this name."""

FORM_NAME, VERSION_NAME = "zt_form", "zt_version"
META_ROWS = {FORM_NAME: 1, VERSION_NAME: 2}
"""Rows of the hidden sheet, whose second column holds the values."""


HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1
UNITS_FIRST_ROW = FIRST_ROW + 3
"""The sums of 单位明细 stand above its heads, out of the way of growing rows."""

OFFERED_ROWS = {GOALS: 40, INDICATORS: 150, UNITS: 150}
"""Rows of each table that have their formulas. Office programs give none to rows that are inserted."""

SHOWN_ROWS = {GOALS: 20, INDICATORS: 60, UNITS: 50}
"""Rows shown at first; the others are hidden until a user shows them."""

TABLE_SHEETS = {GOALS: GOALS_SHEET, INDICATORS: INDICATORS_SHEET, UNITS: UNITS_SHEET}

FIELD_COLUMN = 2
BUDGET_COLUMN = 2
SCORE_NAME_COLUMN, SCORE_STATUS_COLUMN = 3, 5
SCORE_COLUMNS = {"score": 6, "reason": 7, "improvement": 8, "evidence": 9}
COUNTING_COLUMN, COMPUTED_COLUMN, WORKING_COLUMN, EXPLANATION_COLUMN = 10, 11, 12, 13
DATA_COLUMN = 5
STATUS_COLUMNS = {FIELDS_SHEET: 4, BUDGET_SHEET: 4, DATA_SHEET: 7}
TABLE_FIRST_COLUMN = 2
READ_COLUMNS = {FIELDS_SHEET: 5, BUDGET_SHEET: 5, SCORES_SHEET: 14, DATA_SHEET: 9}
"""Hidden columns with the numbers that the program reads in the inputs of the same row."""

GENERAL_NAME = "zt_result_general"
"""A cell of the number format General: office programs call this format by different letters."""


def name_of(path: InputPath) -> str:
    """The defined name of a single input or of a table column (:attr:`InputPath.of_every_row`)."""
    return NAME_PREFIX + path.replace(".", "_")


def result_name(name: str) -> str:
    """The defined name of a live result, e.g. ``counting.spending_rate`` or ``total``."""
    return RESULT_PREFIX + name.replace(".", "_")


def read_name(path: InputPath) -> str:
    """The defined name of the number that the program reads in an input, or in a table column."""
    return result_name(f"read.{path}")


@dataclass(frozen=True, slots=True)
class InputCell:
    """A single input of the template: its path, what it asks for and where it stands."""

    path: InputPath
    item: Input
    label: str
    sheet: str
    row: int
    column: int

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
        return cell_name(self.row, READ_COLUMNS[self.sheet])


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
    """A growing table of the template."""

    table: str
    sheet: str
    columns: tuple[TableColumn, ...]
    first_row: int = FIRST_ROW

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
    def status_column(self) -> int:
        """Where each row's 检查 stands."""
        return (self.completion_column or self.columns[-1].column) + 1

    @property
    def read_columns(self) -> dict[str, int]:
        """The hidden column with the numbers that the program reads, by part; for parts that are numbers."""
        numbers = [column.part.id for column in self.columns if column.part.kind.is_number]
        return {part_id: self.status_column + n for n, part_id in enumerate(numbers, start=1)}

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


@dataclass(frozen=True)
class WorkbookPlan:
    """Where every input of a form's template lives."""

    form: FormDefinition
    tables: tuple[TableArea, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", tuple(_table(self.form, table) for table in tables_of(self.form)))

    @cached_property
    def cells(self) -> tuple[InputCell, ...]:
        """The single inputs in the order of the form."""
        return tuple(self._place())

    def on_sheet(self, sheet: str) -> list[InputCell]:
        """The single inputs of one sheet."""
        return [cell for cell in self.cells if cell.sheet == sheet]

    @cached_property
    def score_rows(self) -> dict[str, int]:
        """The line of each scored row on 指标自评."""
        return {context.row.id: FIRST_ROW + n for n, context in enumerate(self.form.rows)}

    def area(self, table: str) -> TableArea:
        """A growing table."""
        return next(area for area in self.tables if area.table == table)

    def _place(self) -> Iterator[InputCell]:
        rows = {FIELDS_SHEET: FIRST_ROW, BUDGET_SHEET: FIRST_ROW, DATA_SHEET: FIRST_ROW}
        for slot in single_inputs(self.form):
            path = slot.path
            if path.group == SCORES:
                yield InputCell(
                    path,
                    slot.item,
                    slot.label,
                    SCORES_SHEET,
                    self.score_rows[path.item],
                    SCORE_COLUMNS[path.part],
                )
                continue
            sheet, column = {
                FIELDS: (FIELDS_SHEET, FIELD_COLUMN),
                BUDGET: (BUDGET_SHEET, BUDGET_COLUMN),
                DATA: (DATA_SHEET, DATA_COLUMN),
            }[path.group]
            yield InputCell(path, slot.item, slot.label, sheet, rows[sheet], column)
            rows[sheet] += 1


def _table(form: FormDefinition, table: str) -> TableArea:
    columns = tuple(
        TableColumn(table, part, TABLE_FIRST_COLUMN + number)
        for number, part in enumerate(table_parts(form, table))
    )
    first_row = UNITS_FIRST_ROW if table == UNITS else FIRST_ROW
    return TableArea(table, TABLE_SHEETS[table], columns, first_row)
