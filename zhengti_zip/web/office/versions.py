"""Versions: every workbook that was uploaded for a department. They are only added to, and numbered without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.log import record
from zhengti_zip.web.office.asking import department_of, must_be_possible
from zhengti_zip.web.office.states import Step, after
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.visitor import DEPARTMENTS, Visitor
from zhengti_zip.web.work.keeping import keep

if TYPE_CHECKING:
    from zhengti_zip.web.server import Server

MAX_VERSIONS = 500
"""Of one department; nobody corrects a form that often."""


def owner_of(department: Department) -> str:
    """What stands in ``StoredFile.owner`` for the files of a department, whoever uploaded them."""
    return f"{DEPARTMENTS}{department.id}"


def add_version(
    server: Server,
    session: Session,
    visitor: Visitor,
    department: Department,
    name: str,
    content: bytes,
    *,
    mended: Version | None = None,
) -> Version:
    """Keep a workbook as the newest version of a department; it is examined once the session has committed.

    Args:
        name: its file name; made safe.
        mended: the version of which it is a corrected copy.

    Raises:
        Refusal: the visitor may not upload, or not now.
        OutputError: the disk is full.
    """
    kept = department_of(session, visitor, department.id)
    # One upload after the other for each department, so that numbers have no gaps. SQLite has one writer anyway.
    session.refresh(kept, with_for_update=True)
    work = session.get_one(Round, kept.round_id)
    state = must_be_possible(Step.UPLOAD, work, kept, visitor)
    numbers = select(func.max(Version.number)).where(Version.department_id == kept.id)
    number = (session.scalar(numbers) or 0) + 1
    if number > MAX_VERSIONS:
        raise Refusal(409, f"已经上传过 {MAX_VERSIONS} 版，不能再上传", "请联系财政部门的管理员")
    file, _ = keep(
        session,
        server.store,
        server.jobs.submit,
        owner_of(kept),
        name,
        content,
        form=work.form,
        parent=session.get(StoredFile, mended.file_id) if mended else None,
        expires=None,
    )
    version = Version(department_id=kept.id, number=number, file_id=file.id, uploaded_by=visitor.owner)
    session.add(version)
    session.flush()
    kept.state, kept.current_id = after(Step.UPLOAD, state), version.id
    session.flush()
    record(
        session,
        visitor,
        "version_mended" if mended else "version_added",
        round_id=kept.round_id,
        department_id=kept.id,
        number=number,
        name=file.name,
        digest=file.digest,
    )
    return version


def settle(version: Version, examination: Mapping[str, Any]) -> None:
    """Write down beside a version what its examination found, for lists that read no examination."""
    version.total = Decimal(examination["total"]) if examination.get("total") else None
    version.grade = examination.get("grade", "")
    version.errors, version.warnings = examination["counts"]["error"], examination["counts"]["warning"]


def versions_of(session: Session, department: Department) -> list[Version]:
    """All versions of a department, the newest first."""
    query = select(Version).where(Version.department_id == department.id).order_by(Version.number.desc())
    return list(session.scalars(query))


def newest_version(session: Session, department: Department) -> Version | None:
    """The version that was uploaded last; None before."""
    return session.get(Version, department.current_id) if department.current_id else None


def handed_in_version(session: Session, department: Department) -> Version | None:
    """The version that was handed in last; None before."""
    return session.get(Version, department.handed_in_id) if department.handed_in_id else None
