"""The log a bureau keeps: one JSON object a line, appended to whatever is there (docs/batch.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.jsontext import json_line
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.runner import Fate


class Log:
    """An open log.

    Args:
        file: where to append; None writes nothing.

    Raises:
        OutputError: it cannot be written.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        try:
            self._stream = file.open("a", encoding="utf-8", newline="\n") if file else None
        except OSError as error:
            raise _refusal(file, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream:
            self._stream.close()

    def write(self, event: str, **details: Any) -> None:
        """Append one event with the time it happened.

        Raises:
            OutputError: the disk is full.
        """
        if not self._stream:
            return
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **details}
        try:
            self._stream.write(json_line(line) + "\n")
            self._stream.flush()
        except OSError as error:
            raise _refusal(self._file, error) from error

    def result(self, fate: Fate, result: Result, digest: str) -> None:
        """Append what one input came to."""
        self.write(
            "file",
            file=result.name,
            fate=fate.value,
            status=result.status.value,
            seconds=result.seconds,
            sha256=digest,
            form=result.form,
            department=result.department,
            total=None if result.total is None else str(result.total),
            outputs=list(result.outputs),
            problems=[{"severity": f.severity, "code": f.code, "place": f.place} for f in result.problems],
        )


def _refusal(file: Path | None, error: OSError) -> OutputError:
    return OutputError(
        f"不能写入日志 {file}：{error.strerror or error}", "请检查磁盘空间和权限，或用 --log-file 换一个位置"
    )
