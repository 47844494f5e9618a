"""The log of a batch: one JSON object per line, appended to the file (docs/batch.md)."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from zhengti_zip.base.errors import InputError, OutputError
from zhengti_zip.base.jsontext import json_line
from zhengti_zip.base.oserrors import reason
from zhengti_zip.base.regularfile import is_special, open_regular
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.work import Handling

DOCUMENTS = (
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".csv"),
    *(".docx", ".doc", ".wps", ".odt", ".pdf", ".ofd", ".zip", ".rar", ".7z"),
)
"""Endings of files that people work on, none of which is a log, not even when it is new."""

LONGEST_FIRST_LINE = 64 * 1024

ANOTHER = "请用 --log-file 另给一个新的文件名，例如 处理.log"


class Log:
    """A log file, open for appending.

    Args:
        file: the file: a new or empty one, or a log of an earlier batch; None for no log.

    Attributes:
        refusal: why the log has ended before the batch, which goes on without it; None when it has not.

    Raises:
        OutputError: it cannot be opened, or is something else than a log.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._handle = _opened(file) if file else -1
        self.refusal: OutputError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            try:
                os.close(handle)
            except OSError as error:  # some file systems report only now that the disk is full
                self.refusal = self.refusal or _refusal(self._file, error)

    def write(self, event: str, **details: Any) -> None:
        """Append an event with the current time. When that fails, ``refusal`` says why and nothing more is written."""
        if self._handle < 0:
            return
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **details}
        rest = memoryview(f"{json_line(line)}\n".encode())
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError as error:
            self.refusal = _refusal(self._file, error)
            self._close()

    def result(self, handling: Handling, result: Result, digest: str) -> None:
        """Append the result of one input."""
        self.write(
            "file",
            file=result.name,
            fate=handling.value,
            status=result.status.value,
            seconds=result.seconds,
            sha256=digest,
            form=result.form,
            department=result.department,
            total=result.total,
            outputs=list(result.outputs),
            problems=[{"severity": f.severity, "code": f.code, "place": f.place} for f in result.problems],
            unlisted=dict(result.unlisted),
        )


def _opened(file: Path) -> int:
    """The file, open for appending, at the beginning of a line."""
    if file.suffix.lower() in DOCUMENTS:
        raise OutputError(f"日志不能写到 {file}：这是文档的文件名，不是日志", ANOTHER)
    if is_special(file):
        raise OutputError(f"不能写入日志 {file}：它不是普通文件，而是设备或管道", ANOTHER)
    is_whole = _is_log(file)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(file, flags, 0o666)
    except (OSError, ValueError) as error:
        raise _refusal(file, error) from error
    if not is_whole:
        try:
            os.write(handle, b"\n")
        except OSError as error:
            os.close(handle)
            raise _refusal(file, error) from error
    return handle


def _is_log(file: Path) -> bool:
    """Whether the last line of an existing log is whole; a run that was killed may have left half of one.

    Raises:
        OutputError: the file exists, has something in it and is no log.
    """
    if not file.exists():
        return True
    try:
        with open_regular(file) as stream:
            first = stream.readline(LONGEST_FIRST_LINE)
            if not first:
                return True
            stream.seek(-1, os.SEEK_END)
            is_whole = stream.read(1) == b"\n"
    except InputError as error:
        raise OutputError(f"不能写入日志 {file}：{error.message}", ANOTHER) from error
    except OSError as error:
        raise _refusal(file, error) from error
    try:
        data = json.loads(first)
    except (ValueError, RecursionError):
        data = None
    if not (isinstance(data, dict) and isinstance(data.get("time"), str) and data.get("event") == "start"):
        raise OutputError(f"{file} 已存在，而且不是 zhengti-zip batch 的日志，未写入", ANOTHER)
    return is_whole


def _refusal(file: Path | None, error: OSError | ValueError) -> OutputError:
    words = reason(error) if isinstance(error, OSError) else "文件名无效"
    return OutputError(f"不能写入日志 {file}：{words}", "请检查磁盘空间和权限，或用 --log-file 换一个位置")
