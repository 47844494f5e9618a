"""Basic fields and goals."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.inputs import goal_parts, row_label
from zhengti_zip.submission.paths import GOALS, InputPath
from zhengti_zip.submission.problems import Problem, Severity


def check_fields(subject: Subject) -> Iterator[Problem]:
    """Required fields are there, and the year is the form's."""
    for item in subject.form.fields:
        if item.required and item.id not in subject.submission.fields:
            yield from subject.missing(InputPath.field(item.id), item.label, item.help or "请填写")
    yield from _form_year(subject)


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


def check_goals(subject: Subject) -> Iterator[Problem]:
    """There is a goal, and every goal has its completion."""
    goals = subject.submission.goals
    if not goals:
        parts = goal_parts()
        yield from subject.missing(
            InputPath.whole(GOALS), "年度整体绩效目标", f"请至少填写一条{parts[0].label}及其{parts[1].label}"
        )
    for number, goal in enumerate(goals):
        for part in goal_parts():
            if part.required and not getattr(goal, part.id):
                label = row_label(GOALS, number, part)
                yield from subject.missing(
                    InputPath.cell(GOALS, number, part.id), label, "绩效目标与完成情况应一一对应"
                )
