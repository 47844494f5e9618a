"""Cases an official can read: data as a department enters them, and the scores they must give.

They stand in ``cases.yaml`` beside the form definition (docs/adding-a-form.md) and are run by the tests
and by ``zhengti-zip form check --cases``. :mod:`zhengti_zip.formtools.casefile` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhengti_zip.base.errors import FormDefinitionError
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import Evaluation, RowResult, evaluate
from zhengti_zip.submission.model import SelfScore, Submission

NONE = "无"
"""What a case writes where there is no score, no total or no grade."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Attributes:
        name: what it is about.
        line: where it stands in its file.
        submission: the data entered.
        fills_rest: whether rows without a score count as full marks.
        scores: expected score by row id; None expects that there is none.
        total: expected total as text, ``无`` for none; "" when the case does not say.
        grade: expected name of the grade, ``无`` for none; "" when the case does not say.
    """

    name: str
    line: int
    submission: Submission
    fills_rest: bool = False
    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class CaseMismatch:
    """One result that differs from its case: what it is, the two values, and the working."""

    what: str
    expected: str
    got: str
    working: str = ""

    def __str__(self) -> str:
        why = f"（{self.working}）" if self.working else ""
        return f"{self.what} 应为 {self.expected}，程序得 {self.got}{why}"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was run, what came out, and what of it differs from the case."""

    case: Case
    evaluation: Evaluation
    mismatches: tuple[CaseMismatch, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.mismatches


def run_cases(form: FormDefinition) -> list[CaseResult]:
    """Run every case of a form; a form without a case file has none.

    Raises:
        FormDefinitionError: the case file has mistakes; all of them are listed.
    """
    from zhengti_zip.formtools.casefile import CASES_FILE, read_cases

    cases, mistakes = read_cases(form)
    if mistakes:
        listed = "\n".join(str(mistake) for mistake in mistakes)
        raise FormDefinitionError(
            f"案例有 {len(mistakes)} 处错误：\n{listed}", f"请按上述行号修改 {CASES_FILE} 后重试"
        )
    return [run_case(form, case) for case in cases]


def run_case(form: FormDefinition, case: Case) -> CaseResult:
    """Score a case's data and compare."""
    evaluation = evaluate(form, case.submission)
    if case.fills_rest:
        evaluation = evaluate(form, _filled(case.submission, evaluation))
    return CaseResult(case, evaluation, tuple(_mismatches(case, evaluation)))


def _filled(submission: Submission, evaluation: Evaluation) -> Submission:
    """Full marks where there is no score."""
    rest = [row for row in evaluation.rows if row.score is None]
    fixed = {row.context.row.id: SelfScore(score=row.weight) for row in rest if not row.context.is_entered}
    entered = list(submission.indicators)
    for row in rest:
        if row.context.number is not None:
            entered[row.context.number] = entered[row.context.number].with_part("score", row.weight)
    return submission.model_copy(
        update={"scores": {**submission.scores, **fixed}, "indicators": tuple(entered)}
    )


def _mismatches(case: Case, evaluation: Evaluation) -> Iterator[CaseMismatch]:
    for row in evaluation.rows:
        row_id = row.context.row.id
        if row_id in case.scores and case.scores[row_id] != row.score:
            yield CaseMismatch(row.context.name, _text(case.scores[row_id]), _text(row.score), _why(row))
    total = _text(evaluation.total)
    if case.total and case.total != total:
        yield CaseMismatch("总分", case.total, total)
    grade = evaluation.grade.name if evaluation.grade else NONE
    if case.grade and case.grade != grade:
        yield CaseMismatch("等级", case.grade, grade)


def _why(row: RowResult) -> str:
    wrong = [words for _, words in getattr(row.outcome, "wrong", ())]
    return row.working or "；".join(wrong)


def _text(score: Decimal | None) -> str:
    return NONE if score is None else plain(score)
