"""Amounts: the budget block, its sums, and the units that make it up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import CENT, grouped, round_points
from zhengti_zip.form.definition import FormDefinition, Sum
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.inputs import row_label, unit_parts
from zhengti_zip.submission.paths import UNITS, InputPath
from zhengti_zip.submission.problems import Problem, Severity

THOUSANDFOLD = Decimal(1000)
"""So many times the other amounts makes one look as if it were in 元 instead of 万元."""

PLAIN_AMOUNT = Decimal(100_000)
"""Below so many 万元 nothing is suspected: small amounts lie far apart for good reasons."""


def check_budget(subject: Subject) -> Iterator[Problem]:
    """Every amount is there, in whole cents, and the sums of the form hold."""
    amounts = subject.submission.budget
    for column in subject.form.budget.columns:
        path = InputPath.amount(column.id)
        if column.id in amounts:
            yield from _cents(path, column.label, amounts[column.id])
        else:
            yield from subject.missing(path, column.label, "没有此项预算的填 0")
    for rule in subject.form.budget.sums:
        if set(rule.left) | set(rule.right) <= amounts.keys():
            yield from _sum(rule, amounts, subject.form)
            yield from _printed_sum(rule, amounts, subject.form)


def _printed_sum(rule: Sum, amounts: dict[str, Decimal], form: FormDefinition) -> Iterator[Problem]:
    """A sum that holds as entered, but not between the amounts as they are printed."""
    exact, printed = (
        [sum((rounded(amounts[key]) for key in side), Decimal(0)) for side in (rule.left, rule.right)]
        for rounded in (Decimal, round_points)
    )
    if exact[0] == exact[1] and printed[0] != printed[1]:
        column = form.budget.column(rule.left[0])
        yield Problem(
            Severity.ERROR,
            "sum_mismatch",
            f"打印的合计会不符：{rule.text}，各数四舍五入到两位小数后，"
            f"左边为 {grouped(printed[0])}，右边为 {grouped(printed[1])}",
            "请把各项金额改为两位小数，并使它们加起来等于合计",
            InputPath.amount(column.id),
            column.label,
            grouped(amounts[column.id]),
        )


def _sum(rule: Sum, amounts: dict[str, Decimal], form: FormDefinition) -> Iterator[Problem]:
    left, right = (sum((amounts[key] for key in side), Decimal(0)) for side in (rule.left, rule.right))
    if left != right:
        column = form.budget.column(rule.left[0])
        yield Problem(
            Severity.ERROR,
            "sum_mismatch",
            f"合计不符：{rule.text}，左边为 {grouped(left)}，右边为 {grouped(right)}，相差 {grouped(abs(left - right))} 万元",
            "请核对各项金额",
            InputPath.amount(column.id),
            column.label,
            grouped(amounts[column.id]),
        )


def _cents(path: InputPath, label: str, amount: Decimal) -> Iterator[Problem]:
    if amount != amount.quantize(CENT):
        yield Problem(
            Severity.WARNING,
            "more_decimals",
            f"“{label}”为 {grouped(amount)}，超过两位小数，打印时四舍五入",
            "请按两位小数填写（单位：万元）",
            path,
            label,
            grouped(amount),
        )


def check_units(subject: Subject) -> Iterator[Problem]:
    """单位数 equals the rows of 单位明细, and their amounts add up to the department's."""
    form, submission = subject.form, subject.submission
    count = submission.fields.get(form.roles.unit_count or "")
    if not isinstance(count, int):
        return
    field = form.field_by_id[form.roles.unit_count or ""]
    label, path = field.label, InputPath.field(field.id)
    if count < 1:
        yield Problem(
            Severity.ERROR,
            "no_units",
            f"“{label}”至少为 1",
            "请填写纳入本表的单位个数",
            path,
            label,
            str(count),
        )
    if count > 1 or submission.units:
        if len(submission.units) != count:
            yield Problem(
                Severity.ERROR,
                "unit_count_mismatch",
                f"“{label}”为 {count}，而“单位明细”填写了 {len(submission.units)} 个单位",
                "请补全“单位明细”或改正单位数",
                path,
                label,
                str(count),
            )
        yield from _unit_rows(subject)


def _unit_rows(subject: Subject) -> Iterator[Problem]:
    units = subject.submission.units
    for number, unit in enumerate(units):
        for part in unit_parts(subject.form):
            value = unit.name if part.id == "name" else unit.amounts.get(part.id)
            if value in (None, ""):
                label = row_label(UNITS, number, part)
                yield from subject.missing(InputPath.cell(UNITS, number, part.id), label, "没有的金额填 0")
    for column in subject.form.budget.columns:
        amounts = [unit.amounts.get(column.id) for unit in units]
        whole = subject.submission.budget.get(column.id)
        if not units or whole is None or any(amount is None for amount in amounts):
            continue
        total = sum((amount for amount in amounts if amount is not None), Decimal(0))
        if total != whole:
            yield Problem(
                Severity.ERROR,
                "units_sum_mismatch",
                f"各单位“{column.label}”合计 {grouped(total)}，部门为 {grouped(whole)}，相差 {grouped(abs(total - whole))} 万元",
                "请核对“单位明细”与“部门预算”的金额",
                InputPath.amount(column.id),
                column.label,
                grouped(whole),
            )
