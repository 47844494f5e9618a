"""The journal's SQLite file: locked, checked when opened, every failure an OutputError in Chinese."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from zhengti_zip.base.errors import OutputError


class Database:
    """A database that one process holds until it ends, by whatever means.

    Args:
        file: the file; made when missing, moved to ``set_aside`` when damaged.
        set_aside: where a damaged file goes.
        tables: statements that make the tables, separated by semicolons.

    Attributes:
        was_damaged: whether the file was damaged, and this is a new one.

    Raises:
        OutputError: another process holds the file, or it cannot be written.
    """

    def __init__(self, file: Path, set_aside: Path, tables: str) -> None:
        self._file = file
        self.was_damaged = False
        try:
            self._connection = _opened(file, tables)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise _refusal(file, error) from error
            file.replace(set_aside)
            file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
            self.was_damaged = True
            with _refusing(file):
                self._connection = _opened(file, tables)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed when the block ends, rolled back when it raises.

        Raises:
            OutputError: the database cannot be read or written.
        """
        with _refusing(self._file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, values: Iterable[str] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, in a transaction of its own.

        Raises:
            OutputError: as :meth:`transaction`.
        """
        with self.transaction() as connection:
            return connection.execute(query, tuple(values)).fetchall()


def _opened(file: Path, tables: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        for statement in tables.split(";"):
            connection.execute(statement)
        connection.execute("COMMIT")
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")
        return connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Turn errors of SQLite into an OutputError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(file, error) from error


def _refusal(file: Path, error: sqlite3.Error) -> OutputError:
    words = str(error)
    if "locked" in words:
        return OutputError(
            f"{file.parent} 正被另一个 zhengti-zip batch 使用", "请等它结束，或用 -o 指定另一个文件夹"
        )
    if "full" in words:
        return OutputError(
            f"不能写入 {file.parent}：磁盘已满", "请清理磁盘空间，再运行同一命令，已完成的不会重做"
        )
    return OutputError(f"不能写入 {file}：{words}", "请检查文件夹的权限，或用 -o 指定另一个文件夹")
