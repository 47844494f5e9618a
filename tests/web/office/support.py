"""An office as the tests use it: people, a round, a roster. All names are fictional."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import LogEntry
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.roster_import import RosterChange, import_roster
from zhengti_zip.web.office.rosters import read_roster
from zhengti_zip.web.office.rounds import add_round
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor

ADMINISTRATOR = Visitor(Role.ADMINISTRATOR, "a1", "管理员甲", "10.0.0.1")
OFFICER = Visitor(Role.OFFICER, "o1", "经办乙", "10.0.0.2")
READER = Visitor(Role.READER, "r1", "查阅丙", "10.0.0.3")
NOBODY = Visitor(Role.NOBODY)

ROSTER = "单位名称,代码,联系人\n虚构区教育局,001,张三\n虚构区民政局,002,李四\n虚构区水务局,003,\n"


@dataclass(frozen=True)
class Office:
    """A server and what tests do with it most."""

    server: Server

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.server.database.session() as session:
            yield session

    def round(self, year: int = 2022, form: str = "haizhu-2022", previous: str | None = None) -> Round:
        with self.session() as session:
            return add_round(session, OFFICER, title="", form=form, year=year, previous_id=previous)

    def roster(self, work: Round, text: str = ROSTER) -> RosterChange:
        with self.session() as session:
            return import_roster(session, OFFICER, work, read_roster(text.encode(), "名单.csv"))

    def departments(self, work: Round) -> list[Department]:
        with self.session() as session:
            query = select(Department).where(Department.round_id == work.id).order_by(Department.position)
            return list(session.scalars(query))

    def steps(self) -> list[str]:
        """The actions of the log."""
        with self.session() as session:
            return [entry.action for entry in session.scalars(select(LogEntry).order_by(LogEntry.id))]


def filled_by(department: Department) -> Visitor:
    """A department as a visitor."""
    return Visitor(Role.DEPARTMENT, department.id, department.name, "10.1.0.1")


@contextmanager
def refused(status: int, words: str) -> Iterator[None]:
    """The block is refused with a status and words, and a remedy unless it says that there is nothing."""
    with pytest.raises(Refusal, match=words) as caught:
        yield
    assert caught.value.status == status
    assert caught.value.remedy
