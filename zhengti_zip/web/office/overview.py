"""Where every department of a round stands: the table an officer looks at every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from zhengti_zip.submission.raw import compact
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.office.rounds import is_late
from zhengti_zip.web.office.states import State


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which departments are shown; every condition must hold.

    Attributes:
        words: in the name, the code or the contact; "" for all.
        state: a value of :class:`State`; "" for all.
        late: only those that are late.
        warned: only those whose newest version has warnings.
    """

    words: str = ""
    state: str = ""
    late: bool = False
    warned: bool = False

    @property
    def is_any(self) -> bool:
        """Whether there is a condition at all."""
        return bool(self.words.strip() or self.state or self.late or self.warned)

    def shows(self, line: DepartmentLine) -> bool:
        """Whether a department meets the conditions."""
        department = line.department
        text = compact(f"{department.name} {department.code} {department.contact}").casefold()
        return (
            compact(self.words).casefold() in text
            and self.state in ("", line.state)
            and (line.is_late or not self.late)
            and (bool(line.newest and line.newest.warnings) or not self.warned)
        )


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """One department.

    Attributes:
        state: where it stands.
        newest: its newest version; None without one.
        handed_in_at: when it handed in last; None before.
        is_late: whether it let the last day pass.
    """

    department: Department
    state: State
    newest: Version | None
    handed_in_at: datetime | None
    is_late: bool

    @property
    def order(self) -> int:
        """The place of its state in the order of the work."""
        return list(State).index(self.state)


def department_lines(session: Session, work: Round, today: date) -> list[DepartmentLine]:
    """All departments of a round in the order of its roster.

    Args:
        today: in China.
    """
    return _lines(session, work, today, Department.round_id == work.id)


def department_line(session: Session, department: Department, today: date) -> DepartmentLine:
    """One department."""
    work = session.get_one(Round, department.round_id)
    return _lines(session, work, today, Department.id == department.id)[0]


def _lines(session: Session, work: Round, today: date, which: ColumnElement[bool]) -> list[DepartmentLine]:
    newest, handed_in = aliased(Version), aliased(Version)
    query = (
        select(Department, newest, handed_in.handed_in_at)
        .join(newest, newest.id == Department.current_id, isouter=True)
        .join(handed_in, handed_in.id == Department.handed_in_id, isouter=True)
        .where(which)
        .order_by(Department.position)
    )
    found = []
    for department, version, at in session.execute(query):
        state = State(department.state)
        found.append(DepartmentLine(department, state, version, at, is_late(work, state, today)))
    return found
