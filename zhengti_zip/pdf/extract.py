"""Getting the data back out of a printed form. The PDF is read in a process of its own, with limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from zhengti_zip.base.errors import EnvironmentProblem, InputError
from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.limits import (
    MAX_ATTACHED_BYTES,
    MAX_ATTACHMENTS,
    PDF_MEGABYTES,
    PDF_SECONDS,
    read_limited,
)
from zhengti_zip.base.originals import SUBMISSION_NAME
from zhengti_zip.base.safenames import safe_name
from zhengti_zip.pdf import attachment_reader

ORIGINAL = "请使用 zhengti-zip build 生成的 PDF 原件"

PATIENCE = 10
"""How many times the processor time a reader may take before it is ended: a machine may be busy with other things."""

_PROBLEMS = {
    "encrypted": "已加密，无法读取",
    "many": f"的附件过多（超过 {MAX_ATTACHMENTS} 个）",
    "large": f"的附件过大（合计超过 {MAX_ATTACHED_BYTES // 1024**2} MB）",
    "damaged": "已损坏，无法读取附件",
    "costly": f"的内容展开后过大（超过 {PDF_SECONDS} 秒或 {PDF_MEGABYTES} MB），无法读取附件",
}


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
    found = attachments(path, content)
    if SUBMISSION_NAME not in found:
        raise InputError(
            f"{path} 中没有填报数据，不是由本程序生成的 PDF", "请使用 zhengti-zip build 生成的 PDF 原件"
        )
    return found


def attachments(path: Path, content: bytes) -> dict[str, bytes]:
    """The files inside any PDF, by safe file name; ``path`` is its name, for messages.

    Raises:
        InputError: it is damaged or encrypted, or has too much inside.
    """
    problem, files = _taken_out(content)
    if problem:
        raise InputError(f"{path} {_PROBLEMS[problem]}", ORIGINAL)
    found: dict[str, bytes] = {}
    known: set[str] = set()
    for original, data in files:
        name = safe_name(original)
        if name.casefold() in known:  # one file on many systems
            raise InputError(f"{path} 的附件重名", ORIGINAL)
        known.add(name.casefold())
        found[name] = data
    return found


def _taken_out(content: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """What :mod:`zhengti_zip.pdf.attachment_reader` answers: a key of _PROBLEMS or "", and names and contents."""
    limits = (PDF_SECONDS, PDF_MEGABYTES, MAX_ATTACHMENTS, MAX_ATTACHED_BYTES)
    # -P: the folder of the script has modules that are called like some of Python's own.
    command = [sys.executable, "-P", "-X", "utf8", attachment_reader.__file__, *map(str, limits)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, check=False, timeout=PDF_SECONDS * PATIENCE
        )
    except subprocess.TimeoutExpired:
        return "costly", []
    except OSError as error:
        raise EnvironmentProblem(
            f"不能启动读取 PDF 的进程：{error.strerror or error}", "请关闭一些程序后重试"
        ) from error
    head, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not head:
        if b"ModuleNotFoundError" in done.stderr:
            raise EnvironmentProblem("缺少 Python 库 pikepdf", "请运行 zhengti-zip doctor，按提示安装")
        return "costly", []
    answer = json.loads(head)
    files: list[tuple[str, bytes]] = []
    start = 0
    for name, size in answer["files"]:
        files.append((name, rest[start : start + size]))
        start += size
    return answer["problem"], files
