"""Amounts and ratios that lie far from those of all other departments, by median and median deviation (MAD)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from zhengti_zip.base.numbers import money, plain
from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind, department_key, party
from zhengti_zip.batch.crosschecks.thresholds import (
    AMOUNT_FACTOR,
    AMOUNT_SPREAD,
    DEVIATIONS,
    LEAST_DEPARTMENTS,
    OUTLIER_SHARE,
    RATIO_DISTANCE,
    RATIO_SPREAD,
    UNIT_FACTORS,
)
from zhengti_zip.batch.result import Result
from zhengti_zip.form.definition import FormDefinition

NORMAL = Decimal("1.4826")
"""MAD × this = standard deviation, of normal numbers."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A number far from the others: its label, itself and the median."""

    label: str
    value: Decimal
    middle: Decimal
    count: int


Number = tuple[Result, Decimal]


def outlying_amounts(results: Sequence[Result], form: FormDefinition) -> Iterator[Doubt]:
    """A doubt for every department with amounts a hundred times above or below those of the others."""
    found: defaultdict[str, list[Outlier]] = defaultdict(list)
    for key, label in amounts_asked(form).items():
        entered = [
            (result, amount) for result in results if (amount := result.budget.get(key)) and amount > 0
        ]
        logarithms = [(result, amount.log10()) for result, amount in entered]
        for number, middle in _far(logarithms, AMOUNT_SPREAD, AMOUNT_FACTOR.log10()):
            result, value = entered[number]
            found[result.name].append(Outlier(label, value, _power(middle), len(entered)))
    yield from _doubts(results, found, DoubtKind.OUTLYING_AMOUNT, _amount_words, _amount_certainty)


def outlying_ratios(results: Sequence[Result], form: FormDefinition) -> Iterator[Doubt]:
    """A doubt for every department with shares of its money far from those of the others."""
    found: defaultdict[str, list[Outlier]] = defaultdict(list)
    for part, whole, label in ratios_of(form):
        ratios = []
        for result in results:
            above, below = result.budget.get(part), result.budget.get(whole)
            if above is not None and below is not None and below > 0:
                ratios.append((result, above / below))
        for number, middle in _far(ratios, RATIO_SPREAD, RATIO_DISTANCE):
            result, value = ratios[number]
            found[result.name].append(Outlier(label, value, middle, len(ratios)))
    yield from _doubts(results, found, DoubtKind.OUTLYING_RATIO, _ratio_words, lambda _: Certainty.LOW)


def ratios_of(form: FormDefinition) -> tuple[tuple[str, str, str], ...]:
    """The ratios of amounts that the form knows: (key of the part, key of the whole, label).

    Parts of a sum in the budget block and in the table of money, and quotients that are derived.
    """
    labels = amounts_asked(form)
    pairs: dict[tuple[str, str], str] = {}
    for total in form.budget.sums:
        if len(total.left) == 1:
            pairs |= {(part, total.left[0]): "" for part in total.right}
    for line_sum in form.funds.sums:
        if len(line_sum.left) == 1:
            for column in form.funds.columns:
                whole = f"funds.{line_sum.left[0]}.{column.id}"
                pairs |= {(f"funds.{part}.{column.id}", whole): "" for part in line_sum.right}
    for derived in form.derived:
        if derived.divide:
            part, whole = (path.removeprefix("budget.") for path in derived.divide)
            pairs[part, whole] = derived.label
    return tuple(
        (part, whole, label or f"{labels[part]}占{labels[whole]}")
        for (part, whole), label in pairs.items()
        if part in labels and whole in labels
    )


def _far(numbers: Sequence[Number], spread: Decimal, distance: Decimal) -> list[tuple[int, Decimal]]:
    """The positions of the outliers, each with the median; none when there are few departments or many outliers."""
    departments = len({department_key(result.department) for result, _ in numbers})
    if departments < LEAST_DEPARTMENTS:
        return []
    values = [value for _, value in numbers]
    middle = median(values)
    deviation = max(NORMAL * median(abs(value - middle) for value in values), spread)
    far = [
        (number, middle)
        for number, value in enumerate(values)
        if abs(value - middle) >= distance and abs(value - middle) > DEVIATIONS * deviation
    ]
    return far if len(far) <= max(1, int(departments * OUTLIER_SHARE)) else []


def _doubts(
    results: Sequence[Result],
    found: dict[str, list[Outlier]],
    kind: DoubtKind,
    words: Callable[[Outlier], str],
    certainty: Callable[[Sequence[Outlier]], Certainty],
) -> Iterator[Doubt]:
    """One doubt for each department, whatever number of its amounts is far off."""
    for result in results:
        if outliers := found.get(result.name):
            count = outliers[0].count
            message = f"有 {len(outliers)} 项与其他部门相差悬殊（与 {count} 份表的中位数相比）"
            yield Doubt(
                kind,
                (party(result),),
                "、".join(outlier.label for outlier in outliers),
                message,
                tuple(map(words, outliers)),
                certainty(outliers),
            )


def _amount_words(outlier: Outlier) -> str:
    return f"{outlier.label}：{money(outlier.value)} 万元，中位数 {money(outlier.middle)} 万元"


def _ratio_words(outlier: Outlier) -> str:
    return f"{outlier.label}：{percent(outlier.value)}，中位数 {percent(outlier.middle)}"


def _amount_certainty(outliers: Sequence[Outlier]) -> Certainty:
    """Medium when an amount is off as if the unit were wrong, whatever the size of the office; else low: a large office
    may stand alone.
    """
    low, high = UNIT_FACTORS
    factors = (max(o.value / o.middle, o.middle / o.value) for o in outliers)
    return Certainty.MEDIUM if any(low / 10 <= factor <= high * 10 for factor in factors) else Certainty.LOW


def percent(share: Decimal) -> str:
    """A fraction as a percentage with one decimal at most."""
    return f"{plain((share * 100).quantize(Decimal('0.1')))}%"


def _power(logarithm: Decimal) -> Decimal:
    return Decimal(10) ** logarithm
