"""The points of the rows a department entered itself: they add up to those of the levels they stand under."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.shared_points import SharedPoints, shared_points
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.inputs import label_of, sheet_title
from zhengti_zip.submission.paths import INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem, Severity

Rows = list[tuple[int, PerformanceIndicator]]


def check_own_points(subject: Subject) -> Iterator[Problem]:
    """The rows under each level with points share out just these points; there is none without a row."""
    form, rows = subject.form, list(enumerate(subject.submission.indicators))
    table, shared = InputPath.whole(INDICATORS), shared_points(form)
    if table in subject.unread:
        return
    if not rows:
        words = "，".join(f"{item.name} {plain(item.points)} 分" for item in shared if item.points)
        yield from subject.missing(
            table, sheet_title(form, INDICATORS), f"请逐项填写，{_weight_label(subject)}合计：{words}"
        )
        return
    known = form.leaf_groups
    if form.asks_type and any(row.type not in known for _, row in rows):
        return  # which level such a row counts for is not known; its type is asked for
    only = next(iter(known), "")
    for item in shared:
        held = [(n, row) for n, row in rows if (row.type if form.asks_type else only) in item.types]
        yield from _level(subject, item, held)


def _level(subject: Subject, item: SharedPoints, rows: Rows) -> Iterator[Problem]:
    points, table = plain(item.points), InputPath.whole(INDICATORS)
    if not rows:
        if item.points:
            title = sheet_title(subject.form, INDICATORS)
            message = f"“{item.name}”有 {points} 分，但没有填写任何一项"
            remedy = f"请在“{title}”中填写“{item.name}”的各项，{_weight_label(subject)}合计 {points} 分"
            yield Problem(Severity.ERROR, "level_without_rows", message, remedy, table, title)
        return
    cells = [InputPath.cell(INDICATORS, number, "weight") for number, _ in rows]
    weights = [row.weight for _, row in rows]
    if any(weight is None or weight <= 0 for weight in weights) or not subject.unread.isdisjoint(cells):
        return
    word = _weight_label(subject)
    total = sum((weight for weight in weights if weight is not None), Decimal(0))
    if total != item.points:
        path, apart = cells[0], plain(abs(total - item.points))
        yield Problem(
            Severity.ERROR,
            "weights_mismatch",
            f"“{item.name}”{len(rows)} 项的{word}合计 {plain(total)} 分，应为 {points} 分，"
            f"{'多' if total > item.points else '少'} {apart} 分",
            f"请调整“{item.name}”各项的{word}，使合计为 {points} 分；漏填的请补上，重复的请删除",
            path,
            label_of(subject.form, path),
            plain(rows[0][1].weight or Decimal(0)),
        )


def _weight_label(subject: Subject) -> str:
    """What the form calls the points of a row."""
    return next(item.label for item in subject.form.own_columns if item.id == "weight")
