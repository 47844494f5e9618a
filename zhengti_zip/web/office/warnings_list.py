"""Warnings of what was handed in: nothing forbade it, but an officer should look."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.submission.problems import Severity
from zhengti_zip.web.database.office_models import Department, Version
from zhengti_zip.web.office.examined import (
    ExaminedProblem,
    examined_problems,
    misfits,
    unlisted_problems,
)
from zhengti_zip.web.office.standing import Standing


@dataclass(frozen=True, slots=True)
class DepartmentWarnings:
    """What an officer should look at in the form of one department.

    Attributes:
        warnings: as the department saw and confirmed them.
        unlisted: how many more there are.
        misfits: what does not fit the roster, in Chinese.
    """

    department: Department
    version: Version
    warnings: tuple[ExaminedProblem, ...]
    unlisted: int
    misfits: tuple[str, ...]


def warnings_of(standing: Standing) -> tuple[DepartmentWarnings, ...]:
    """The departments with warnings, in the order of the roster."""
    found = []
    for each in standing.handed_in:
        warnings = examined_problems(each.examination, Severity.WARNING)
        unfit = tuple(misfits(standing.work, each.department, each.examination))
        unlisted = unlisted_problems(each.examination, Severity.WARNING)
        if warnings or unfit or unlisted:
            found.append(DepartmentWarnings(each.department, each.version, warnings, unlisted, unfit))
    return tuple(found)
