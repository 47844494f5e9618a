"""Where a server keeps what it has: a folder, and a database in it or on a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from zhengti_zip.base.errors import EnvironmentProblem, OutputError, UsageProblem
from zhengti_zip.base.folderlock import try_lock
from zhengti_zip.base.oserrors import reason

LOCK = "lock"
SQLITE_NAME = "zhengti.sqlite"
DESK = "zhengti-desk-"
ABANDONED_SECONDS = 15 * 60
"""A desk's folder that was not touched for so long belongs to no running desk, where the system has no locks."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a server keeps what it has.

    Attributes:
        folder: the files, the secret, and the database where it is SQLite.
        database_url: as SQLAlchemy takes it.
    """

    folder: Path
    database_url: str


def in_folder(folder: Path) -> Location:
    """A folder with everything in it."""
    url = URL.create("sqlite", database=str(folder / SQLITE_NAME))
    return Location(folder, url.render_as_string(hide_password=False))


def office_location(office: str, folder: Path | None = None) -> Location:
    """What ``--office`` and ``--folder`` mean.

    Args:
        office: a folder, or ``postgresql://…``.
        folder: for the files; needed with a PostgreSQL server.

    Raises:
        UsageProblem: another kind of database, a malformed address, or a folder too many or too few.
    """
    if "://" not in office:
        if folder is not None:
            raise UsageProblem("--office 已经写了文件夹，不能再写 --folder", "--folder 只与数据库地址连用")
        return in_folder(Path(office))
    shape = "数据库地址的写法：postgresql://用户@主机/库名；不用 PostgreSQL 的，请写文件夹"
    try:
        url = make_url(office)
    except (ArgumentError, ValueError) as error:
        raise UsageProblem("数据库地址的写法不对", shape) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise UsageProblem(f"不支持这种数据库：{url.get_backend_name()}", shape)
    if folder is None:
        raise UsageProblem("用数据库地址时还要写 --folder", "请加上 --folder 文件夹，用来存放上传的文件")
    plain = url.set(drivername="postgresql+psycopg")
    return Location(folder, plain.render_as_string(hide_password=False))


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep a folder for this process, made when it is missing.

    Raises:
        OutputError: it cannot be written.
        EnvironmentProblem: another server uses it, where the system can tell.
    """
    made_folder(folder)
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise not_writable(folder, error) from error
    try:
        if try_lock(handle) is False:
            raise EnvironmentProblem(
                f"另一个 zhengti-zip serve 正在使用文件夹 {folder}", "请先停止它，或换一个文件夹"
            )
        yield
    finally:
        os.close(handle)


def made_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, unless it is there.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise not_writable(folder, error) from error


def not_writable(folder: Path, error: OSError) -> OutputError:
    """What is wrong with a folder."""
    return OutputError(
        f"不能在文件夹 {folder} 里写入：{reason(error)}", "请检查路径、权限和磁盘空间，或换一个文件夹"
    )


@contextmanager
def desk_folder() -> Iterator[Path]:
    """A folder that is removed in the end; so are those of desks that could not do it, because their window was closed."""
    for left in Path(tempfile.gettempdir()).glob(f"{DESK}*"):
        if _is_abandoned(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=DESK))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    try:
        if time.time() - folder.stat().st_mtime < ABANDONED_SECONDS:
            return False
        handle = os.open(folder / LOCK, os.O_RDWR)
    except OSError:  # somebody else's, or not of ours
        return False
    try:
        return try_lock(handle) is not False
    finally:
        os.close(handle)
