"""The indicator tables: levels, indicators and rows, merged where neighbours have the same label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.print_blocks import EmptyGroup, IndicatorBlock
from zhengti_zip.form.print_columns import ROW_NUMBER, IndicatorColumn
from zhengti_zip.form.rules.attainment import Attainment
from zhengti_zip.form.tree import Level, LevelPath, level_paths
from zhengti_zip.grid.canvas import Canvas, heads_of, pairs
from zhengti_zip.grid.content import Entry, Paragraphs, score_part
from zhengti_zip.grid.entered_rows import indicator_part, rate_text
from zhengti_zip.grid.formats import number as printed_number
from zhengti_zip.grid.table import Break, Origin, Paragraph, Row
from zhengti_zip.scoring.evaluation import RowResult

ENTERED_BESIDE = ("score", "reason", "improvement", "evidence")
"""What is entered beside every scored row, fixed or entered."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of an indicator table; ``result`` is None for the blank row of a group without entered rows."""

    levels: LevelPath
    result: RowResult | None

    def level(self, depth: int) -> Level | None:
        """Its level at a depth from 0; None where the tree is less deep here."""
        return self.levels[depth] if depth < len(self.levels) else None

    def key(self, scope: str) -> str:
        """What a cell is merged over: neighbours with the same key have one cell.

        Args:
            scope: level1, level2 …, indicator or row.
        """
        if scope.startswith("level"):
            return ".".join(level.id for level in self.levels[: int(scope[5:])])
        if self.result is None:
            return f"blank {self.key('level9')}"
        context = self.result.context
        return context.indicator.id if scope == "indicator" else context.row.id


def add_indicators(canvas: Canvas, block: IndicatorBlock, edges: Sequence[int], entry: Entry) -> None:
    """Lay out one indicator table."""
    columns, places = entry.form.layout.columns_of(block), pairs(edges)
    side = places[:1] if block.side else []
    head = canvas.add_heads(block, heads_of(columns), places[len(side) :])
    rows = _rows(block, entry)
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        canvas.rows.append(Row(break_before=_break_between(before, row), head=head))
    for column, place_of_column in zip(columns, places[len(side) :], strict=True):
        for run in _merged(rows, column.scope):
            number = sum(row.result is not None for row in rows[: run.start + 1])
            paragraphs, origin = _shown(column, rows[run.start], number, entry)
            spot = range(head + 1 + run.start, head + 1 + run.stop)
            canvas.put(spot, place_of_column, paragraphs, origin, column.align)
    canvas.add_side(block.side, head, places)


def _rows(block: IndicatorBlock, entry: Entry) -> list[TableRow]:
    """The rows of a table. One without any row has blank ones, so that a blank form looks like a form."""
    layout, found = entry.form.layout, []
    for path in level_paths(entry.form.indicators):
        ids = [level.id for level in path]
        results = [row for row in entry.evaluation.rows if row.context.levels[-1] is path[-1]]
        for result in results:
            row_id = None if result.context.is_entered else result.context.row.id
            if any(table is block for table in layout.tables_for(ids, row_id)):
                found.append(TableRow(path, result))
        if path[-1].entered and not results and any(table is block for table in layout.tables_for(ids)):
            found.append(TableRow(path, None))
    filled = [row for row in found if row.result is not None]
    return found if block.empty_group is EmptyGroup.LINE or not filled else filled


def _merged(rows: Sequence[TableRow], scope: str) -> Iterator[range]:
    """Runs of neighbouring rows that have one cell."""
    start = 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place].key(scope) != rows[start].key(scope):
            yield range(start, place)
            start = place


def _break_between(before: TableRow | None, this: TableRow) -> Break:
    if before is None or before.key("indicator") == this.key("indicator"):
        return Break.NEVER
    return Break.ALLOWED if before.levels[-1] is this.levels[-1] else Break.PREFERRED


def _shown(column: IndicatorColumn, row: TableRow, number: int, entry: Entry) -> tuple[Paragraphs, Origin]:
    """Paragraphs and origin of a cell."""
    if column.scope.startswith("level"):
        return _label(_of_level(column, row.level(int(column.scope[5:]) - 1)))
    if row.result is None:
        return _label("")
    context = row.result.context
    if column.show == "indicator.explanation":
        return _label(context.indicator.explanation)
    if column.show == "indicator.standard":
        return _label(context.indicator.standard)
    if column.part == ROW_NUMBER:
        return _label(str(number))
    if column.part in ENTERED_BESIDE:
        found = score_part(row.result, column.part, column.empty, column.places)
        return found, Origin.ENTERED
    if context.number is None:
        fixed = {
            "indicator.name": context.indicator.name,
            "row.weight": printed_number(context.row.weight, column.places),
        }
        return _label(fixed.get(column.show, ""))
    if column.part == "completion":
        return (Paragraph(_completion(column, row.result, context.number, entry)),), Origin.COMPUTED
    return indicator_part(entry, context.number, column.part, column), Origin.ENTERED


def _label(text: str) -> tuple[Paragraphs, Origin]:
    return tuple(Paragraph(line) for line in text.split("\n")), Origin.LABEL


def _of_level(column: IndicatorColumn, level: Level | None) -> str:
    if level is None:
        return ""
    return level.name if column.part == "name" else plain(level.points)


def _completion(column: IndicatorColumn, result: RowResult, row: int, entry: Entry) -> str:
    if not isinstance(result.rule, Attainment):
        return ""
    found = result.rule.completion_of(entry.submission.indicators[row])
    return rate_text(None if found is None else found.part, column)
