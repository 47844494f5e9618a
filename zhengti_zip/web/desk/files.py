"""Files of a visitor: handed over, listed, removed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, undefer

from zhengti_zip.form.loader import form_ids
from zhengti_zip.web.database.models import Job, StoredFile, now
from zhengti_zip.web.files import expiry, file_of, keep_file
from zhengti_zip.web.log import record
from zhengti_zip.web.refusals import not_allowed, wrong_input
from zhengti_zip.web.server import Server
from zhengti_zip.web.times import shown_time
from zhengti_zip.web.visitor import Visitor

MAX_RECENT = 30
"""Files listed on the first page."""


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file in a list; ``total``, ``grade`` and ``department`` are "" where they are not known."""

    id: str
    name: str
    kind: str
    department: str
    total: str
    grade: str
    errors: int
    warnings: int
    is_examined: bool
    is_corrected: bool
    created: str
    time: str


def submit_file(
    server: Server, session: Session, visitor: Visitor, name: str, content: bytes, form: str = ""
) -> tuple[StoredFile, Job]:
    """Keep a file and have it examined.

    Args:
        form: id of the form it must be of; "" takes the one it names.

    Returns:
        The file and the job that examines it.

    Raises:
        Refusal: there is no such form.
        OutputError: the disk is full or cannot be written.
    """
    if form and form not in form_ids():
        raise wrong_input("没有所选的表", "请重新选择表后再上传")
    file, job = keep_file(server, session, visitor, name, content, form=form or None, expires=expiry(server))
    record(session, visitor, "file_added", file=file.id, name=file.name)
    return file, job


def files_query(visitor: Visitor) -> Select[StoredFile]:
    """Asks for the files that a visitor handed over or made at the desk, the last one first; versions are none of them."""
    return (
        select(StoredFile)
        .where(StoredFile.owner == visitor.owner, StoredFile.expires_at > now())
        .order_by(StoredFile.created_at.desc())
        .limit(MAX_RECENT)
    )


def recent_files(session: Session, visitor: Visitor) -> list[RecentFile]:
    """The same files as lines of a list."""
    return [
        _recent(file)
        for file in session.scalars(files_query(visitor).options(undefer(StoredFile.examination)))
    ]


def remove_file(session: Session, visitor: Visitor, identity: str) -> None:
    """Remove a file of a visitor and all that was made of it; its bytes go with the next cleaning.

    Raises:
        Refusal: there is none, it is somebody else's, or it is a version of a department.
    """
    file = file_of(session, visitor, identity)
    if file.owner != visitor.owner or file.expires_at is None:
        raise not_allowed("这份文件是填报工作的一个版本，不能删除")
    record(session, visitor, "file_removed", file=file.id, name=file.name)
    session.execute(delete(Job).where(Job.subject_id == file.id))
    session.delete(file)


def _recent(file: StoredFile) -> RecentFile:
    data = file.examination or {}
    counts = data.get("counts", {})
    return RecentFile(
        id=file.id,
        name=file.name,
        kind=file.kind,
        department=data.get("department", ""),
        total=data.get("total") or "",
        grade=data.get("grade", ""),
        errors=counts.get("error", 0),
        warnings=counts.get("warning", 0),
        is_examined=bool(data),
        is_corrected=file.parent_id is not None,
        created=file.created_at.isoformat(),
        time=shown_time(file.created_at),
    )
