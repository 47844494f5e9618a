"""The sums a form asks of the columns of its budget block, which prints amounts in whole cents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from zhengti_zip.base.numbers import round_points
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.money import Sum
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.paths import BUDGET, UNITS, InputPath


def sides(rule: Sum, amounts: Mapping[str, Decimal]) -> tuple[Decimal, Decimal] | None:
    """What stands left and right of a sum as printed, each amount rounded to cents; None while one is missing."""
    return exact_sides(rule, {key: round_points(amount) for key, amount in amounts.items()})


def exact_sides(rule: Sum, amounts: Mapping[str, Decimal]) -> tuple[Decimal, Decimal] | None:
    """What stands left and right of a sum; None while an amount of it is missing."""
    if not set(rule.left) | set(rule.right) <= amounts.keys():
        return None
    left, right = (sum((amounts[key] for key in side), Decimal(0)) for side in (rule.left, rule.right))
    return left, right


def failing_sums(form: FormDefinition, amounts: Mapping[str, Decimal]) -> list[Sum]:
    """The sums that do not hold as printed; a sum with a missing amount is not judged."""
    found = []
    for rule in form.budget.sums:
        both = sides(rule, amounts)
        if both is not None and both[0] != both[1]:
            found.append(rule)
    return found


def fails_by_rounding(rule: Sum, amounts: Mapping[str, Decimal]) -> bool:
    """Whether a sum that fails as printed holds before its amounts are rounded to cents."""
    both = exact_sides(rule, amounts)
    return both is not None and both[0] == both[1]


def culprit(rule: Sum, off: Mapping[str, Decimal], imbalance: Decimal) -> str:
    """The one column of a sum that is off by just what the sum is off; "" when none or several are.

    Args:
        off: by how much each column is off, as another sheet says.
        imbalance: left side minus right side.
    """
    found = [key for key in rule.left if off.get(key) == imbalance]
    found += [key for key in rule.right if off.get(key) == -imbalance]
    return found[0] if len(found) == 1 else ""


def budget_amounts(subject: Subject) -> dict[str, Decimal]:
    """The department's budget by column; an optional amount that was left empty is 0."""
    entered = subject.submission.budget
    return {**_left_empty(subject, entered, InputPath.whole(BUDGET)), **entered}


def unit_amounts(subject: Subject, number: int) -> dict[str, Decimal]:
    """The same of one row of 单位明细, from 0."""
    amounts = subject.submission.units[number].amounts
    entered = {key: amount for key, amount in amounts.items() if amount is not None}
    return {**_left_empty(subject, entered, InputPath.row(UNITS, number)), **entered}


def _left_empty(subject: Subject, entered: Mapping[str, Decimal], under: InputPath) -> dict[str, Decimal]:
    """The optional columns of a row with amounts, as 0; nothing is known of one that could not be read."""
    columns = (column.id for column in subject.form.budget.columns if entered and not column.required)
    return {key: Decimal(0) for key in columns if under.child(key) not in subject.unread}
