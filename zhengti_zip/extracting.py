"""Getting the data back out of a printed form."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from zhengti_zip.errors import InputError
from zhengti_zip.limits import MAX_FILE_BYTES, read_limited
from zhengti_zip.originals import SUBMISSION_NAME

MAX_ATTACHMENTS = 20

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def extract(file: str | Path) -> dict[str, bytes]:
    """The files a PDF of ours keeps inside, by safe file name.

    Raises:
        InputError: it is no PDF, is damaged or encrypted, or holds no submission of ours.
    """
    path = Path(file)
    content = read_limited(path)
    if not content.lstrip().startswith(b"%PDF"):
        raise InputError(f"{path} 不是 PDF 文件", "请给出由 zhengti-zip build 生成的 PDF")
    found = _attachments(path, content)
    if SUBMISSION_NAME not in found:
        raise InputError(
            f"{path} 中没有填报数据，不是由本程序生成的 PDF", "请使用 zhengti-zip build 生成的 PDF 原件"
        )
    return found


def _attachments(path: Path, content: bytes) -> dict[str, bytes]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    found: dict[str, bytes] = {}
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise InputError(f"{path} 已加密，无法读取", "请使用 zhengti-zip build 生成的 PDF 原件")
        for number, attachment in enumerate(reader.attachment_list):
            if number >= MAX_ATTACHMENTS:
                raise InputError(f"{path} 的附件过多", "请使用 zhengti-zip build 生成的 PDF 原件")
            data = attachment.content
            if len(data) > MAX_FILE_BYTES:
                raise InputError(f"{path} 的附件过大", "请使用 zhengti-zip build 生成的 PDF 原件")
            found[safe_name(attachment.alternative_name or attachment.name)] = data
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise InputError(
            f"{path} 已损坏，无法读取附件", "请使用 zhengti-zip build 生成的 PDF 原件"
        ) from error
    return found


def safe_name(name: str) -> str:
    """A file name without folders, reserved words or characters some system refuses."""
    base = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")[:120]
    return f"_{base}" if not base or _RESERVED.match(base) else base
