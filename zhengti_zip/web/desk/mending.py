"""Cells of a file mended on the page: the corrected copy, which is a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Artifact, StoredFile
from zhengti_zip.web.files import expiry, keep_file
from zhengti_zip.web.log import record
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Visitor
from zhengti_zip.web.work.mending import MendRequest, mended_workbook

_CORRECTED = re.compile(r"-更正(\d{0,6})\Z")


def mend(
    server: Server, session: Session, visitor: Visitor, file: StoredFile, edits: Mapping[str, str]
) -> StoredFile:
    """Make a corrected copy of a file and have it examined; the file stays as it is.

    Args:
        session: keeps the copy. To be given before it has begun anything: the copy is made first, and that takes a while.
        file: one that was examined.
        edits: what was typed, by cell: ``{"基本情况!B6": "2022"}``.

    Raises:
        Refusal: the file is not examined yet.
        WorkFailed: a cell is none that can be filled in, or the workbook cannot be changed.
    """
    name, content = corrected(server, file, edits)
    made, _ = keep_file(
        server,
        session,
        visitor,
        name,
        content,
        form=file.form,
        parent=session.merge(file, load=False),
        expires=expiry(server),
    )
    record(session, visitor, "file_mended", file=made.id, name=name, cells=sorted(edits))
    return made


def corrected(server: Server, file: StoredFile, edits: Mapping[str, str]) -> tuple[str, bytes]:
    """The corrected copy of a file: its name and bytes. Nothing is kept.

    Raises:
        Refusal, WorkFailed: as :func:`mend`.
    """
    with server.database.reading() as session:
        artifact = session.get(Artifact, (file.id, "workbook"))
    if artifact is None:
        raise wrong_input("这份文件还没有检查完，不能修改", "请稍候刷新页面后再修改")
    request = MendRequest(file.name, server.store.get(artifact.digest), file.form, edits)
    content: bytes = server.jobs.calls.call(mended_workbook, request)
    return corrected_name(file.name), content


def corrected_name(name: str) -> str:
    """What a corrected copy is called: 表.xlsx → 表-更正.xlsx → 表-更正2.xlsx."""
    stem = PurePosixPath(name).stem
    if found := _CORRECTED.search(stem):
        return f"{stem[: found.start()]}-更正{int(found[1] or 1) + 1}.xlsx"
    return f"{stem}-更正.xlsx"
