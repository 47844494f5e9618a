"""A database of either kind for the tests of the server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from tests.web.in_process import browser, running
from tests.web.postgresql import new_database, postgresql
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.server import Server

GIVEN_SERVER = os.environ.get("ZHENGTI_TEST_POSTGRESQL", "")
"""URL of a PostgreSQL server that may make databases; with it every test runs there."""

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
"""Runs a test on both kinds of database."""


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    if GIVEN_SERVER:
        yield GIVEN_SERVER
        return
    with postgresql() as url:
        yield url


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database; SQLite unless the test asks for both kinds."""
    if getattr(request, "param", "postgresql" if GIVEN_SERVER else "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / '库.sqlite'}"
    else:
        with new_database(request.getfixturevalue("postgresql_server"), f"zt_{uuid4().hex}") as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the present schema."""
    made = Database(database_url)
    made.upgrade()
    yield made
    made.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A desk with a real worker, for all tests that ask for no settings of their own."""
    with running(tmp_path_factory.mktemp("desk")) as made:
        yield made


@pytest.fixture(scope="module")
def clerk(desk: Server) -> TestClient:
    """A browser at that desk, with files of its own."""
    return browser(desk)
