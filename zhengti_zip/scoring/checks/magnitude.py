"""Amounts that look as if they were entered in 元 where 万元 is asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import grouped, normal
from zhengti_zip.form.base import ValueKind
from zhengti_zip.scoring.checks.amounts import PLAIN_AMOUNT, THOUSANDFOLD
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import UNITS, InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import WAN


def check_magnitude(subject: Subject) -> Iterator[Problem]:
    """No amount is a thousand times all the smaller ones around it."""
    for pool in (_department(subject), _units(subject)):
        for path in _out_of_scale(pool):
            label, amount = label_of(subject.form, path), pool[path]
            likely = normal(amount / WAN)
            yield Problem(
                Severity.WARNING,
                "maybe_yuan",
                f"“{label}”为 {grouped(amount)} 万元，是其他金额的 {grouped(THOUSANDFOLD)} 倍以上，可能误以元填写",
                f"如果单位是元，请改填 {grouped(likely)}（万元）；确认无误可以不改",
                path,
                label,
                grouped(amount),
            )


def _department(subject: Subject) -> dict[InputPath, Decimal]:
    """The department's amounts in 万元 by path."""
    submission = subject.submission
    pool = {InputPath.amount(key): amount for key, amount in submission.budget.items()}
    for _, item in subject.form.data_inputs():
        value = submission.data.get(item.id)
        if item.kind is ValueKind.AMOUNT and isinstance(value, Decimal):
            pool[InputPath.datum(item.id)] = value
    return pool


def _units(subject: Subject) -> dict[InputPath, Decimal]:
    return {
        InputPath.cell(UNITS, number, key): amount
        for number, unit in enumerate(subject.submission.units)
        for key, amount in unit.amounts.items()
        if amount is not None
    }


def _out_of_scale(pool: dict[InputPath, Decimal]) -> list[InputPath]:
    """The amounts above the first thousandfold gap, when they are large and not the majority."""
    paths = sorted((path for path in pool if pool[path] > 0), key=lambda path: pool[path])
    for number in range(1, len(paths)):
        amount, smaller = pool[paths[number]], pool[paths[number - 1]]
        suspicious = paths[number:]
        if amount >= max(PLAIN_AMOUNT, smaller * THOUSANDFOLD) and len(suspicious) <= number:
            return sorted(suspicious, key=list(pool).index)
    return []
