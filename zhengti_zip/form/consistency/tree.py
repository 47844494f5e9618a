"""Weights and ids of the indicator tree, grades, types of performance indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import option_mistakes
from zhengti_zip.form.definition import FormDefinition, Level1, RowContext
from zhengti_zip.form.mistakes import Mistake


def weight_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Sums that do not hold, from the full score down to the rows."""
    total = sum((level1.weight for level1 in form.indicators), Decimal(0))
    if total != form.full_score:
        words = f"一级指标分值合计 {plain(total)}，应为满分 {plain(form.full_score)}"
        yield Mistake("indicators", words, "改一级指标的 weight，或改 full_score")
    for i, level1 in enumerate(form.indicators):
        yield from _level_weights(level1, f"indicators.{i}")


def _level_weights(level1: Level1, path: str) -> Iterator[Mistake]:
    groups = sum((group.weight for group in level1.groups), Decimal(0))
    if groups != level1.weight:
        words = f"“{level1.name}”分值 {plain(level1.weight)}，其二级指标合计 {plain(groups)}"
        yield Mistake(f"{path}.weight", words, "改这里的 weight，或改其二级指标的 weight")
    for j, group in enumerate(level1.groups):
        rows = sum((row.weight for item in group.indicators for row in item.rows), Decimal(0))
        if rows != group.weight:
            words = f"“{group.name}”分值 {plain(group.weight)}，其三级指标合计 {plain(rows)}"
            yield Mistake(f"{path}.groups.{j}.weight", words, "改这里的 weight，或改其三级指标各行的 weight")


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
    for i, level1 in enumerate(form.indicators):
        yield level1.id, f"indicators.{i}.id"
        for j, level2 in enumerate(level1.groups):
            yield level2.id, f"indicators.{i}.groups.{j}.id"
            for k, indicator in enumerate(level2.indicators):
                yield indicator.id, f"indicators.{i}.groups.{j}.indicators.{k}.id"


def rows_of(form: FormDefinition) -> Iterator[tuple[RowContext, str]]:
    """Scored rows with their key path."""
    for i, level1 in enumerate(form.indicators):
        for j, level2 in enumerate(level1.groups):
            for k, indicator in enumerate(level2.indicators):
                for n, row in enumerate(indicator.rows):
                    path = f"indicators.{i}.groups.{j}.indicators.{k}.rows.{n}"
                    yield RowContext(level1, level2, indicator, row), path


def grade_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Grade bands that overlap, are out of order or leave a total without a grade."""
    bands = form.grade.bands
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
