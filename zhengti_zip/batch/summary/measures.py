"""The numbers of the summary as records: a ranked department, a scored row, a grade, a score band, a budget sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.result import Result

if TYPE_CHECKING:
    from zhengti_zip.scoring.items import ScoredItem

NO_SCOPE = "—"
"""Shown as the scope of a department that has none, and as the grade of one without a grade."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A department with its rank; equal totals share a rank (1, 2, 2, 4)."""

    rank: int
    result: Result

    @property
    def total(self) -> Decimal:
        """Its total; every ranked result has one."""
        assert self.result.total is not None
        return self.result.total

    @property
    def scope(self) -> str:
        """Its scope as shown."""
        return self.result.scope or NO_SCOPE


@dataclass(frozen=True, slots=True)
class RowFigures:
    """The scores of the ranked departments on one scored item.

    Attributes:
        number: position on the form, from 1.
        item: the row, or the level of the rows that departments entered.
        scores: of every department that has one.
    """

    number: int
    item: ScoredItem
    scores: tuple[Decimal, ...]

    @property
    def weight(self) -> Decimal:
        """分值 of the item."""
        return self.item.weight

    @property
    def count(self) -> int:
        """Departments with a score."""
        return len(self.scores)

    @property
    def average(self) -> Decimal | None:
        """Mean points; None without departments."""
        return sum(self.scores, Decimal(0)) / self.count if self.scores else None

    @property
    def rate(self) -> Decimal | None:
        """Mean points as a share of the weight, 0 to 1; None without departments or for a weight of 0."""
        return self.average / self.weight if self.average is not None and self.weight else None

    @property
    def highest(self) -> Decimal | None:
        """The best score; None without departments."""
        return max(self.scores, default=None)

    @property
    def lowest(self) -> Decimal | None:
        """The worst score; None without departments."""
        return min(self.scores, default=None)

    @property
    def lost(self) -> Decimal:
        """Points lost, of all departments together."""
        return self.weight * self.count - sum(self.scores, Decimal(0))

    @property
    def below_full(self) -> int:
        """Number of departments with less than the weight."""
        return sum(score < self.weight for score in self.scores)


@dataclass(frozen=True, slots=True)
class GradeCount:
    """Number of departments with a grade; ``range`` is the range of totals in words."""

    name: str
    range: str
    count: int


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """Number of totals in [low, high); the last band includes ``high``."""

    low: Decimal
    high: Decimal
    is_last: bool
    count: int

    @property
    def text(self) -> str:
        """The band in words: ``85～90``."""
        return f"{plain(self.low)}～{plain(self.high)}"


@dataclass(frozen=True, slots=True)
class BudgetSums:
    """Budgets added up, in 万元.

    Attributes:
        scope: of the departments of one scope; "" for all.
        count: how many departments.
        sums: per key of an amount.
    """

    scope: str
    count: int
    sums: dict[str, Decimal]


def ranking(results: Iterable[Result]) -> tuple[Ranked, ...]:
    """Results with a total, most points first; equal totals share a rank and stand in order of their names."""
    ordered = sorted(results, key=lambda r: (-(r.total or Decimal(0)), r.department, r.scope, r.name))
    found: list[Ranked] = []
    for number, result in enumerate(ordered, start=1):
        ties = found and found[-1].result.total == result.total
        found.append(Ranked(found[-1].rank if ties else number, result))
    return tuple(found)
