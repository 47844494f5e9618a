"""What the janitor removes, and what it never does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.processes import wait_until
from tests.web.in_process import running
from zhengti_zip.web.database.models import (
    Artifact,
    Attempt,
    Comparison,
    EndedSession,
    Job,
    LogEntry,
    Model,
    StoredFile,
    now,
)
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.expiry import SETTLED, Janitor, tidy
from zhengti_zip.web.server import Server

PAST, FUTURE = timedelta(seconds=-1), timedelta(minutes=1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as made:
        yield made


def put(server: Server, text: str, *, minutes_ago: float = SETTLED.total_seconds() / 60) -> str:
    """Bytes that have been in the store for some time."""
    digest = server.store.put(text.encode())
    moment = time.time() - 60 * minutes_ago - 1
    (file,) = server.settings.folder.glob(f"files/??/{digest}")
    os.utime(file, (moment, moment))
    return digest


def add_file(server: Server, session: Session, text: str, expires: timedelta | None) -> StoredFile:
    """A file with a PDF made of it."""
    file = StoredFile(owner="visit:x", name=text, digest=put(server, text), size=1, kind="workbook")
    file.expires_at = None if expires is None else now() + expires
    session.add(file)
    session.flush()
    session.add(Artifact(file_id=file.id, kind="pdf", digest=put(server, f"{text}.pdf"), ending=".pdf"))
    return file


def left(server: Server, model: type[Model]) -> int:
    """How many rows there are."""
    with server.database.reading() as session:
        return len(session.scalars(select(model)).all())


def texts(server: Server) -> set[str]:
    """What is in the store."""
    return {server.store.get(digest).decode() for digest in server.store.digests()}


def test_files_go_with_all_that_was_made_of_them_when_their_time_is_over(server: Server) -> None:
    with server.database.session() as session:
        over, kept = add_file(server, session, "over", PAST), add_file(server, session, "kept", FUTURE)
        add_file(server, session, "for ever", None)
        session.add(
            Comparison(owner="visit:x", before_id=over.id, after_id=kept.id, expires_at=now() + FUTURE)
        )
        session.add(Job(owner="visit:x", kind="k", subject_id=over.id, expires_at=now() + PAST))
    tidy(server)
    assert texts(server) == {"kept", "kept.pdf", "for ever", "for ever.pdf"}
    assert [left(server, model) for model in (StoredFile, Artifact, Comparison, Job)] == [2, 2, 0, 0]


def test_versions_of_departments_stay_whatever_their_rows_say(server: Server) -> None:
    with server.database.session() as session:
        work = Round(title="试填", form="haizhu-2022", year=2022)
        session.add(work)
        session.flush()
        department = Department(round_id=work.id, position=1, name="虚构局")
        file = add_file(server, session, "version", PAST)
        session.add(department)
        session.flush()
        version = Version(department_id=department.id, number=1, file_id=file.id, uploaded_by="department:x")
        session.add(version)
    tidy(server, everything=True)
    assert texts(server) == {"version", "version.pdf"}


def test_bytes_that_other_rows_refer_to_stay(server: Server) -> None:
    with server.database.session() as session:
        add_file(server, session, "same", PAST)
        session.add(Job(owner="o", kind="archive", subject_id="", result={"digest": put(server, "archive")}))
    with server.database.session() as session:
        add_file(server, session, "same", FUTURE)  # another visitor sent the same bytes
    tidy(server, everything=True)
    assert texts(server) == {"same", "same.pdf", "archive"}


def test_bytes_nothing_refers_to_go_once_they_are_settled(server: Server) -> None:
    put(server, "left by a server that was killed")
    put(server, "on its way to its row", minutes_ago=9)
    again = put(server, "sent again just now")
    assert server.store.put(b"sent again just now") == again
    tidy(server)  # looks only at what expires now
    assert len(texts(server)) == 3
    tidy(server, everything=True)
    assert texts(server) == {"on its way to its row", "sent again just now"}


def test_tries_and_ended_sessions_are_forgotten_and_the_log_never(server: Server) -> None:
    with server.database.session() as session:
        session.add(LogEntry(actor="system", action="login", at=now() - timedelta(days=4000)))
        for minutes in (14, 16):
            session.add(Attempt(key="k", at=now() - timedelta(minutes=minutes)))
        for days in (29, 31):
            session.add(EndedSession(nonce=str(days), at=now() - timedelta(days=days)))
    tidy(server, everything=True)
    assert [left(server, model) for model in (Attempt, EndedSession, LogEntry)] == [1, 1, 1]


def test_the_janitor_begins_at_once_and_ends_when_told(server: Server) -> None:
    digest = put(server, "left by a server that was killed")
    janitor = Janitor(server)
    janitor.start()
    wait_until(lambda: digest not in server.store.digests())
    janitor.stop()
