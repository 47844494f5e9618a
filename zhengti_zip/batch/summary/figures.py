"""All figures of a summary, computed from the results of one form with Decimal; no file is read or written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.arrivals import Arrivals
from zhengti_zip.batch.crosschecks import Crosschecks, crosschecked
from zhengti_zip.batch.duplicates import CODE as DUPLICATE
from zhengti_zip.batch.passed_warnings import PassedWarnings, passed_warnings
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.self_scores import HigherSelfScores, higher_self_scores
from zhengti_zip.batch.summary.measures import (
    NO_SCOPE,
    BudgetSums,
    GradeCount,
    Ranked,
    RowFigures,
    ScoreBand,
    ranking,
)

if TYPE_CHECKING:
    from zhengti_zip.form.definition import FormDefinition

BINS = 20
"""Number of score bands the full score is divided into; of 100 points each is 5 wide."""

LEAST_BINS = 4
"""Smallest number of bands shown."""


@dataclass(frozen=True)
class Figures:
    """The figures of one form.

    Attributes:
        form: the form; None for files whose form could not be read.
        results: all results, sorted by name.
        compared: the checks across departments; None to have them done here, without last year's forms.
        arrivals: every file of the batch, of whichever form; None where there are no files.
    """

    form: FormDefinition | None
    results: tuple[Result, ...]
    compared: Crosschecks | None = None
    arrivals: Arrivals | None = None

    @cached_property
    def ranked(self) -> tuple[Ranked, ...]:
        """The departments with a total and without errors, best first."""
        return ranking(result for result in self.results if result.is_done and result.total is not None)

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """Their totals, best first."""
        return tuple(item.total for item in self.ranked)

    @property
    def average(self) -> Decimal | None:
        """Mean total, not rounded; None without departments."""
        return sum(self.totals, Decimal(0)) / len(self.ranked) if self.ranked else None

    @property
    def median(self) -> Decimal | None:
        """Median of the totals; None without departments."""
        return median(self.totals) if self.ranked else None

    @cached_property
    def failed(self) -> tuple[Result, ...]:
        """The files that are in no figure."""
        return tuple(result for result in self.results if not result.is_done)

    @cached_property
    def without_total(self) -> tuple[Result, ...]:
        """Files without errors that cannot be ranked, since they have no total."""
        return tuple(result for result in self.results if result.is_done and result.total is None)

    @cached_property
    def duplicates(self) -> tuple[Result, ...]:
        """The failed files of departments with several files."""
        return tuple(r for r in self.failed if any(problem.code == DUPLICATE for problem in r.problems))

    @cached_property
    def rows(self) -> tuple[RowFigures, ...]:
        """The scored items, most points lost first; equal ones in the order of the form."""
        from zhengti_zip.scoring.items import scored_items

        if self.form is None:
            return ()
        found = []
        for number, scored in enumerate(scored_items(self.form), start=1):
            scores = (item.result.scores.get(scored.key) for item in self.ranked)
            found.append(RowFigures(number, scored, tuple(score for score in scores if score is not None)))
        return tuple(sorted(found, key=lambda row: -row.lost))

    @cached_property
    def warned(self) -> tuple[PassedWarnings, ...]:
        """The forms without errors that have warnings, by name."""
        return passed_warnings(self.results)

    @cached_property
    def higher_self_scores(self) -> tuple[HigherSelfScores, ...]:
        """The forms without errors in which a self-score exceeds the computed one, most points first."""
        return higher_self_scores(self.results)

    @cached_property
    def crosschecks(self) -> Crosschecks:
        """The checks across departments; none for files of unknown form."""
        if self.compared is not None or self.form is None:
            return self.compared or Crosschecks()
        return crosschecked(self.results, self.form)

    @property
    def lost(self) -> Decimal:
        """Points lost on all rows together."""
        return sum((row.lost for row in self.rows), Decimal(0))

    @cached_property
    def grades(self) -> tuple[GradeCount, ...]:
        """Departments per grade, best first; grades the form does not define come last.

        None for a form without grades.
        """
        if self.form is None or not self.form.grade.bands:
            return ()
        counts = Counter(item.result.grade for item in self.ranked)
        texts = {band.name: _range(band.text, band.name) for band in self.form.grade.bands}
        names = [*texts, *sorted(counts.keys() - texts.keys())]
        return tuple(GradeCount(name or NO_SCOPE, texts.get(name, ""), counts[name]) for name in names)

    @cached_property
    def bands(self) -> tuple[ScoreBand, ...]:
        """Departments per score band, from the band of the lowest total to the full score."""
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
        """Sums per scope, in the order of the form's choices, and of all departments last.

        Only choices are scopes to add up by: the name of a project is each department's own.
        """
        if self.form is None or not amounts_asked(self.form):
            return ()
        order = [choice for field in self.form.fields for choice in field.choices]
        scopes = sorted({item.scope for item in self.ranked if item.scope in order}, key=order.index)
        lines = [self._budget(scope) for scope in scopes] if len(scopes) > 1 else []
        return (*lines, self._budget(""))

    def _budget(self, scope: str) -> BudgetSums:
        assert self.form is not None
        chosen = [item.result for item in self.ranked if scope in ("", item.scope)]
        sums = {
            key: sum((r.budget.get(key) or Decimal(0) for r in chosen), Decimal(0))
            for key in amounts_asked(self.form)
        }
        return BudgetSums(scope, len(chosen), sums)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the ranked departments."""
        return tuple(sorted({item.result.year for item in self.ranked}))

    @property
    def scope_label(self) -> str:
        """Label of the scope on this form."""
        from zhengti_zip.submission.identity import identity_fields

        return "、".join(field.label for field in identity_fields(self.form)) if self.form else "填报范围"

    @property
    def has_scope(self) -> bool:
        """Whether something tells the forms of one department apart."""
        return bool(self.scope_label)

    @property
    def has_grades(self) -> bool:
        """Whether the form has grades."""
        return self.form is None or bool(self.form.grade.bands)


def divided(results: Sequence[Result], known: Iterable[str]) -> dict[str, list[Result]]:
    """The results of each form by its id, sorted by name; "" for those of unknown form.

    With a single known form, files of unknown form count as failures of it.
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
