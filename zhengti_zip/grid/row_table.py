"""Tables of entered rows: goals, performance indicators or units, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.form.print_blocks import RowsBlock
from zhengti_zip.form.print_columns import ROW_NUMBER, RowColumn
from zhengti_zip.grid.canvas import Canvas, heads_of, pairs
from zhengti_zip.grid.content import Entry, Paragraphs
from zhengti_zip.grid.entered_rows import row_part
from zhengti_zip.grid.table import Break, Origin, Paragraph, Row
from zhengti_zip.submission.paths import GOALS


def add_rows(canvas: Canvas, block: RowsBlock, edges: Sequence[int], entry: Entry) -> None:
    """Lay out a table of entered rows; at least ``empty_rows`` lines are printed."""
    places = pairs(edges)
    side = places[:1] if block.side else []
    head = canvas.add_heads(block, heads_of(block.columns), places[len(side) :])
    entered = len(entry.submission.rows(block.table))
    for number in range(max(entered, block.empty_rows)):
        row = len(canvas.rows)
        canvas.rows.append(Row(break_before=Break.ALLOWED if number else Break.NEVER, head=head))
        for column, place in zip(block.columns, places[len(side) :], strict=True):
            paragraphs, origin = _shown(block, column, number, entry, entered)
            canvas.put(range(row, row + 1), place, paragraphs, origin, column.align)
    canvas.add_side(block.side, head, places)


def _shown(
    block: RowsBlock, column: RowColumn, number: int, entry: Entry, entered: int
) -> tuple[Paragraphs, Origin]:
    if column.show == ROW_NUMBER:
        return (Paragraph(str(number + 1)),), Origin.LABEL
    if number >= max(entered, 1 if block.table == GOALS else 0):
        return (), Origin.LABEL
    return row_part(entry, block.table, number, column.show, column), Origin.ENTERED
