"""The money table: the lines of the funds, their amounts, and weight, score and reason of one scored row."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.form.money import FundsEntry
from zhengti_zip.form.print_blocks import MoneyBlock
from zhengti_zip.form.print_columns import CellSpec, MoneyColumn
from zhengti_zip.grid.canvas import Canvas, heads_of, pairs
from zhengti_zip.grid.content import Entry, Paragraphs, content_of, origin_of
from zhengti_zip.grid.table import Break, Origin, Paragraph, Row
from zhengti_zip.submission.paths import DERIVED, InputPath

REASON = "reason"


def add_money(canvas: Canvas, block: MoneyBlock, edges: Sequence[int], entry: Entry) -> None:
    """Lay out the money table; its lines stay on one page."""
    places, lines = pairs(edges), entry.form.funds.lines
    first = 1 if block.side else 0
    heads = [block.label.head, *heads_of(block.columns)]
    head = canvas.add_heads(block, heads, places[first:])
    for number, line in enumerate(lines):
        row = range(head + 1 + number, head + 2 + number)
        canvas.rows.append(Row(break_before=Break.NEVER, head=head))
        canvas.put(row, places[first], (Paragraph(line.label),))
        for column, place in zip(block.columns, places[first + 1 :], strict=True):
            if not _is_merged(column, entry):
                paragraphs, origin = _shown(block, column, line, entry)
                canvas.put(row, place, paragraphs, origin, column.align)
    rows = range(head + 1, head + 1 + len(lines))
    for column, place in zip(block.columns, places[first + 1 :], strict=True):
        if _is_merged(column, entry):
            canvas.put(rows, place, *_value(f"scores.{block.row}.{REASON}", column, entry), column.align)
    canvas.add_side(block.side, head, places)


def _is_merged(column: MoneyColumn, entry: Entry) -> bool:
    return column.show == REASON and not _is_amount(column, entry)


def _is_amount(column: MoneyColumn, entry: Entry) -> bool:
    return any(column.show == amount.id for amount in entry.form.funds.columns)


def _shown(
    block: MoneyBlock, column: MoneyColumn, line: FundsEntry, entry: Entry
) -> tuple[Paragraphs, Origin]:
    """Paragraphs and origin of the cell of a column in a line."""
    other = (Paragraph(block.other),), Origin.LABEL
    if _is_amount(column, entry):
        if f"{line.id}.{column.show}" in entry.form.funds.absent:
            return other
        return _value(InputPath.money(line.id, column.show), column, entry)
    if line.id != block.line:
        return other
    is_derived = column.show.startswith(f"{DERIVED}.")
    return _value(column.show if is_derived else f"scores.{block.row}.{column.show}", column, entry)


def _value(value: str, column: MoneyColumn, entry: Entry) -> tuple[Paragraphs, Origin]:
    spec = CellSpec(value=value, empty=column.empty, places=column.places)
    return content_of(spec, entry), origin_of(value)
