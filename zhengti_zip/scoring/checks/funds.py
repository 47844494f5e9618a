"""The table of money: every amount is there, in whole cents, and its sums hold along lines and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhengti_zip.base.numbers import grouped
from zhengti_zip.scoring.checks.cents import check_cents
from zhengti_zip.scoring.checks.equations import Equation, equations, failing_equations, funds_amounts
from zhengti_zip.scoring.checks.magnitude import Amounts, Suspects
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem, Severity


def check_funds(subject: Subject, suspects: Suspects) -> Iterator[Problem]:
    """Every required amount is there, and the sums hold; one problem for each amount that is to blame."""
    form, amounts = subject.form, funds_amounts(subject)
    failing = failing_equations(subject)
    by_rounding = [equation for equation in failing if equation.holds(amounts, as_printed=False)]
    apart = {path for equation in by_rounding for path in equation.cells}
    for line, column, item in form.funds.cells():
        path = InputPath.money(line, column)
        label = label_of(form, path)
        if path in amounts:
            yield from check_cents(path, label, amounts[path], is_error=path in apart)
        elif item.required:
            yield from subject.missing(path, label, "没有此项资金的填 0")
    wrong = [item for item in failing if item not in by_rounding and suspects.guilty.isdisjoint(item.cells)]
    holding = [item for item in equations(form) if item not in failing]
    yield from _sums(subject, wrong, holding)


def _sums(subject: Subject, failing: list[Equation], holding: Sequence[Equation]) -> Iterator[Problem]:
    """The sums that do not hold, those that one amount explains as one problem at it."""
    amounts, left = funds_amounts(subject), list(failing)
    while left:
        cell, explained = _culprit(left, holding, amounts)
        yield _mismatch(subject, cell, explained)
        left = [equation for equation in left if equation not in explained]


def _culprit(
    failing: Sequence[Equation], holding: Sequence[Equation], amounts: Amounts
) -> tuple[InputPath, list[Equation]]:
    """The amount that explains most sums, with these: correcting it alone makes all of its sums hold.

    Where none explains several, it is the first of the first sum that no other sum confirms.
    """
    sound = {cell for equation in holding for cell in equation.cells}
    doubtful = [cell for cell in failing[0].cells if cell not in sound]
    best: tuple[InputPath, list[Equation]] = (next(iter(doubtful), failing[0].left[0]), [failing[0]])
    for cell in dict.fromkeys(cell for equation in failing for cell in equation.cells):
        found = [equation for equation in failing if cell in equation.cells]
        needed = {equation.correction(cell, amounts) for equation in found}
        if cell not in sound and len(needed) == 1 and None not in needed and len(found) > len(best[1]):
            best = cell, found
    return best


def _mismatch(subject: Subject, cell: InputPath, explained: Sequence[Equation]) -> Problem:
    amounts, label = funds_amounts(subject), label_of(subject.form, cell)
    left, right = explained[0].sides(amounts)
    also = f"；另有 {len(explained) - 1} 处合计因此不符" if len(explained) > 1 else ""
    message = (
        f"合计不符：{explained[0].text}，左边为 {grouped(left)}，右边为 {grouped(right)}，"
        f"相差 {grouped(abs(left - right))} 万元{also}"
    )
    remedy = f"请核对“{label}”" if also else "请核对各项金额，改正填错的一项"
    value = grouped(amounts.get(cell, Decimal(0)))
    return Problem(Severity.ERROR, "sum_mismatch", message, remedy, cell, label, value)
