"""The rows of 绩效指标: each complete and possible, and their weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.answers import no_answer
from zhengti_zip.base.numbers import PERCENT, grouped, plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.attainment import Attainment
from zhengti_zip.form.rules.completion import AT_LEAST, DIRECTIONS, QUALITATIVE, Completion, shares
from zhengti_zip.form.tree import rule_of_year
from zhengti_zip.scoring.checks.own_points import check_own_points
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.evaluation import year_of
from zhengti_zip.submission.inputs import degree_of, indicator_parts, number_wanted, row_label, row_name
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity

MEASURED = ("target", "actual")
CHOSEN = ("target_text", "degree", "degree_percent")
"""What a 定性 row has in place of the measured columns."""


def check_indicators(subject: Subject) -> Iterator[Problem]:
    """Each row is complete and possible, and the weights are those that scoring needs."""
    if not subject.form.has_indicators:
        return
    parts = {part.id: part for part in indicator_parts(subject.form)}
    for number, row in enumerate(subject.submission.indicators):
        yield from _complete(number, row, parts, subject)
        yield from _possible(number, row, parts, subject)
    if subject.form.own is None:
        yield from _weights(subject, parts["weight"])
    else:
        yield from check_own_points(subject)


def attainment_of(subject: Subject) -> Attainment | None:
    """The rule that scores the entered rows by their targets; None where there is none."""
    own = subject.form.own
    rule = rule_of_year(own.rules, year_of(subject.form, subject.submission)) if own else None
    return rule if isinstance(rule, Attainment) else None


def _targets(subject: Subject) -> tuple[str, ...]:
    """Columns that hold the target; the first one entered counts."""
    rule = attainment_of(subject)
    return rule.target if rule else ("target",)


def _target(subject: Subject, row: PerformanceIndicator) -> Decimal | None:
    values = (row.part(column) for column in _targets(subject))
    return next((Decimal(value) for value in values if isinstance(value, Decimal | int)), None)


def _complete(
    number: int, row: PerformanceIndicator, parts: dict[str, Input], subject: Subject
) -> Iterator[Problem]:
    """What a row lacks; what else it needs is only known once its direction is."""
    needed = _needed(row, parts, subject)
    for key, part in parts.items():
        if key in needed and row.part(key) is None:
            path, label = InputPath.cell(INDICATORS, number, key), row_label(INDICATORS, number, part)
            yield from subject.missing(path, label, _remedy(row, part, subject))


def _needed(row: PerformanceIndicator, parts: dict[str, Input], subject: Subject) -> set[str]:
    """Columns that must be filled in: those the form requires, and those that belong to the direction."""
    needed = {key for key, part in parts.items() if part.required} - {*MEASURED, *CHOSEN}
    targets = _targets(subject)
    if row.direction == QUALITATIVE:
        rule = attainment_of(subject)
        is_full = rule is not None and rule.text_is_full and row.degree == rule.degrees[0].name
        return needed - set(targets) | {*CHOSEN} - ({"degree_percent"} if is_full else set())
    if row.direction in DIRECTIONS:
        return (
            needed - set(targets[:-1])
            | {"actual"}
            | (set() if _target(subject, row) is not None else {targets[-1]})
        )
    return needed - set(targets)


def _remedy(row: PerformanceIndicator, part: Input, subject: Subject) -> str:
    """What to enter, with the unit or the interval of this row."""
    if part.choices:
        return f"请从下拉列表中选择：{'、'.join(part.choices)}"
    wanted = number_wanted(subject.form, part, {"degree": row.degree, "unit": row.unit})
    zero = "；全年没有完成的填 0" if part.id == "actual" else ""
    return f"{wanted}{zero}" if wanted else f"请填写{part.label}"


def _possible(
    number: int, row: PerformanceIndicator, parts: dict[str, Input], subject: Subject
) -> Iterator[Problem]:
    if row.direction == QUALITATIVE and "degree_percent" in parts:
        yield from _degree(number, row, parts["degree_percent"], subject)
    if row.weight is not None and row.weight <= 0 and subject.form.own is not None:
        name = row.name or row_name(INDICATORS, number)
        message = f"“{name}”的{parts['weight'].label}为 {plain(row.weight)}，应大于 0"
        remedy = "请填写这一项的分值；不评分的，请删除这一行"
        yield _cell_problem(
            number, parts["weight"], "weight_not_positive", message, remedy, plain(row.weight)
        )
    elif row.weight is not None and row.weight < 0:
        remedy = "请填写 0 或正数；各项权重相等的可以全部留空"
        yield _cell_problem(number, parts["weight"], "negative", "权重不能为负数", remedy, plain(row.weight))
    yield from _overshot(number, row, parts, subject)


def _overshot(
    number: int, row: PerformanceIndicator, parts: dict[str, Input], subject: Subject
) -> Iterator[Problem]:
    """Far above a ≥ target without a reason; where points are lost too, the reason is asked for there."""
    rule, target, actual = attainment_of(subject), _target(subject, row), row.actual
    is_ruled = rule is not None and (rule.reason_at is not None or rule.take_points is not None)
    if row.direction != AT_LEAST or target is None or actual is None or is_ruled:
        return
    percent = subject.form.checks.target_overshot.percent
    key = "reason" if "reason" in parts else "actual"
    path = InputPath.cell(INDICATORS, number, key)
    is_explained = not no_answer(row.reason) or path in subject.unread or _has_lost(number, subject)
    if target > 0 and actual * PERCENT >= target * percent and not is_explained:
        label = parts[key].label
        yield from subject.report(
            "target_overshot",
            f"“{row.name}”{parts['actual'].label} {grouped(actual)} 达到{_target_label(parts, subject)}"
            f" {grouped(target)} 的 {plain(percent)}% 及以上",
            "请核对目标值和实际完成值的单位；"
            + (f"无误的，请在“{label}”中说明" if key == "reason" else "确认无误可以不改"),
            path,
            row.reason,
        )


def _target_label(parts: dict[str, Input], subject: Subject) -> str:
    return parts["target"].label if "target" in parts else parts[_targets(subject)[-1]].label


def _has_lost(number: int, subject: Subject) -> bool:
    rows = (row for row in subject.evaluation.rows if row.context.number == number)
    return any(row.is_below_weight for row in rows)


def _degree(number: int, row: PerformanceIndicator, part: Input, subject: Subject) -> Iterator[Problem]:
    """The completion of a 定性 row lies within the interval of its degree."""
    degree, value = degree_of(subject.form, row.degree), row.degree_percent
    if degree is None or value is None or degree.holds(value):
        return
    interval = f"{plain(degree.low)}% 至 {plain(degree.high)}%"
    message = f"“{degree.name}”的完成率应在 {interval} 之间，现为 {plain(value)}%"
    right = next((other.name for other in subject.form.degrees if other.holds(value)), "")
    remedy = f"请改填 {degree.interval}" + (f"，或把达成程度改为“{right}”" if right else "")
    yield _cell_problem(number, part, "percent_out_of_range", message, remedy, plain(value))


def _cell_problem(number: int, part: Input, code: str, message: str, remedy: str, value: str) -> Problem:
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
        yield _cell_problem(
            at,
            part,
            "weights_incomplete",
            message,
            f"请为{kinds}指标全部填写权重，或全部留空（表示权重相等）",
            "" if empty else "0",
        )
