"""The data of an office, opened by a command while no page is served by this process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.base.errors import UsageProblem

if TYPE_CHECKING:
    from zhengti_zip.web.backup import BackupFacts
    from zhengti_zip.web.database.connection import Database
    from zhengti_zip.web.store import Store


@contextmanager
def opened(
    office: str, folder: Path | None, *, must_exist: bool = False, is_held: bool = False
) -> Iterator[tuple[Database, Store]]:
    """Database and store of an office.

    Args:
        office, folder: what the options say.
        must_exist: whether there has to be something already.
        is_held: whether no server may use the folder while this lasts.

    Raises:
        UsageProblem: there is no office, or the options contradict each other.
        EnvironmentProblem: the database cannot be used, or a server uses the folder.
        OutputError: the folder cannot be written.
    """
    from zhengti_zip.web.database.connection import Database
    from zhengti_zip.web.location import SQLITE_NAME, held, made_folder, office_location
    from zhengti_zip.web.store import Store

    location = office_location(office, folder)
    is_there = location.folder.is_dir() and (folder is not None or (location.folder / SQLITE_NAME).is_file())
    if must_exist and not is_there:
        raise UsageProblem(f"{location.folder} 里没有办公台的数据", "请检查 --office 后面的文件夹")
    os.umask(0o077)  # what is made is for nobody else to read
    with ExitStack() as stack:
        if is_held:
            stack.enter_context(held(location.folder))
        elif not must_exist:
            made_folder(location.folder)
        database = Database(location.database_url)
        stack.callback(database.close)
        database.upgrade()
        yield database, Store(location.folder / "files")


def facts_words(facts: BackupFacts) -> str:
    """What a backup holds, for a person."""
    rows, megabytes = facts.rows, facts.bytes / 1024 / 1024
    return (
        f"{rows['round']} 次填报工作，{rows['department']} 个部门，{rows['version']} 版工作簿，"
        f"{rows['log_entry']} 条日志，{facts.files} 个文件（{megabytes:.1f} MB）"
    )
