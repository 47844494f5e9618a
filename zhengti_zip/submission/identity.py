"""What tells two submissions of one department and year apart."""

from __future__ import annotations

from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.model import Submission


def identity_fields(form: FormDefinition) -> tuple[Input, ...]:
    """The fields beside department and year: those the form names, or else those that are a scope."""
    scopes = (form.checks.scope_with_units.field, form.checks.scope_in_name.field)
    named = form.identity or tuple(dict.fromkeys(filter(None, scopes)))
    given = (form.roles.department, form.roles.year)
    return tuple(form.field_by_id[key] for key in named if key not in given)


def identity_of(form: FormDefinition, submission: Submission) -> str:
    """Their values in one text, e.g. ``本级`` or the name of a project; "" where there is none."""
    return "、".join(filter(None, (submission.field_text(item.id) for item in identity_fields(form))))
