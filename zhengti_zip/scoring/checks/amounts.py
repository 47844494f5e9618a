"""Amounts: the budget block, its sums, and what amounts of different sheets say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from zhengti_zip.base.numbers import grouped
from zhengti_zip.form.money import Sum
from zhengti_zip.scoring.checks.cents import check_cents
from zhengti_zip.scoring.checks.equations import failing_equations, funds_amounts
from zhengti_zip.scoring.checks.magnitude import Amounts, Suspects
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.sums import (
    budget_amounts,
    culprit,
    failing_sums,
    fails_by_rounding,
    sides,
    unit_amounts,
)
from zhengti_zip.scoring.checks.units import column_differences
from zhengti_zip.submission.inputs import label_of, sheet_title
from zhengti_zip.submission.paths import UNITS, InputPath
from zhengti_zip.submission.problems import Problem, Severity


def with_guilt(subject: Subject, suspects: Suspects) -> Suspects:
    """The same suspects, and which of them keep a sum from holding."""
    guilty, budget = set[InputPath](), budget_amounts(subject)
    units = [unit_amounts(subject, number) for number in range(len(subject.submission.units))]
    for rule in failing_sums(subject.form, budget):
        amounts = {InputPath.amount(key): budget[key] for key in (*rule.left, *rule.right)}
        guilty |= suspects.explain(amounts, partial(_holds, rule))
    for number, row in enumerate(units):
        for rule in failing_sums(subject.form, row):
            amounts = {InputPath.cell(UNITS, number, key): row[key] for key in (*rule.left, *rule.right)}
            guilty |= suspects.explain(amounts, partial(_holds, rule))
    for column in column_differences(subject):
        whole = InputPath.amount(column)
        amounts = {InputPath.cell(UNITS, number, column): row[column] for number, row in enumerate(units)}
        guilty |= suspects.explain({whole: budget[column], **amounts}, partial(_adds_up, whole))
    for equation in failing_equations(subject):
        amounts = {path: value for path, value in funds_amounts(subject).items() if path in equation.cells}
        guilty |= suspects.explain(amounts, equation.holds)
    return replace(suspects, guilty=frozenset(guilty))


def _holds(rule: Sum, amounts: Amounts) -> bool:
    both = sides(rule, {path.part or path.item: value for path, value in amounts.items()})
    return both is not None and both[0] == both[1]


def _adds_up(whole: InputPath, amounts: Amounts) -> bool:
    return amounts[whole] == sum(value for path, value in amounts.items() if path != whole)


def check_budget(subject: Subject, suspects: Suspects) -> Iterator[Problem]:
    """Every required amount is there, in whole cents, and the sums of the form hold."""
    amounts = budget_amounts(subject)
    failing = failing_sums(subject.form, amounts)
    by_rounding = [rule for rule in failing if fails_by_rounding(rule, amounts)]
    apart = {key for rule in by_rounding for key in (*rule.left, *rule.right)}
    for column in subject.form.budget.columns:
        path = InputPath.amount(column.id)
        if column.id in subject.submission.budget:
            yield from check_cents(path, column.label, amounts[column.id], is_error=column.id in apart)
        elif column.required:
            yield from subject.missing(path, column.label, "没有此项预算的填 0")
    differing = column_differences(subject)
    for rule in (rule for rule in failing if rule not in by_rounding):
        if not suspects.guilty & {InputPath.amount(key) for key in (*rule.left, *rule.right)}:
            yield _sum(subject, rule, {key: amounts[key] - total for key, total in differing.items()})


def _sum(subject: Subject, rule: Sum, off: dict[str, Decimal]) -> Problem:
    """A sum that does not hold, at the one amount the units contradict, or else at its first one."""
    amounts = budget_amounts(subject)
    left, right = sides(rule, amounts) or (Decimal(0), Decimal(0))
    message = f"合计不符：{rule.text}，左边为 {grouped(left)}，右边为 {grouped(right)}，相差 {grouped(abs(left - right))} 万元"
    column, remedy = subject.form.budget.column(rule.left[0]), "请核对各项金额，改正填错的一项"
    if wrong := culprit(rule, off, left - right):
        column = subject.form.budget.column(wrong)
        units = sum(
            (unit.amounts.get(column.id) or Decimal(0) for unit in subject.submission.units), Decimal(0)
        )
        title = sheet_title(subject.form, UNITS)
        remedy = f"请核对“{column.label}”：“{title}”各单位合计为 {grouped(units)}"
    return Problem(
        Severity.ERROR,
        "sum_mismatch",
        message,
        remedy,
        InputPath.amount(column.id),
        column.label,
        grouped(amounts[column.id]),
    )


def check_relations(subject: Subject, suspects: Suspects, taken: frozenset[InputPath]) -> Iterator[Problem]:
    """Amounts of different sheets fit each other, as the form's checks say.

    Args:
        suspects: amounts that may be in 元; nothing more is said of them.
        taken: paths that have an error already, which would explain what is found here.
    """
    known = frozenset(suspects.by_path) | taken
    checks = subject.form.checks
    for code, limit in (
        ("spent_over_budget", checks.spent_over_budget),
        ("in_use_over_owned", checks.in_use_over_owned),
    ):
        if not _involved(subject, limit.amount, limit.limit) & known:
            yield from _limit(subject, code, limit.amount, limit.limit)
    for code, balance in (
        ("carry_over_differs", checks.carry_over_differs),
        ("annual_budget_differs", checks.annual_budget_differs),
    ):
        if not _involved(subject, balance.amount, *balance.total, *balance.less) & known:
            yield from _balance(subject, code, balance.amount, balance.total, balance.less)


def _involved(subject: Subject, *references: str | None) -> frozenset[InputPath]:
    """The inputs behind amounts that a check compares."""
    found = (subject.inputs_of(reference) for reference in references if reference)
    return frozenset[InputPath]().union(*found)


def _limit(subject: Subject, code: str, amount: str | None, limit: str | None) -> Iterator[Problem]:
    value, most = subject.amount(amount), subject.amount(limit)
    if value is None or most is None or value <= most:
        return
    words = [_label(subject, reference) for reference in (amount, limit)]
    yield from subject.report(
        code,
        f"“{words[0]}”{grouped(value)} 万元大于“{words[1]}”{grouped(most)} 万元",
        "请核对这两项金额；确认无误可以不改",
        InputPath(amount or ""),
        grouped(value),
    )


def _balance(
    subject: Subject, code: str, amount: str | None, total: tuple[str, ...], less: tuple[str, ...]
) -> Iterator[Problem]:
    value = subject.amount(amount)
    parts = [subject.amount(reference) for reference in (*total, *less)]
    if value is None or not parts or any(part is None for part in parts):
        return
    signed = [part if n < len(total) else -part for n, part in enumerate(parts) if part is not None]
    expected = sum(signed, Decimal(0))
    if value == expected or expected < 0:
        return
    words = "＋".join(f"“{_label(subject, reference)}”" for reference in total)
    words += "".join(f"－“{_label(subject, reference)}”" for reference in less)
    yield from subject.report(
        code,
        f"“{_label(subject, amount)}”为 {grouped(value)} 万元，而{words}为 {grouped(expected)} 万元，"
        f"相差 {grouped(abs(value - expected))} 万元",
        "请核对这几项金额；口径不同、确认无误的可以不改",
        InputPath(amount or ""),
        grouped(value),
    )


def _label(subject: Subject, reference: str | None) -> str:
    """The short label of an amount, without the indicator it is asked for."""
    path = InputPath(reference or "")
    found = subject.form.values.get(path)
    return found.label if found else label_of(subject.form, path)
