"""Scores: which one counts, whether it is possible, and what a lost point asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules import NotComputed
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.evaluation import RowResult, ScoreOrigin
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import says_nothing


def check_scores(subject: Subject) -> Iterator[Problem]:
    """Every row has a score that is possible and, where points were lost, says why."""
    for row in subject.evaluation.rows:
        yield from _self_score(row)
        yield from _evidence(row)
        yield from _data(row, subject)
        if row.is_valid and row.is_below_weight:
            yield from _explanations(row, subject)


def _self_score(row: RowResult) -> Iterator[Problem]:
    score, weight = row.entry.score, row.weight
    path, label = InputPath.score(row.context.row.id), f"{row.context.name} 自评分"
    if score is None:
        return
    if not 0 <= score <= weight:
        fault = "低于 0 分" if score < 0 else f"超过分值 {plain(weight)} 分"
        yield Problem(
            Severity.ERROR,
            "score_out_of_range",
            f"“{row.context.name}”自评分 {plain(score)} {fault}",
            f"请填写 0 到 {plain(weight)} 之间的分数",
            path,
            label,
            plain(score),
        )
    elif row.score != score:
        yield Problem(
            Severity.WARNING,
            "score_rounded",
            f"“{row.context.name}”自评分 {plain(score)} 超过两位小数，按 {plain(row.score or Decimal(0))} 分计",
            "请按两位小数填写",
            path,
            label,
            plain(score),
        )
    if row.computed is not None and row.computed != row.score:
        yield Problem(
            Severity.WARNING,
            "score_differs",
            f"“{row.context.name}”自评分 {plain(score)} 与按数据计算的 {plain(row.computed)} 不同，以自评分为准。{row.working}",
            "请核对自评分或评分数据；确认无误可以不改",
            path,
            label,
            plain(score),
        )


def _evidence(row: RowResult) -> Iterator[Problem]:
    """A score nothing but the department's word stands for names its evidence."""
    if row.rule.wants_evidence and row.entry.score is not None and not row.entry.evidence:
        label = f"{row.context.name} 佐证材料"
        yield Problem(
            Severity.WARNING,
            "no_evidence",
            f"“{row.context.name}”只有自评分，没有写明佐证材料",
            "请在“佐证材料”中写明文件名称或文号",
            InputPath.score(row.context.row.id, "evidence"),
            label,
        )


def _data(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """What keeps the rule from working, and the row without any score."""
    outcome = row.outcome
    if not isinstance(outcome, NotComputed):
        return
    needed = row.origin is ScoreOrigin.NONE
    severity = Severity.ERROR if needed else Severity.WARNING
    for data_id, wrong in outcome.wrong:
        path, label = _datum(subject.form, row, data_id)
        yield Problem(
            severity, "data_contradiction", f"{label}：{wrong}", "请核对这几项评分数据", path, label
        )
    paths = [
        InputPath.score(row.context.row.id),
        *(_datum(subject.form, row, item)[0] for item in outcome.missing),
    ]
    if outcome.wrong or any(_is_unread(path, subject.unread) for path in paths):
        return
    if outcome.started and INDICATORS not in outcome.missing:
        for data_id in outcome.missing:
            path, label = _datum(subject.form, row, data_id)
            yield Problem(
                severity, "missing", f"“{label}”没有填写，无法按数据评分", "请填写，或填写自评分", path, label
            )
    elif needed:
        yield Problem(
            Severity.ERROR,
            "no_score",
            f"“{row.context.name}”既没有自评分，也没有可供评分的数据",
            f"请填写自评分（0 到 {plain(row.weight)} 分），或填写其评分数据",
            InputPath.score(row.context.row.id),
            f"{row.context.name} 自评分",
        )


def _is_unread(path: InputPath, unread: frozenset[InputPath]) -> bool:
    return any(item.within(path) for item in unread)


def _datum(form: FormDefinition, row: RowResult, data_id: str) -> tuple[InputPath, str]:
    if data_id == INDICATORS:
        return InputPath.whole(INDICATORS), "绩效指标"
    return InputPath.datum(data_id), f"{row.context.name} {form.data_by_id[data_id].label}"


def _explanations(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """A score below the weight needs its reason and its improvement."""
    wanted = (("reason", "未达标原因", row.entry.reason), ("improvement", "改进措施", row.entry.improvement))
    for part, word, text in wanted:
        path, label = InputPath.score(row.context.row.id, part), f"{row.context.name} {word}"
        if says_nothing(text) and path not in subject.unread:
            lost = f"得 {plain(row.score or Decimal(0))} 分，低于分值 {plain(row.weight)} 分"
            yield Problem(
                Severity.ERROR,
                f"no_{part}",
                f"“{row.context.name}”{lost}，但没有填写{word}",
                f"请填写{word}",
                path,
                label,
                text,
            )
