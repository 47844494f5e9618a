"""What is wrong with the files of a form: one type for the definition, its cases and its formulas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol


class Level(StrEnum):
    """How bad a mistake is: an error keeps the form from being used, a remark does not."""

    ERROR = "error"
    REMARK = "remark"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"error": "错误", "remark": "提示"}[self.value]


class LinesByPath(Protocol):
    """A file that knows the line of each of its key paths."""

    def line_of(self, path: str) -> int:
        """The line of a key path, from 1."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in the files of a form.

    Attributes:
        path: the key path it stands at; "" for the whole file.
        message: what is wrong, in Chinese.
        remedy: what to do about it, in Chinese.
        level: how bad it is.
        file: name of the file it stands in; "" until :meth:`located`.
        line: its line, from 1; 0 until :meth:`located`.
    """

    path: str
    message: str
    remedy: str
    level: Level = Level.ERROR
    file: str = ""
    line: int = 0

    def under(self, path: str) -> Mistake:
        """The same mistake with ``path`` put before its own path."""
        return replace(self, path=f"{path}.{self.path}" if self.path else path)

    def located(self, file: str, lines: LinesByPath) -> Mistake:
        """The same mistake with its file and line."""
        return replace(self, file=file, line=lines.line_of(self.path))

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行 {self.path or '（整个文件）'}：{self.message}。{self.remedy}"
