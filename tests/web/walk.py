"""A world for the walk over all routes: who there is, what belongs to whom, and what a request of each looks like."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.processes import wait_until
from tests.web.in_process import PASSWORD, browser, running
from tests.web.office.support import OFFICER, Office, examined, workbook
from zhengti_zip.web.database.models import (
    Artifact,
    Comparison,
    Job,
    Model,
    StoredFile,
    WordReview,
    new_id,
    now,
)
from zhengti_zip.web.database.office_models import Account, Department
from zhengti_zip.web.office.archive import ARCHIVE
from zhengti_zip.web.office.opinions import add_opinion
from zhengti_zip.web.security.cookies import COOKIE, new_ticket
from zhengti_zip.web.security.secrets import hash_secret
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor
from zhengti_zip.web.work.jobs import FINISHED

SECRET = "机密"
"""Stands in the name of every file of a victim; nobody else may ever read it."""

OWN = ("files", "comparisons", "reviews", "jobs")
"""First parts of addresses whose ``{identity}`` belongs to somebody."""


@dataclass(frozen=True)
class World:
    """A server with people and things.

    Attributes:
        folder: of the stopped server; copied for every use.
        is_office: whether it has accounts.
        actors: role and id of everybody who asks.
        names: values of the parts of addresses, without those of OWN.
        things: by owner, then by the first part of the address: the id of a thing of theirs.
    """

    folder: Path
    is_office: bool
    actors: Mapping[str, tuple[Role, str]]
    names: Mapping[str, str]
    things: Mapping[str, Mapping[str, str]]

    @contextmanager
    def awake(self, folder: Path, state: str = "") -> Iterator[Asking]:
        """A server of its own with all that there is, and who asks it.

        Args:
            folder: must not exist yet.
            state: of the victim's department, where it shall be another one.
        """
        shutil.copytree(self.folder, folder)
        with running(folder, is_office=self.is_office) as server:
            if state:
                with server.database.session() as session:
                    session.get_one(Department, self.names["department_id"]).state = state
            yield Asking(self, server, browser(server))


@dataclass(frozen=True)
class Asking:
    """A server that is asked by everybody in turn."""

    world: World
    server: Server
    client: TestClient

    def ask(self, actor: str, method: str, address: str, *, token: bool = True, **sent: Any) -> Response:
        """What somebody gets.

        Args:
            actor: one of the world's.
            token: whether the form token of their session is sent along.
            sent: the body, as of httpx.
        """
        cookies = self.server.cookies
        ticket = new_ticket(*self.world.actors[actor], epoch=0)
        headers = {"Cookie": f"{COOKIE}={cookies.write(ticket)}"}
        if token:
            headers["X-CSRF-Token"] = cookies.form_token(ticket)
        self.client.cookies.clear()
        answer: Response = self.client.request(method, address, headers=headers, **sent)
        return answer

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in the database but the counted tries."""
        with self.server.database.reading() as session:
            return {
                table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
                for table in Model.metadata.sorted_tables
                if table.name != "attempt"
            }


def build_office(folder: Path) -> World:
    """An office: one department handed in, another of the same round, one of another round, people of the bureau."""
    with running(folder, is_office=True) as server:
        office = Office(server)
        work, other_work = office.round(2022), office.round(2023)
        office.roster(work)
        office.roster(other_work)
        owner, neighbour, *_ = office.departments(work)
        stranger = office.departments(other_work)[0]
        version = office.upload(owner, workbook(owner.name))
        office.examine(version)
        wait_until(lambda: _has_rest(server))
        with office.session() as session:
            owner = session.get_one(Department, owner.id)
            owner.state, owner.handed_in_id = "handed_in", version.id
            session.flush()
            opinion = add_opinion(session, OFFICER, owner, "请补充说明")
            session.flush()
            session.get_one(StoredFile, version.file_id).name = f"{SECRET}.xlsx"
            hashed = hash_secret(PASSWORD)
            people = {}
            for role in (Role.READER, Role.OFFICER, Role.ADMINISTRATOR):
                people[role.value] = (role, _account(session, role.label, role, hashed))
            colleague = (Role.ADMINISTRATOR, _account(session, "同事", Role.ADMINISTRATOR, hashed))
            theirs = Visitor(*colleague, "同事")
            things = {
                "owner": _things(server, session, f"department:{owner.id}"),
                "colleague": _things(server, session, theirs.owner),
            }
            made = {"name": f"{SECRET}.zip", "digest": server.store.put(b"all of it")}
            archive = Job(owner=theirs.owner, kind=ARCHIVE, subject_id=work.id, state="done", result=made)
            session.add(archive)
            session.flush()
            names = {
                "job_id": archive.id,
                "round_id": work.id,
                "department_id": owner.id,
                "account_id": colleague[1],
                "opinion_id": opinion.id,
                "link": owner.link_token,
            }
    actors = {
        "nobody": (Role.NOBODY, new_id()),
        "owner": (Role.DEPARTMENT, owner.id),
        "neighbour": (Role.DEPARTMENT, neighbour.id),
        "stranger": (Role.DEPARTMENT, stranger.id),
        **people,
        "colleague": colleague,
    }
    return World(folder, True, actors, names, things)


def _has_rest(server: Server) -> bool:
    with server.database.reading() as session:
        return not session.scalars(select(Job.id).where(Job.state.not_in(FINISHED))).all()


def build_desk(folder: Path) -> World:
    """A desk with two visitors."""
    owner, other = new_id(), new_id()
    with running(folder) as server, server.database.session() as session:
        things = {"owner": _things(server, session, f"visit:{owner}")}
    nothing = dict.fromkeys(
        ("job_id", "round_id", "department_id", "account_id", "opinion_id", "link"), new_id()
    )
    actors = {"owner": (Role.VISITOR, owner), "other": (Role.VISITOR, other)}
    return World(folder, False, actors, nothing, things)


def _account(session: Session, name: str, role: Role, hashed: str) -> str:
    account = Account(name=name, role=role.value, password_hash=hashed)
    session.add(account)
    session.flush()
    return account.id


def _things(server: Server, session: Session, owner: str) -> dict[str, str]:
    """A file with all that is made of one, a comparison, a review and a finished job of an owner."""
    digest, content = server.store.put(owner.encode()), workbook("虚构区文化局")
    file = StoredFile(owner=owner, name=f"{SECRET}.xlsx", size=len(content), kind="workbook")
    file.digest, file.examination = server.store.put(content), examined(content).examination
    file.expires_at = now() + timedelta(hours=1)
    session.add(file)
    session.flush()
    file_id = file.id
    for kind, ending in (("pdf", ".pdf"), ("page-1", ".png"), ("workbook", ".xlsx")):
        session.add(Artifact(file_id=file_id, kind=kind, digest=digest, ending=ending))
    document = StoredFile(owner=owner, name=f"{SECRET}.docx", digest=digest, size=9, kind="word")
    session.add(document)
    session.flush()
    comparison = Comparison(owner=owner, before_id=file_id, after_id=file_id)
    review = WordReview(
        owner=owner, document_ids=[document.id], workbook_id=file_id, result={"decisions": []}
    )
    job = Job(owner=owner, kind="examine", subject_id=file_id, state="done", result={"name": SECRET})
    session.add_all((comparison, review, job))
    session.flush()
    own = {"files": file_id, "comparisons": comparison.id, "reviews": review.id, "jobs": job.id}
    return own | {"documents": document.id}
