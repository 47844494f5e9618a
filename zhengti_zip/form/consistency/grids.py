"""The grids of the layout: areas, widths and cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhengti_zip.form.consistency.shown import reference_mistakes
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import geometry_of, text_room
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.print_blocks import GridBlock
from zhengti_zip.form.print_columns import CellSpec

Spots = dict[str, list[tuple[int, int]]]
"""Where each cell name stands: (row, column) pairs."""


def grid_mistakes(block: GridBlock, edges: list[float], path: str, form: FormDefinition) -> Iterator[Mistake]:
    """Mistakes of one grid.

    Args:
        block: the grid.
        edges: of its columns in pt.
        path: its key path.
        form: the form it belongs to.
    """
    width = len(edges) - 1 if block.widths is None else len(block.widths)
    for i, row in enumerate(block.areas):
        if len(row) != width:
            words = f"这一行有 {len(row)} 格，应为 {width} 格"
            basis = "widths" if block.widths else "指标表的栏数"
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
    body = geometry_of(form.layout).body
    for name, spots in where.items():
        columns = [j for _, j in spots]
        room = text_room(form.layout, edges[min(columns)], edges[max(columns) + 1])
        cell = block.cells.get(name)
        if cell is not None and (cell.text or cell.value) and room < cell.scale * body:
            remedy = "加宽所在的列，或减小 scale、padding_chars"
            yield Mistake(f"{path}.cells.{name}", f"单元格 {name} 连一个字也放不下", remedy)


def _cell(name: str, cell: CellSpec, where: Spots, path: str, form: FormDefinition) -> Iterator[Mistake]:
    if name not in where:
        remedy = f"把 {name} 写进 areas；不要的话从 cells 中删除"
        yield Mistake(path, f"单元格 {name} 在 areas 中没有位置", remedy)
    if cell.value is None:
        if cell.suffix or cell.places is not None:
            yield Mistake(
                path, "suffix 和 places 只用于有 value 的单元格", "加上 value，或删除 suffix 和 places"
            )
        return
    if cell.text:
        yield Mistake(path, "text 与 value 只能有一个", "删除其中之一；值前面的文字写在 prefix")
    if cell.vertical:
        yield Mistake(path, "填写的值不能竖排", "删除 vertical；只有 text 可以竖排")
    yield from reference_mistakes(cell.value, f"{path}.value", form)
