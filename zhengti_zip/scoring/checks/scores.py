"""Scores: which one counts, and whether it is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.answers import no_answer
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.rules import Answers, Computed, NotComputed
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.scoring.checks.missing_data import check_data, no_score
from zhengti_zip.scoring.checks.reasons import check_common_reason, check_reasons
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.evaluation import RowResult, ScoreOrigin, answers_for, answers_of
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.rows import row_title


@dataclass(frozen=True, slots=True)
class Flaws:
    """Mistakes that are told by themselves, so that nothing that follows from them is.

    Attributes:
        groups: first-level types with an error in a row of 绩效指标.
        rows: the rows of 绩效指标 with an error.
        amounts: inputs whose amounts are doubtful.
        wrong: those of them of which an error is told.
    """

    groups: frozenset[str] = frozenset()
    rows: frozenset[int] = frozenset()
    amounts: frozenset[InputPath] = frozenset()
    wrong: frozenset[InputPath] = frozenset()


def check_scores(subject: Subject, flaws: Flaws = Flaws()) -> Iterator[Problem]:
    """Every row has a score that is possible and, where points were lost, says why.

    Nothing follows from a score that could not be read, that is impossible, or that was worked out from
    data with an error: neither a reason nor a difference is asked for.
    """
    answers = answers_of(subject.form, subject.submission)
    due: list[RowResult] = []
    for row in subject.evaluation.rows:
        yield from _required(row, subject)
        if row.path in subject.unread or not _has_points(row, subject):
            continue
        if row.entry.score is not None and not 0 <= row.entry.score <= row.weight:
            yield _out_of_range(row, row.entry.score, subject)
            continue
        is_doubtful = _is_doubtful(row, flaws, subject)
        yield from _self_score(row, subject, is_doubtful=is_doubtful)
        yield from _evidence(row, subject)
        yield from _missing(row, subject, flaws, is_doubtful=is_doubtful)
        counts = row.origin is ScoreOrigin.SELF or not is_doubtful
        if counts and row.is_valid and _reason_is_due(row, answers):
            due.append(row)
            yield from check_reasons(row, subject)
    yield from check_common_reason(due, subject)


def _required(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """What the form asks for beside every fixed row; an entered row is complete or not by its own check."""
    if row.context.is_entered:
        return
    for part in subject.form.score_columns:
        if part.required and getattr(row.entry, part.id) in (None, ""):
            path = InputPath.of_row(row.context, part.id)
            yield from subject.missing(path, label_of(subject.form, path), f"请填写{part.label}")


def _has_points(row: RowResult, subject: Subject) -> bool:
    """Whether the points of a row are known; those of an entered row may be missing or impossible."""
    if row.context.number is None:
        return True
    weight = subject.submission.indicators[row.context.number].weight
    return weight is not None and weight > 0


def _reason_is_due(row: RowResult, answers: Answers) -> bool:
    score = Decimal(0) if row.score is None else row.score
    return row.rule.reason_due(row.weight, score, answers_for(row.context, answers))


def _is_doubtful(row: RowResult, flaws: Flaws, subject: Subject) -> bool:
    """Whether what the rule makes of the data rests on a mistake that is told by itself."""
    if row.context.number in flaws.rows:
        return True
    if isinstance(row.rule, Completion):
        return bool(flaws.groups & set(row.rule.groups))
    return any(subject.inputs_of(key) & flaws.amounts for key in row.rule.uses())


def _score_problem(
    severity: Severity, code: str, row: RowResult, subject: Subject, message: str, remedy: str
) -> Problem:
    value = "" if row.entry.score is None else plain(row.entry.score)
    label = label_of(subject.form, row.path)
    return Problem(severity, code, f"“{row_title(row.context)}”{message}", remedy, row.path, label, value)


def _word(row: RowResult, subject: Subject) -> str:
    """What the entered score is called."""
    part = subject.asked(row.context, "score")
    return part.label if part else ScoreOrigin.SELF.label


def _out_of_range(row: RowResult, score: Decimal, subject: Subject) -> Problem:
    fault = "低于 0 分" if score < 0 else f"超过分值 {plain(row.weight)} 分"
    return _score_problem(
        Severity.ERROR,
        "score_out_of_range",
        row,
        subject,
        f"{_word(row, subject)} {plain(score)} {fault}",
        f"请填写 0 到 {plain(row.weight)} 之间的分数",
    )


def _self_score(row: RowResult, subject: Subject, *, is_doubtful: bool) -> Iterator[Problem]:
    score, word = row.entry.score, _word(row, subject)
    if score is None:
        return
    counting = plain(row.score or Decimal(0))
    if row.score != score:
        words = f"{word} {plain(score)} 超过两位小数，按 {counting} 分计"
        remedy = f"请按两位小数填写，例如 {counting}"
        yield _score_problem(Severity.WARNING, "score_rounded", row, subject, words, remedy)
    elif isinstance(row.outcome, Computed) and row.outcome.score != score and not is_doubtful:
        yield _score_problem(
            Severity.WARNING,
            "score_differs",
            row,
            subject,
            f"{word} {plain(score)} 与按数据计算的 {plain(row.outcome.score)} 不同，以{word}为准。"
            f"按数据计算：{row.outcome.working}",
            f"请核对；要按数据计算的，请清空{word}；要改{word}的，请填 {plain(row.outcome.score)}；确认无误可以不改",
        )


def _evidence(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """A score nothing but the department's word stands for names its evidence."""
    path, part = InputPath.of_row(row.context, "evidence"), subject.asked(row.context, "evidence")
    wanted = row.rule.wants_evidence and row.entry.score is not None and part is not None
    if wanted and part and no_answer(row.entry.evidence) and path not in subject.unread:
        yield Problem(
            Severity.WARNING,
            "no_evidence",
            f"“{row_title(row.context)}”只有{_word(row, subject)}，没有写明{part.label}",
            f"请在“{part.label}”中写明文件名称或文号",
            path,
            label_of(subject.form, path),
            row.entry.evidence,
        )


def _missing(row: RowResult, subject: Subject, flaws: Flaws, *, is_doubtful: bool) -> Iterator[Problem]:
    """What keeps the rule from working, and the row without any score."""
    if not row.context.is_entered:
        yield from check_data(row, subject, flaws.wrong)
    elif row.score is None and not is_doubtful and isinstance(row.outcome, NotComputed):
        yield no_score(row, subject)  # what else an entered row lacks is told at its cells
