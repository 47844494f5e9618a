"""This round beside the one of the year before: totals, grades and what changed, department by department."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.reviewed_scores import ReviewedForm
from zhengti_zip.web.office.rounds import departments_of
from zhengti_zip.web.office.standing import standing_of
from zhengti_zip.web.office.workbooks import matching


@dataclass(frozen=True, slots=True)
class YearLine:
    """A department in both years.

    Attributes:
        department: of this round; None for one that only the round before had.
        before: of the round before; None for a new one.
        old_total, old_grade, total, grade: as reviewed, or else its own; None and "" where nothing was handed in.
    """

    department: Department | None
    before: Department | None
    old_total: Decimal | None = None
    old_grade: str = ""
    total: Decimal | None = None
    grade: str = ""

    @property
    def name(self) -> str:
        """What it is called, now if possible."""
        found = self.department or self.before
        assert found is not None
        return found.name

    @property
    def growth(self) -> Decimal | None:
        """Points more than in the year before; None without both totals."""
        if self.total is None or self.old_total is None:
            return None
        return self.total - self.old_total


@dataclass(frozen=True, slots=True)
class TwoYears:
    """This round and the one before.

    Attributes:
        lines: in the order of this roster; departments that only the round before had come last.
        same_form: whether both rounds use the same form, so that points mean the same.
    """

    before: Round
    lines: tuple[YearLine, ...]
    same_form: bool


def two_years(session: Session, work: Round) -> TwoYears | None:
    """The comparison; None for a round without one before it."""
    before = session.get(Round, work.previous_id) if work.previous_id else None
    if before is None:
        return None
    then, today = _totals(session, before), _totals(session, work)
    left = departments_of(session, before)
    lines = []
    for department in departments_of(session, work):
        old = matching(department, left)
        if old is not None:
            left.remove(old)
        lines.append(_line(department, old, then, today))
    lines += [_line(None, old, then, today) for old in left]
    return TwoYears(before, tuple(lines), before.form == work.form)


def _totals(session: Session, work: Round) -> dict[str, ReviewedForm]:
    standing = standing_of(session, work)
    return {each.department.id: each.reviewed(standing.form) for each in standing.handed_in}


def _line(
    department: Department | None,
    before: Department | None,
    then: dict[str, ReviewedForm],
    today: dict[str, ReviewedForm],
) -> YearLine:
    old = then.get(before.id) if before else None
    new = today.get(department.id) if department else None
    return YearLine(
        department,
        before,
        old.total if old else None,
        old.grade if old else "",
        new.total if new else None,
        new.grade if new else "",
    )
