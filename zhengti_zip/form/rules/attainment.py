"""完成值法: one entered row is scored by how far it reached its own target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field, PrivateAttr

from zhengti_zip.base.numbers import PERCENT, grouped, plain
from zhengti_zip.form.base import Ident, Input
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import ROW, Answers
from zhengti_zip.form.rules.formulas import CellName, completion, rounded
from zhengti_zip.form.rules.indicator import (
    AT_LEAST,
    DIRECTIONS,
    EQUAL,
    QUALITATIVE,
    Completed,
    EqualMeans,
    completed,
    evidence_of,
    gain_of,
    method_of,
)
from zhengti_zip.form.rules.indicator_rule import IndicatorRule
from zhengti_zip.form.rules.outcome import NotComputed, Outcome, computed
from zhengti_zip.form.rules.probed_rows import probed_rows
from zhengti_zip.form.rules.taken import Limit, Taken
from zhengti_zip.form.rules.written import written


class Attainment(IndicatorRule):
    """Weight × completion of the scored row itself, whose weight, target and actual are entered.

    In the live sheet its formula needs cells of the same row. It asks for them by ``row.<column>``:
    ``row.weight``, ``row.direction``, the columns of ``target``, ``row.actual``, ``row.degree`` and
    ``row.degree_percent``.

    Attributes:
        target: number columns of the row that hold its target; the first one entered counts, so that
            ``[adjusted, target]`` prefers an adjusted target.
        reason_at: % of a ≥ or = target from which a reason is due though no point is lost.
        take_points: points that are taken off far above a ≥ or = target.
        text_is_full: a 定性 row of the best degree is complete, whatever percentage stands beside it.
    """

    kind: ClassVar[str] = "attainment"
    title: ClassVar[str] = "完成值法"

    target: Annotated[tuple[Ident, ...], Field(min_length=1)] = ("target",)
    reason_at: Limit | None = None
    take_points: Taken | None = None
    text_is_full: bool = False
    _labels: dict[str, str] = PrivateAttr(default_factory=dict)

    def fits(self, *, entered: bool) -> bool:
        return entered

    def uses(self) -> tuple[str, ...]:
        return tuple(f"{ROW}.{column}" for column in (*self.target, "actual"))

    def bind(self, inputs: Mapping[str, Input]) -> None:
        paths = {column: f"{ROW}.{column}" for column in self.target}
        self._labels = {column: inputs[path].label for column, path in paths.items() if path in inputs}

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        found = super().mistakes(weight)
        if len(set(self.target)) < len(self.target):
            found.append(Mistake("target", "同一列写了两次", "删除重复的列"))
        if self.reason_at is not None and self.reason_at <= PERCENT:
            words = "正好达到目标的也要写原因"
            found.append(Mistake("reason_at", words, "改为大于 100 的数，例如 130"))
        if self.take_points is None:
            return found
        found += [mistake.under("take_points") for mistake in self.take_points.mistakes()]
        if self.reason_at is not None and self.reason_at > self.take_points.limit:
            words = f"从 {plain(self.take_points.limit)}% 起已扣分，扣分的都要写原因，这一界限不起作用"
            remedy = f"改为 {plain(self.take_points.limit)} 或更小，或删去 reason_at"
            found.append(Mistake("reason_at", words, remedy))
        return found

    def describe(self, weight: Decimal) -> str:
        words = "得分 = 分值 × 完成率"
        if self.take_points is not None:
            sign, limit = self.take_points.sign, plain(self.take_points.limit)
            words += f"；实际完成值 {sign} 目标值的 {limit}% 的，扣 {plain(self.take_points.points)} 分"
        return words

    def method(self) -> str:
        qualitative = "“定性”按填写的定性完成率"
        if self.text_is_full:
            qualitative = f"“定性”{self.degrees[0].name}的为 100%，其余按填写的定性完成率"
        words = method_of(self.equal, qualitative)
        names = [self._labels.get(column, column) for column in self.target]
        if len(names) > 1:
            words += f"；目标值取{'、'.join(names)}中先填写的一个"
        return words

    def completion_of(self, row: PerformanceIndicator) -> Completed | None:
        """How far a row was completed, by its target that counts; None while it is not filled in."""
        if self.text_is_full and row.direction == QUALITATIVE and row.degree == self.degrees[0].name:
            return Completed(Fraction(1), f"{row.degree}，完成率 100%")
        return completed(self._measured(row), self.equal)

    def _measured(self, row: PerformanceIndicator) -> PerformanceIndicator:
        """The row with the target that counts, and with a degree only if the form has it."""
        values = [row.part(column) for column in self.target]
        numbers = [Decimal(value) for value in values if isinstance(value, Decimal | int)]
        known = row.degree in [degree.name for degree in self.degrees]
        return row.model_copy(
            update={"target": numbers[0] if numbers else None, "degree": row.degree if known else None}
        )

    def _share(self, row: PerformanceIndicator) -> Fraction | None:
        """Actual ÷ target where more than the target is more than enough; None elsewhere."""
        over = (AT_LEAST,) if self.equal is EqualMeans.EXACT else (AT_LEAST, EQUAL)
        if row.direction not in over or row.actual is None or not row.target or row.target < 0:
            return None
        return Fraction(row.actual) / Fraction(row.target)

    def reason_due(self, weight: Decimal, score: Decimal, answers: Answers) -> bool:
        """Whether points were lost, or the target was passed by as much as ``reason_at`` says."""
        share = None if answers.row is None else self._share(self._measured(answers.row))
        is_far_above = self.reason_at is not None and share is not None and share * 100 >= self.reason_at
        return is_far_above or super().reason_due(weight, score, answers)

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        if answers.row is None:
            return NotComputed()
        row = self._measured(answers.row)
        found = self.completion_of(row)
        if found is None:
            missing = tuple(f"{ROW}.{column}" for column in self._missing(row))
            return NotComputed(missing, started=row.actual is not None or row.degree is not None)
        points, words = found.times(weight)
        share = self._share(row)
        if self.take_points is not None and share is not None and self.take_points.holds(share):
            points -= self.take_points.points
            words += f"；{_over(row, share, self.take_points)}" + ("，扣完为止" if points < 0 else "")
        return computed(points, weight, words, (evidence_of(row, found.how),))

    def _missing(self, row: PerformanceIndicator) -> list[str]:
        if row.direction not in DIRECTIONS:
            return ["direction"]
        columns = ("degree", "degree_percent") if row.direction == QUALITATIVE else ("target", "actual")
        return [self.target[-1] if key == "target" else key for key in columns if row.part(key) is None]

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """One change: the row reaches its target, or goes no further than it."""
        if answers.row is None:
            return
        row = self._measured(answers.row)
        found = self.completion_of(row)
        if found is None:
            return
        words, reached = gain_of(row)
        if found.part == 1:
            words = f"指标“{row.name}”的实际完成值就是目标值 {grouped(row.target or Decimal(0))}{row.unit}"
        yield words, replace(answers, row=reached)

    def completion_formula(self, name: CellName) -> str:
        """The completion of the row in [0, 1] as an Excel expression; ``""`` while it is not filled in.

        ``name`` is asked for the cells named in the description of the class.
        """
        cells = {
            column: name(f"{ROW}.{column}") for column in ("direction", "actual", "degree", "degree_percent")
        }
        expression = completion(
            self.equal,
            [degree.name for degree in self.degrees],
            {**cells, "target": self.target_formula(name)},
        )
        if not self.text_is_full:
            return expression
        is_full = f'AND({cells["direction"]}="{QUALITATIVE}",{cells["degree"]}="{self.degrees[0].name}")'
        return f"IF({is_full},1,{expression})"

    def formula(self, weight: Decimal, name: CellName) -> str:
        """The score; the weight is the cell ``row.weight``, because the department enters it."""
        points, part = name(f"{ROW}.weight"), self.completion_formula(name)
        score = rounded(f"{points}*{part}")
        if self.take_points is not None:
            score = f"ROUND(MAX(0,{score}-{self._taken_formula(self.take_points, name)}),2)"
        return f'IF(ISNUMBER({points}),IF(ISNUMBER({part}),{score},""),"")'

    def target_formula(self, name: CellName) -> str:
        """The target that counts as an Excel expression."""
        *first, last = (name(f"{ROW}.{column}") for column in self.target)
        for cell in reversed(first):
            last = f"IF(ISNUMBER({cell}),{cell},{last})"
        return last

    def _taken_formula(self, taken: Taken, name: CellName) -> str:
        # Compared without dividing; ROUND takes binary noise out of the difference.
        direction, target, actual = (
            name(f"{ROW}.direction"),
            self.target_formula(name),
            name(f"{ROW}.actual"),
        )
        over = f'{direction}="{AT_LEAST}"'
        if self.equal is not EqualMeans.EXACT:
            over = f'OR({over},{direction}="{EQUAL}")'
        sign = ">" if taken.sign == ">" else ">="
        is_far = f"ROUND({actual}*100-{plain(taken.limit)}*{target},6){sign}0"
        return f"IF({over},IF({target}>0,IF({is_far},{plain(taken.points)},0),0),0)"

    def probes(self, weight: Decimal) -> Iterable[Answers]:
        """Rows on both sides of the target and of the limit of ``take_points``, and unfinished ones."""
        limits = [] if self.take_points is None else [self.take_points.limit]
        for row in probed_rows(self.target, self.degrees, limits):
            yield Answers({}, row=row.model_copy(update={"weight": weight}))


def _over(row: PerformanceIndicator, share: Fraction, taken: Taken) -> str:
    """Why points are taken, and how many."""
    shown = written(share, taken.holds)
    division = f"{grouped(row.actual or Decimal(0))} ÷ {grouped(row.target or Decimal(0))} {shown}"
    return f"{division} {taken.sign} {plain(taken.limit)}%，扣 {plain(taken.points)} 分"
