"""What a well-shaped definition can still get wrong: sums, ids, references, grids, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from string import Formatter

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition, Level1, RowContext
from zhengti_zip.form.layout import GridBlock
from zhengti_zip.numbers import plain
from zhengti_zip.table import column_edges, geometry_of

SCOPES = ("level1", "level2", "indicator", "row")
GOAL_PARTS = ("goal", "completion", "reason")
TOTAL_PARTS = ("weight", "score")
GRADE_PARTS = ("bands",)


@dataclass(frozen=True, slots=True)
class Fault:
    """A contradiction inside a definition: the key path it stands at and what is wrong, in Chinese."""

    path: str
    message: str


def inconsistencies(form: FormDefinition) -> list[Fault]:
    """Every contradiction in ``form``; an empty list means it can be used."""
    return [
        *_weights(form),
        *_ids(form),
        *_fields(form),
        *_budget(form),
        *_grades(form),
        *_rules(form),
        *_outcomes(form),
        *_layout(form),
    ]


def _weights(form: FormDefinition) -> Iterator[Fault]:
    total = sum((level1.weight for level1 in form.indicators), Decimal(0))
    if total != form.full_score:
        yield Fault("indicators", f"一级指标分值合计 {plain(total)}，应为满分 {plain(form.full_score)}")
    for i, level1 in enumerate(form.indicators):
        yield from _level_weights(level1, f"indicators.{i}")


def _level_weights(level1: Level1, path: str) -> Iterator[Fault]:
    groups = sum((group.weight for group in level1.groups), Decimal(0))
    if groups != level1.weight:
        yield Fault(
            f"{path}.weight", f"“{level1.name}”分值 {plain(level1.weight)}，其二级指标合计 {plain(groups)}"
        )
    for j, group in enumerate(level1.groups):
        rows = sum((row.weight for item in group.indicators for row in item.rows), Decimal(0))
        if rows != group.weight:
            yield Fault(
                f"{path}.groups.{j}.weight",
                f"“{group.name}”分值 {plain(group.weight)}，其三级指标合计 {plain(rows)}",
            )


def _duplicates(pairs: Iterator[tuple[str, str]], what: str) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for key, path in pairs:
        if key in seen:
            yield Fault(path, f"{what} {key} 与 {seen[key]} 重复")
        seen.setdefault(key, path)


def _ids(form: FormDefinition) -> Iterator[Fault]:
    yield from _duplicates(((f.id, f"fields.{i}.id") for i, f in enumerate(form.fields)), "字段 id")
    columns = enumerate(form.budget.columns)
    yield from _duplicates(((c.id, f"budget.columns.{i}.id") for i, c in columns), "预算栏 id")
    yield from _duplicates(_group_ids(form), "指标 id")
    yield from _duplicates(_row_ids(form), "评分行 id")


def _group_ids(form: FormDefinition) -> Iterator[tuple[str, str]]:
    for i, level1 in enumerate(form.indicators):
        yield level1.id, f"indicators.{i}.id"
        for j, level2 in enumerate(level1.groups):
            yield level2.id, f"indicators.{i}.groups.{j}.id"
            for k, indicator in enumerate(level2.indicators):
                yield indicator.id, f"indicators.{i}.groups.{j}.indicators.{k}.id"


def _row_ids(form: FormDefinition) -> Iterator[tuple[str, str]]:
    for context, path in _rows(form):
        yield context.row.id, f"{path}.id"


def _rows(form: FormDefinition) -> Iterator[tuple[RowContext, str]]:
    """Scored rows with their key path."""
    for i, level1 in enumerate(form.indicators):
        for j, level2 in enumerate(level1.groups):
            for k, indicator in enumerate(level2.indicators):
                for n, row in enumerate(indicator.rows):
                    path = f"indicators.{i}.groups.{j}.indicators.{k}.rows.{n}"
                    yield RowContext(level1, level2, indicator, row), path


def _fields(form: FormDefinition) -> Iterator[Fault]:
    known = form.field_by_id
    wanted = {"year": ValueKind.YEAR, "department": ValueKind.TEXT, "unit_count": ValueKind.COUNT}
    for role, kind in wanted.items():
        field_id = getattr(form.roles, role)
        if field_id is None:
            continue
        if field_id not in known:
            yield Fault(f"roles.{role}", f"没有 id 为 {field_id} 的字段")
        elif known[field_id].kind is not kind:
            yield Fault(f"roles.{role}", f"字段 {field_id} 的 kind 应为 {kind.value}")
    for i, field in enumerate(form.fields):
        yield from _choices(field, f"fields.{i}")
    for i, line in enumerate(form.title):
        yield from _placeholders(line, known, f"title.{i}")


def _placeholders(line: str, known: dict[str, Input], path: str) -> Iterator[Fault]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(line) if name is not None]
    except ValueError:
        yield Fault(path, "花括号不成对")
        return
    for name in names:
        if name not in known:
            yield Fault(path, f"标题引用了不存在的字段 {{{name}}}")


def _choices(item: Input, path: str) -> Iterator[Fault]:
    if (item.kind is ValueKind.CHOICE) != bool(item.choices):
        yield Fault(f"{path}.choices", "choices 与 kind: choice 必须同时出现")
    if len(set(item.choices)) < len(item.choices):
        yield Fault(f"{path}.choices", "选项重复")


def _budget(form: FormDefinition) -> Iterator[Fault]:
    known = {column.id for column in form.budget.columns}
    for i, column in enumerate(form.budget.columns):
        if column.kind is not ValueKind.AMOUNT:
            yield Fault(f"budget.columns.{i}.kind", "预算栏的 kind 应为 amount")
    groups = [
        (f"budget.sums.{i}.{side}", getattr(rule, side))
        for i, rule in enumerate(form.budget.sums)
        for side in ("left", "right")
    ]
    groups += [(f"budget.subtotals.{i}.columns", s.columns) for i, s in enumerate(form.budget.subtotals)]
    for path, ids in groups:
        for number, column_id in enumerate(ids):
            if column_id not in known:
                yield Fault(f"{path}.{number}", f"没有 id 为 {column_id} 的预算栏")


def _grades(form: FormDefinition) -> Iterator[Fault]:
    bands = form.grade.bands
    paths = [f"grade.lines.{i}.{j}" for i, line in enumerate(form.grade.lines) for j, _ in enumerate(line)]
    for path, band, following in zip(paths[1:], bands, bands[1:], strict=False):
        if following.at_least >= band.at_least:
            yield Fault(f"{path}.at_least", "评价等级应由高到低排列，界限不能相同")
    if bands[-1].at_least != 0:
        yield Fault(f"{paths[-1]}.at_least", "最低一档应从 0 分起，否则有的总分没有等级")
    if bands[0].at_least > form.full_score:
        yield Fault(f"{paths[0]}.at_least", "最高一档的界限超过满分")
    yield from _duplicates(((b.name, f"{p}.name") for b, p in zip(bands, paths, strict=True)), "等级")


def _rules(form: FormDefinition) -> Iterator[Fault]:
    declared: dict[str, tuple[Input, str]] = {}
    for context, path in _rows(form):
        yield from _versions(context, path)
        for number, rule in enumerate(context.row.rules):
            here = f"{path}.rules.{number}"
            for key, message in rule.faults(context.row.weight):
                yield Fault(f"{here}.{key}", message)
            for item in rule.inputs():
                first = declared.setdefault(item.id, (item, here))
                if first[0].kind is not item.kind or (
                    first[0].label != item.label and first[1].rpartition(".")[0] != here.rpartition(".")[0]
                ):
                    yield Fault(here, f"数据项 {item.id} 已在 {first[1]} 定义，但内容不同")
    groups = set(form.outcomes.groups)
    for context, path in _rows(form):
        for number, rule in enumerate(context.row.rules):
            for group in getattr(rule, "groups", ()):
                if group not in groups:
                    yield Fault(f"{path}.rules.{number}.groups", f"没有名为“{group}”的指标类型")


def _versions(context: RowContext, path: str) -> Iterator[Fault]:
    starts = [rule.since or 0 for rule in context.row.rules]
    for number, (earlier, later) in enumerate(pairwise(starts), start=1):
        if later <= earlier:
            yield Fault(f"{path}.rules.{number}.since", "各版本应按 since 由早到晚排列，且不能相同")


def _outcomes(form: FormDefinition) -> Iterator[Fault]:
    names = [
        (kind, f"outcomes.groups.{group}") for group, kinds in form.outcomes.groups.items() for kind in kinds
    ]
    yield from _duplicates(iter(names), "指标类型")


def _layout(form: FormDefinition) -> Iterator[Fault]:
    columns = form.layout.columns
    shown = ((column.show.value, f"layout.columns.{i}.show") for i, column in enumerate(columns))
    yield from _duplicates(shown, "栏目")
    room, width = geometry_of(form.layout).content_width, column_edges(form.layout)[-1]
    if width > room:
        yield Fault(
            "layout.columns", f"表宽 {width:.1f} pt，超过页边距以内的 {room:.1f} pt；请减小字数、字号或页边距"
        )
    tables = [i for i, block in enumerate(form.layout.blocks) if block.kind == "indicators"]
    if len(tables) != 1:
        yield Fault("layout.blocks", f"应有且只有一个 kind: indicators，现有 {len(tables)} 个")
    for i, block in enumerate(form.layout.blocks):
        if isinstance(block, GridBlock):
            yield from _grid(block, f"layout.blocks.{i}", form)


def _grid(block: GridBlock, path: str, form: FormDefinition) -> Iterator[Fault]:
    width = len(block.widths or form.layout.columns)
    for i, row in enumerate(block.areas):
        if len(row) != width:
            yield Fault(f"{path}.areas.{i}", f"这一行有 {len(row)} 格，应为 {width} 格")
            return
    where: dict[str, list[tuple[int, int]]] = {}
    for i, row in enumerate(block.areas):
        for j, name in enumerate(row):
            where.setdefault(name, []).append((i, j))
    for name, spots in where.items():
        rows, cols = {i for i, _ in spots}, {j for _, j in spots}
        box = (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1)
        if box != len(spots):
            yield Fault(f"{path}.areas", f"单元格 {name} 没有占满一个矩形")
        if name not in block.cells:
            yield Fault(f"{path}.areas", f"单元格 {name} 在 cells 中没有定义")
    for name, cell in block.cells.items():
        here = f"{path}.cells.{name}"
        if name not in where:
            yield Fault(here, f"单元格 {name} 在 areas 中没有位置")
        if cell.value is not None:
            if cell.text:
                yield Fault(here, "text 与 value 只能有一个")
            yield from _reference(cell.value, f"{here}.value", form)


def _reference(value: str, path: str, form: FormDefinition) -> Iterator[Fault]:
    group, _, name = value.partition(".")
    known = {
        "fields": tuple(form.field_by_id),
        "budget": tuple(column.id for column in form.budget.columns),
        "goals": GOAL_PARTS,
        "total": TOTAL_PARTS,
        "grade": GRADE_PARTS,
    }[group]
    if name not in known:
        yield Fault(path, f"{value} 不存在，可用：{'、'.join(f'{group}.{key}' for key in known)}")
