"""The figures of a district: ranking, indicators, grades, budgets. Pure Decimal, no file is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.duplicates import CODE as DUPLICATE
from zhengti_zip.batch.result import Result

if TYPE_CHECKING:
    from zhengti_zip.form.definition import FormDefinition, RowContext

BINS = 20
"""Score bands the full score is divided into; of 100 points each is 5 wide."""

LEAST_BINS = 4
"""Bands shown even where every total lies in one."""

NO_SCOPE = "—"
"""Stands for the scope of a department that has none."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A department with its place; equal totals share a place (1, 2, 2, 4)."""

    rank: int
    result: Result

    @property
    def total(self) -> Decimal:
        """Its points; only results that have a total are ranked."""
        assert self.result.total is not None
        return self.result.total

    @property
    def scope(self) -> str:
        """Its scope as it is shown."""
        return self.result.scope or NO_SCOPE


@dataclass(frozen=True, slots=True)
class RowFigures:
    """How the ranked departments did on one scored row.

    Attributes:
        number: its place on the form, from 1.
        context: the row.
        scores: the points of every department that has some.
    """

    number: int
    context: RowContext
    scores: tuple[Decimal, ...]

    @property
    def weight(self) -> Decimal:
        """分值 of the row."""
        return self.context.row.weight

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
        """Points short of the weight, of all departments together."""
        return self.weight * self.count - sum(self.scores, Decimal(0))

    @property
    def below_full(self) -> int:
        """How many departments are short of the weight."""
        return sum(score < self.weight for score in self.scores)


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many departments reached a grade; ``range`` says in words which totals it stands for."""

    name: str
    range: str
    count: int


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """How many totals lie in [low, high); the last band takes in ``high``."""

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
        sums: per budget column id.
    """

    scope: str
    count: int
    sums: dict[str, Decimal]


@dataclass(frozen=True)
class Figures:
    """Everything the summary says about the results of one form.

    Attributes:
        form: the form; None for files of which not even that could be read.
        results: all of them, in order of their names.
    """

    form: FormDefinition | None
    results: tuple[Result, ...]

    @cached_property
    def ranked(self) -> tuple[Ranked, ...]:
        """The departments that count, best first."""
        return ranking(result for result in self.results if result.is_done and result.total is not None)

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """Their totals, best first."""
        return tuple(item.total for item in self.ranked)

    @property
    def average(self) -> Decimal | None:
        """Mean total; None without departments."""
        return sum(self.totals, Decimal(0)) / len(self.ranked) if self.ranked else None

    @property
    def median(self) -> Decimal | None:
        """The total in the middle; None without departments."""
        return median(self.totals) if self.ranked else None

    @cached_property
    def failed(self) -> tuple[Result, ...]:
        """The files that count nowhere, for whatever reason."""
        return tuple(result for result in self.results if not result.is_done)

    @cached_property
    def without_total(self) -> tuple[Result, ...]:
        """Files without errors that cannot be ranked, since they have no total."""
        return tuple(result for result in self.results if result.is_done and result.total is None)

    @cached_property
    def duplicates(self) -> tuple[Result, ...]:
        """Of the failed files, those of a department that came in more than once."""
        return tuple(r for r in self.failed if any(problem.code == DUPLICATE for problem in r.problems))

    @cached_property
    def rows(self) -> tuple[RowFigures, ...]:
        """The scored rows, those that cost most points first; equals keep the order of the form."""
        if self.form is None:
            return ()
        found = []
        for number, context in enumerate(self.form.rows, start=1):
            scores = (item.result.scores.get(context.row.id) for item in self.ranked)
            found.append(RowFigures(number, context, tuple(score for score in scores if score is not None)))
        return tuple(sorted(found, key=lambda row: -row.lost))

    @property
    def lost(self) -> Decimal:
        """Points lost on all rows together."""
        return sum((row.lost for row in self.rows), Decimal(0))

    @cached_property
    def grades(self) -> tuple[GradeCount, ...]:
        """Departments per grade, best first, as each was given it; a grade the form does not know last."""
        if self.form is None:
            return ()
        counts = Counter(item.result.grade for item in self.ranked)
        texts = {band.name: _range(band.text, band.name) for band in self.form.grade.bands}
        names = [*texts, *sorted(counts.keys() - texts.keys())]
        return tuple(GradeCount(name or NO_SCOPE, texts.get(name, ""), counts[name]) for name in names)

    @cached_property
    def bands(self) -> tuple[ScoreBand, ...]:
        """Totals per score band, from the band of the lowest total up to the full score."""
        if self.form is None:
            return ()
        full = self.form.full_score
        width = full / BINS
        places = [min(int(total / width), BINS - 1) for total in self.totals]
        counts = Counter(places)
        first = min([*places, BINS - LEAST_BINS])
        return tuple(
            ScoreBand(width * n, width * (n + 1), n == BINS - 1, counts[n]) for n in range(first, BINS)
        )

    @cached_property
    def budgets(self) -> tuple[BudgetSums, ...]:
        """Budgets per scope, in order of the choices, and of all departments last."""
        if self.form is None:
            return ()
        order = [choice for field in self.form.fields for choice in field.choices]
        scopes = sorted({item.scope for item in self.ranked}, key=lambda s: (_place(order, s), s))
        lines = [self._budget(scope) for scope in scopes] if len(scopes) > 1 else []
        return (*lines, self._budget(""))

    def _budget(self, scope: str) -> BudgetSums:
        assert self.form is not None
        chosen = [item.result for item in self.ranked if scope in ("", item.scope)]
        sums = {
            column.id: sum((r.budget.get(column.id) or Decimal(0) for r in chosen), Decimal(0))
            for column in self.form.budget.columns
        }
        return BudgetSums(scope, len(chosen), sums)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the ranked departments."""
        return tuple(sorted({item.result.year for item in self.ranked}))

    @property
    def scope_label(self) -> str:
        """What the scope is called on this form."""
        from zhengti_zip.form.base import ValueKind

        fields = self.form.fields if self.form else ()
        return "、".join(f.label for f in fields if f.kind is ValueKind.CHOICE) or "填报范围"


def ranking(results: Iterable[Result]) -> tuple[Ranked, ...]:
    """Results with a total, most points first; equal totals share a rank and stand in order of their names."""
    ordered = sorted(results, key=lambda r: (-(r.total or Decimal(0)), r.department, r.scope, r.name))
    found: list[Ranked] = []
    for number, result in enumerate(ordered, start=1):
        ties = found and found[-1].result.total == result.total
        found.append(Ranked(found[-1].rank if ties else number, result))
    return tuple(found)


def divided(results: Sequence[Result], known: Iterable[str]) -> dict[str, list[Result]]:
    """The results of each form by its id; "" for those whose form is not known.

    Files of unknown form join the only form there is: in a batch of one form they are its failures.
    """
    forms = set(known)
    groups: dict[str, list[Result]] = {}
    for result in sorted(results, key=lambda r: r.name):
        groups.setdefault(result.form if result.form in forms else "", []).append(result)
    if "" in groups and len(groups) == 2:
        [only] = groups.keys() - {""}
        groups = {only: sorted([*groups[only], *groups[""]], key=lambda r: r.name)}
    return dict(sorted(groups.items()))


def _range(text: str, name: str) -> str:
    """The words of a grade band without its name: ``优  90分≤得分≤100分；`` → ``90分≤得分≤100分``."""
    return text.removeprefix(name).strip().rstrip("；;。，")


def _place(order: Sequence[str], scope: str) -> int:
    return order.index(scope) if scope in order else len(order)
