"""A server inside the test, asked without a network. For a real one, see the tests that start ``zhengti-zip serve``."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import event

from zhengti_zip.web.app import make_app
from zhengti_zip.web.office import accounts
from zhengti_zip.web.server import Server
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.visitor import Role

HOME = "http://127.0.0.1:8000"


def settings(folder: Path, **changes: Any) -> ServerSettings:
    """Settings of a server in a folder, with SQLite."""
    plain: dict[str, Any] = {
        "folder": folder,
        "database_url": f"sqlite:///{folder / 'server.sqlite'}",
        "secret": b"a secret of tests, longer than 32 bytes",
        "workers": 1,
    }
    return ServerSettings(**(plain | changes))


@contextmanager
def running(folder: Path, **changes: Any) -> Iterator[Server]:
    """A server that was started."""
    server = Server.start(settings(folder, **changes))
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def statements(server: Server) -> Iterator[list[str]]:
    """What this thread asks of the database while the block runs, without what begins and ends a transaction."""
    asked: list[str] = []
    mine = threading.get_ident()

    def noted(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if threading.get_ident() == mine and not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(server.database.engine, "before_cursor_execute", noted)
    try:
        yield asked
    finally:
        event.remove(server.database.engine, "before_cursor_execute", noted)


def browser(server: Server, address: str = "10.0.0.8") -> TestClient:
    """A browser of its own: it keeps its cookies, and follows no redirect by itself."""
    return TestClient(make_app(server), HOME, follow_redirects=False, client=(address, 40000))


def token_of(client: TestClient, path: str) -> str:
    """The form token in a page."""
    answer = client.get(path)
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', answer.text)
    assert found, answer.text
    return found[1]


PASSWORD = "correct horse battery"


def add_account(server: Server, name: str, role: Role) -> str:
    """An account with PASSWORD; returns its id."""
    with server.database.session() as session:
        return accounts.add_account(session, None, name, role, PASSWORD).id


def logged_in(server: Server, name: str, address: str = "10.0.0.8") -> TestClient:
    """A browser that logged in by the page."""
    client = browser(server, address)
    answer = log_in(client, name, PASSWORD)
    assert answer.status_code == 303, answer.text
    return client


def log_in(client: TestClient, name: str, password: str) -> Response:
    """Fill in the page."""
    values = {"csrf": token_of(client, "/login"), "name": name, "password": password}
    answer: Response = client.post("/login", data=values)
    return answer
