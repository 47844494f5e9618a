"""Which printed rows show rows that the department entered, and what each of their columns shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import united_edges
from zhengti_zip.form.print_blocks import GridBlock, IndicatorBlock, MoneyBlock, RowsBlock
from zhengti_zip.form.print_columns import ROW_NUMBER, IndicatorColumn, RowColumn
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.inputs import table_parts
from zhengti_zip.submission.paths import INDICATORS, InputPath

ShownColumn = IndicatorColumn | RowColumn

RowKey = tuple[str, int]
"""A row of a growing table: the table and the number of the row, from 0."""

_PART_OF = {"indicator.name": "name"}


@dataclass(frozen=True)
class TableBlock:
    """A block of the layout that prints the rows of a growing table, a line each.

    Attributes:
        table: the table.
        columns: by the first column in the grid, what the block shows there.
        parts: by the first column in the grid, the part of the row that is shown there.
    """

    table: str
    columns: Mapping[int, ShownColumn]
    parts: Mapping[int, str]

    @property
    def levels(self) -> dict[int, int]:
        """By the first column in the grid of a column of level names, the depth of the level from 0."""
        return {
            place: int(column.scope[5:]) - 1
            for place, column in self.columns.items()
            if isinstance(column, IndicatorColumn)
            and column.scope.startswith("level")
            and column.part == "name"
        }


class PrintedTables:
    """The tables of entered rows in one printed form.

    Attributes:
        tables: the growing tables that are printed a row a line.
    """

    def __init__(self, form: FormDefinition, table: FormTable) -> None:
        self._rows = table.rows
        self._blocks = _blocks_by_head(form, table)
        self.tables = frozenset(block.table for block in self._blocks.values())
        self._keys: dict[int, RowKey] = {}
        self._filled: set[int] = set()
        for cell in table.cells:
            for path in {paragraph.path for paragraph in cell.paragraphs if paragraph.path}:
                self._filled.add(cell.row)
                key = self.key_of(path)
                if key is not None and self.block(cell.row) is not None:
                    self._keys[cell.row] = key

    def key_of(self, path: InputPath) -> RowKey | None:
        """The row an input belongs to; None when its table is not printed a row a line."""
        number = path.number
        return (path.group, number) if number is not None and path.group in self.tables else None

    def key(self, row: int) -> RowKey | None:
        """The entered row that a row of the grid shows; None for any other row."""
        return self._keys.get(row)

    def block(self, row: int) -> TableBlock | None:
        """The block of entered rows that a row of the grid belongs to, its row of heads included."""
        head = row if self._rows[row].is_head else self._rows[row].head
        return None if head is None else self._blocks.get(head)

    def is_row_number(self, key: tuple[int, int]) -> bool:
        """Whether a cell, by row and column of the grid, prints the number of an entered row."""
        block = self.block(key[0])
        column = block.columns.get(key[1]) if block and not self.is_head(key[0]) else None
        return column is not None and column.show.rpartition(".")[2] == ROW_NUMBER

    def is_head(self, row: int) -> bool:
        """Whether a row of the grid holds column heads."""
        return self._rows[row].is_head

    def is_blank(self, row: int) -> bool:
        """Whether a row of the grid is printed for a row that nobody has entered yet."""
        return row not in self._filled and not self.is_head(row) and self.block(row) is not None


def _blocks_by_head(form: FormDefinition, table: FormTable) -> dict[int, TableBlock]:
    """The blocks of entered rows by the row of their heads. Every block but a grid has one such row."""
    heads = iter(number for number, row in enumerate(table.rows) if row.is_head)
    _, positions = united_edges(form)
    found = {}
    for block, edges in zip(form.layout.blocks, positions, strict=True):
        if isinstance(block, GridBlock):
            continue
        head = next(heads)
        if isinstance(block, MoneyBlock) or (isinstance(block, IndicatorBlock) and form.own is None):
            continue
        columns: tuple[ShownColumn, ...] = (
            block.columns if isinstance(block, RowsBlock) else form.layout.columns_of(block)
        )
        places = edges[1 if block.side else 0 : -1]
        table_id = block.table if isinstance(block, RowsBlock) else INDICATORS
        found[head] = _block(form, table_id, dict(zip(places, columns, strict=True)))
    return found


def _block(form: FormDefinition, table: str, columns: Mapping[int, ShownColumn]) -> TableBlock:
    known = {part.id for part in table_parts(form, table)}
    parts = {}
    for place, column in columns.items():
        shown = column.show
        part = _PART_OF.get(shown, shown if isinstance(column, RowColumn) else shown.partition("row.")[2])
        if part in known:
            parts[place] = part
    return TableBlock(table, columns, parts)
