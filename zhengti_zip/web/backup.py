"""Backup and restore of an office: one zip file that either kind of database can be filled from.

It holds every row of the tables in TABLES as JSON lines, and every file they refer to. What is kept for hours only (jobs, files of
visitors, comparisons) is not in it, nor is the secret of the server.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.types import Date

from zhengti_zip.base.errors import InputError, OutputError
from zhengti_zip.base.files import refuse_overwriting
from zhengti_zip.base.oserrors import reason
from zhengti_zip.base.staging import PREFIX, SUFFIX
from zhengti_zip.base.version import VERSION
from zhengti_zip.web.database import models, office_models
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.types import DecimalText, UtcTime
from zhengti_zip.web.store import Store

MODELS: tuple[type[models.Model], ...] = (
    office_models.Account,
    office_models.Round,
    office_models.Department,
    models.StoredFile,
    models.Artifact,
    office_models.Version,
    office_models.Opinion,
    office_models.ReviewedScore,
    models.LogEntry,
)
"""In an order in which no row refers to one that comes later, but for rows of its own table."""

TABLES: tuple[Table, ...] = tuple(models.Model.metadata.tables[each.__tablename__] for each in MODELS)

MANIFEST = "manifest.json"
ROWS_AT_ONCE = 500
CONTRADICTIONS = (IntegrityError, DataError)
"""What a database says to rows that do not belong together."""

NO_BACKUP = "请选择由 zhengti-zip backup 生成、没有改动过的文件"


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What is in a backup.

    Attributes:
        rows: how many, by table.
        files: how many.
        bytes: of all files together.
    """

    rows: dict[str, int]
    files: int
    bytes: int


def write_backup(database: Database, store: Store, target: Path) -> BackupFacts:
    """Write a backup while the server runs; it is of one moment.

    Args:
        target: replaced when the backup is complete.

    Raises:
        OutputError: the target cannot be written or is a device, a pipe or a folder, or a file of the store is gone
            or damaged.
    """
    refuse_overwriting(target, force=True)
    try:
        handle, name = tempfile.mkstemp(SUFFIX, PREFIX, target.parent)
    except OSError as error:
        raise OutputError(f"不能写入 {target}：{reason(error)}", "请换一个文件夹") from error
    try:
        with os.fdopen(handle, "w+b") as stream:
            facts = _write(database, store, stream)
            stream.flush()
            os.fsync(stream.fileno())
        refuse_overwriting(target, force=True)  # much may have happened meanwhile
        Path(name).replace(target)
    except OSError as error:
        raise OutputError(f"不能写入 {target}：{reason(error)}", "请检查磁盘空间") from error
    finally:
        Path(name).unlink(missing_ok=True)
    return facts


def _write(database: Database, store: Store, stream: Any) -> BackupFacts:
    rows: dict[str, int] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with database.snapshot() as connection:
            for table in TABLES:
                lines = [_line(table, row) for row in _kept(connection, table)]
                archive.writestr(f"tables/{table.name}.jsonl", "".join(lines).encode("utf-8"))
                rows[table.name] = len(lines)
            digests = sorted(set(_digests(connection)))
            revision = MigrationContext.configure(connection).get_current_revision()
        size = 0
        for digest in digests:
            content = store.get(digest)
            size += len(content)
            archive.writestr(f"files/{digest}", content, zipfile.ZIP_STORED)  # packed themselves
        facts = {"program": VERSION, "revision": revision, "rows": rows, "files": len(digests), "bytes": size}
        archive.writestr(MANIFEST, json.dumps(facts, ensure_ascii=False, indent=1).encode("utf-8"))
    return BackupFacts(rows, len(digests), size)


def _kept(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table but those that expire, and what belongs to these; parents before children."""
    query = select(table).order_by(*table.primary_key)
    if table.name == models.StoredFile.__tablename__:
        query = select(table).where(table.c.expires_at.is_(None)).order_by(table.c.created_at, table.c.id)
    elif table.name == models.Artifact.__tablename__:
        files = models.StoredFile.__table__
        query = query.join(files, table.c.file_id == files.c.id).where(files.c.expires_at.is_(None))
    elif table.name == office_models.Round.__tablename__:
        query = select(table).order_by(table.c.created_at, table.c.id)
    for row in connection.execute(query).mappings():
        yield dict(row)


def _digests(connection: Connection) -> Iterator[str]:
    for table in (models.StoredFile.__table__, models.Artifact.__table__):
        assert isinstance(table, Table)
        yield from (row["digest"] for row in _kept(connection, table))


def _line(table: Table, row: dict[str, Any]) -> str:
    plain = {name: _plain(value) for name, value in row.items()}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def restore_backup(source: Path, database: Database, store: Store) -> BackupFacts:
    """Fill an empty database and store from a backup, all of it or nothing.

    Raises:
        InputError: ``source`` is no backup, is damaged, or is of another schema.
        OutputError: the database is not empty, or the store cannot be written.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return _restore(archive, database, store)
    except OSError as error:
        raise InputError(f"不能读取 {source}：{reason(error)}", NO_BACKUP) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, *CONTRADICTIONS) as error:
        raise InputError(f"{source} 不是备份文件，或已损坏", NO_BACKUP) from error


def _restore(archive: zipfile.ZipFile, database: Database, store: Store) -> BackupFacts:
    manifest = json.loads(archive.read(MANIFEST))
    with database.engine.begin() as connection:
        _require_empty(connection)
        revision = MigrationContext.configure(connection).get_current_revision()
        if manifest["revision"] != revision:
            raise InputError(
                f"备份由 zhengti-zip {manifest['program']} 生成，数据结构与本程序不同",
                f"请用 {manifest['program']} 版恢复，再升级程序",
            )
        rows = {table.name: _filled(connection, table, archive) for table in TABLES}
        if rows != manifest["rows"]:
            raise ValueError("rows are missing")
        digests = sorted(set(_digests(connection)))
        size = sum(_stored(archive, digest, store) for digest in digests)
        _count_on(connection)
    return BackupFacts(rows, len(digests), size)


def _require_empty(connection: Connection) -> None:
    for table in TABLES:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise OutputError("目标数据库里已有数据，没有恢复", "请指定一个空的文件夹或空的数据库")


def _filled(connection: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    lines = archive.read(f"tables/{table.name}.jsonl").decode("utf-8").split("\n")
    rows = [_row(table, json.loads(line)) for line in lines if line]
    for first in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(insert(table), rows[first : first + ROWS_AT_ONCE])
    return len(rows)


def _row(table: Table, data: dict[str, Any]) -> dict[str, Any]:
    return {name: _typed(table.c[name].type, value) for name, value in data.items()}


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UtcTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(kind, DecimalText) else value


def _stored(archive: zipfile.ZipFile, digest: str, store: Store) -> int:
    content = archive.read(f"files/{digest}")
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError("a file was changed")
    store.put(content)
    return len(content)


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number the next log entry after the last; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        last = "SELECT setval(pg_get_serial_sequence('log_entry', 'id'), (SELECT coalesce(max(id), 1) FROM log_entry))"
        connection.execute(text(last))
