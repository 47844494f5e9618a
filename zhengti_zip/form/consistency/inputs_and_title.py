"""Fields, title and budget block."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake

UNIT_NAME = "name"
"""Id of the name column of 单位明细; no budget column may have it."""


def field_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Roles that name no field or one of the wrong kind, and mistakes inside a field."""
    known = form.field_by_id
    wanted = {"year": ValueKind.YEAR, "department": ValueKind.TEXT, "unit_count": ValueKind.COUNT}
    for role, kind in wanted.items():
        field_id = getattr(form.roles, role)
        if field_id is None:
            continue
        if field_id not in known:
            yield Mistake(f"roles.{role}", f"没有 id 为 {field_id} 的字段", _one_of(known, "字段"))
        elif known[field_id].kind is not kind:
            remedy = f"把该字段改为 kind: {kind.value}，或换一个字段"
            yield Mistake(f"roles.{role}", f"字段 {field_id} 的 kind 应为 {kind.value}", remedy)
    for i, field in enumerate(form.fields):
        yield from (mistake.under(f"fields.{i}") for mistake in field.mistakes())


def title_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Placeholders of the title that name no field."""
    for i, line in enumerate(form.title):
        yield from _placeholders(line, form.field_by_id, f"title.{i}")


def _placeholders(line: str, known: dict[str, Input], path: str) -> Iterator[Mistake]:
    try:
        parts = [part for part in Formatter().parse(line) if part[1] is not None]
    except ValueError:
        yield Mistake(path, "花括号不成对", "补上缺少的花括号；要打印花括号本身，写成 {{ 或 }}")
        return
    for _, name, spec, conversion in parts:
        if name not in known:
            yield Mistake(path, f"标题引用了不存在的字段 {{{name}}}", _one_of(known, "字段"))
        elif spec or conversion:
            words = f"{{{name}}} 的花括号里只能写字段 id"
            yield Mistake(path, words, f"改为 {{{name}}}")


def budget_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Budget columns that are not amounts, and sums that name unknown columns."""
    budget = form.budget
    for i, column in enumerate(budget.columns):
        path = f"budget.columns.{i}"
        if column.kind is not ValueKind.AMOUNT:
            yield Mistake(f"{path}.kind", "预算栏的 kind 应为 amount", "改为 kind: amount")
        else:
            yield from (mistake.under(path) for mistake in column.mistakes())
        if column.id == UNIT_NAME:
            words = f"预算栏 id 不能是 {UNIT_NAME}，“单位明细”的单位名称用了它"
            yield Mistake(f"{path}.id", words, "换一个 id")
    known = [column.id for column in budget.columns]
    groups = [
        (f"budget.sums.{i}.{side}", getattr(rule, side))
        for i, rule in enumerate(budget.sums)
        for side in ("left", "right")
    ]
    groups += [(f"budget.subtotals.{i}.columns", s.columns) for i, s in enumerate(budget.subtotals)]
    for path, ids in groups:
        for number, column_id in enumerate(ids):
            if column_id not in known:
                remedy = _one_of(known, "预算栏")
                yield Mistake(f"{path}.{number}", f"没有 id 为 {column_id} 的预算栏", remedy)


def _one_of(ids: dict[str, Input] | list[str], what: str) -> str:
    return f"改为已有的{what} id：{'、'.join(ids)}；或补上这个{what}"
