"""Weights and ids of the indicator tree, grades, types of performance indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import option_mistakes
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.tree import MAX_LEVELS, Level, RowContext


def weight_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Sums that do not hold, from the full score down to the rows."""
    points = [_points(level) for level in form.indicators]
    if None not in points and (total := _sum(points)) != form.full_score:
        words = f"一级指标分值合计 {plain(total)}，应为满分 {plain(form.full_score)}"
        yield Mistake("indicators", words, "改一级指标的 weight，或改 full_score")
    for i, level in enumerate(form.indicators):
        yield from _level_weights(level, f"indicators.{i}", 0)


def _points(level: Level) -> Decimal | None:
    """The points of a level; None where only the department's rows will tell."""
    if level.weight is not None:
        return level.weight
    if level.entered:
        return None
    groups = [_points(group) for group in level.groups]
    return None if None in groups else level.points


def _sum(points: list[Decimal | None]) -> Decimal:
    return sum((value for value in points if value is not None), Decimal(0))


def _level_weights(level: Level, path: str, depth: int) -> Iterator[Mistake]:
    below = f"{'二三四'[min(depth, 2)]}级指标"
    if level.indicators:
        parts: list[Decimal | None] = [row.weight for item in level.indicators for row in item.rows]
    else:
        parts = [_points(group) for group in level.groups]
    is_shared_out = level.entered or None in parts
    if level.weight is not None and (
        _sum(parts) > level.weight or (_sum(parts) != level.weight and not is_shared_out)
    ):
        words = f"“{level.name}”分值 {plain(level.weight)}，其{below}合计 {plain(_sum(parts))}"
        rows = "各行" if level.indicators else ""
        yield Mistake(f"{path}.weight", words, f"改这里的 weight，或改其{below}{rows}的 weight")
    if depth == 0 and _points(level) is None:
        words = f"“{level.name}”没有分值，其中由部门填写的行的分值合计无从核对"
        yield Mistake(path, words, "给它写上 weight，或给其下每一个 entered: true 的指标写上 weight")
    for j, group in enumerate(level.groups):
        yield from _level_weights(group, f"{path}.groups.{j}", depth + 1)


def shape_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Levels that hold nothing, or two kinds of things; entered rows nobody says the columns of."""
    for path, level, depth in _levels(form.indicators, "indicators", 0):
        held = [key for key in ("groups", "indicators", "entered") if getattr(level, key)]
        if len(held) != 1:
            words = f"“{level.name}”应有 groups、indicators、entered 之一，" + (
                f"现有 {'、'.join(held)}" if held else "现在一个也没有"
            )
            remedy = (
                "下面还有一级的写 groups，直接列指标的写 indicators，由部门自己填写指标的写 entered: true"
            )
            yield Mistake(path, words, remedy)
        if depth >= MAX_LEVELS:
            yield Mistake(
                path, f"“{level.name}”是第 {depth + 1} 级，指标之上最多 {MAX_LEVELS} 级", "合并上面的级次"
            )
    if form.leaf_groups and form.own is None:
        remedy = "加上 own，写明部门填写的各栏和评分规则，例如 own: {columns: [name, …], rules: […]}"
        yield Mistake("indicators", "有由部门填写的指标（entered: true），但没有 own", remedy)
    if form.own is not None and not form.leaf_groups:
        yield Mistake("own", "写了 own，但没有一级指标由部门填写", "在指标中写 entered: true，或删去 own")
    if form.own is not None and form.outcomes.groups:
        words = (
            "own 与 outcomes 只能有一个：部门的指标或者本身就是打印、评分的行，或者只供评分规则计算平均完成率"
        )
        yield Mistake("outcomes", words, "删去其中一个")


def _levels(levels: tuple[Level, ...], path: str, depth: int) -> Iterator[tuple[str, Level, int]]:
    """Every level with its key path and its depth."""
    for number, level in enumerate(levels):
        here = f"{path}.{number}"
        yield here, level, depth
        yield from _levels(level.groups, f"{here}.groups", depth + 1)


def duplicates(pairs: Iterable[tuple[str, str]], what: str) -> Iterator[Mistake]:
    """A mistake for every (key, path) pair whose key occurred before."""
    seen: dict[str, str] = {}
    for key, path in pairs:
        if key in seen:
            yield Mistake(path, f"{what} {key} 与 {seen[key]} 重复", "改成没有用过的，或删除重复的一项")
        seen.setdefault(key, path)


def id_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Ids given twice."""
    budget = form.budget
    yield from duplicates(((f.id, f"fields.{i}.id") for i, f in enumerate(form.fields)), "字段 id")
    yield from duplicates(
        ((c.id, f"budget.columns.{i}.id") for i, c in enumerate(budget.columns)), "预算栏 id"
    )
    subtotals = enumerate(budget.subtotals)
    yield from duplicates(((s.id, f"budget.subtotals.{i}.id") for i, s in subtotals), "小计 id")
    yield from duplicates(_group_ids(form), "指标 id")
    yield from duplicates(((context.row.id, f"{path}.id") for context, path in rows_of(form)), "评分行 id")


def _group_ids(form: FormDefinition) -> Iterator[tuple[str, str]]:
    for path, level, _ in _levels(form.indicators, "indicators", 0):
        yield level.id, f"{path}.id"
        for k, indicator in enumerate(level.indicators):
            yield indicator.id, f"{path}.indicators.{k}.id"


def rows_of(form: FormDefinition) -> Iterator[tuple[RowContext, str]]:
    """Fixed rows with their key path."""
    paths = {level.id: path for path, level, _ in _levels(form.indicators, "indicators", 0)}
    for context in form.rows:
        indicators = context.levels[-1].indicators
        k = next(n for n, indicator in enumerate(indicators) if indicator is context.indicator)
        n = next(n for n, row in enumerate(context.indicator.rows) if row is context.row)
        yield context, f"{paths[context.levels[-1].id]}.indicators.{k}.rows.{n}"


def grade_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Grade bands that overlap, are out of order or leave a total without a grade."""
    bands = form.grade.bands
    if not bands:
        return
    paths = [f"grade.lines.{i}.{j}" for i, line in enumerate(form.grade.lines) for j, _ in enumerate(line)]
    for path, band, following in zip(paths[1:], bands, bands[1:], strict=False):
        if following.at_least >= band.at_least:
            remedy = f"改为低于上一档的 {plain(band.at_least)}，或调整次序"
            yield Mistake(f"{path}.at_least", "评价等级应由高到低排列，界限不能相同", remedy)
    if bands[-1].at_least != 0:
        words = "最低一档应从 0 分起，否则有的总分没有等级"
        yield Mistake(f"{paths[-1]}.at_least", words, "把最后一档改为 at_least: 0")
    if bands[0].at_least > form.full_score:
        remedy = f"改为不超过满分 {plain(form.full_score)}"
        yield Mistake(f"{paths[0]}.at_least", "最高一档的界限超过满分", remedy)
    yield from duplicates(((b.name, f"{p}.name") for b, p in zip(bands, paths, strict=True)), "等级")


def outcome_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Types of performance indicator that cannot be told apart or listed."""
    groups = form.outcomes.groups
    names = [(kind, f"outcomes.groups.{group}") for group, kinds in groups.items() for kind in kinds]
    yield from duplicates(names, "指标类型")
    for group in groups:
        if "-" in group:
            words = f"指标类型“{group}”中有“-”，它是一级与二级类型之间的分隔"
            yield Mistake(f"outcomes.groups.{group}", words, "改用其他字")
    if len(dict(names)) == len(names):
        yield from option_mistakes(tuple(form.outcomes.by_name), "outcomes.groups")
