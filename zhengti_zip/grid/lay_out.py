"""Submission + Evaluation → FormTable: fill the cells of the form definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import geometry_of, united_edges
from zhengti_zip.form.print_blocks import GridBlock, IndicatorBlock, MoneyBlock, RowsBlock
from zhengti_zip.grid.canvas import Canvas
from zhengti_zip.grid.content import Entry, content_of, origin_of
from zhengti_zip.grid.indicator_table import add_indicators
from zhengti_zip.grid.money_table import add_money
from zhengti_zip.grid.prompts import prompts_of
from zhengti_zip.grid.row_table import add_rows
from zhengti_zip.grid.table import Break, FormTable, Row
from zhengti_zip.grid.unruled_lines import cover_of, line_above, signature_item, title_line
from zhengti_zip.scoring.evaluation import Evaluation, year_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import InputPath


def lay_out(form: FormDefinition, submission: Submission, evaluation: Evaluation) -> FormTable:
    """Build the printed grid of one department's form."""
    entry, canvas = Entry(form, submission, evaluation), Canvas()
    edges, positions = united_edges(form)
    for block, columns in zip(form.layout.blocks, positions, strict=True):
        _add_block(canvas, block, columns, entry)
    title = [title_line(line, entry) for line in form.title]
    table = FormTable(
        form_id=form.id,
        form_version=form.version,
        year=year_of(form, submission),
        department=submission.field_text(form.roles.department),
        title=tuple(text for text, _ in title),
        title_inputs=tuple(spans for _, spans in title),
        edges=tuple(edges),
        rows=tuple(canvas.rows),
        cells=tuple(sorted(canvas.cells, key=lambda cell: (cell.row, cell.column))),
        geometry=geometry_of(form.layout),
        cover=cover_of(entry),
        above=tuple(line_above(line, entry) for line in form.layout.above),
        signature=tuple(signature_item(item, entry) for item in form.layout.signature),
        page_numbers=form.layout.page_numbers,
    )
    return replace(table, prompts=prompts_of(form, submission, _printed(table)))


def _add_block(
    canvas: Canvas,
    block: GridBlock | IndicatorBlock | RowsBlock | MoneyBlock,
    edges: Sequence[int],
    entry: Entry,
) -> None:
    if isinstance(block, GridBlock):
        _add_grid(canvas, block, edges, entry)
    elif isinstance(block, IndicatorBlock):
        add_indicators(canvas, block, edges, entry)
    elif isinstance(block, RowsBlock):
        add_rows(canvas, block, edges, entry)
    else:
        add_money(canvas, block, edges, entry)


def _add_grid(canvas: Canvas, block: GridBlock, edges: Sequence[int], entry: Entry) -> None:
    first = len(canvas.rows)
    for number in range(len(block.areas)):
        before = Break.NEVER if number else canvas.break_before(block)
        canvas.rows.append(Row(break_before=before))
    for name, spec in block.cells.items():
        spots = [(i, j) for i, row in enumerate(block.areas) for j, area in enumerate(row) if area == name]
        (top, left), (bottom, right) = spots[0], spots[-1]
        canvas.put(
            range(first + top, first + bottom + 1),
            (edges[left], edges[right + 1]),
            content_of(spec, entry),
            origin_of(spec.value),
            spec.align,
            scale=spec.scale,
            bold=spec.bold,
            vertical=spec.vertical,
        )


def _printed(table: FormTable) -> frozenset[InputPath]:
    """The paths of everything that is printed in a cell or on an unruled line."""
    in_cells = (paragraph.path for cell in table.cells for paragraph in cell.paragraphs)
    return frozenset((*in_cells, *(span.path for line in table.outside for span in line.inputs)))
