"""What a lost point asks for: its reason and its improvement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhengti_zip.base.answers import no_answer
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.rules.attainment import Attainment
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.words import points_elsewhere
from zhengti_zip.scoring.evaluation import RowResult
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.rows import row_title

REASON, IMPROVEMENT = "reason", "improvement"
_REMEDIES = {REASON: "请写明未得满分的具体原因", IMPROVEMENT: "请写明怎样改进、何时完成"}
_WHY_ABOVE = "请写明远超目标的原因；目标值或实际完成值填错的，请改正"

MOST_NAMED = 3
"""So many rows are named that share one text for their reasons."""


def check_reasons(row: RowResult, subject: Subject) -> Iterator[Problem]:
    """A row whose reason is due has it, and has its improvement where points were lost.

    Only what the form asks for beside the row is due.
    """
    for key in (REASON, IMPROVEMENT) if row.is_below_weight else (REASON,):
        part, path = subject.asked(row.context, key), InputPath.of_row(row.context, key)
        if part is None or path in subject.unread:
            continue
        text = row.entry.reason if key == REASON else row.entry.improvement
        if part.required and not text:
            continue  # told as missing
        remedy = _REMEDIES[key] if row.is_below_weight else _WHY_ABOVE
        name, word = row_title(row.context), part.label
        if no_answer(text):
            entered = f"{word}只写了“{text}”" if text.strip() else f"没有填写{word}"
            message = f"“{name}”{_occasion(row)}，但{entered}"
            label = label_of(subject.form, path)
            yield Problem(Severity.ERROR, f"no_{key}", message, remedy, path, label, text)
        elif points_elsewhere(text):
            message = f"“{name}”的{word}只写了“{text}”，表上看不到内容"
            yield from subject.report("says_nothing", message, remedy, path, text)


def _occasion(row: RowResult) -> str:
    """Why a reason is due."""
    if row.is_below_weight:
        return f"得 {plain(row.score or Decimal(0))} 分，低于分值 {plain(row.weight)} 分"
    limit = row.rule.reason_at if isinstance(row.rule, Attainment) else None
    return f"达到目标值的 {plain(limit)}% 及以上" if limit is not None else "按评分规则应说明原因"


def check_common_reason(due: Sequence[RowResult], subject: Subject) -> Iterator[Problem]:
    """Where the form has one text for the reasons of all rows, it is there once a row needs one.

    Args:
        due: the rows whose reason is due.
    """
    field = subject.form.field_by_id.get(subject.form.roles.reason or "")
    if field is None or not due or InputPath.field(field.id) in subject.unread:
        return
    path, text = InputPath.field(field.id), subject.submission.field_text(field.id)
    names = "、".join(f"“{row_title(row.context)}”" for row in due[:MOST_NAMED])
    more = f"等 {len(due)} 项" if len(due) > MOST_NAMED else ""
    what = "没有得满分" if all(row.is_below_weight for row in due) else "应说明原因"
    remedy = "请逐项写明没有得满分的具体原因"
    if no_answer(text) and not (field.required and not text):  # an empty required field is told as missing
        entered = f"“{field.label}”只写了“{text}”" if text.strip() else f"没有填写“{field.label}”"
        message = f"{names}{more}{what}，但{entered}"
        yield Problem(Severity.ERROR, "no_reason", message, remedy, path, field.label, text)
    elif points_elsewhere(text):
        message = f"“{field.label}”只写了“{text}”，表上看不到内容"
        yield from subject.report("says_nothing", message, remedy, path, text)
