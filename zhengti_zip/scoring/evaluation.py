"""Evaluation: every row's score, where it came from and why, the total and the grade. Decimal only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zhengti_zip.base.numbers import plain, round_points
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.derived import derived_sums, derived_values
from zhengti_zip.form.rules import Answers, Computed, Outcome, Rule
from zhengti_zip.form.sections import GradeBand
from zhengti_zip.form.tree import RowContext
from zhengti_zip.submission.model import Scalar, SelfScore, Submission
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.rows import rows_of


class ScoreOrigin(StrEnum):
    """Where a counting score came from."""

    SELF = "self"
    COMPUTED = "computed"
    NONE = "none"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"self": "自评分", "computed": "按数据计算", "none": "未填写"}[self.value]


@dataclass(frozen=True, slots=True)
class RowResult:
    """One scored row.

    Attributes:
        context: the row and everything above it.
        rule: the version of the rule in force for the year.
        entry: what was entered for the row.
        outcome: what the rule made of the data.
        score: the score that counts, rounded half up to 2 decimals; as entered when it is out of range; None
            when there is none.
        origin: where it came from.
        word: what the form calls a score that is entered.
    """

    context: RowContext
    rule: Rule
    entry: SelfScore
    outcome: Outcome
    score: Decimal | None
    origin: ScoreOrigin
    word: str = ScoreOrigin.SELF.label

    @property
    def path(self) -> InputPath:
        """The input of its score."""
        return InputPath.of_row(self.context)

    @property
    def computed(self) -> Decimal | None:
        """The score worked out from data, whether it counts or not."""
        return self.outcome.score if isinstance(self.outcome, Computed) else None

    @property
    def weight(self) -> Decimal:
        """分值 of the row."""
        return self.context.row.weight

    @property
    def is_valid(self) -> bool:
        """Whether the counting score exists and lies within [0, weight], before it is rounded."""
        exact = self.entry.score if self.origin is ScoreOrigin.SELF else self.score
        return exact is not None and 0 <= exact <= self.weight

    @property
    def is_below_weight(self) -> bool:
        """Whether points were lost, so that reason and improvement are due."""
        return self.score is not None and self.score < self.weight

    @property
    def working(self) -> str:
        """How the score came about, in one Chinese sentence."""
        if self.origin is ScoreOrigin.SELF:
            entered, counted = self.entry.score or Decimal(0), self.score or Decimal(0)
            words = f"{self.word} {plain(entered)} 分"
            if not self.is_valid:
                words += f"，不在 0 到 {plain(self.weight)} 分之间，不能计入总分"
            elif entered != counted:
                words += f"，四舍五入为 {plain(counted)} 分"
            if isinstance(self.outcome, Computed):
                words += f"；按数据计算：{self.outcome.working}"
            return words
        return self.outcome.working if isinstance(self.outcome, Computed) else ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All rows, the total and the grade.

    Attributes:
        rows: results in printed order.
        total: sum of the rounded rows; None while any row has no valid score, or the points of the rows
            do not add up to those of the form.
        grade: the band reached; None without a total, and in a form without grades.
        derived: the derived values by path, exact; None where something is missing.
        cap_applied: how the form's limit lowered the total, in Chinese; "" where it did not.
    """

    rows: tuple[RowResult, ...]
    total: Decimal | None
    grade: GradeBand | None
    derived: Mapping[str, Fraction | None] = field(default_factory=dict)
    cap_applied: str = ""


def evaluate(form: FormDefinition, submission: Submission) -> Evaluation:
    """Score a submission by the rules in force for its year (docs/scoring-rules.md)."""
    year = year_of(form, submission)
    entered = _entered_once(submission)
    derived = derived_values(form.derived, _numbers(entered))
    answers = _answers(form, submission, entered, derived)
    rows = tuple(
        replace(_row(context, year, submission, answers), word=_score_word(form, context))
        for context in rows_of(form, submission)
    )
    if not all(row.is_valid for row in rows) or sum(row.weight for row in rows) != form.full_score:
        return Evaluation(rows, None, None, derived)
    total = sum((row.score for row in rows if row.score is not None), Decimal(0))
    if form.cap is not None:
        label = next((item.label for item in form.derived if item.path == form.cap.by), form.cap.by)
        capped = form.cap.capped(total, derived.get(form.cap.by), label)
        return Evaluation(rows, capped.total, grade_of(form, capped.total), derived, capped.why)
    return Evaluation(rows, total, grade_of(form, total), derived)


def answers_of(form: FormDefinition, submission: Submission) -> Answers:
    """What the rules of a submission may look at; for an entered row see :func:`answers_for`."""
    entered = _entered_once(submission)
    return _answers(form, submission, entered, derived_values(form.derived, _numbers(entered)))


def answers_for(context: RowContext, answers: Answers) -> Answers:
    """The answers with the entered row that is to be scored."""
    if context.number is None:
        return answers
    return replace(answers, row=answers.indicators[context.number])


def _answers(
    form: FormDefinition,
    submission: Submission,
    entered: Mapping[str, Scalar],
    derived: Mapping[str, Fraction | None],
) -> Answers:
    values = {**entered, **derived_sums(form.derived, derived)}
    return Answers(submission.data, submission.indicators, values)


def _entered_once(submission: Submission) -> dict[str, Scalar]:
    """What was entered once, by path; what was left empty is absent."""
    found: dict[str, Scalar] = {f"fields.{key}": value for key, value in submission.fields.items()}
    found |= {f"budget.{key}": value for key, value in submission.budget.items()}
    found |= {f"data.{key}": value for key, value in submission.data.items()}
    for line, amounts in submission.funds.items():
        found |= {f"funds.{line}.{column}": amount for column, amount in amounts.items()}
    return found


def _numbers(values: Mapping[str, Scalar]) -> dict[str, Decimal | int]:
    return {path: value for path, value in values.items() if not isinstance(value, str)}


def year_of(form: FormDefinition, submission: Submission) -> int:
    """The year entered, or the form's own when none is."""
    year = submission.fields.get(form.roles.year)
    return year if isinstance(year, int) else form.year


def grade_of(form: FormDefinition, total: Decimal) -> GradeBand | None:
    """The first band, best first, whose lower end is not above ``total``; None for a form without grades."""
    return next((band for band in form.grade.bands if total >= band.at_least), None)


def _row(context: RowContext, year: int, submission: Submission, answers: Answers) -> RowResult:
    entry = _entry(context, submission)
    rule = context.row.rule_for(year)
    outcome = rule.score(context.row.weight, answers_for(context, answers))
    if entry.score is not None:
        is_possible = 0 <= entry.score <= context.row.weight
        # Rounded, 10.004 would be shown as the 10 that it is said to be above.
        score = round_points(entry.score) if is_possible else entry.score
        return RowResult(context, rule, entry, outcome, score, ScoreOrigin.SELF)
    if isinstance(outcome, Computed):
        return RowResult(context, rule, entry, outcome, outcome.score, ScoreOrigin.COMPUTED)
    return RowResult(context, rule, entry, outcome, None, ScoreOrigin.NONE)


def _score_word(form: FormDefinition, context: RowContext) -> str:
    columns = form.own_columns if context.is_entered else form.score_columns
    return next((item.label for item in columns if item.id == "score"), ScoreOrigin.SELF.label)


def _entry(context: RowContext, submission: Submission) -> SelfScore:
    """What was entered for a scored row, wherever it stands."""
    if context.number is None:
        return submission.score_entry(context.row.id)
    row = submission.indicators[context.number]
    return SelfScore(score=row.score, reason=row.reason, improvement=row.improvement, evidence=row.evidence)
