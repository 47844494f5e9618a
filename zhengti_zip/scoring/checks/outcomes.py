"""The rows of 绩效指标: each complete and possible, and their weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.answers import no_answer
from zhengti_zip.base.numbers import PERCENT, grouped, plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.completion import AT_LEAST, DIRECTIONS, QUALITATIVE, Completion, shares
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.inputs import (
    DEGREE_PERCENT,
    DEGREES,
    NOT_REACHED,
    UNIT_PART,
    degree_interval,
    indicator_parts,
    number_wanted,
    row_label,
)
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity


def check_indicators(subject: Subject) -> Iterator[Problem]:
    """Each row is complete and possible, and weights are given for all or for none."""
    parts = {part.id: part for part in indicator_parts(subject.form)}
    for number, row in enumerate(subject.submission.indicators):
        yield from _complete(number, row, parts, subject)
        yield from _possible(number, row, parts, subject)
    yield from _weights(subject, parts["weight"])


def _complete(
    number: int, row: PerformanceIndicator, parts: dict[str, Input], subject: Subject
) -> Iterator[Problem]:
    """What a row lacks; what else it needs is only known once its direction is."""
    needed = ["type", "name", "direction"]
    if row.direction == QUALITATIVE:
        needed += ["target_text", "degree", "degree_percent"]
    elif row.direction in DIRECTIONS:
        needed += ["target", "actual"]
    for key in needed:
        if getattr(row, key) in (None, ""):
            path, label = InputPath.cell(INDICATORS, number, key), row_label(INDICATORS, number, parts[key])
            yield from subject.missing(path, label, _remedy(row, parts[key]))


def _remedy(row: PerformanceIndicator, part: Input) -> str:
    """What to enter, with the unit or the interval of this row."""
    if part.choices:
        return f"请从下拉列表中选择：{'、'.join(part.choices)}"
    wanted = number_wanted(part, {"degree": row.degree, UNIT_PART: row.unit})
    zero = "；全年没有完成的填 0" if part.id == "actual" else ""
    return f"{wanted}{zero}" if wanted else f"请填写{part.label}"


def _possible(
    number: int, row: PerformanceIndicator, parts: dict[str, Input], subject: Subject
) -> Iterator[Problem]:
    if row.direction == QUALITATIVE and row.degree in DEGREES and row.degree_percent is not None:
        yield from _degree(number, row, parts["degree_percent"])
    if row.weight is not None and row.weight < 0:
        remedy = "请填写 0 或正数；各项权重相等的可以全部留空"
        yield _indicator_problem(
            number, parts["weight"], "negative", "权重不能为负数", remedy, plain(row.weight)
        )
    percent = subject.form.checks.target_overshot.percent
    path = InputPath.cell(INDICATORS, number, "reason")
    if no_answer(row.reason) and path not in subject.unread and _overshoots(row, percent):
        yield from subject.report(
            "target_overshot",
            f"“{row.name}”实际完成值 {grouped(row.actual or Decimal(0))} 达到目标值"
            f" {grouped(row.target or Decimal(0))} 的 {plain(percent)}% 及以上",
            "请核对目标值和实际完成值的单位；无误的，请在“偏差原因”中说明",
            path,
            row.reason,
        )


def _overshoots(row: PerformanceIndicator, percent: Decimal) -> bool:
    if row.direction != AT_LEAST or row.target is None or row.actual is None:
        return False
    return row.target > 0 and row.actual * PERCENT >= row.target * percent


def _degree(number: int, row: PerformanceIndicator, part: Input) -> Iterator[Problem]:
    low, high = DEGREE_PERCENT[row.degree or NOT_REACHED]
    value = row.degree_percent or Decimal(0)
    if not (low <= value < high or value == high == PERCENT):
        message = f"“{row.degree}”的完成率应在 {low}% 至 {high}% 之间，现为 {plain(value)}%"
        right = next((degree for degree in DEGREES if _fits(degree, value)), "")
        remedy = f"请改填 {degree_interval(row.degree or NOT_REACHED)}"
        remedy += f"，或把达成程度改为“{right}”" if right else ""
        yield _indicator_problem(number, part, "percent_out_of_range", message, remedy, plain(value))


def _fits(degree: str, value: Decimal) -> bool:
    low, high = DEGREE_PERCENT[degree]
    return low <= value < high or value == high == PERCENT


def _indicator_problem(number: int, part: Input, code: str, message: str, remedy: str, value: str) -> Problem:
    label = row_label(INDICATORS, number, part)
    return Problem(
        Severity.ERROR, code, message, remedy, InputPath.cell(INDICATORS, number, part.id), label, value
    )


def _weights(subject: Subject, part: Input) -> Iterator[Problem]:
    """Indicators that are scored together have a weight each, or none has; told at the first that differs."""
    for result in subject.evaluation.rows:
        if not isinstance(result.rule, Completion):
            continue
        groups = result.rule.groups
        rows = [(n, row) for n, row in enumerate(subject.submission.indicators) if row.group in groups]
        cells = {n: InputPath.cell(INDICATORS, n, part.id) for n, _ in rows}
        is_explained = any(path in subject.unread for path in cells.values()) or any(
            row.weight is not None and row.weight < 0 for _, row in rows
        )
        if is_explained or shares([row for _, row in rows]) is not None:
            continue
        empty = [n for n, row in rows if row.weight is None]
        at = empty[0] if empty else rows[0][0]
        kinds = "、".join(groups)
        message = (
            f"{kinds}指标的权重只填了一部分：{len(rows)} 项中有 {len(empty)} 项没有填写"
            if empty
            else f"{kinds}指标的权重合计为 0"
        )
        yield _indicator_problem(
            at,
            part,
            "weights_incomplete",
            message,
            f"请为{kinds}指标全部填写权重，或全部留空（表示权重相等）",
            "" if empty else "0",
        )
