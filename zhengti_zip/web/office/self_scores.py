"""Rows where a department gave itself more than its own data say, by department, with sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.web.database.office_models import Department, Version
from zhengti_zip.web.office.examined import ExaminedRow
from zhengti_zip.web.office.standing import Standing


@dataclass(frozen=True, slots=True)
class HigherRow:
    """A row whose self-score exceeds the computed one, and by how many points."""

    row: ExaminedRow
    excess: Decimal


@dataclass(frozen=True, slots=True)
class HigherSelfScores:
    """What a department gave itself beyond its data.

    Attributes:
        rows: in printed order.
        excess: points of all of them.
    """

    department: Department
    version: Version
    rows: tuple[HigherRow, ...]
    excess: Decimal


def higher_self_scores(standing: Standing) -> tuple[HigherSelfScores, ...]:
    """The departments with such rows, most points first; equal ones in the order of the roster."""
    found = []
    for each in standing.handed_in:
        rows = tuple(
            HigherRow(row, row.self_score - row.computed)
            for row in each.rows
            if row.self_score is not None and row.computed is not None and row.self_score > row.computed
        )
        if rows:
            excess = sum((row.excess for row in rows), Decimal(0))
            found.append(HigherSelfScores(each.department, each.version, rows, excess))
    return tuple(sorted(found, key=lambda each: -each.excess))
