"""Warnings of what was handed in: nothing forbade it, but an officer should look."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.web.database.office_models import Department, Version
from zhengti_zip.web.office.examined import ExaminedProblem
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
    return tuple(
        DepartmentWarnings(each.department, each.version, each.warnings, each.unlisted, each.misfits)
        for each in standing.handed_in
        if each.warnings or each.unlisted or each.misfits
    )
