"""A server in a process of its own, as a person starts it: ``zhengti-zip serve``."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.cli.calling import environment

SECONDS_TO_START = 90


@dataclass
class Served:
    """A server at work.

    Attributes:
        url: as it was printed, without the slash.
        process: of the server.
        lines: what it told so far, on both streams.
    """

    url: str
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(*options: str | Path, **variables: str) -> Iterator[Served]:
    """Start ``zhengti-zip serve`` on a free port; it is killed in the end if it still lives.

    Args:
        options: of serve.
        variables: of the environment.
    """
    args = [sys.executable, "-m", "zhengti_zip", "serve", "--port", str(free_port()), *map(str, options)]
    with subprocess.Popen(
        args,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(None, **variables),
    ) as process:
        assert process.stdout is not None
        served = Served("", process)
        started = threading.Event()
        reader = threading.Thread(target=_read, args=(process.stdout, served, started))
        reader.start()
        try:
            assert started.wait(SECONDS_TO_START), served.lines
            assert served.url, served.lines
            yield served
        finally:
            process.kill()
            reader.join()


def _read(stream: IO[str], served: Served, started: threading.Event) -> None:
    for line in stream:
        served.lines.append(line.rstrip("\n"))
        if line.startswith("网页地址："):
            served.url = line.partition("：")[2].strip().rstrip("/")
        if line.startswith("停止："):
            started.set()
    started.set()
