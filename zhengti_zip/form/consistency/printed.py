"""Page, columns of the tables, which level is printed where, and the unruled lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengti_zip.form.consistency.grids import grid_mistakes
from zhengti_zip.form.consistency.shown import (
    column_mistakes,
    money_mistakes,
    reference_mistakes,
    row_column_mistakes,
)
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import geometry_of, own_edges, table_width, united_edges
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.print_blocks import GridBlock, IndicatorBlock, MoneyBlock, RowsBlock
from zhengti_zip.form.print_layout import LineItem
from zhengti_zip.form.tree import LevelPath, level_paths


def layout_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Mistakes in the page, the columns, the blocks and the unruled lines."""
    tables = [block for block in form.layout.blocks if isinstance(block, IndicatorBlock)]
    if any(not form.layout.columns_of(block) for block in tables):
        words = "指标表没有栏目"
        yield Mistake("layout", words, "写上 layout.columns，或在每个 kind: indicators 中写上 columns")
        return
    yield from column_mistakes(form, form.layout.columns, "layout.columns")
    yield from _page(form)
    yield from _tables(form)
    edges, positions = united_edges(form)
    for i, block in enumerate(form.layout.blocks):
        path = f"layout.blocks.{i}"
        if block.new_page and (i == 0 or block.keep_with_previous):
            why = "第一个块前面没有内容" if i == 0 else "又写了 keep_with_previous"
            yield Mistake(
                f"{path}.new_page", f"{why}，不能另起一页", "删除 new_page，或删除 keep_with_previous"
            )
        if isinstance(block, GridBlock):
            own = [edges[position] for position in positions[i]]
            yield from grid_mistakes(block, own, path, form)
        elif isinstance(block, IndicatorBlock):
            yield from column_mistakes(form, block.columns, f"{path}.columns")
        elif isinstance(block, RowsBlock):
            yield from row_column_mistakes(form, block, path)
        else:
            yield from money_mistakes(form, block, path)
    yield from _lines(form)


def _page(form: FormDefinition) -> Iterator[Mistake]:
    """A table wider than the paper, said of the block that makes it so, and columns without room."""
    layout, room = form.layout, geometry_of(form.layout).content_width
    width = table_width(layout)
    if width > room:
        widest = next(i for i, b in enumerate(layout.blocks) if (own_edges(layout, b) or [0.0])[-1] == width)
        block = layout.blocks[widest]
        is_shared = isinstance(block, GridBlock) or (isinstance(block, IndicatorBlock) and not block.columns)
        path = "layout.columns" if is_shared else f"layout.blocks.{widest}.columns"
        words = f"表宽 {width:.1f} pt，超过页边距以内的 {room:.1f} pt"
        yield Mistake(path, words, "减小各栏的 chars、字号 body_pt 或左右页边距")
    columns = [(f"layout.columns.{i}", column.chars) for i, column in enumerate(layout.columns)]
    for i, block in enumerate(layout.blocks):
        if isinstance(block, GridBlock):
            continue
        columns += [(f"layout.blocks.{i}.columns.{j}", c.chars) for j, c in enumerate(block.columns)]
        columns += [(f"layout.blocks.{i}.side", block.side.chars)] if block.side else []
        columns += [(f"layout.blocks.{i}.label", block.label.chars)] if isinstance(block, MoneyBlock) else []
    for path, chars in columns:
        if chars < 1:
            yield Mistake(f"{path}.chars", "这一栏连一个字也放不下", "改为 1 以上")


def _tables(form: FormDefinition) -> Iterator[Mistake]:
    """Rows that no block prints or that two blocks print, and ids in ``of`` that no level has."""
    layout = form.layout
    levels = {path[-1].id for path in level_paths(form.indicators)}
    for i, block in enumerate(layout.blocks):
        for j, level in enumerate(block.of if isinstance(block, IndicatorBlock) else ()):
            if level not in levels:
                remedy = f"改为其中之一：{'、'.join(sorted(levels))}"
                yield Mistake(f"layout.blocks.{i}.of.{j}", f"没有 id 为 {level} 的一级或下级指标", remedy)
    rows: list[tuple[str, LevelPath, str | None]] = [
        (context.name, context.levels, context.row.id) for context in form.rows
    ]
    rows += [(path[-1].name, path, None) for path in form.leaf_groups.values()]
    in_cells = _rows_in_cells(form)
    lost, twice = [], []
    for name, path, row_id in rows:
        tables = layout.tables_for([level.id for level in path], row_id)
        in_money = [b for b in layout.blocks if isinstance(b, MoneyBlock) and row_id and b.row == row_id]
        if not tables and not in_money and row_id not in in_cells:
            lost.append(name)
        if len(tables) + len(in_money) > 1:
            twice.append(name)
    if lost:
        remedy = "加一个“- kind: indicators”；已有 of 的，把它们所在的一级或下级指标的 id 写进 of"
        yield Mistake("layout.blocks", f"没有一个块打印{_listed(lost)}", remedy)
    if twice:
        remedy = "删除多余的 kind: indicators；要分成几个表的，在每个表的 of 中写上各自的指标 id"
        yield Mistake("layout.blocks", f"有两个块都打印{_listed(twice)}", remedy)


def _listed(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 项" if len(names) > 3 else ""
    return "、".join(f"“{name}”" for name in names[:3]) + more


def _rows_in_cells(form: FormDefinition) -> set[str]:
    """Ids of the scored rows whose score a cell of a grid shows."""
    cells = (
        cell for block in form.layout.blocks if isinstance(block, GridBlock) for cell in block.cells.values()
    )
    shown = (cell.value.split(".") for cell in cells if cell.value)
    return {steps[1] for steps in shown if steps[0] == "scores" and steps[2] == "score"}


def _lines(form: FormDefinition) -> Iterator[Mistake]:
    layout, cover = form.layout, form.layout.cover
    found: dict[str, Sequence[str | LineItem]] = {"layout.signature": layout.signature}
    lines = {"layout.above": layout.above}
    if cover:
        found["layout.cover.items"] = cover.items
        lines |= {"layout.cover.above": cover.above, "layout.cover.foot": cover.foot}
    for path, some in lines.items():
        found |= {f"{path}.{i}.items": line.items for i, line in enumerate(some)}
    for path, items in found.items():
        for i, item in enumerate(items):
            if not isinstance(item, LineItem):
                continue
            if not item.text and item.value is None:
                yield Mistake(f"{path}.{i}", "这一项没有内容", "写上 text 或 value，不要的删除")
            if item.value is not None:
                yield from reference_mistakes(item.value, f"{path}.{i}.value", form)
