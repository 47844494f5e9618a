"""Basic fields and goals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengti_zip.base.answers import no_answer
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import ValueKind
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.words import same_key, tells_of_undone
from zhengti_zip.submission.inputs import goal_parts, row_label, row_name, sheet_title
from zhengti_zip.submission.paths import GOALS, UNITS, InputPath
from zhengti_zip.submission.problems import Problem, Severity


def check_fields(subject: Subject) -> Iterator[Problem]:
    """Required fields are there, points are not negative, the year is the form's, and the scope fits the number of units."""
    for item in subject.form.fields:
        if item.required and item.id not in subject.submission.fields:
            choices = f"请从下拉列表中选择：{'、'.join(item.options)}" if item.options else ""
            remedy = choices or item.help or f"请填写{item.label}"
            yield from subject.missing(InputPath.field(item.id), item.label, remedy)
        value = subject.submission.fields.get(item.id)
        if item.kind is ValueKind.POINTS and isinstance(value, Decimal) and value < 0:
            path, message = InputPath.field(item.id), f"“{item.label}”不能为负数"
            yield Problem(
                Severity.ERROR, "negative", message, "请填写 0 或正数", path, item.label, plain(value)
            )
    yield from _form_year(subject)
    yield from _scope(subject)


def _form_year(subject: Subject) -> Iterator[Problem]:
    form = subject.form
    year = subject.submission.fields.get(form.roles.year)
    if isinstance(year, int) and year != form.year:
        yield Problem(
            Severity.WARNING,
            "other_year",
            f"年度为 {year}，而本表是 {form.year} 年度的表",
            "请核对年度；如表式未变，可以继续使用",
            InputPath.field(form.roles.year),
            form.field_by_id[form.roles.year].label,
            str(year),
        )


def _scope(subject: Subject) -> Iterator[Problem]:
    """A department that reports for itself alone has one unit; an error while no other unit is listed."""
    if not subject.is_scope_wrong:
        return
    form, check = subject.form, subject.form.checks.scope_with_units
    scope, counted = (form.field_by_id[key or ""] for key in (check.field, form.roles.unit_count))
    yield from subject.report(
        "scope_with_units",
        f"“{scope.label}”为“{check.single}”，而“{counted.label}”为 {subject.submission.fields[counted.id]}",
        f"含下属单位的请改选“{scope.label}”，并填写“{sheet_title(form, UNITS)}”；只报“{check.single}”的请把“{counted.label}”改为 1",
        InputPath.field(scope.id),
        str(check.single),
        is_error=not subject.submission.units,
    )


def check_goals(subject: Subject) -> Iterator[Problem]:
    """There is a goal, every goal has its completion, none is there twice, and what is undone has its reason."""
    goals = subject.submission.goals
    if not goals and goal_parts(subject.form):
        labels = "及其".join(part.label for part in goal_parts(subject.form) if part.required)
        yield from subject.missing(
            InputPath.whole(GOALS), subject.form.goals.title, f"请至少填写一条{labels}"
        )
    seen: dict[str, int] = {}
    for number, goal in enumerate(goals):
        for part in goal_parts(subject.form):
            if part.required and goal.part(part.id) is None:
                label = row_label(GOALS, number, part)
                remedy = f"请填写这一条的{part.label}；整条不要的，请删除同一行的其他内容"
                yield from subject.missing(InputPath.cell(GOALS, number, part.id), label, remedy)
        yield from _undone(subject, number)
        first = seen.setdefault(same_key(goal.goal), number)
        if first != number and same_key(goal.goal):
            yield from subject.report(
                "same_goal_twice",
                f"{row_name(GOALS, number)}与{row_name(GOALS, first)}的{goal_parts(subject.form)[0].label}相同",
                "请改正或删除其中一条",
                InputPath.cell(GOALS, number, "goal"),
                goal.goal[:60],
            )


def _undone(subject: Subject, number: int) -> Iterator[Problem]:
    goal, path = subject.submission.goals[number], InputPath.cell(GOALS, number, "reason")
    parts = {part.id: part.label for part in goal_parts(subject.form)}
    if "reason" not in parts or "completion" not in parts:
        return
    word, reason = parts["completion"], parts["reason"]
    if no_answer(goal.reason) and tells_of_undone(goal.completion) and path not in subject.unread:
        yield from subject.report(
            "goal_without_reason",
            f"{row_name(GOALS, number)}的{word}写明有未完成的内容，但没有填写{reason}",
            f"请填写{reason}；其实已完成的，请改写{word}",
            path,
            goal.reason,
        )
