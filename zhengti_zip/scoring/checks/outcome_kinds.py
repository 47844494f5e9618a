"""Performance indicators that are no indicators of their kind, or are there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.completion import AT_LEAST, QUALITATIVE, Completion
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.words import same_key
from zhengti_zip.scoring.evaluation import RowResult
from zhengti_zip.submission.inputs import indicator_parts, row_name
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
                f"“{row.name}”反映的是资金支付进度，不是{_kind(row.group or '绩效')}",
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
                    f"“{row.name}”既是{_kind(rows[earlier].group)}（{row_name(INDICATORS, earlier)}），"
                    f"又是{_kind(row.group)}（{row_name(INDICATORS, number)}）",
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


def _kind(group: str) -> str:
    """A type as the kind of indicator it is: 产出 → 产出指标."""
    return f"{group}{_ending(group)}"


def _ending(kind: str) -> str:
    return "" if kind.endswith("指标") else "指标"


def _direction(subject: Subject) -> str:
    """What the column of the direction is called."""
    return next(part.label for part in indicator_parts(subject.form) if part.id == "direction")


def _target(row: PerformanceIndicator) -> tuple[object, ...]:
    return row.direction, row.target, same_key(row.target_text), row.unit


def _cost(subject: Subject, number: int, row: PerformanceIndicator) -> Iterator[Problem]:
    if row.type in subject.form.checks.cost_at_least.types and row.direction == AT_LEAST:
        yield from subject.report(
            "cost_at_least",
            f"“{row.name}”是“{row.type}”{_ending(row.type)}，{_direction(subject)}却是“{AT_LEAST}”，花得越多完成得越好",
            f"成本越低越好的，{_direction(subject)}请选“≤”；如为节约额、节约率，确认无误可以不改",
            InputPath.cell(INDICATORS, number, "direction"),
            row.direction,
        )


def _satisfaction(subject: Subject) -> Iterator[Problem]:
    """A measured satisfaction says somewhere how it was measured; told at 佐证材料 of the row it counts for."""
    types = subject.form.checks.satisfaction_without_evidence.types
    if not types or _tells_how(subject):
        return
    entered = subject.submission.indicators
    told = False
    for result in subject.evaluation.rows:
        if result.context.number is not None:
            counted = [entered[result.context.number]] if not told else []
        elif isinstance(result.rule, Completion):
            counted = [row for row in entered if row.group in result.rule.groups]
        else:
            continue
        rows = [row for row in counted if row.type in types and _has_value(row)]
        if not rows or result.entry.evidence:
            continue
        told = True
        yield from _unproven(subject, result, rows[0])


def _unproven(subject: Subject, result: RowResult, row: PerformanceIndicator) -> Iterator[Problem]:
    """A satisfaction nobody says the source of; told at the first of these texts that the form asks for."""
    parts = (subject.asked(result.context, key) for key in ("evidence", "reason", "actual"))
    part = next((item for item in parts if item is not None), None)
    path = InputPath.of_row(result.context, part.id if part else "score")
    if path not in subject.unread:
        where = f"“{part.label}”" if part and part.id != "actual" else "有关说明"
        yield from subject.report(
            "satisfaction_without_evidence",
            f"“{row.name}”没有写明是怎样得出的",
            f"请在{where}中写明依据，例如“满意度调查问卷 300 份及统计表”",
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
    texts += [row.evidence for row in submission.indicators]
    return any(_EVIDENCE.search(text) for text in texts)
