"""Remarks on a definition that works: inputs never printed, columns too narrow, labels alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from string import Formatter

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.consistency.shown import GOAL_PARTS
from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import BORDER_PT, geometry_of, united_edges
from zhengti_zip.form.mistakes import Level, Mistake
from zhengti_zip.form.print_layout import CellSpec, GridBlock
from zhengti_zip.grid.metrics import FontMetrics
from zhengti_zip.submission.inputs import goal_parts

DRAFT_MARK = "（起草中）"
"""What ``form new`` puts behind the name of a form it starts."""


_remark = partial(Mistake, level=Level.REMARK)


def remarks(form: FormDefinition) -> list[Mistake]:
    """The remarks on a definition without errors; file and line are not set yet."""
    return [
        *_name(form),
        *_unprinted(form),
        *_unscored_outcomes(form),
        *_versions(form),
        *_labels(form),
        *_narrow_columns(form),
        *_narrow_total(form),
    ]


def _name(form: FormDefinition) -> Iterator[Mistake]:
    if form.name.endswith(DRAFT_MARK):
        words = f"表的名称仍是“{form.name}”"
        yield _remark("name", words, "写上这张表的正式名称；source 也要改为它的出处")


def _cells(form: FormDefinition) -> Iterator[tuple[str, CellSpec]]:
    """Every cell of every grid with its key path."""
    for number, block in enumerate(form.layout.blocks):
        if isinstance(block, GridBlock):
            for name, cell in block.cells.items():
                yield f"layout.blocks.{number}.cells.{name}", cell


def _unprinted(form: FormDefinition) -> Iterator[Mistake]:
    """Inputs and results that no cell and no column prints."""
    shown = {cell.value for _, cell in _cells(form)}
    named = {part[1] for line in form.title for part in Formatter().parse(line)}
    roles = set(form.roles.model_dump().values())
    for i, field in enumerate(form.fields):
        if f"fields.{field.id}" not in shown and field.id not in named | roles:
            words = f"“{field.label}”要求填写，但没有打印在任何地方"
            yield _remark(
                f"fields.{i}", words, f"在标题中写 {{{field.id}}}，或在 layout 中加一格；不需要的删除"
            )
    summed = {key for rule in form.budget.sums for key in (*rule.left, *rule.right)}
    for i, column in enumerate(form.budget.columns):
        if f"budget.{column.id}" not in shown and column.id not in summed:
            words = f"预算栏“{column.label}”既不打印，也不在任何合计关系中"
            yield _remark(
                f"budget.columns.{i}", words, f"在 layout 中加一格 value: budget.{column.id}，或删除"
            )
    labels = {f"goals.{part.id}": part.label for part in goal_parts(form) if part.id in GOAL_PARTS}
    labels |= {"total.score": "总分", "grade.bands": "评价等级"}
    for value, label in labels.items():
        if value not in shown:
            yield _remark("layout.blocks", f"“{label}”没有打印", f"在 layout 中加一格 value: {value}")
    columns = {column.show for column in form.layout.columns}
    for show, label in (
        ("row.score", "得分"),
        ("row.reason", "未达标原因"),
        ("row.improvement", "改进措施"),
    ):
        if show not in columns:
            yield _remark("layout.columns", f"“{label}”没有打印", f"加一栏 show: {show}")


def _unscored_outcomes(form: FormDefinition) -> Iterator[Mistake]:
    rules = [rule for context in form.rows for rule in context.row.rules]
    used = set(chain.from_iterable(getattr(rule, "groups", ()) for rule in rules))
    for group in form.outcomes.groups:
        if group not in used:
            words = f"没有评分规则使用“{group}”类指标，填了也不计分"
            remedy = "在某条 kind: completion 规则的 groups 中写上它，或从这里删除"
            yield _remark(f"outcomes.groups.{group}", words, remedy)


def _versions(form: FormDefinition) -> Iterator[Mistake]:
    for context, path in rows_of(form):
        starts = [rule.since for rule in context.row.rules]
        if all(since is not None and since > form.year for since in starts):
            words = f"“{context.name}”的规则都在 {form.year} 年以后才适用，现按最早的一版评分"
            yield _remark(f"{path}.rules.0.since", words, f"去掉第一版的 since，或改为不晚于 {form.year}")


def _labels(form: FormDefinition) -> Iterator[Mistake]:
    """Labels that occur twice, are too short or are not Chinese."""
    asked: list[tuple[str, Input]] = [(f"fields.{i}.label", item) for i, item in enumerate(form.fields)]
    asked += [(f"budget.columns.{i}.label", item) for i, item in enumerate(form.budget.columns)]
    paths = {context.row.id: path for context, path in rows_of(form)}
    for context, item in form.data_inputs():
        asked.append((f"{paths[context.row.id]}.rules", item))
    seen: dict[str, Input] = {}
    for path, item in asked:
        if item.label in seen and seen[item.label] is not item:
            words = f"有两项都叫“{item.label}”（{seen[item.label].id} 和 {item.id}），填表人和案例都分不清"
            yield _remark(path, words, "给其中一项换一个说法")
        seen.setdefault(item.label, item)
        if len(item.label.strip()) < 2 or not any("\u4e00" <= char <= "\u9fff" for char in item.label):
            yield _remark(path, f"标签“{item.label}”说不清要填什么", "用中文写明要填的内容")
    names: set[str] = set()
    for context, path in rows_of(form):
        if context.name in names:
            words = f"有两行评分都叫“{context.name}”"
            yield _remark(path, words, "同一指标的各行用 aspect 区分，例如 aspect: 完整性")
        names.add(context.name)


def _narrow_columns(form: FormDefinition) -> Iterator[Mistake]:
    """Columns in which a number would be broken over two lines."""
    body = geometry_of(form.layout).body
    weights = [context.row.weight for context in form.rows]
    widest = {
        "row.score": f"{int(max(weights))}.55",
        "row.weight": max(map(plain, weights), key=len),
    }
    for i, column in enumerate(form.layout.columns):
        text = widest.get(column.show, "")
        if text and FontMetrics.bundled().width(text, body) > column.chars * body:
            words = f"“{column.head}”这一栏太窄，{text} 会折成两行"
            yield _remark(f"layout.columns.{i}.chars", words, "加大 chars")


def _narrow_total(form: FormDefinition) -> Iterator[Mistake]:
    """A cell in which the total would be broken over two lines."""
    geometry, text = geometry_of(form.layout), f"{int(form.full_score)}.55"
    edges, positions = united_edges(form)
    for number, block in enumerate(form.layout.blocks):
        if not isinstance(block, GridBlock):
            continue
        own = [edges[position] for position in positions[number]]
        for name in (name for name, cell in block.cells.items() if cell.value == "total.score"):
            cell, spots = (
                block.cells[name],
                [j for row in block.areas for j, it in enumerate(row) if it == name],
            )
            room = own[max(spots) + 1] - own[min(spots)] - BORDER_PT - 2 * geometry.padding_x
            if FontMetrics.bundled().width(text, geometry.body * cell.scale, bold=cell.bold) > room:
                words = f"总分这一格太窄，{text} 会折成两行"
                yield _remark(f"layout.blocks.{number}.cells.{name}", words, "合并到旁边的列，或加宽所在的列")
