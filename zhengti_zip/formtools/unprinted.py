"""What a form asks for or works out and prints nowhere; each remark goes away by printing or not asking."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from string import Formatter
from typing import Any

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Level, Mistake
from zhengti_zip.submission.inputs import indicator_parts
from zhengti_zip.submission.paths import InputPath

PRINTED_WITH_OTHERS = frozenset(
    ("type", "direction", "target_text", "unit", "degree", "degree_percent", "evidence")
)
"""Columns of entered rows that another column shows, or that are there for the score alone."""

UNPRINTED_PARTS = frozenset(("score", "evidence"))
"""What may be asked beside a fixed row without being printed: a score is printed as it counts."""

_remark = partial(Mistake, level=Level.REMARK)


def shown_values(form: FormDefinition) -> set[str]:
    """Every value a cell, a column or a line shows: ``fields.x``, ``goals.goal``, ``row.reason`` …"""
    return set(_shown(form.layout.model_dump()))


def _shown(part: Any, table: str = "") -> Iterator[str]:
    """The references under one part of the layout; in a table of entered rows they begin with its name."""
    if isinstance(part, dict):
        kind = part.get("kind")
        inside = f"{part['table']}." if kind == "rows" else "money." if kind == "money" else table
        for key, value in part.items():
            if key in ("value", "show") and isinstance(value, str):
                yield inside + value
                yield value
            else:
                yield from _shown(value, inside)
    elif isinstance(part, tuple | list):
        for item in part:
            yield from _shown(item, table)


def unprinted(form: FormDefinition) -> Iterator[Mistake]:
    """Inputs and results that no cell and no column prints; file and line are not set."""
    shown = shown_values(form)
    used = {key for rule in _rules(form) for key in rule.uses()}
    yield from _fields(form, shown | used)
    yield from _amounts(form, shown | used)
    goals = "goals.columns" if "goals" in form.model_fields_set else "goals"
    for part in form.goal_columns:
        if f"goals.{part.id}" not in shown:
            remedy = f"在 layout 中加一格 value: goals.{part.id}；不要这一栏的，在 {goals} 中去掉"
            yield _remark("layout.blocks", f"“{part.label}”没有打印", remedy)
    for part in form.evidence_columns:
        if f"evidence.{part.id}" not in shown:
            remedy = f"在 kind: rows、table: evidence 的块中加一栏 show: {part.id}；不要的，在 evidence.columns 中去掉"
            yield _remark("layout.blocks", f"佐证材料的“{part.label}”没有打印", remedy)
    yield from _rows(form, shown)
    labels = {InputPath.total("score"): "总分"} | (
        {InputPath.grade("bands"): "评价等级"} if form.grade.bands else {}
    )
    for value, label in labels.items():
        if value not in shown:
            remedy = f"在 layout 中加一格 value: {value}" + (
                "；不分等级的，删去 grade" if "grade" in value else ""
            )
            yield _remark("layout.blocks", f"“{label}”没有打印", remedy)


def _rules(form: FormDefinition) -> Iterator[Any]:
    for context in form.rows:
        yield from context.row.rules
    yield from form.own.rules if form.own else ()


def _fields(form: FormDefinition, shown: set[str]) -> Iterator[Mistake]:
    cover = form.layout.cover.title if form.layout.cover else ()
    named = {part[1] for line in (*form.title, *cover) for part in Formatter().parse(line)}
    known = named | set(form.roles.model_dump().values()) | set(form.identity)
    for i, field in enumerate(form.fields):
        if InputPath.field(field.id) not in shown and field.id not in known:
            words = f"“{field.label}”要求填写，但没有打印在任何地方"
            remedy = f"在标题中写 {{{field.id}}}，或在 layout 中加一格；不需要的删除"
            yield _remark(f"fields.{i}", words, remedy)


def _amounts(form: FormDefinition, shown: set[str]) -> Iterator[Mistake]:
    summed = {key for rule in form.budget.sums for key in (*rule.left, *rule.right)}
    for i, column in enumerate(form.budget.columns):
        path = InputPath.amount(column.id)
        if path not in shown and column.id not in summed:
            words = f"预算栏“{column.label}”既不打印，也不在任何合计关系中"
            yield _remark(f"budget.columns.{i}", words, f"在 layout 中加一格 value: {path}，或删除")
    for i, entry in enumerate(form.funds.columns):
        one_by_one = any(value.startswith("funds.") and value.endswith(f".{entry.id}") for value in shown)
        if f"money.{entry.id}" not in shown and not one_by_one:
            words = f"资金的“{entry.label}”要求填写，但没有打印，也没有规则使用"
            remedy = f"在 kind: money 的 columns 中加上 show: {entry.id}，或从 funds.columns 中删除"
            yield _remark(f"funds.columns.{i}", words, remedy)


def _rows(form: FormDefinition, shown: set[str]) -> Iterator[Mistake]:
    if not shown & {"row.score", "money.score"}:
        yield _remark("layout.columns", "“得分”没有打印", "加一栏 show: row.score")
    for part in form.score_columns if form.rows else ():
        if part.id in UNPRINTED_PARTS or shown & {f"row.{part.id}", f"money.{part.id}"}:
            continue
        if any(value.startswith("scores.") and value.endswith(f".{part.id}") for value in shown):
            continue
        others = [other.id for other in form.score_columns if other.id != part.id]
        remedy = f"加一栏 show: row.{part.id}；不要求填写的，写 score_parts: [{', '.join(others)}]"
        yield _remark("layout.columns", f"“{part.label}”没有打印", remedy)
    for part in indicator_parts(form) if form.own else ():
        name = "indicator.name" if part.id == "name" else f"row.{part.id}"
        places = {name, f"row.{part.id}", f"indicators.{part.id}"}
        if part.id not in PRINTED_WITH_OTHERS and not shown & places:
            remedy = f"加一栏 show: {name}；不要求填写的，从 own.columns 中去掉"
            yield _remark("own.columns", f"“{part.label}”要求填写，但没有打印", remedy)
