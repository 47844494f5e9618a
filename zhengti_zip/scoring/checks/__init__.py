"""What a submission must satisfy before it is printed; knows paths and labels, never cells.

Every check yields all its problems. Inputs whose value could not be read are already reported by
:mod:`zhengti_zip.submission.entry`; they are passed in as ``unread`` and not reported again as missing.
"""

from __future__ import annotations

from zhengti_zip.scoring.checks.amounts import check_budget, check_units
from zhengti_zip.scoring.checks.basics import check_fields, check_goals
from zhengti_zip.scoring.checks.magnitude import check_magnitude
from zhengti_zip.scoring.checks.outcomes import check_indicators
from zhengti_zip.scoring.checks.scores import check_scores
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.problems import Problem


def check(subject: Subject) -> list[Problem]:
    """Every problem in the meaning of a submission, group by group."""
    return [
        *check_fields(subject),
        *check_goals(subject),
        *check_budget(subject),
        *check_scores(subject),
        *check_indicators(subject),
        *check_units(subject),
        *check_magnitude(subject),
    ]
