"""What a submission must satisfy before it is printed; knows paths and labels, never cells.

Every check yields all its problems. Inputs whose value could not be read are already reported by
:mod:`zhengti_zip.entry`; they are passed in as ``unread`` and not reported again as missing.
"""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.checks.amounts import check_budget, check_units
from zhengti_zip.checks.basics import check_fields, check_goals
from zhengti_zip.checks.magnitude import check_magnitude
from zhengti_zip.checks.outcomes import check_indicators
from zhengti_zip.checks.rows import check_scores
from zhengti_zip.checks.space import check_space
from zhengti_zip.checks.subject import Subject
from zhengti_zip.checks.typeface import check_characters
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.paths import InputPath
from zhengti_zip.problems import Problem
from zhengti_zip.scoring import Evaluation
from zhengti_zip.submission import Submission


def check(
    form: FormDefinition,
    submission: Submission,
    evaluation: Evaluation,
    unread: frozenset[InputPath] = frozenset(),
    fonts: tuple[Path, ...] = (),
) -> list[Problem]:
    """Every problem in the meaning of a submission, group by group."""
    subject = Subject(form, submission, evaluation, unread, fonts)
    return [
        *check_fields(subject),
        *check_goals(subject),
        *check_budget(subject),
        *check_scores(subject),
        *check_indicators(subject),
        *check_units(subject),
        *check_magnitude(subject),
        *check_characters(subject),
        *check_space(subject),
    ]
