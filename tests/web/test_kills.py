"""kill -9 of a server in the middle of uploads: what it acknowledged is there, and nothing is half a file."""

from __future__ import annotations

import hashlib
import re
import signal
import threading
import time
from pathlib import Path

import httpx

from tests.processes import is_alive, on_linux, wait_until, workers_of
from tests.web.desk_support import changed
from tests.web.served import Served, serving

SECONDS = 120
CLIENTS = 3


class _Sender(threading.Thread):
    """Uploads files of its own until the server is gone, and remembers what was acknowledged."""

    def __init__(self, served: Served, number: int) -> None:
        super().__init__()
        self.number, self.kept = number, dict[str, bytes]()
        self.url = served.url
        token = httpx.post(f"{self.url}/api/v1/session", json={}, timeout=SECONDS).json()["token"]
        self.headers = {"Authorization": f"Bearer {token}"}
        self.content = changed({"基本情况!B5": f"虚构局{number}"})

    def run(self) -> None:
        """Upload one version after the other, each a little different."""
        with httpx.Client(base_url=self.url, timeout=SECONDS) as client:
            for version in range(1000):
                # What follows the archive is no part of it, so that each version has bytes of its own.
                content = self.content + b"\0" * version
                name = f"{self.number}-{version}.xlsx"
                try:
                    answer = client.post(
                        "/api/v1/files", files={"file": (name, content)}, headers=self.headers
                    )
                except httpx.TransportError:
                    return
                assert answer.status_code == 201, answer.text
                self.kept[answer.json()["id"]] = content

    def require_kept(self, served: Served) -> None:
        """Every file is still there, the first one whole and examined."""
        with httpx.Client(base_url=served.url, timeout=SECONDS, headers=self.headers) as client:
            lines = {file: client.get(f"/api/v1/files/{file}").json() for file in self.kept}
            assert {file: line["size"] for file, line in lines.items()} == {
                file: len(content) for file, content in self.kept.items()
            }
            first, content = next(iter(self.kept.items()))
            path = f"/api/v1/files/{first}"
            wait_until(lambda: client.get(path).json()["is_examined"], SECONDS)
            assert client.get(f"{path}/artifacts/workbook").content == content
            found = client.get(path).json()["examination"]
            assert (found["department"], found["unreadable"]) == (f"虚构局{self.number}", None)


@on_linux
def test_no_acknowledged_file_is_lost_and_none_is_half(tmp_path: Path) -> None:
    with serving("--folder", tmp_path, "--workers", "2") as served:
        senders = [_Sender(served, number) for number in range(CLIENTS)]
        for sender in senders:
            sender.start()
        deadline = time.monotonic() + SECONDS
        while not all(sender.kept for sender in senders):
            assert all(sender.is_alive() for sender in senders) and time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.3)
        workers = workers_of(served.process.pid)
        assert served.end(signal.SIGKILL) == -signal.SIGKILL
        for sender in senders:
            sender.join()
    wait_until(lambda: not any(map(is_alive, workers)), SECONDS)
    with serving("--folder", tmp_path, "--workers", "2") as served:
        _require_whole(tmp_path / "files")
        for sender in senders:
            sender.require_kept(served)


def _require_whole(store: Path) -> None:
    """Every file of the store is what its name says, and nothing half is left beside them."""
    found = [file for file in store.rglob("*") if file.is_file()]
    assert found
    for file in found:
        if file.parent.name == "parts":  # written right now by work that goes on
            continue
        assert re.fullmatch("[0-9a-f]{64}", file.name)
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name
