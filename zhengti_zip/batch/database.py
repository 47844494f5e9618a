"""The journal's SQLite file: locked, checked when opened, every failure an OutputError in Chinese."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from zhengti_zip.base.errors import OutputError
from zhengti_zip.base.folderlock import folder_locked
from zhengti_zip.base.oserrors import reason


class Database:
    """A database that one process holds until it ends, by whatever means.

    Args:
        file: the file; made when missing, moved to ``set_aside`` when it cannot be used.
        set_aside: where such a file goes.
        tables: statements that make the tables, separated by semicolons. A file with others is of another version.

    Attributes:
        was_damaged: whether the file was damaged or of another version, and this is a new one.

    Raises:
        OutputError: another process holds the file, or it cannot be written.
    """

    def __init__(self, file: Path, set_aside: Path, tables: str) -> None:
        self._file = file
        self.was_damaged = False
        _require_regular(file)
        try:
            self._connection = _opened(file, tables)
        except sqlite3.DatabaseError as error:
            if _is_refused(error):
                raise _refusal(file, error) from error
            self._connection = self._renewed(set_aside, tables)

    def _renewed(self, set_aside: Path, tables: str) -> sqlite3.Connection:
        """A new file in the place of one that cannot be used, unless another process has just done the same."""
        file = self._file
        with _refusing(file), folder_locked(file.parent):
            try:
                return _opened(file, tables)
            except sqlite3.DatabaseError as error:
                if _is_refused(error):
                    raise
            try:
                file.replace(set_aside)
                for ending in ("-journal", "-wal", "-shm"):
                    file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(
                    f"上次的处理记录 {file} 不能使用，也不能改名：{reason(error)}",
                    "请删除它后再运行同一命令（会全部重做），或用 -o 指定另一个文件夹",
                ) from error
            self.was_damaged = True
            return _opened(file, tables)

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
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        wanted = [statement.strip() for statement in tables.split(";") if statement.strip()]
        found = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()
        if not found:
            for statement in wanted:
                connection.execute(statement)
        elif [sql for (sql,) in found] != sorted(wanted):
            raise sqlite3.DatabaseError("another schema")
        connection.execute("PRAGMA user_version = 1")  # a file that cannot be written is to be refused now
        connection.execute("COMMIT")
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")
        return connection
    except BaseException:
        connection.close()
        raise


def _require_regular(file: Path) -> None:
    """Refuse a file that SQLite would wait for, or that leads somewhere else.

    Raises:
        OutputError: it is a folder, a pipe, a device or a link.
    """
    if os.path.lexists(file) and not stat.S_ISREG(file.lstat().st_mode):
        raise OutputError(
            f"{file} 不是普通文件，不能用作处理记录", "请移走或删除它，或用 -o 指定另一个文件夹"
        )


def _is_refused(error: sqlite3.Error) -> bool:
    """Whether the system refuses the file; otherwise its content is at fault."""
    return isinstance(error, sqlite3.OperationalError) and _code(error) not in (
        sqlite3.SQLITE_ERROR,  # e.g. an unknown function in a view
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def _code(error: sqlite3.Error) -> int:
    """The primary result code of SQLite."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Turn errors of SQLite into an OutputError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _refusal(file, error) from error


def _refusal(file: Path, error: sqlite3.Error) -> OutputError:
    folder, again = file.parent, "或用 -o 指定另一个文件夹"
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return OutputError(f"{folder} 正被另一个 zhengti-zip batch 使用", f"请等它结束，{again}")
    if code == sqlite3.SQLITE_FULL:
        return OutputError(f"不能写入 {folder}：磁盘已满", "请清理磁盘空间，再运行同一命令，已完成的不会重做")
    if code == sqlite3.SQLITE_READONLY:
        return OutputError(
            f"处理记录 {file} 是只读的", f"请恢复该文件和文件夹的写权限，或删除该文件（会全部重做），{again}"
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return OutputError(
            f"不能打开处理记录 {file}", f"请恢复该文件和文件夹的读写权限，或删除该文件（会全部重做），{again}"
        )
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_PROTOCOL):
        return OutputError(
            f"不能写入处理记录 {file}：磁盘或网络位置读写出错，或不支持文件锁",
            "请用 -o 指定本机磁盘上的文件夹，再运行同一命令",
        )
    return OutputError(
        f"处理记录 {file} 不能使用：{error}", f"请删除该文件后再运行同一命令（会全部重做），{again}"
    )
