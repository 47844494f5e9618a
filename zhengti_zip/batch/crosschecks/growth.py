"""Amounts that changed from last year to this year as no budget does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.numbers import money, plain
from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind, department_key, party
from zhengti_zip.batch.crosschecks.thresholds import GROWTH_FACTOR, GROWTH_LEAST, UNIT_FACTORS
from zhengti_zip.batch.result import Result
from zhengti_zip.form.definition import FormDefinition

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """An amount of two years, in 万元."""

    label: str
    before: Decimal
    now: Decimal

    @property
    def factor(self) -> Decimal:
        """The larger of the two as a multiple of the smaller."""
        return max(self.now / self.before, self.before / self.now)

    @property
    def words(self) -> str:
        """The numbers, for a person."""
        way = "增加到" if self.now > self.before else "减少到"
        times = plain(self.factor.quantize(Decimal(1) if self.factor >= 100 else Decimal("0.1")))
        share = f"上年的 {times} 倍" if self.now > self.before else f"上年的 {times} 分之一"
        return f"{self.label}：上年 {money(self.before)} 万元，{way} {money(self.now)} 万元（{share}）"


def earlier_results(results: Sequence[Result], previous: Sequence[Result]) -> dict[str, Result]:
    """For the results that have one, by their names, the latest result of an earlier year of the same department.

    Amounts of earlier forms count also where these had errors: they passed last year's checks.
    """
    known: dict[Key, list[Result]] = {}
    for result in previous:
        if result.department:
            known.setdefault(_key(result), []).append(result)
    found = {}
    for result in results:
        earlier = [
            old
            for old in known.get(_key(result), ())
            if not (old.year and result.year) or old.year < result.year
        ]
        if earlier:
            found[result.name] = max(earlier, key=lambda old: (old.year, old.name))
    return found


def impossible_growth(
    results: Sequence[Result], earlier: dict[str, Result], form: FormDefinition
) -> Iterator[Doubt]:
    """A doubt for every department with such amounts.

    Args:
        earlier: as :func:`earlier_results` gives them.
    """
    labels = amounts_asked(form)
    for result in results:
        old = earlier.get(result.name)
        changes = list(_changes(result, old, labels)) if old else []
        if not changes or not old:
            continue
        low, high = UNIT_FACTORS
        is_unit = any(low <= change.factor <= high for change in changes)
        year = f"（{old.year} 年度）" if old.year else ""
        unit = "；相差约一万倍，多半有一年把元填成了万元" if is_unit else ""
        yield Doubt(
            DoubtKind.GROWTH,
            (party(result),),
            "、".join(change.label for change in changes),
            f"有 {len(changes)} 项与上年{year}相差十倍以上{unit}",
            tuple(change.words for change in changes),
            Certainty.HIGH if is_unit else Certainty.MEDIUM,
        )


def _changes(result: Result, old: Result, labels: Mapping[str, str]) -> Iterator[Change]:
    for key, label in labels.items():
        now, before = result.budget.get(key), old.budget.get(key)
        if now and before and now > 0 and before > 0 and max(now, before) >= GROWTH_LEAST:
            change = Change(label, before, now)
            if change.factor >= GROWTH_FACTOR:
                yield change


def _key(result: Result) -> Key:
    return department_key(result.department), result.scope
