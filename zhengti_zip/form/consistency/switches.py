"""Parameters of the checks: each names something the form has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.checks import (
    BalanceCheck,
    ExecutionCheck,
    LimitCheck,
    ScopeCheck,
    ScopeNameCheck,
    ShareCheck,
    TypesCheck,
    UnspentCheck,
)
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake


def switch_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """References to amounts, fields, rows and types the form does not have."""
    for name in type(form.checks).model_fields:
        check = getattr(form.checks, name)
        path = f"checks.{name}"
        if isinstance(check, LimitCheck):
            yield from _both(path, {"amount": check.amount, "limit": check.limit})
            yield from _amounts(form, path, {"amount": check.amount, "limit": check.limit})
        elif isinstance(check, BalanceCheck):
            given = {f"total.{n}": ref for n, ref in enumerate(check.total)}
            given |= {f"less.{n}": ref for n, ref in enumerate(check.less)}
            yield from _both(path, {"amount": check.amount, "total": check.total})
            yield from _amounts(form, path, {"amount": check.amount, **given})
        elif isinstance(check, ScopeCheck):
            yield from _both(path, {"field": check.field, "single": check.single})
            yield from _scope(form, path, check)
        elif isinstance(check, ScopeNameCheck):
            yield from _known(
                f"{path}.field", check.field, _choice_fields(form), "选择项（kind: choice）字段"
            )
        elif isinstance(check, ExecutionCheck):
            yield from _known(f"{path}.row", check.row, form.row_by_id, "评分行")
            yield from _both(path, {"row": check.row, "outputs": check.outputs})
            for n, group in enumerate(check.outputs):
                yield from _known(
                    f"{path}.outputs.{n}", group, set(form.indicator_types.values()), "一级指标类型"
                )
        elif isinstance(check, ShareCheck):
            yield from _known(f"{path}.row", check.row, form.row_by_id, "评分行")
        elif isinstance(check, UnspentCheck):
            yield from _both(path, {"spent": check.spent, "budget": check.budget})
            yield from _amounts(form, path, {"spent": check.spent, "budget": check.budget})
        elif isinstance(check, TypesCheck):
            for n, kind in enumerate(check.types):
                yield from _known(f"{path}.types.{n}", kind, form.indicator_types, "指标类型")


def _amounts(form: FormDefinition, path: str, given: dict[str, str | None]) -> Iterator[Mistake]:
    known = [
        path
        for path, item in form.values.items()
        if item.kind is ValueKind.AMOUNT and path.partition(".")[0] in ("budget", "funds", "data", "derived")
    ]
    for key, reference in given.items():
        yield from _known(f"{path}.{key}", reference, known, "金额")


def _scope(form: FormDefinition, path: str, check: ScopeCheck) -> Iterator[Mistake]:
    choices = _choice_fields(form)
    yield from _known(f"{path}.field", check.field, choices, "选择项（kind: choice）字段")
    if check.field in choices:
        yield from _known(f"{path}.single", check.single, choices[check.field].choices, "选项")


def _choice_fields(form: FormDefinition) -> dict[str, Input]:
    return {key: item for key, item in form.field_by_id.items() if item.kind is ValueKind.CHOICE}


def _both(path: str, parameters: dict[str, object]) -> Iterator[Mistake]:
    """Parameters that mean nothing without each other."""
    given = [key for key, value in parameters.items() if value]
    missing = [key for key, value in parameters.items() if not value]
    if given and missing:
        words = f"写了 {given[0]}，缺少 {missing[0]}"
        yield Mistake(path, words, f"补上 {missing[0]}；不用这项检查的，写成 off")


def _known(path: str, name: str | None, known: Collection[str], what: str) -> Iterator[Mistake]:
    if name is not None and name not in known:
        yield Mistake(path, f"没有名为 {name} 的{what}", f"改为其中之一：{'、'.join(known)}")
