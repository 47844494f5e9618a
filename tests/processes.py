"""Which processes there are, as Linux tells it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

on_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


def children(parent: int) -> list[int]:
    """The processes another one has started that are alive; one that waits to be buried is not."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, above = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(above) == parent and state != "Z":
            found.append(int(entry.name))
    return found


def workers_of(parent: int) -> list[int]:
    """The worker processes among them; another one watches over the semaphores."""
    found = []
    for child in children(parent):
        with suppress(OSError):  # it has just ended
            if b"multiprocessing.spawn" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


def is_alive(process: int) -> bool:
    """Whether a process is alive."""
    try:
        return ") Z" not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False


def wait_until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Look again and again, and fail after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"nothing has happened for {seconds} s"
        time.sleep(0.005)
