"""Cells of a department's version changed on its page: the corrected workbook becomes its newest version."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Version
from zhengti_zip.web.desk.mending import mended_workbook
from zhengti_zip.web.office.asking import department_of, version_of
from zhengti_zip.web.office.versions import add_version
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Visitor


def version_and_file(session: Session, visitor: Visitor, number: int) -> tuple[Version, StoredFile]:
    """A version of the department that asks, and its file.

    Raises:
        Refusal: there is none.
    """
    version = version_of(session, department_of(session, visitor, visitor.id), number)
    return version, session.get_one(StoredFile, version.file_id)


def mend_version(server: Server, visitor: Visitor, number: int, edits: Mapping[str, str]) -> Version:
    """Keep a corrected copy as the newest version; the others stay. Takes a moment, so no session may be at work.

    Args:
        number: of the version that is corrected.
        edits: what was typed, by cell, e.g. ``{"部门预算!B5": "1297.59"}``.

    Raises:
        Refusal: nothing changes, or the department may not upload now.
        WorkFailed: a cell cannot be changed.
        OutputError: the disk is full.
    """
    with server.database.reading() as session:
        version, file = version_and_file(session, visitor, number)
    name, content = mended_workbook(server, file, edits)
    with server.database.session() as session:
        department = department_of(session, visitor, visitor.id)
        return add_version(server, session, visitor, department, name, content, mended=version)
