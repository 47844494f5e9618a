"""Columns and cells in which a number would be broken over two lines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from zhengti_zip.base.numbers import money, plain
from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import BORDER_PT, geometry_of, united_edges
from zhengti_zip.form.mistakes import Level, Mistake
from zhengti_zip.form.print_blocks import GridBlock, IndicatorBlock, MoneyBlock
from zhengti_zip.grid.metrics import FontMetrics
from zhengti_zip.submission.paths import BUDGET, FUNDS, InputPath

MILLION = money(Decimal("1000000.00"))
"""An amount that must fit wherever an amount is printed, in 万元."""

_remark = partial(Mistake, level=Level.REMARK)


def narrow_places(form: FormDefinition) -> Iterator[Mistake]:
    """Places too narrow for the widest number that can stand there; file and line are not set."""
    edges, positions = united_edges(form)
    for number, block in enumerate(form.layout.blocks):
        path, own = f"layout.blocks.{number}", [edges[position] for position in positions[number]]
        if isinstance(block, GridBlock):
            yield from _cells(form, block, own, path)
        elif isinstance(block, IndicatorBlock):
            columns = f"{path}.columns" if block.columns else "layout.columns"
            shown = [(column.head, column.show) for column in form.layout.columns_of(block)]
            yield from _columns(form, shown, own, columns)
        elif isinstance(block, MoneyBlock):
            funds = {column.id for column in form.funds.columns}
            shown = [
                (column.head, f"funds.{column.show}" if column.show in funds else column.show)
                for column in block.columns
            ]
            yield from _columns(form, shown, own, f"{path}.columns")


def _columns(
    form: FormDefinition, shown: list[tuple[str, str]], edges: list[float], path: str
) -> Iterator[Mistake]:
    """Columns of a table; they are the last of its columns, behind those for labels."""
    geometry = geometry_of(form.layout)
    first = len(edges) - 1 - len(shown)
    for i, (head, value) in enumerate(shown):
        room = edges[first + i + 1] - edges[first + i] - BORDER_PT - 2 * geometry.padding_x
        text = _widest(form, value)
        if text and FontMetrics.bundled().width(text, geometry.body) > room:
            words = f"“{head}”这一栏太窄，{text} 会折成两行"
            yield _remark(f"{path}.{i}.chars", words, "加大 chars")


def _cells(form: FormDefinition, block: GridBlock, edges: list[float], path: str) -> Iterator[Mistake]:
    geometry = geometry_of(form.layout)
    for name, cell in block.cells.items():
        text = _widest(form, cell.value or "")
        spots = [j for row in block.areas for j, other in enumerate(row) if other == name]
        if not text or not spots:
            continue
        room = edges[max(spots) + 1] - edges[min(spots)] - BORDER_PT - 2 * geometry.padding_x
        if FontMetrics.bundled().width(text, geometry.body * cell.scale, bold=cell.bold) > room:
            what = "总分" if cell.value == InputPath.total("score") else f"单元格 {name} "
            words = f"{what}这一格太窄，{text} 会折成两行"
            yield _remark(f"{path}.cells.{name}", words, "合并到旁边的列，或加宽所在的列")


def _widest(form: FormDefinition, value: str) -> str:
    """The widest number that a value prints as; "" where it is no number or may be broken."""
    group, _, name = value.partition(".")
    weights = [context.row.weight for context in form.rows] or [form.full_score]
    if value in ("row.score", "score"):
        return f"{int(max(weights))}.55"
    if value in ("row.weight", "weight"):
        return max(map(plain, weights), key=len)
    if value == InputPath.total("score"):
        return f"{int(form.full_score)}.55"
    is_amount = group in (BUDGET, FUNDS) or (
        group == "fields" and name in form.field_by_id and form.field_by_id[name].kind is ValueKind.AMOUNT
    )
    return MILLION if is_amount else ""
