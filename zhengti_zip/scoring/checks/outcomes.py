"""The rows of 绩效指标."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.completion import AT_LEAST, QUALITATIVE, shares
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.inputs import DEGREES, NOT_REACHED, PARTLY, REACHED, indicator_parts, row_label
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity

OVERSHOOT = Decimal("1.3")
"""From this multiple of a ≥ target on, a reason is asked for; a default of this program."""

DEGREE_PERCENT = {REACHED: (80, 100), PARTLY: (60, 80), NOT_REACHED: (0, 60)}
"""Interval of completion in % per degree; the lower end belongs to it, the upper only for 100."""


def check_indicators(subject: Subject) -> Iterator[Problem]:
    """Each row is complete and possible, and weights are given for all or for none."""
    rows = subject.submission.indicators
    for number, row in enumerate(rows):
        yield from _indicator(number, row, subject)
    groups = {row.group: [other for other in rows if other.group == row.group] for row in rows if row.group}
    for group, members in groups.items():
        if shares(members) is None:
            yield Problem(
                Severity.ERROR,
                "weights_incomplete",
                f"{group}指标的权重只填了一部分，或合计不大于 0",
                "请全部填写，或全部留空（表示权重相等）",
                InputPath.whole(INDICATORS),
                "绩效指标 权重",
            )


def _indicator(number: int, row: PerformanceIndicator, subject: Subject) -> Iterator[Problem]:
    parts = {part.id: part for part in indicator_parts(subject.form)}
    qualitative = row.direction == QUALITATIVE
    needed = ["type", "name", "direction"] + (
        ["target_text", "degree", "degree_percent"] if qualitative else ["target", "actual"]
    )
    for key in needed:
        if getattr(row, key) in (None, ""):
            label = row_label(INDICATORS, number, parts[key])
            yield from subject.missing(
                InputPath.cell(INDICATORS, number, key), label, parts[key].help or "请填写"
            )
    if qualitative and row.degree in DEGREES and row.degree_percent is not None:
        yield from _degree(number, row, parts["degree_percent"])
    if row.weight is not None and row.weight < 0:
        yield _indicator_problem(
            number, parts["weight"], "negative", "权重不能为负数", "请填写正数", plain(row.weight)
        )
    if not qualitative and not row.reason and _overshoots(row):
        yield Problem(
            Severity.WARNING,
            "target_overshot",
            f"“{row.name}”实际完成值 {plain(row.actual or Decimal(0))} 达到目标值 {plain(row.target or Decimal(0))} 的 130% 及以上",
            "请在“偏差原因”中说明",
            InputPath.cell(INDICATORS, number, "reason"),
            row_label(INDICATORS, number, parts["reason"]),
        )


def _overshoots(row: PerformanceIndicator) -> bool:
    if row.direction != AT_LEAST or row.target is None or row.actual is None:
        return False
    return row.target > 0 and row.actual >= row.target * OVERSHOOT


def _degree(number: int, row: PerformanceIndicator, part: Input) -> Iterator[Problem]:
    low, high = DEGREE_PERCENT[row.degree or NOT_REACHED]
    value = row.degree_percent or Decimal(0)
    if not (low <= value < high or value == high == 100):
        message = f"“{row.degree}”的完成率应在 {low}% 至 {high}% 之间，现为 {plain(value)}%"
        remedy = "请改正达成程度或完成率（下限含本数）"
        yield _indicator_problem(number, part, "percent_out_of_range", message, remedy, plain(value))


def _indicator_problem(number: int, part: Input, code: str, message: str, remedy: str, value: str) -> Problem:
    label = row_label(INDICATORS, number, part)
    return Problem(
        Severity.ERROR, code, message, remedy, InputPath.cell(INDICATORS, number, part.id), label, value
    )
