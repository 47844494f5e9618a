"""Who reports what: the fields that tell one submission of a form from another."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.model import Submission


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells two submissions of one form apart.

    Attributes:
        department: who reports.
        year: 0 where it was not entered.
        others: texts of the other fields that count, by field id; without those left empty.
    """

    department: str
    year: int
    others: dict[str, str]

    @property
    def scope(self) -> str:
        """The other texts in one, e.g. ``本级``; "" for none."""
        return "、".join(self.others.values())


def identity_fields(form: FormDefinition) -> tuple[str, ...]:
    """Ids of the fields beside department and year that tell submissions apart.

    They are those the form names under ``identity``. A form that names none is told apart by the name it
    is about (``roles.name``) and by the scopes its checks know.
    """
    checks, fields = form.checks, form.field_by_id
    given = form.identity or (
        form.roles.name,
        *(check.field for check in (checks.scope_with_units, checks.scope_in_name)),
    )
    itself = (form.roles.department, form.roles.year)
    return tuple(dict.fromkeys(key for key in given if key and key in fields and key not in itself))


def identity_of(form: FormDefinition, submission: Submission) -> Identity:
    """Who a submission is of."""
    year = submission.fields.get(form.roles.year)
    texts = {key: submission.field_text(key) for key in identity_fields(form)}
    return Identity(
        submission.field_text(form.roles.department),
        year if isinstance(year, int) else 0,
        {key: text for key, text in texts.items() if text},
    )


def same_name(text: str) -> str:
    """A name as it is compared: without white space, full-width characters as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())
