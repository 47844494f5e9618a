"""One piece of work in a child process, with limits; whatever happens there comes back as a value.

The same guard stands in front of a thread of this process and inside a worker of a cluster, so that a file
that crashes its process costs one answer, never an executor. Every child has two pipes of its own: with a
channel shared by several, one killed while it writes would leave the others waiting for ever.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from zhengti_zip.batch.options import Limits
from zhengti_zip.batch.worker import Call, Failure, read_frame, write_frame

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from zhengti_zip.batch.worker import main; main(int(sys.argv[2]))"
)
PATIENCE = 3.0
"""Seconds a child may take to tidy up."""

SECONDS_TO_START = 120

STARTS = 3
"""How often a child is started for one call: what ends it before it has seen the call is not the call's fault."""

MAX_CALLS = 500
"""A child is replaced after so many calls, so that no leak of a library adds up over a long run."""


class Guard:
    """A child process, started when needed and again after it was lost.

    Args:
        megabytes: its memory limit; 0 for none.
        first: what every new child is asked before anything else, so that it gets ready; whatever it
            answers is dropped.
    """

    def __init__(self, megabytes: int = 0, first: Call | None = None) -> None:
        self.megabytes = megabytes
        self._first = first
        self._child: subprocess.Popen[bytes] | None = None
        self._calls = 0
        self._is_asked = self._has_served = self._is_given_up = False
        self._stopping = threading.Lock()

    def start(self) -> None:
        """Start the child and let it get ready; nobody waits for that."""
        self._is_ready()
        if self._first and self._child is not None and self._child.stdin is not None:
            with suppress(OSError):  # it is gone already, which shows when it is needed
                write_frame(self._child.stdin, self._first)
                self._is_asked = True

    def run(self, function: Callable[[Any], Any], argument: Any, seconds: float = 0) -> Any:
        """What ``function(argument)`` returns, or a :class:`Failure`.

        Args:
            function: importable, so that the child finds it.
            argument: picklable.
            seconds: time limit; 0 for none.
        """
        self._is_given_up = False
        if failure := self._begun(function):
            return failure
        answer = self._exchange(Call(function, argument, seconds), seconds)
        self._calls += 1
        if isinstance(answer, Failure) and answer.code == "out_of_memory":
            self._end()  # it ends of itself
        elif self._calls >= MAX_CALLS:
            self.hang_up()
            self._end(PATIENCE)
        return answer

    def _begun(self, function: Callable[[Any], Any]) -> Failure | None:
        """See to it that there is a child that is ready; what keeps it from that, where nothing helps.

        Starting is no part of the file's time: a new child is ready, or has at least found the function,
        before the clock runs.
        """
        failure = None
        for _ in range(STARTS):
            if self._is_ready():
                return None
            first = self._first or Call(callable, function, 0)
            answer = self._exchange(None if self._is_asked else first, SECONDS_TO_START)
            if (
                not isinstance(answer, Failure) or answer.code == "crashed"
            ):  # the call will meet with the same
                self._has_served = True
                return None
            failure = answer
            if self._is_given_up:
                break
        return failure

    def _exchange(self, call: Call | None, seconds: float) -> Any:
        """Send a call, unless it was sent before, and wait for its answer, for so many seconds (0: for ever)."""
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            return _loss(0, False, seconds)  # stopped meanwhile
        expired = threading.Event()
        timer = threading.Timer(seconds, _kill, (child, expired)) if seconds else None
        try:
            if timer:
                timer.daemon = True
                timer.start()
            if call:
                write_frame(child.stdin, call)
            answer = read_frame(child.stdout)
        except (EOFError, OSError, ValueError):  # it ended, or its pipes were closed
            answer = _loss(self._end(), expired.is_set(), seconds)
        finally:
            if timer:
                timer.cancel()
        if expired.is_set():
            self._end()  # the timer may have fired just after the answer came
        return answer

    @property
    def readiness(self) -> int:
        """2 with a child that has served, 1 with one that is getting ready, 0 without any."""
        child = self._child
        if child is None or child.poll() is not None:
            return 0
        return 2 if self._has_served else 1

    def hang_up(self) -> None:
        """Tell the child that there is nothing more to do; it tidies up and ends."""
        child = self._child
        if child is not None and child.stdin is not None:
            with suppress(OSError):
                child.stdin.close()

    def stop(self, patience: float = 0) -> int:
        """End the child; returns its exit code, 0 without one. Who waits for an answer of it, waits in vain.

        Args:
            patience: seconds given to a child that was hung up on.
        """
        self._is_given_up = True
        return self._end(patience)

    def _end(self, patience: float = 0) -> int:
        with self._stopping:
            child, self._child = self._child, None
        if child is None:
            return 0
        with suppress(subprocess.TimeoutExpired):
            if patience:
                child.wait(patience)
        with suppress(OSError):
            child.kill()
        code = child.wait()
        for stream in (child.stdin, child.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        return code

    def _is_ready(self) -> bool:
        """Whether the child has served before; a new one is started where there is none."""
        if self._child is not None and self._child.poll() is not None:
            self._end()  # it was killed while it had nothing to do: no file has suffered
        if self._child is None:
            self._child, self._calls = _started(self.megabytes), 0
            self._is_asked = self._has_served = False
        return self._has_served


def _started(megabytes: int) -> subprocess.Popen[bytes]:
    path = [entry or str(Path.cwd()) for entry in sys.path]
    # Ctrl+C on the terminal must reach the parent only.
    options: dict[str, Any] = {"process_group": 0}
    if sys.platform == "win32":
        options = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", _BOOT, json.dumps(path), str(megabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("ZHENGTI_DEBUG") else subprocess.DEVNULL,
        **options,
    )


def _kill(child: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    with suppress(OSError):
        child.kill()


def _loss(code: int, expired: bool, seconds: float) -> Failure:
    if expired:
        return Failure("timed_out", f"{seconds:g} s")
    return Failure("worker_killed", f"exit code {code}")


_idle: list[Guard] = []
_all: list[Guard] = []
_lock = threading.Lock()


def start_ahead(count: int, limits: Limits, first: Call) -> None:
    """Start children for :func:`guarded` before there is anything to do for them.

    Args:
        count: how many.
        limits: what the calls to come may cost.
        first: what they do to get ready, in each child, also in one that takes the place of a lost one.
    """
    made = [Guard(limits.megabytes, first) for _ in range(count)]
    with _lock:
        _all.extend(made)
        _idle.extend(made)
    for guard in made:
        with suppress(OSError):  # too many processes, perhaps: it is tried again when it is needed
            guard.start()


def guarded(function: Callable[[Any], Any], argument: Any, limits: Limits) -> Any:
    """Run ``function(argument)`` in an idle child of this process, or a new one.

    There are never more children than calls at the same time. Works in any thread of any process,
    also one that multiprocessing calls a daemon and forbids to have children.

    Returns:
        What the function returned, or a :class:`Failure`.
    """
    with _lock:
        fitting = max((g for g in _idle if g.megabytes == limits.megabytes), key=_readiness, default=None)
        if fitting is None:
            fitting = Guard(limits.megabytes)
            _all.append(fitting)
        else:
            _idle.remove(fitting)
    try:
        return fitting.run(function, argument, limits.seconds)
    finally:
        with _lock:
            is_wanted = fitting in _all
            if is_wanted:
                _idle.append(fitting)
        if not is_wanted:  # all were stopped meanwhile; it may have started a child since
            fitting.stop()


def _readiness(guard: Guard) -> int:
    return guard.readiness


@atexit.register
def stop_all() -> None:
    """End every child of this process; those at work at once, the others in good order. No guard is kept."""
    with _lock:
        idle, busy = list(_idle), [guard for guard in _all if guard not in _idle]
        _idle.clear()
        _all.clear()
    for guard in idle:
        guard.hang_up()
    for guard in busy:
        guard.stop()
    for guard in idle:
        guard.stop(PATIENCE)
