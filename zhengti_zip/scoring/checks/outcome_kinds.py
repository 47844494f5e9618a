"""Performance indicators that are no indicators of their kind, or are there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.completion import AT_LEAST, QUALITATIVE, Completion
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.words import same_key
from zhengti_zip.submission.inputs import row_name
from zhengti_zip.submission.paths import GOALS, INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem

_PAYMENT = re.compile(
    r"(?:资金|预算|经费|财政)(?:的)?(?:支付|支出|执行)(?:进度|率|完成率|序时进度)"
    r"|(?:支付|支出)(?:序时)?进度|(?:^|年度|全年)(?:支付|支出|执行)率$"
)
"""Names of the rate of spending, which the form scores by itself and which is no result of the work."""

_EVIDENCE = re.compile(r"问卷|调查|测评|访谈|回访|评议|样本|打分|评价表|投诉")
"""Words that tell how satisfaction was found out."""


def check_indicator_kinds(subject: Subject) -> Iterator[Problem]:
    """No indicator twice, none under a type it cannot belong to, and satisfaction has its evidence."""
    yield from _twice(subject)
    for number, row in enumerate(subject.submission.indicators):
        yield from _cost(subject, number, row)
        if _PAYMENT.search(same_key(row.name)):
            yield from subject.report(
                "payment_as_output",
                f"“{row.name}”反映的是资金支付进度，不是{row.group or '绩效'}指标",
                "请改为反映工作数量、质量或效果的指标；资金支出情况已另有评分",
                InputPath.cell(INDICATORS, number, "name"),
                row.name,
            )
    yield from _satisfaction(subject)


def _twice(subject: Subject) -> Iterator[Problem]:
    """Rows of one name: in two first-level groups, or of one type, or with the same target."""
    seen: dict[str, list[int]] = {}
    rows = subject.submission.indicators
    for number, row in enumerate(rows):
        key = same_key(row.name)
        if not key:
            continue
        for earlier in seen.get(key, ()):
            if not (row.group and rows[earlier].group):
                continue
            path, value = InputPath.cell(INDICATORS, number, "name"), row.name
            if row.group != rows[earlier].group:
                yield from subject.report(
                    "indicator_in_two_groups",
                    f"“{row.name}”既是{rows[earlier].group}指标（{row_name(INDICATORS, earlier)}），"
                    f"又是{row.group}指标（{row_name(INDICATORS, number)}）",
                    "请只保留一处，另一处改为不同的指标",
                    path,
                    value,
                )
                break
            if row.type == rows[earlier].type or _target(row) == _target(rows[earlier]):
                yield from subject.report(
                    "same_indicator_twice",
                    f"{row_name(INDICATORS, number)}与{row_name(INDICATORS, earlier)}都是“{row.name}”",
                    "请改正或删除其中一项",
                    path,
                    value,
                )
                break
        seen.setdefault(key, []).append(number)


def _target(row: PerformanceIndicator) -> tuple[object, ...]:
    return row.direction, row.target, same_key(row.target_text), row.unit


def _cost(subject: Subject, number: int, row: PerformanceIndicator) -> Iterator[Problem]:
    if row.type in subject.form.checks.cost_at_least.types and row.direction == AT_LEAST:
        yield from subject.report(
            "cost_at_least",
            f"“{row.name}”是“{row.type}”指标，目标方向却是“{AT_LEAST}”，花得越多完成得越好",
            "成本越低越好的，目标方向请选“≤”；如为节约额、节约率，确认无误可以不改",
            InputPath.cell(INDICATORS, number, "direction"),
            row.direction,
        )


def _satisfaction(subject: Subject) -> Iterator[Problem]:
    """A measured satisfaction says somewhere how it was measured; told at 佐证材料 of the row it counts for."""
    types = subject.form.checks.satisfaction_without_evidence.types
    for result in subject.evaluation.rows:
        if not isinstance(result.rule, Completion):
            continue
        rows = [
            row
            for row in subject.submission.indicators
            if row.type in types and row.group in result.rule.groups and _has_value(row)
        ]
        path = InputPath.score(result.context.row.id, "evidence")
        if rows and path not in subject.unread and not result.entry.evidence and not _tells_how(subject):
            yield from subject.report(
                "satisfaction_without_evidence",
                f"“{rows[0].name}”没有写明是怎样得出的",
                "请在“佐证材料”中写明依据，例如“满意度调查问卷 300 份及统计表”",
                path,
            )


def _has_value(row: PerformanceIndicator) -> bool:
    return (row.degree_percent if row.direction == QUALITATIVE else row.actual) is not None


def _tells_how(subject: Subject) -> bool:
    """Whether a text may tell it: one does, or the goals could not be read."""
    submission = subject.submission
    if InputPath.whole(GOALS) in subject.unread:
        return True
    texts = [goal.completion for goal in submission.goals]
    texts += [row.reason for row in submission.indicators] + [
        row.target_text for row in submission.indicators
    ]
    texts += [entry.evidence for entry in submission.scores.values()]
    return any(_EVIDENCE.search(text) for text in texts)
