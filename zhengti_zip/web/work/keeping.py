"""Keeping a file and what was made of it: bytes into the store, rows into the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy.orm import Session

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.safenames import safe_name
from zhengti_zip.web.database.models import Artifact, Job, StoredFile
from zhengti_zip.web.store import Store
from zhengti_zip.web.work.tasks import Made
from zhengti_zip.web.work.undertaking import Submitting

EXAMINE = "examine"
"""The kind of the job that examines a file."""

WORKBOOK = "workbook"
"""The kind of a file that is a workbook, and of the workbook that is made of any other."""

OTHER = "other"
"""The kind of a file that is not read; its examination says what it is and what to do."""

_KINDS = {
    FileKind.WORKBOOK: WORKBOOK,
    FileKind.JSON: "json",
    FileKind.PDF: "pdf",
    FileKind.WORD: "word",
}


def keep(
    session: Session,
    store: Store,
    submit: Submitting,
    owner: str,
    name: str,
    content: bytes,
    *,
    form: str | None = None,
    parent: StoredFile | None = None,
    expires: datetime | None,
) -> tuple[StoredFile, Job]:
    """Keep a file and have it examined once the session has committed; its bytes are on the disk when this returns.

    Raises:
        OutputError: the disk is full or cannot be written.
    """
    safe = safe_name(name)
    file = StoredFile(
        owner=owner,
        name=safe,
        digest=store.put(content),
        size=len(content),
        kind=_kind(safe, content),
        form=form,
        parent_id=parent.id if parent else None,
        expires_at=expires,
    )
    session.add(file)
    session.flush()
    return file, submit(session, owner, EXAMINE, file.id, expires_at=expires)


def keep_made(session: Session, store: Store, file_id: str, made: Mapping[str, Made]) -> None:
    """Keep what was made of a file, in place of what was made of it before.

    Args:
        file_id: a file that is still there.
        made: by kind of artifact.
    """
    for kind, each in made.items():
        digest = store.put(each.content)
        session.merge(Artifact(file_id=file_id, kind=kind, digest=digest, ending=each.ending))


def workbook_of(session: Session, file: StoredFile) -> tuple[str, str]:
    """Name and digest of the workbook of a file: the file itself, or what was made of it where it is none."""
    made = session.get(Artifact, (file.id, WORKBOOK))
    if file.kind == WORKBOOK or made is None:
        return file.name, file.digest
    return f"{PurePosixPath(file.name).stem}{made.ending}", made.digest


def _kind(name: str, content: bytes) -> str:
    try:
        return _KINDS.get(kind_of(Path(name), content), OTHER)
    except InputError:  # damaged or hostile: its examination says so
        return OTHER
