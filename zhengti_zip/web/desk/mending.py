"""Cells of a file changed on its page: the corrected workbook becomes a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from zhengti_zip.web.database.models import Job, StoredFile
from zhengti_zip.web.files import expiry, keep_file
from zhengti_zip.web.log import record
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Visitor
from zhengti_zip.web.work.keeping import workbook_of
from zhengti_zip.web.work.tasks import FileRequest, MendRequest, mend_workbook

_CORRECTED = re.compile(r"-更正(\d{0,6})\Z")


def mended_workbook(server: Server, file: StoredFile, edits: Mapping[str, str]) -> tuple[str, bytes]:
    """Name and bytes of the workbook of a file with some cells changed. Takes a moment, so no session may be at work.

    Args:
        edits: what was typed, by cell, e.g. ``{"部门预算!B5": "1297.59"}``.

    Raises:
        Refusal: nothing changes.
        WorkFailed: a cell cannot be changed, or the workbook cannot be worked on.
        OutputError: the bytes of the file are gone.
    """
    with server.database.reading() as session:
        name, digest = workbook_of(session, file)
    before = server.store.get(digest)
    request = MendRequest(FileRequest(name, before, file.form), dict(edits))
    after: bytes = server.jobs.calls.call(mend_workbook, request)
    if after == before:
        raise wrong_input("没有改动任何内容", "请改动后再保存")
    return corrected_name(name), after


def mend(
    server: Server, visitor: Visitor, file: StoredFile, edits: Mapping[str, str]
) -> tuple[StoredFile, Job]:
    """Keep the corrected copy of a file and have it examined.

    Args:
        file: one that the visitor may see.
        edits: as for :func:`mended_workbook`.

    Returns:
        The new file, and the job that examines it.

    Raises:
        Refusal, WorkFailed, OutputError: as for :func:`mended_workbook`.
    """
    name, content = mended_workbook(server, file, edits)
    with server.database.session() as session:
        made, job = keep_file(
            server, session, visitor, name, content, form=file.form, parent=file, expires=expiry(server)
        )
        record(session, visitor, "file_mended", file=made.id, name=made.name, before=file.id)
    return made, job


def corrected_name(name: str) -> str:
    """What a corrected copy is called: 表.xlsx → 表-更正.xlsx → 表-更正2.xlsx."""
    stem = PurePosixPath(name).stem
    if found := _CORRECTED.search(stem):
        return f"{stem[: found.start()]}-更正{int(found[1] or 1) + 1}.xlsx"
    return f"{stem}-更正.xlsx"
