"""A server of a bureau; tests marked with ``tests.web.conftest.BOTH`` run on both kinds of database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import make_url

from tests.web.office.support import Office
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.server import Server
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.work.keeping import EXAMINE
from zhengti_zip.web.work.kinds import KINDS


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database of the present schema; copying it is quicker than making it."""
    file = tmp_path_factory.mktemp("migrated") / "库.sqlite"
    made = Database(f"sqlite:///{file}")
    made.upgrade()
    made.close()
    return file


@pytest.fixture
def office(
    database_url: str, migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """A server that examines nothing by itself; tests examine what they need (``Office.examine``)."""
    monkeypatch.setitem(cast(dict[str, Any], KINDS), EXAMINE, lambda undertaking: None)
    if database_url.startswith("sqlite"):
        shutil.copy(migrated, make_url(database_url).database or "")
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
