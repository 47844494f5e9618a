"""Page, columns of the indicator table and the cells of the grids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhengti_zip.form.consistency.tree import duplicates
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import BORDER_PT, column_edges, geometry_of, united_edges
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.print_layout import CellSpec, GridBlock

GOAL_PARTS = ("goal", "completion", "reason")
TOTAL_PARTS = ("weight", "score")
GRADE_PARTS = ("bands",)

Spots = dict[str, list[tuple[int, int]]]
"""Where each cell name stands: (row, column) pairs."""


def layout_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Mistakes in the page, the columns and the grids."""
    shown = [(column.show.value, f"layout.columns.{i}.show") for i, column in enumerate(form.layout.columns)]
    yield from duplicates(shown, "栏目")
    yield from _page(form)
    tables = [i for i, block in enumerate(form.layout.blocks) if block.kind == "indicators"]
    if len(tables) != 1:
        words = f"应有且只有一个 kind: indicators，现有 {len(tables)} 个"
        yield Mistake("layout.blocks", words, "在指标表的位置写一个“- kind: indicators”，多余的删除")
    edges, positions = united_edges(form)
    for i, block in enumerate(form.layout.blocks):
        if isinstance(block, GridBlock):
            own = [edges[position] for position in positions[i]]
            yield from _grid(block, own, f"layout.blocks.{i}", form)


def _page(form: FormDefinition) -> Iterator[Mistake]:
    geometry, width = geometry_of(form.layout), column_edges(form.layout)[-1]
    if width > geometry.content_width:
        words = f"表宽 {width:.1f} pt，超过页边距以内的 {geometry.content_width:.1f} pt"
        yield Mistake("layout.columns", words, "减小各栏的 chars、字号 body_pt 或左右页边距")
    for i, column in enumerate(form.layout.columns):
        if column.chars < 1:
            yield Mistake(f"layout.columns.{i}.chars", "这一栏连一个字也放不下", "改为 1 以上")


def _grid(block: GridBlock, edges: list[float], path: str, form: FormDefinition) -> Iterator[Mistake]:
    width = len(block.widths or form.layout.columns)
    for i, row in enumerate(block.areas):
        if len(row) != width:
            words = f"这一行有 {len(row)} 格，应为 {width} 格"
            basis = "widths" if block.widths else "layout.columns"
            yield Mistake(f"{path}.areas.{i}", words, f"每行写 {width} 个单元格名，与 {basis} 的个数一致")
            return
    where: Spots = {}
    for i, row in enumerate(block.areas):
        for j, name in enumerate(row):
            where.setdefault(name, []).append((i, j))
    yield from _areas(block, where, path)
    yield from _widths(block, where, edges, path, form)
    for name, cell in block.cells.items():
        yield from _cell(name, cell, where, f"{path}.cells.{name}", form)


def _areas(block: GridBlock, where: Spots, path: str) -> Iterator[Mistake]:
    for name, spots in where.items():
        rows, columns = {i for i, _ in spots}, {j for _, j in spots}
        box = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
        if box != len(spots):
            remedy = f"使 {name} 的各格连成一个矩形；不相连的两处用两个名字"
            yield Mistake(f"{path}.areas", f"单元格 {name} 没有占满一个矩形", remedy)
        if name not in block.cells:
            remedy = f"在 cells 中加上 {name}，空白格写 {name}: {{}}"
            yield Mistake(f"{path}.areas", f"单元格 {name} 在 cells 中没有定义", remedy)


def _widths(
    block: GridBlock, where: Spots, edges: list[float], path: str, form: FormDefinition
) -> Iterator[Mistake]:
    """Columns without width, and cells narrower than one character."""
    for j, (left, right) in enumerate(pairwise(edges)):
        if left == right:
            yield Mistake(f"{path}.widths.{j}", "这一列太窄，会消失", "加大它与其他列的比例")
            return
    geometry = geometry_of(form.layout)
    for name, spots in where.items():
        columns = [j for _, j in spots]
        room = edges[max(columns) + 1] - edges[min(columns)] - BORDER_PT - 2 * geometry.padding_x
        cell = block.cells.get(name)
        if cell is not None and (cell.text or cell.value) and room < cell.scale * geometry.body:
            remedy = "加宽所在的列，或减小 scale、padding_chars"
            yield Mistake(f"{path}.cells.{name}", f"单元格 {name} 连一个字也放不下", remedy)


def _cell(name: str, cell: CellSpec, where: Spots, path: str, form: FormDefinition) -> Iterator[Mistake]:
    if name not in where:
        remedy = f"把 {name} 写进 areas；不要的话从 cells 中删除"
        yield Mistake(path, f"单元格 {name} 在 areas 中没有位置", remedy)
    if cell.value is not None:
        if cell.text:
            yield Mistake(path, "text 与 value 只能有一个", "删除其中之一；值前面的文字写在 prefix")
        yield from _reference(cell.value, f"{path}.value", form)


def _reference(value: str, path: str, form: FormDefinition) -> Iterator[Mistake]:
    group, _, name = value.partition(".")
    known = {
        "fields": tuple(form.field_by_id),
        "budget": tuple(column.id for column in form.budget.columns),
        "goals": GOAL_PARTS,
        "total": TOTAL_PARTS,
        "grade": GRADE_PARTS,
    }[group]
    if name not in known:
        remedy = f"改为其中之一：{'、'.join(f'{group}.{key}' for key in known)}"
        yield Mistake(path, f"没有 {value} 这个值", remedy)
