"""A server with a real database: SQLite, or the PostgreSQL that ZHENGTI_TEST_POSTGRESQL names, each test in a schema of its own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import create_engine, text

from tests.web.office.support import Office
from zhengti_zip.web.server import Server
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.work.keeping import EXAMINE
from zhengti_zip.web.work.kinds import KINDS

POSTGRESQL = os.environ.get("ZHENGTI_TEST_POSTGRESQL", "")


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    if not POSTGRESQL:
        yield f"sqlite:///{tmp_path / '库.sqlite'}"
        return
    schema = f"t_{secrets.token_hex(8)}"
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    mark = "&" if "?" in POSTGRESQL else "?"
    yield f"{POSTGRESQL}{mark}options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def office(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A server that examines nothing by itself; tests examine what they need (``Office.examine``)."""
    monkeypatch.setitem(cast(dict[str, Any], KINDS), EXAMINE, lambda undertaking: None)
    yield from _started(database_url, tmp_path)


@pytest.fixture
def working_office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """A server that does all of its work."""
    yield from _started(database_url, tmp_path)


def _started(database_url: str, tmp_path: Path) -> Iterator[Office]:
    settings = ServerSettings(
        folder=tmp_path / "office",
        database_url=database_url,
        secret=b"0" * 32,
        is_office=True,
        public_url="https://zp.example.gov.cn/",
        workers=1,
    )
    server = Server.start(settings)
    yield Office(server)
    server.stop()
