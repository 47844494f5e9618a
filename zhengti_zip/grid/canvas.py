"""The rows and cells of a form while it is laid out, and what all blocks have in common."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from zhengti_zip.form.print_blocks import Block
from zhengti_zip.form.print_columns import Align, Side, TableColumn
from zhengti_zip.grid.content import Paragraphs
from zhengti_zip.grid.table import Break, Cell, Origin, Paragraph, Row

Columns = Sequence[tuple[int, int]]
"""Per column of a block its first column in the grid that all blocks share, and the one behind its last."""


class Canvas:
    """Collects rows and cells block by block."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.cells: list[Cell] = []

    def put(
        self,
        rows: range,
        columns: tuple[int, int],
        paragraphs: Paragraphs,
        origin: Origin = Origin.LABEL,
        align: Align = Align.CENTER,
        **looks: Any,
    ) -> None:
        """Add a cell; a single character such as "-" is centred in any cell."""
        text = "".join(paragraph.text for paragraph in paragraphs)
        self.cells.append(
            Cell(
                row=rows.start,
                column=columns[0],
                row_span=len(rows),
                column_span=columns[1] - columns[0],
                paragraphs=paragraphs,
                origin=origin,
                align=align if len(text) > 1 else Align.CENTER,
                **looks,
            )
        )

    def break_before(self, block: Block) -> Break:
        """Whether a page may break before the first row of a block."""
        if block.new_page and self.rows:
            return Break.ALWAYS
        return Break.NEVER if block.keep_with_previous or not self.rows else Break.ALLOWED

    def add_heads(self, block: Block, heads: Sequence[str], columns: Columns) -> int:
        """Add a row of column heads and give its number."""
        row = len(self.rows)
        before = self.break_before(block) if block.new_page or block.keep_with_previous else Break.ALLOWED
        self.rows.append(Row(is_head=True, break_before=before))
        for head, place in zip(heads, columns, strict=True):
            self.put(range(row, row + 1), place, (Paragraph(head),) if head else (), bold=True)
        return row

    def add_side(self, side: Side | None, first: int, columns: Columns) -> None:
        """Add the label at the left of all rows from ``first`` on."""
        if side is not None:
            rows = range(first, len(self.rows))
            self.put(rows, columns[0], (Paragraph(side.text),), bold=True, vertical=side.vertical)


def pairs(edges: Sequence[int]) -> Columns:
    """The columns between neighbouring edges."""
    return list(pairwise(edges))


def heads_of(columns: Sequence[TableColumn]) -> list[str]:
    """The heads of some columns."""
    return [column.head for column in columns]
