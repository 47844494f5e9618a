"""Files that were handed over: kept, found again by whom they belong to, and kept longer while they are used."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy import update
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Artifact, Comparison, Job, StoredFile, WordReview, now
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import DEPARTMENTS, Visitor
from zhengti_zip.web.work.keeping import keep

SELDOM = timedelta(minutes=5)
"""A file that is used is kept longer at most this often, or every look at it would write."""


def may_see(visitor: Visitor, owner: str) -> bool:
    """Whether something of ``owner`` is shown to a visitor: what is theirs; to the bureau what departments handed over."""
    return owner == visitor.owner or (visitor.role.is_bureau and owner.startswith(DEPARTMENTS))


def keep_file(
    server: Server,
    session: Session,
    visitor: Visitor,
    name: str,
    content: bytes,
    *,
    form: str | None = None,
    parent: StoredFile | None = None,
    expires: datetime | None,
) -> tuple[StoredFile, Job]:
    """Keep a file of a visitor; it is examined once the session has committed.

    Args:
        name: its file name, made safe here.
        form: id of the form it must be of; None takes the one it names.
        parent: the file it is a corrected copy of.
        expires: when it is removed, see :func:`expiry`; None for never.

    Returns:
        The file, and the job that examines it.

    Raises:
        OutputError: the disk is full or cannot be written.
    """
    return keep(
        session,
        server.store,
        server.jobs.submit,
        visitor.owner,
        name,
        content,
        form=form,
        parent=parent,
        expires=expires,
    )


def expiry(server: Server) -> datetime:
    """When something that is used now and belongs to no department is removed."""
    return now() + server.settings.keeps


def file_of(session: Session, visitor: Visitor, identity: str) -> StoredFile:
    """A file by its id.

    Raises:
        Refusal: there is none, or the visitor may not see it.
    """
    file = session.get(StoredFile, identity)
    if file is None or not may_see(visitor, file.owner):
        raise not_found()
    return file


def artifact_of(session: Session, visitor: Visitor, identity: str, kind: str) -> tuple[StoredFile, Artifact]:
    """Something made of a file.

    Args:
        identity: id of the file.
        kind: ``pdf``, ``docx``, ``workbook``, ``page-1`` …, as in :class:`Artifact`.

    Raises:
        Refusal: there is none, or the visitor may not see the file.
    """
    file = file_of(session, visitor, identity)
    artifact = session.get(Artifact, (file.id, kind))
    if artifact is None:
        raise not_found()
    return file, artifact


def download_name(file: StoredFile, artifact: Artifact | None = None) -> str:
    """What a file, or what was made of it, is called when it is downloaded."""
    return f"{PurePosixPath(file.name).stem}{artifact.ending}" if artifact else file.name


def keep_longer(server: Server, *used: StoredFile | Comparison | WordReview) -> None:
    """Keep what is used; to be called without a session at work, because it writes in one of its own."""
    later = expiry(server)
    due = [each for each in used if each.expires_at is not None and each.expires_at <= later - SELDOM]
    if not due:
        return
    with server.database.session() as session:
        for each in due:
            model = type(each)
            session.execute(
                update(model)
                .where(model.id == each.id, model.expires_at.is_not(None))
                .values(expires_at=later)
            )
