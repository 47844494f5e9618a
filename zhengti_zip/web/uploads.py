"""Files that a browser or a program sends: how large they may be, and what they are called."""

from __future__ import annotations

from fastapi import UploadFile

from zhengti_zip.base.limits import MAX_FILE_BYTES
from zhengti_zip.base.safenames import safe_name
from zhengti_zip.web.refusals import Refusal, wrong_input

MAX_BODY_BYTES = 2 * MAX_FILE_BYTES + 1024 * 1024
"""Of one request: two files to compare, and the fields of a form."""

MAX_UPLOADS = 4
"""Files in one request; no page sends more than two."""

MAX_FIELDS = 8000
"""Fields of one form; a page for mending has one for each input of a workbook."""

MAX_STORED_NAME = 200
"""Bytes of a file's name; what is made of it adds its own ending."""

_PIECE = 64 * 1024


def received(upload: UploadFile) -> tuple[str, bytes]:
    """What was sent. Waits for the disk, so it is called where that holds nobody else up: not in an ``async`` function.

    Returns:
        Its name, made safe, and its bytes. The name is for people; it is never a path.

    Raises:
        Refusal: no file was chosen, it is empty or too large.
    """
    pieces, size = [], 0
    while piece := upload.file.read(_PIECE):
        size += len(piece)
        if size > MAX_FILE_BYTES:
            raise too_large()
        pieces.append(piece)
    if not upload.filename and not size:
        raise wrong_input("没有选择文件", "请选择文件后再提交")
    name = safe_name(upload.filename or "未命名", MAX_STORED_NAME)
    if not size:
        raise wrong_input(f"{name} 是空文件", "请重新保存或重新获取该文件")
    return name, b"".join(pieces)


def too_large() -> Refusal:
    """A file or a form is larger than what is taken."""
    words = f"文件超过 {MAX_FILE_BYTES // (1024 * 1024)} MB 的上限"
    return Refusal(413, words, "请删除其中的图片或多余内容后重试")
