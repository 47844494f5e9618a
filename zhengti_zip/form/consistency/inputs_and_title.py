"""Fields, title and budget block."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.columns import ENTERED_COLUMNS, EVIDENCE_COLUMNS, GOAL_COLUMNS, SCORE_COLUMNS
from zhengti_zip.form.consistency.tree import duplicates
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.derived import derived_mistakes
from zhengti_zip.form.mistakes import Mistake

UNIT_NAME = "name"
"""Id of the name column of 单位明细; no budget column may have it."""


def field_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Roles that name no field or one of the wrong kind, and mistakes inside a field."""
    known = form.field_by_id
    wanted = {
        "year": ValueKind.YEAR,
        "department": ValueKind.TEXT,
        "unit_count": ValueKind.COUNT,
        "name": ValueKind.TEXT,
        "reason": ValueKind.TEXT,
    }
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
    lines = {"title": form.title, "layout.cover.title": form.layout.cover.title if form.layout.cover else ()}
    for path, found in lines.items():
        for i, line in enumerate(found):
            yield from _placeholders(line, form.field_by_id, f"{path}.{i}")


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


def funds_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Lines and columns given twice, cells and sums that name unknown ones."""
    funds = form.funds
    lines, columns = [line.id for line in funds.lines], [column.id for column in funds.columns]
    yield from duplicates(((key, f"funds.lines.{i}.id") for i, key in enumerate(lines)), "资金行 id")
    yield from duplicates(((key, f"funds.columns.{i}.id") for i, key in enumerate(columns)), "资金栏 id")
    for i, cell in enumerate(funds.absent):
        line, _, column = cell.partition(".")
        if line not in lines or column not in columns:
            yield Mistake(
                f"funds.absent.{i}", f"没有 {cell} 这一格", "写成 行id.栏id，两个 id 都用上面已有的"
            )
    for key, sums, known in (("sums", funds.sums, lines), ("column_sums", funds.column_sums, columns)):
        for i, rule in enumerate(sums):
            for side in ("left", "right"):
                for number, entry in enumerate(getattr(rule, side)):
                    if entry not in known:
                        what = "资金行" if known is lines else "资金栏"
                        path = f"funds.{key}.{i}.{side}.{number}"
                        yield Mistake(path, f"没有 id 为 {entry} 的{what}", _one_of(known, what))


def derived_and_cap_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Derived values that cannot be worked out, and a limit on the total that makes no sense."""
    paths = {item.path for item in form.derived}
    known = {path: item for path, item in form.values.items() if path not in paths}
    yield from (mistake.under("derived") for mistake in derived_mistakes(form.derived, known))
    if form.cap is not None:
        yield from (mistake.under("cap") for mistake in form.cap.mistakes(form.full_score))
        if form.cap.by not in paths:
            remedy = _one_of(sorted(paths), "派生值") if paths else "先在 derived 中写出这个值"
            yield Mistake("cap.by", f"没有 {form.cap.by} 这个派生值", remedy)


def column_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Columns given twice, new ones without a label, and those a table cannot do without."""
    tables = {
        "goals.columns": (form.goals.columns, GOAL_COLUMNS, ("goal",) if form.goals.columns else ()),
        "evidence.columns": (
            form.evidence.columns,
            EVIDENCE_COLUMNS,
            ("name",) if form.evidence.columns else (),
        ),
        "score_parts": (form.score_parts, SCORE_COLUMNS, ("score",)),
        "own.columns": (form.own.columns if form.own else (), ENTERED_COLUMNS, _needed(form)),
    }
    for path, (columns, known, needed) in tables.items():
        yield from duplicates(((c.id, f"{path}.{i}.id") for i, c in enumerate(columns)), "栏目 id")
        names = {item.id for item in known}
        for i, column in enumerate(columns):
            if column.id not in names and path == "score_parts":
                yield Mistake(
                    f"{path}.{i}", f"没有 {column.id} 这一项", f"改为其中之一：{'、'.join(sorted(names))}"
                )
            elif column.id not in names and column.label is None:
                listed = "、".join(item.id for item in known)
                remedy = f"已有的栏目：{listed}；新的栏目要写 label，例如 {{id: {column.id}, label: …}}"
                yield Mistake(f"{path}.{i}", f"没有名为 {column.id} 的栏目，又没有写 label", remedy)
        missing = [key for key in needed if key not in {column.id for column in columns}]
        if missing:
            yield Mistake(path, f"缺少 {'、'.join(missing)}", "补上缺少的栏目")


def _needed(form: FormDefinition) -> tuple[str, ...]:
    """Columns without which an entered row cannot be scored."""
    if form.own is None:
        return ()
    needed = ["name", "weight"]
    if form.asks_type:
        needed.append("type")
    if any(rule.kind == "attainment" for rule in form.own.rules):
        needed += ["direction", "actual"]
    if {"degree", "degree_percent"} & {column.id for column in form.own.columns}:
        needed += ["degree", "degree_percent"]
    return tuple(needed)


def _one_of(ids: dict[str, Input] | list[str], what: str) -> str:
    return f"改为已有的{what} id：{'、'.join(ids)}；或补上这个{what}"
