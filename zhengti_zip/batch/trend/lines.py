"""Lines of a trend: one value a year, how they change, and what several lines give together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from zhengti_zip.batch.trend.series import Series

PLACES = Decimal("0.000001")
"""What a mean, a rate or a growth is rounded to."""

Values = tuple[Decimal | None, ...]
"""A value a year, in the order of the years; None where there is none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing over the years.

    Attributes:
        names: what it is: the department, its scope, the amount or item.
        values: a value a year.
        key: what makes it comparable with lines of other departments; "" for totals.
    """

    names: tuple[str, ...]
    values: Values
    key: str = ""

    @property
    def growth(self) -> Values:
        """By which share of the year before each value has grown; the first year has none."""
        return compared(self.values, lambda before, now: (now - before) / before if before else None)

    @property
    def difference(self) -> Values:
        """By how much each value is above that of the year before."""
        return compared(self.values, lambda before, now: now - before)


@dataclass(frozen=True, slots=True)
class TotalLine:
    """Totals, grades and rates (total ÷ full score) of one department."""

    series: Series
    totals: Values
    grades: tuple[str, ...]
    rates: Line


@dataclass(frozen=True, slots=True)
class SumLine:
    """An amount of all departments together, in 万元.

    Attributes:
        sums: by year.
        counts: how many departments have it, by year.
        growth: of the departments that have it in both years, by the year.
    """

    sums: Line
    counts: tuple[int, ...]
    growth: Values


def rounded(value: Decimal) -> Decimal:
    """A mean, a rate or a growth as a cell and JSON show it."""
    return value.quantize(PLACES).normalize()


def fullness(line: Line) -> int:
    """How many years a line has a value in."""
    return sum(value is not None for value in line.values)


def by_key(lines: Iterable[Line]) -> dict[str, list[Values]]:
    """The values of all lines that can be compared with each other."""
    found: dict[str, list[Values]] = {}
    for line in lines:
        found.setdefault(line.key, []).append(line.values)
    return found


def compared(values: Values, compare: Callable[[Decimal, Decimal], Decimal | None]) -> Values:
    """What two neighbouring years give; None for the first one and where a value is missing."""
    return (
        None,
        *(
            None if before is None or now is None else compare(before, now)
            for before, now in pairwise(values)
        ),
    )


def means(lines: Iterable[Values], years: int) -> Values:
    """The mean of what is there in each year."""
    columns: list[list[Decimal]] = [[] for _ in range(years)]
    for line in lines:
        for column, value in zip(columns, line, strict=True):
            if value is not None:
                column.append(value)
    return tuple(sum(column, Decimal(0)) / len(column) if column else None for column in columns)


def comparable_growth(lines: Sequence[Values], years: int) -> Values:
    """The growth of the sum of those departments that have a value in both years."""
    growths: list[Decimal | None] = [None]
    for place in range(1, years):
        pairs = [(line[place - 1], line[place]) for line in lines]
        both = [(before, now) for before, now in pairs if before is not None and now is not None]
        before = sum((pair[0] for pair in both), Decimal(0))
        growths.append(sum((pair[1] for pair in both), Decimal(0)) / before - 1 if before else None)
    return tuple(growths)
