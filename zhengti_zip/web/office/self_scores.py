"""Rows where a department gave itself more than its own data say, by department, with sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.batch.self_scores import HigherRow, excess_of, higher_rows
from zhengti_zip.web.database.office_models import Department, Version
from zhengti_zip.web.office.examined import ExaminedRow
from zhengti_zip.web.office.standing import Standing


@dataclass(frozen=True, slots=True)
class HigherSelfScores:
    """What a department gave itself beyond its data.

    Attributes:
        rows: in printed order.
        excess: points of all of them.
    """

    department: Department
    version: Version
    rows: tuple[HigherRow[ExaminedRow], ...]
    excess: Decimal


def higher_self_scores(standing: Standing) -> tuple[HigherSelfScores, ...]:
    """The departments with such rows, most points first; equal ones in the order of the roster."""
    found = []
    for each in standing.handed_in:
        if rows := higher_rows(each.rows):
            found.append(HigherSelfScores(each.department, each.version, rows, excess_of(rows)))
    return tuple(sorted(found, key=lambda each: -each.excess))
