"""The figures of a trend, worked out from results with Decimal: a line a department, a column a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.trend.lines import (
    Line,
    SumLine,
    TotalLine,
    Values,
    by_key,
    comparable_growth,
    fullness,
    means,
)
from zhengti_zip.batch.trend.series import LeftOut, Series, Sorted
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.items import ScoredItem, scored_items


@dataclass(frozen=True)
class TrendFigures:
    """All figures.

    Attributes:
        found: departments and what is not counted.
        forms: the forms by id.
    """

    found: Sorted
    forms: Mapping[str, FormDefinition]

    @property
    def series(self) -> Sequence[Series]:
        """The departments."""
        return self.found.series

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """The files that are not counted."""
        return self.found.left_out

    @property
    def has_faults(self) -> bool:
        """Whether one of them is for somebody to mend."""
        return any(item.is_fault for item in self.left_out)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """All years, oldest first."""
        return tuple(sorted({year for series in self.series for year in series.by_year}))

    def forms_of(self, year: int) -> tuple[FormDefinition, ...]:
        """The forms used in a year."""
        used = {series.by_year[year].form for series in self.series if year in series.by_year}
        return tuple(self.forms[name] for name in sorted(used))

    @cached_property
    def used_forms(self) -> tuple[FormDefinition, ...]:
        """The forms of all years, newest first."""
        by_year = (form for year in reversed(self.years) for form in self.forms_of(year))
        return tuple({form.id: form for form in by_year}.values())

    @cached_property
    def totals(self) -> tuple[TotalLine, ...]:
        """The totals of each department."""
        return tuple(self._totals(series) for series in self.series)

    def _totals(self, series: Series) -> TotalLine:
        results = [series.by_year.get(year) for year in self.years]
        rates = Line((series.department, series.scope), tuple(map(self._rate, results)))
        return TotalLine(
            series,
            tuple(result.total if result else None for result in results),
            tuple(result.grade if result else "" for result in results),
            rates,
        )

    def _rate(self, result: Result | None) -> Decimal | None:
        """The total as a share of the full score."""
        if result is None or result.total is None:
            return None
        full = self.forms[result.form].full_score
        return result.total / full if full else None

    @cached_property
    def mean_rate(self) -> Line:
        """The mean rate of all departments."""
        return Line(("平均得分率",), means([line.rates.values for line in self.totals], len(self.years)))

    @property
    def has_one_full_score(self) -> bool:
        """Whether all years have one full score, so that totals can be compared."""
        return len({form.full_score for form in self.used_forms}) == 1

    @cached_property
    def mean_total(self) -> Line:
        """The mean total of all departments; only years with one full score can be compared by it."""
        return Line(("平均总分",), means([line.totals for line in self.totals], len(self.years)))

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How many departments are counted in each year."""
        return tuple(sum(year in series.by_year for series in self.series) for year in self.years)

    @cached_property
    def grades(self) -> dict[str, tuple[int, ...]]:
        """How many departments have each grade, by year; best grade first."""
        names = dict.fromkeys(band.name for form in self.used_forms for band in form.grade.bands)
        return {
            name: tuple(
                sum(line.grades[place] == name for line in self.totals) for place in range(len(self.years))
            )
            for name in names
        }

    @cached_property
    def amount_labels(self) -> dict[str, str]:
        """Labels of all amounts by key; the newest form that has one gives its name."""
        found: dict[str, str] = {}
        for form in self.used_forms:
            for key, label in amounts_asked(form).items():
                found.setdefault(key, label)
        return found

    @cached_property
    def amounts(self) -> tuple[Line, ...]:
        """The amounts of each department in 万元, but for those it never entered."""
        lines = (
            Line(
                (series.department, series.scope, label),
                self._over_years(series, lambda result, key=key: result.budget.get(key)),  # type: ignore[misc]
                key,
            )
            for series in self.series
            for key, label in self.amount_labels.items()
        )
        return tuple(line for line in lines if any(value is not None for value in line.values))

    @cached_property
    def sums(self) -> tuple[SumLine, ...]:
        """The amounts of all departments together."""
        held = by_key(self.amounts)
        return tuple(
            self._sum(key, label, held[key]) for key, label in self.amount_labels.items() if key in held
        )

    @property
    def leading_sum(self) -> SumLine | None:
        """The sum that a chart shows: the first of those that most years have; None where there is none."""
        return max(self.sums, key=lambda line: fullness(line.sums), default=None)

    def _sum(self, key: str, label: str, lines: Sequence[Values]) -> SumLine:
        columns = [[value for value in column if value is not None] for column in zip(*lines, strict=True)]
        sums = tuple(sum(column, Decimal(0)) if column else None for column in columns)
        return SumLine(
            Line((label,), sums, key), tuple(map(len, columns)), comparable_growth(lines, len(columns))
        )

    @cached_property
    def _scored(self) -> dict[str, tuple[ScoredItem, ...]]:
        """The scored items of each form by its id."""
        return {name: scored_items(form) for name, form in self.forms.items()}

    @cached_property
    def items(self) -> tuple[Line, ...]:
        """The rate (score ÷ weight) of each scored item of each department.

        Items of several forms are one item if they have the same id and the same name.
        """
        lines = []
        for series in self.series:
            rates: dict[tuple[str, str], dict[int, Decimal]] = {}
            for year, result in sorted(series.by_year.items(), reverse=True):
                for item in self._scored[result.form]:
                    score = result.scores.get(item.key)
                    if score is not None and item.weight:
                        rates.setdefault((item.key, item.name), {})[year] = score / item.weight
            for (key, name), by_year in rates.items():
                values = tuple(by_year.get(year) for year in self.years)
                lines.append(Line((series.department, series.scope, name), values, f"{key} {name}"))
        return tuple(lines)

    @cached_property
    def mean_items(self) -> tuple[Line, ...]:
        """The mean rate of each scored item over all departments."""
        held = by_key(self.items)
        order = {
            f"{item.key} {item.name}": item.name for form in self.used_forms for item in self._scored[form.id]
        }
        return tuple(
            Line((name,), means(held[key], len(self.years)), key)
            for key, name in order.items()
            if key in held
        )

    def _over_years(self, series: Series, value: Callable[[Result], Decimal | None]) -> Values:
        results = (series.by_year.get(year) for year in self.years)
        return tuple(None if result is None else value(result) for result in results)
