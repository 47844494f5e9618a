"""Getting the data back out of a printed form."""

from __future__ import annotations

import logging
import time
from io import BytesIO
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.limits import MAX_FILE_BYTES, read_limited
from zhengti_zip.base.originals import SUBMISSION_NAME
from zhengti_zip.base.safenames import safe_name

MAX_ATTACHMENTS = 20
MAX_SECONDS = 4.0
"""Processor time for the structure of a PDF; one of ours takes a tenth of a second."""


def extract(file: str | Path) -> dict[str, bytes]:
    """The files a PDF of ours keeps inside, by safe file name.

    Raises:
        InputError: it is no PDF, is damaged or encrypted, or holds no submission of ours.
    """
    path = Path(file)
    return attached_files(path, read_limited(path))


def attached_files(path: Path, content: bytes) -> dict[str, bytes]:
    """The same for a file already read; ``path`` is its name, for messages.

    Raises:
        InputError: as :func:`extract`.
    """
    if kind_of(path, content) is not FileKind.PDF:
        raise InputError(f"{path} 不是 PDF 文件", "请给出由 zhengti-zip build 生成的 PDF")
    found = _attachments(path, content)
    if SUBMISSION_NAME not in found:
        raise InputError(
            f"{path} 中没有填报数据，不是由本程序生成的 PDF", "请使用 zhengti-zip build 生成的 PDF 原件"
        )
    return found


class _Watched(BytesIO):
    """A PDF that is read for so long and no longer: a damaged one is searched again and again."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._end = time.process_time() + MAX_SECONDS

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any stream.

        Raises:
            TimeoutError: the time is over.
        """
        if time.process_time() > self._end:
            raise TimeoutError
        return super().read(size)


def _attachments(path: Path, content: bytes) -> dict[str, bytes]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it talks to stderr, in English
    found: dict[str, bytes] = {}
    try:
        reader = PdfReader(_Watched(content))
        if reader.is_encrypted:
            raise InputError(f"{path} 已加密，无法读取", "请使用 zhengti-zip build 生成的 PDF 原件")
        for number, attachment in enumerate(reader.attachment_list):
            if number >= MAX_ATTACHMENTS:
                raise InputError(f"{path} 的附件过多", "请使用 zhengti-zip build 生成的 PDF 原件")
            data = attachment.content
            if len(data) > MAX_FILE_BYTES:
                raise InputError(f"{path} 的附件过大", "请使用 zhengti-zip build 生成的 PDF 原件")
            name = safe_name(attachment.alternative_name or attachment.name)
            if name.casefold() in {known.casefold() for known in found}:  # one file on many systems
                raise InputError(f"{path} 的附件重名", "请使用 zhengti-zip build 生成的 PDF 原件")
            found[name] = data
    except InputError:
        raise
    except Exception as error:  # a damaged PDF fails in countless ways
        raise InputError(
            f"{path} 已损坏，无法读取附件", "请使用 zhengti-zip build 生成的 PDF 原件"
        ) from error
    return found
