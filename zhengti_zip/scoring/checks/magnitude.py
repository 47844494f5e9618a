"""Amounts that look as if they were entered in 元 where 万元 is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.numbers import grouped, normal
from zhengti_zip.form.base import ValueKind
from zhengti_zip.scoring.checks.equations import equations, failing_equations, funds_amounts
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.sums import failing_sums
from zhengti_zip.submission.inputs import label_of, sheet_title
from zhengti_zip.submission.paths import BUDGET, FUNDS, UNITS, InputPath
from zhengti_zip.submission.problems import Problem
from zhengti_zip.submission.values import WAN

THOUSANDFOLD = Decimal(1000)
"""So many times the other amounts makes one look as if it were in 元 instead of 万元."""

PLAIN_AMOUNT = Decimal(100_000)
"""Below so many 万元 nothing is suspected: small amounts lie far apart for good reasons."""

TELLING_DIGITS = 3
"""Significant digits a number needs, so that ten thousand times it is no accident: 18652.37, but not 20."""

Amounts = dict[InputPath, Decimal]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why an amount may be in 元: the end of the sentence “X”为 … 万元，…."""

    path: InputPath
    why: str


@dataclass(frozen=True, slots=True)
class Suspects:
    """The amounts that may be in 元.

    Attributes:
        by_path: each of them, in the order of the form.
        whole: groups whose amounts are all in 元 if one is.
        guilty: those that keep a sum from holding which holds once they are converted.
    """

    by_path: Mapping[InputPath, Suspicion]
    whole: frozenset[str] = frozenset()
    guilty: frozenset[InputPath] = frozenset()

    def explain(self, amounts: Amounts, holds: Callable[[Amounts], bool]) -> frozenset[InputPath]:
        """The suspects among some amounts, when a sum holds once they are converted; else none."""
        involved = amounts.keys() & self.by_path.keys()
        converted = {path: value / WAN if path in involved else value for path, value in amounts.items()}
        return frozenset(involved) if involved and holds(converted) else frozenset()


def find_suspects(subject: Subject) -> Suspects:
    """The amounts that may be in 元; none when the check is off."""
    if not subject.is_on("maybe_yuan"):
        return Suspects({})
    budget, data, units = _budget(subject), _data(subject), _units(subject)
    funds = funds_amounts(subject)
    by_path: dict[InputPath, Suspicion] = {}
    for suspicion in (
        *_out_of_scale({**budget, **funds, **data}),
        *_out_of_scale(units),
        *_twins(subject, {**budget, **funds}, data),
        *_units_against_budget(subject, budget, units),
        *_too_large(subject, {**budget, **funds, **data, **units}),
    ):
        by_path.setdefault(suspicion.path, suspicion)
    pools = {BUDGET: budget, FUNDS: funds, UNITS: units}
    whole = frozenset(group for group, pool in pools.items() if _is_whole(subject, group, pool, by_path))
    for group in whole:
        first = next(by_path[path] for path in pools[group] if path in by_path)
        for path, amount in pools[group].items():
            if amount > 0:
                by_path.setdefault(path, Suspicion(path, first.why))
    order = [*budget, *funds, *data, *units]
    return Suspects(dict(sorted(by_path.items(), key=lambda item: order.index(item[0]))), whole)


def check_magnitude(subject: Subject, suspects: Suspects) -> Iterator[Problem]:
    """One problem per suspected amount, or one per sheet whose amounts are all in 元."""
    pools = {BUDGET: _budget(subject), FUNDS: funds_amounts(subject), UNITS: _units(subject)}
    amounts = {**pools[BUDGET], **pools[FUNDS], **_data(subject), **pools[UNITS]}
    told: set[str] = set()
    for path, suspicion in suspects.by_path.items():
        if path.group not in suspects.whole:
            yield from _one(subject, path, amounts[path], suspicion.why, path in suspects.guilty)
        elif path.group not in told:
            told.add(path.group)
            is_guilty = any(guilty.group == path.group for guilty in suspects.guilty)
            yield from _all(subject, path, pools[path.group], suspicion.why, is_guilty)


def _one(subject: Subject, path: InputPath, amount: Decimal, why: str, is_guilty: bool) -> Iterator[Problem]:
    label, likely = label_of(subject.form, path), grouped(normal(amount / WAN))
    yield from subject.report(
        "maybe_yuan",
        f"“{label}”为 {grouped(amount)} 万元，{why}，可能误以元填写"
        + ("，合计因此不符" if is_guilty else ""),
        f"如果单位是元，请改填 {likely}（万元）" + ("" if is_guilty else "；确认无误可以不改"),
        path,
        grouped(amount),
        is_error=is_guilty,
    )


def _all(subject: Subject, path: InputPath, pool: Amounts, why: str, is_guilty: bool) -> Iterator[Problem]:
    label, amount = label_of(subject.form, path), pool[path]
    count = sum(other > 0 for other in pool.values())
    yield from subject.report(
        "maybe_yuan",
        f"“{sheet_title(subject.form, path.group)}”的金额可能都以元填写：“{label}”为 {grouped(amount)} 万元，{why}",
        f"如果单位是元，请把这 {count} 个金额都改为万元，例如“{label}”改填 {grouped(normal(amount / WAN))}"
        + ("" if is_guilty else "；确认无误可以不改"),
        path,
        grouped(amount),
        is_error=is_guilty,
    )


def _is_whole(subject: Subject, group: str, pool: Amounts, suspected: Mapping[InputPath, Suspicion]) -> bool:
    """Whether a sheet is in 元 as a whole: its sums hold although an amount of it is suspected."""
    if not pool.keys() & suspected.keys():
        return False
    if group == FUNDS:
        return bool(equations(subject.form)) and not failing_equations(subject)
    if not subject.form.budget.sums:
        return False
    if group == BUDGET:
        return not failing_sums(subject.form, subject.submission.budget)
    rows = (unit.amounts for unit in subject.submission.units)
    return not any(
        failing_sums(subject.form, {k: v for k, v in row.items() if v is not None}) for row in rows
    )


def _budget(subject: Subject) -> Amounts:
    """The department's budget in 万元 by path."""
    return {InputPath.amount(key): amount for key, amount in subject.submission.budget.items()}


def _data(subject: Subject) -> Amounts:
    """The amounts of 基本情况 and 评分数据 in 万元 by path."""
    pool: Amounts = {}
    for field in subject.form.fields:
        value = subject.submission.fields.get(field.id)
        if field.kind is ValueKind.AMOUNT and isinstance(value, Decimal):
            pool[InputPath.field(field.id)] = value
    for _, item in subject.form.data_inputs():
        value = subject.submission.data.get(item.id)
        if item.kind is ValueKind.AMOUNT and isinstance(value, Decimal):
            pool[InputPath.datum(item.id)] = value
    return pool


def _units(subject: Subject) -> Amounts:
    return {
        InputPath.cell(UNITS, number, key): amount
        for number, unit in enumerate(subject.submission.units)
        for key, amount in unit.amounts.items()
        if amount is not None
    }


def _out_of_scale(pool: Amounts) -> Iterator[Suspicion]:
    """The amounts above the first thousandfold gap, when they are large and not the majority."""
    paths = sorted((path for path in pool if pool[path] > 0), key=lambda path: pool[path])
    for number in range(1, len(paths)):
        amount, smaller = pool[paths[number]], pool[paths[number - 1]]
        suspicious = paths[number:]
        if amount >= max(PLAIN_AMOUNT, smaller * THOUSANDFOLD) and len(suspicious) <= number:
            why = f"是其他金额的 {grouped(THOUSANDFOLD)} 倍以上"
            yield from (Suspicion(path, why) for path in suspicious)
            return


def _twins(subject: Subject, budget: Amounts, data: Amounts) -> Iterator[Suspicion]:
    """Amounts exactly ten thousand times an amount that is asked for on the other sheet."""
    for pool, others in ((budget, data), (data, budget)):
        for path, amount in pool.items():
            for other, value in others.items():
                if amount == value * WAN and _is_telling(value):
                    label = label_of(subject.form, other)
                    yield Suspicion(path, f"恰为“{label}”{grouped(value)} 的一万倍")


def _is_telling(value: Decimal) -> bool:
    return len(str(normal(value)).replace(".", "").strip("0")) >= TELLING_DIGITS


def _units_against_budget(subject: Subject, budget: Amounts, units: Amounts) -> Iterator[Suspicion]:
    """Units that add up to ten thousand times the department's amount, or to a ten thousandth of it."""
    for whole, amount in budget.items():
        rows = {path: value for path, value in units.items() if path.part == whole.item}
        total = sum(rows.values(), Decimal(0))
        label = label_of(subject.form, whole)
        if total == amount * WAN and _is_telling(amount):
            why = f"各单位合计恰为部门“{label}”{grouped(amount)} 的一万倍"
            yield from (Suspicion(path, why) for path, value in rows.items() if value > 0)
        elif amount == total * WAN and _is_telling(total):
            yield Suspicion(whole, f"恰为各单位合计 {grouped(total)} 的一万倍")


def _too_large(subject: Subject, pool: Amounts) -> Iterator[Suspicion]:
    above = subject.form.checks.maybe_yuan.above
    for path, amount in pool.items():
        if amount > above:
            yield Suspicion(path, f"超过 {grouped(above)} 万元")
