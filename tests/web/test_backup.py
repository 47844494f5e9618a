"""A backup holds everything that is kept, and either kind of database is filled from it."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.web.conftest import BOTH
from zhengti_zip.base.errors import InputError, OutputError
from zhengti_zip.web.backup import TABLES, restore_backup, write_backup
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import LogEntry, Model, StoredFile, now
from zhengti_zip.web.database.office_models import Department, ReviewedScore, Round, Version
from zhengti_zip.web.store import Store

TRANSIENT = {"job", "comparison", "word_review", "attempt", "ended_session"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "文件")


@pytest.fixture
def filled(database: Database, store: Store) -> Database:
    with database.session() as session:
        earlier = Round(title="上年", form="haizhu-2022", year=2021, due_on=date(2022, 3, 31))
        session.add(earlier)
        session.flush()
        work = Round(title="本年", form="haizhu-2022", year=2022, previous_id=earlier.id)
        session.add(work)
        session.flush()
        department = Department(round_id=work.id, position=1, name="虚构局")
        session.add(department)
        kept = StoredFile(
            owner="department:x", name="a.xlsx", digest=store.put(b"kept"), size=4, kind="workbook"
        )
        gone = StoredFile(owner="visit:x", name="b.xlsx", digest=store.put(b"gone"), size=4, kind="workbook")
        gone.expires_at = now()
        session.add_all((kept, gone))
        session.flush()
        version = Version(department_id=department.id, number=1, file_id=kept.id, uploaded_by="department:x")
        version.total = Decimal("98.10")
        session.add(version)
        session.flush()
        session.add(ReviewedScore(version_id=version.id, row="a", score=Decimal("1.5"), by="x", by_name="甲"))
        session.add(LogEntry(actor="system", action="start", details={"话": "行"}))
    return database


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.snapshot() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in TABLES
        }


def test_every_table_is_kept_or_known_to_be_transient() -> None:
    assert {table.name for table in TABLES} | TRANSIENT == set(Model.metadata.tables)


@BOTH
def test_a_backup_fills_an_empty_server(filled: Database, store: Store, tmp_path: Path) -> None:
    backup = tmp_path / "备份.zip"
    facts = write_backup(filled, store, backup)
    assert (facts.files, facts.bytes, facts.rows["version"], facts.rows["stored_file"]) == (1, 4, 1, 1)
    before = rows(filled)
    before["stored_file"] = [row for row in before["stored_file"] if "b.xlsx" not in row]
    other, other_store = Database(f"sqlite:///{tmp_path / '新.sqlite'}"), Store(tmp_path / "新文件")
    other.upgrade()
    assert restore_backup(backup, other, other_store) == facts
    assert rows(other) == before
    assert [other_store.get(digest) for digest in other_store.digests()] == [b"kept"]
    with other.session() as session:  # the log goes on where it ended
        session.add(LogEntry(actor="system", action="restored"))
    with pytest.raises(OutputError, match="已有数据"):
        restore_backup(backup, other, other_store)
    other.close()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_pipes_links_to_them_and_folders_are_refused_and_stay(
    filled: Database, store: Store, tmp_path: Path
) -> None:
    pipe, link, folder = (tmp_path / name for name in ("管道", "链接", "文件夹"))
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    folder.mkdir()
    before = sorted(tmp_path.iterdir())
    for target in (pipe, link, folder):
        with pytest.raises(OutputError, match="不能写入"):
            write_backup(filled, store, target)
    assert sorted(tmp_path.iterdir()) == before
    assert (pipe.is_fifo(), link.is_symlink(), folder.is_dir()) == (True, True, True)


def test_from_sqlite_to_postgresql(
    filled: Database, store: Store, tmp_path: Path, postgresql_server: str
) -> None:
    from tests.web.postgresql import new_database

    backup = tmp_path / "备份.zip"
    write_backup(filled, store, backup)
    with new_database(postgresql_server, "zt_moved") as url:
        other = Database(url)
        other.upgrade()
        restore_backup(backup, other, Store(tmp_path / "新文件"))
        with other.session() as session:
            session.add(LogEntry(actor="system", action="restored"))
        with other.reading() as session:
            assert [entry.id for entry in session.scalars(select(LogEntry).order_by(LogEntry.id))] == [1, 2]
            assert session.scalars(select(Version)).one().total == Decimal("98.10")
        other.close()


def changed(backup: Path, name: str, content: bytes | None) -> None:
    with zipfile.ZipFile(backup) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    target = next(part for part in parts if part.startswith(name))
    with zipfile.ZipFile(backup, "w") as archive:
        for part, old in parts.items():
            if part != target:
                archive.writestr(part, old)
            elif content is not None:
                archive.writestr(part, content)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("files/", b"other"),
        ("files/", None),
        ("tables/version", b""),
        ("tables/round", b"{"),
        ("manifest", b"[]"),
        ("manifest", None),
    ],
)
def test_a_damaged_backup_restores_nothing(
    filled: Database, store: Store, tmp_path: Path, part: str, content: bytes | None
) -> None:
    backup = tmp_path / "备份.zip"
    write_backup(filled, store, backup)
    changed(backup, part, content)
    other = Database(f"sqlite:///{tmp_path / '新.sqlite'}")
    other.upgrade()
    with pytest.raises(InputError, match="不是备份文件，或已损坏"):
        restore_backup(backup, other, Store(tmp_path / "新文件"))
    assert not any(rows(other).values())
    other.close()


def test_a_backup_of_another_schema_says_which_program_restores_it(
    filled: Database, store: Store, tmp_path: Path
) -> None:
    backup = tmp_path / "备份.zip"
    write_backup(filled, store, backup)
    changed(backup, "manifest", b'{"program": "9.9", "revision": "9999"}')
    other = Database(f"sqlite:///{tmp_path / '新.sqlite'}")
    other.upgrade()
    with pytest.raises(InputError, match=r"9\.9") as caught:
        restore_backup(backup, other, store)
    assert "9.9" in caught.value.remedy
    other.close()


def test_a_backup_does_not_replace_the_old_one_before_it_is_complete(
    filled: Database, store: Store, tmp_path: Path
) -> None:
    backup = tmp_path / "备份.zip"
    backup.write_bytes(b"old")
    with filled.reading() as session:
        kept = session.scalars(select(StoredFile).where(StoredFile.expires_at.is_(None))).one()
    store.remove(kept.digest)
    with pytest.raises(OutputError, match="读不出来"):
        write_backup(filled, store, backup)
    assert backup.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".zhengti-")] == []
