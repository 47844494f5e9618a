"""The schema, the types and the sessions of the server's database, SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.web.conftest import BOTH
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import LogEntry, Model, StoredFile
from zhengti_zip.web.database.office_models import Department, Round, Version

pytestmark = BOTH


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    database.upgrade()  # a second time changes nothing
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Model.metadata) == []


def test_the_log_only_grows(database: Database) -> None:
    with database.session() as session:
        session.add(LogEntry(actor="system", action="start"))
    for statement in (update(LogEntry).values(action="x"), delete(LogEntry)):
        with pytest.raises(DBAPIError, match="only grow"), database.session() as session:
            session.execute(statement)
    with database.reading() as session:
        assert [entry.action for entry in session.scalars(select(LogEntry))] == ["start"]


def test_numbers_and_moments_come_back_exactly(database: Database) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    with database.session() as session:
        work = Round(title="试填", form="haizhu-2022", year=2022)
        session.add(work)
        session.flush()
        department = Department(round_id=work.id, position=1, name="虚构局")
        file = StoredFile(owner="department:x", name="a.xlsx", digest="0" * 64, size=1, kind="workbook")
        session.add_all((department, file))
        session.flush()
        version = Version(department_id=department.id, number=1, file_id=file.id, uploaded_by="department:x")
        version.total, version.uploaded_at = Decimal("98.10"), noon
        session.add(version)
    with database.reading() as session:
        found = session.scalars(select(Version)).one()
        assert (str(found.total), found.uploaded_at) == ("98.10", noon)
        assert found.uploaded_at.tzinfo is UTC


def test_a_failed_block_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.session() as session:
        session.add(LogEntry(actor="system", action="start"))
        session.flush()
        raise RuntimeError
    with database.reading() as session:
        assert session.scalars(select(LogEntry)).all() == []


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.session() as writer:
        writer.add(LogEntry(actor="system", action="start"))
        writer.flush()
        with database.reading() as reader:
            assert reader.scalars(select(LogEntry)).all() == []
