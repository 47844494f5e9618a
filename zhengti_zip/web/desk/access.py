"""Who may use the desk, and what its routes ask of a request."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Response, UploadFile
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.desk.files import submit_file
from zhengti_zip.web.files import file_of
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.requests import require
from zhengti_zip.web.server import Server
from zhengti_zip.web.uploads import received
from zhengti_zip.web.visitor import Role, Visitor

DESK_ROLES = (Role.VISITOR, Role.DEPARTMENT, Role.READER, Role.OFFICER, Role.ADMINISTRATOR)

DeskVisitor = Annotated[Visitor, Depends(require(*DESK_ROLES))]
"""Everybody but nobody: in an office one logs in first."""

Sent = tuple[str, bytes]
"""Name and bytes of a file that was sent."""

MEDIA_TYPES: Mapping[str, str] = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".png": "image/png",
}


def sent_file(upload: UploadFile | None) -> Sent | None:
    """The file in a field of a form; None when none was chosen.

    Raises:
        Refusal: it is empty or too large.
    """
    if upload is None or not upload.filename:
        return None
    return received(upload)


def file_given(
    server: Server, session: Session, visitor: Visitor, sent: Sent | None, identity: str, words: str
) -> StoredFile:
    """The file of a field: the one that was sent, or one that is here already.

    Args:
        identity: id of a file; "" for none.
        words: what the field asks for, in Chinese.

    Raises:
        Refusal: there is neither, or the file is somebody else's.
    """
    if sent is not None:
        return submit_file(server, session, visitor, *sent)[0]
    if identity:
        return file_of(session, visitor, identity)
    raise wrong_input(f"没有选择{words}", f"请选择{words}后再提交")


def download(name: str, content: bytes | Path) -> Response:
    """A file to keep, of bytes or from the disk; the browser never shows it inside the page."""
    media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    if isinstance(content, Path):
        return FileResponse(content, media_type=media_type, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
