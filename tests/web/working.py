"""A server without HTTP, for tests of what it makes of files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from zhengti_zip.web.database.models import Artifact, Job, StoredFile
from zhengti_zip.web.files import expiry, keep_file
from zhengti_zip.web.server import Server
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.visitor import Role, Visitor
from zhengti_zip.web.work.jobs import FINISHED

CLERK = Visitor(Role.VISITOR, "clerk")
SECONDS = 120


def settings_in(folder: Path, **changes: Any) -> ServerSettings:
    """Settings of a desk with two workers."""
    values: dict[str, Any] = {"workers": 2, "secret": b"x" * 32} | changes
    return ServerSettings(folder, f"sqlite:///{folder / '库.sqlite'}", **values)


@contextmanager
def working_server(folder: Path, **changes: Any) -> Iterator[Server]:
    """A server that works on jobs and answers nobody."""
    server = Server.start(settings_in(folder, **changes))
    try:
        yield server
    finally:
        server.stop()


def handed_over(
    server: Server, name: str, content: bytes, visitor: Visitor = CLERK, **values: Any
) -> tuple[str, str]:
    """Keep a file: its id, and that of the job that examines it."""
    with server.database.session() as session:
        file, job = keep_file(server, session, visitor, name, content, expires=expiry(server), **values)
    return file.id, job.id


def finished(server: Server, identity: str) -> Job:
    """A job once it is finished."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with server.database.reading() as session:
            job = session.get(Job, identity)
        if job is not None and job.state in FINISHED:
            return job
        time.sleep(0.05)
    raise AssertionError(f"job {identity} is not finished")


def examined(server: Server, name: str, content: bytes, **values: Any) -> tuple[StoredFile, dict[str, bytes]]:
    """A file once its job is done, and the bytes of what was made of it by kind."""
    file_id, job_id = handed_over(server, name, content, **values)
    job = finished(server, job_id)
    assert (job.state, job.message) == ("done", "")
    with server.database.reading() as session:
        file = session.get_one(StoredFile, file_id, options=[undefer(StoredFile.examination)])
        artifacts = session.scalars(select(Artifact).where(Artifact.file_id == file_id)).all()
    return file, {each.kind: server.store.get(each.digest) for each in artifacts}
