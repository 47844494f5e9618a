"""An office as the tests use it: people, a round, a roster. All names are fictional."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.batch.roster import read_roster
from zhengti_zip.web.database.models import LogEntry, StoredFile
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.office.roster_import import RosterChange, import_roster
from zhengti_zip.web.office.rounds import add_round
from zhengti_zip.web.office.transitions import hand_in
from zhengti_zip.web.office.versions import add_version, settle
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor
from zhengti_zip.web.work.refused import Refused
from zhengti_zip.web.work.tasks import Examined, FileRequest, examine_file
from zhengti_zip.workbook.read.anyinput import read_content
from zhengti_zip.workbook.write.writer import filled_workbook

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

    def upload(self, department: Department, content: bytes, visitor: Visitor | None = None) -> Version:
        """A version, not examined yet."""
        by = visitor or filled_by(department)
        with self.session() as session:
            return add_version(self.server, session, by, department, "自评表.xlsx", content)

    def examine(self, version: Version, form: str = "haizhu-2022") -> None:
        """Examine a version here and now."""
        with self.session() as session:
            file = session.get_one(StoredFile, version.file_id)
            file.examination = examined(self.server.store.get(file.digest), form).examination
            settle(session.get_one(Version, version.id), file.examination)

    def hand_in(self, department: Department, *edits: tuple[str, str], name: str = "") -> Version:
        """Upload a workbook of the sample with edits, examine it and hand it in."""
        version = self.upload(department, workbook(name or department.name, *edits))
        self.examine(version)
        with self.session() as session:
            hand_in(session, filled_by(department), department, version.number, confirm=True)
        return version

    def state(self, department: Department) -> str:
        with self.session() as session:
            return session.get_one(Department, department.id).state

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


@cache
def workbook(department: str, *edits: tuple[str, str]) -> bytes:
    """The sample workbook of the form haizhu-2022, as another department filled it in.

    Args:
        edits: paths in its data, e.g. ``scores.spending_rate.score``, and what stands there; "" takes it away.
    """
    data = json.loads(Path("samples/demo-2022.json").read_text(encoding="utf-8"))
    for path, value in (("fields.department", department), *edits):
        *groups, key = path.split(".")
        place = data
        for group in groups:
            place = place[int(group)] if isinstance(place, list) else place.setdefault(group, {})
        place[key] = value
    source = read_content(Path("样例.json"), json.dumps(data).encode())
    return filled_workbook(source.form, source.submission)


@cache
def examined(content: bytes, form: str = "haizhu-2022") -> Examined:
    """What the server finds in a file."""
    found = examine_file(FileRequest("自评表.xlsx", content, form))
    assert not isinstance(found, Refused)
    return found
