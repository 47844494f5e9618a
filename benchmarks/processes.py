"""Run whole processes and say what they cost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

TIMEOUT = 900
"""Seconds after which a command counts as hanging."""

SAMPLED_EVERY = 0.02
MB = 1024 * 1024


class BenchmarkError(Exception):
    """Something that was to be measured did not work; its message says what and why."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost.

    Attributes:
        wall: seconds on the clock.
        cpu: seconds of processor time, all processes together.
        peak: MB of resident memory of the largest process; at least what the caller itself has, which
            Linux carries over into a new program, so the caller must be small.
        tree: MB of all its processes at one moment, shared pages counted once; None where nobody looked.
    """

    wall: float
    cpu: float
    peak: float
    tree: float | None = None

    def __add__(self, other: Cost) -> Cost:
        trees = [cost.tree for cost in (self, other) if cost.tree is not None]
        peak = max(self.peak, other.peak)
        return Cost(self.wall + other.wall, self.cpu + other.cpu, peak, max(trees, default=None))


def run(command: Sequence[str], env: Mapping[str, str] | None = None, watch: bool = False) -> Cost:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        env: changes to the environment.
        watch: look at the memory of all its processes meanwhile, which disturbs its time.

    Raises:
        BenchmarkError: it is missing, failed or hung.
    """
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        try:
            # A session of its own: what it leaves behind can be ended with it.
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**_environment(), **(env or {})},
                start_new_session=True,
            )
        except OSError as error:
            raise BenchmarkError(f"{command[0]}: {error}") from error
        watcher = _Watcher(process.pid) if watch else None
        timer = threading.Timer(TIMEOUT, _end, (process.pid,))
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            timer.cancel()
            tree = watcher.stop() if watcher else None
            _end(process.pid)
        if process.returncode:
            log.seek(0)
            said = log.read().decode("utf-8", "replace")[-2000:]
            raise BenchmarkError(f"exit code {process.returncode}: {' '.join(command)}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, resident(usage), tree)


def resident(usage: Any) -> float:
    """Peak resident memory in MB; Linux counts in KB, macOS in bytes."""
    return float(usage.ru_maxrss) * (1 if sys.platform == "darwin" else 1024) / MB


def _end(session: int) -> None:
    """End all processes of a session we started; whether any is left does not matter."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(session, signal.SIGKILL)


class _Watcher:
    """Adds up, again and again, the memory of a process and all below it."""

    def __init__(self, pid: int) -> None:
        import psutil

        self._psutil: Any = psutil
        self._pid = pid
        self._peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.is_set():
            self._peak = max(self._peak, self._total())
            self._stop.wait(SAMPLED_EVERY)

    def _total(self) -> int:
        """Bytes at this moment; processes come and go meanwhile."""
        gone = self._psutil.Error
        total = 0
        with suppress(gone):
            top = self._psutil.Process(self._pid)
            for process in (top, *top.children(recursive=True)):
                with suppress(gone):
                    total += process.memory_full_info().pss
        return total

    def stop(self) -> float | None:
        """The peak in MB; None when the process was gone too soon."""
        self._stop.set()
        self._thread.join()
        return self._peak / MB or None


def _environment() -> dict[str, str]:
    """Ours, but with compiled modules kept, as they are after an installation; some machines forbid it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
