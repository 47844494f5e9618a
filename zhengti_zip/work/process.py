"""One worker process: started when it is needed, given one call at a time, replaced when it is lost.

Each worker has a Pebble pool of its own. The workers of one pool share a pipe and its locks: a worker that is killed
while it sends leaves the lock taken and the message half written, and all others wait for ever.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from contextlib import ExitStack, suppress
from math import inf
from multiprocessing import current_process
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.util import Finalize
from pickle import PicklingError
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from zhengti_zip.work.worker import Failure, Preparation, begin, call, do_nothing

SECONDS_TO_START = 120

SECONDS_TO_LOOK = 0.5
"""How often a waiting thread checks that the pool is still active."""

PATIENCE = 10.0
"""Seconds after a time limit at which a worker is given up that Pebble has not ended: Pebble waits for the lock it holds."""

STARTS = 3
"""How often a worker is started for one call. Only a worker that ended before it received the call is started again."""

MAX_CALLS = 500
"""Calls after which a worker is replaced, so that memory leaks of libraries do not add up."""

_EXIT_0 = 256
"""Stands for exit code 0; real exit codes are below 256."""


class _Process(SpawnProcess):
    """A process that ignores Ctrl+C while it starts and whose every end Pebble takes for a loss."""

    def start(self) -> None:
        """Start with SIGINT blocked: Ctrl+C on the terminal is for the parent."""
        if not hasattr(signal, "pthread_sigmask"):  # Windows
            super().start()
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    @property
    def exitcode(self) -> int | None:
        """As of any process, but 256 for 0: Pebble reports no loss of a process that ended with 0."""
        code = super().exitcode
        return _EXIT_0 if code == 0 else code


class _Context(SpawnContext):
    """Starts new interpreters: a fork would copy locks of other threads, and of Pango, that nobody releases."""

    Process = _Process


class Worker:
    """A worker process, started when needed and again after it was lost.

    Args:
        megabytes: its memory limit, enforced on Linux; 0 for none.
        preparation: what every new process does first.
    """

    def __init__(self, megabytes: int = 0, preparation: Preparation | None = None) -> None:
        self.megabytes, self._preparation = megabytes, preparation
        self._pool: ProcessPool | None = None
        self._awaited: ProcessFuture[Any] | None = None
        self._ending = ExitStack()
        self._calls = 0
        self._is_stopped = False
        self._lock = Lock()

    @property
    def is_started(self) -> bool:
        """Whether there is a process, at work or getting ready."""
        return self._pool is not None

    def start(self) -> None:
        """Start the process if there is none. Returns before it is ready.

        Raises:
            CancelledError: the worker was stopped.
            OSError, RuntimeError: the system starts no more processes.
        """
        with self._lock:
            if self._is_stopped:
                raise CancelledError
            if self._pool is None:
                self._pool = self._new_pool()
                self._calls = 0
                self._awaited = self._pool.schedule(do_nothing)

    def _new_pool(self) -> ProcessPool:
        with suppress(AssertionError):  # a worker of Dask is a daemon, which may have no children
            current_process().daemon = False
        # Not atexit: a process that multiprocessing has started waits for its children before that.
        self._ending.callback(Finalize(None, self.stop, exitpriority=100).cancel)
        folder = TemporaryDirectory(prefix="zhengti-", ignore_cleanup_errors=True)
        arguments = (self.megabytes, self._ending.enter_context(folder), self._preparation)
        pool = ProcessPool(1, initializer=begin, initargs=arguments, context=_Context())
        self._ending.callback(pool.join)
        self._ending.callback(pool.stop)
        return pool

    def run(self, function: Callable[[Any], Any], argument: Any, seconds: float = 0) -> Any:
        """What ``function(argument)`` returns, or a :class:`Failure`.

        Args:
            function: importable, so that the worker finds it.
            argument: picklable.
            seconds: time limit; 0 for none.
        """
        cause: Exception | None = None
        for _ in range(STARTS):
            try:
                self._get_ready()
                return self._answer(function, argument, seconds)
            except CancelledError:
                return Failure("worker_killed", "stopped")
            except (OSError, RuntimeError) as error:  # lost before it has seen the call
                self._drop()
                cause = error
        return Failure("worker_killed", f"{type(cause).__name__}: {cause}")

    def _get_ready(self) -> None:
        """Start the process if there is none and wait until it is ready; this does not count as time of a call."""
        if self._calls >= MAX_CALLS:
            self._drop()
        self.start()
        if self._calls == 0:
            _result(self._pool, self._awaited, SECONDS_TO_START)

    def _answer(self, function: Callable[[Any], Any], argument: Any, seconds: float) -> Any:
        """Give the call to the process and wait for the answer. A process that gives none is dropped."""
        with self._lock:
            pool = self._pool
            if pool is None:  # stopped meanwhile
                raise CancelledError
            self._calls += 1
            self._awaited = pool.schedule(call, (function, argument, seconds), timeout=seconds or None)
        try:
            answer = _result(pool, self._awaited, seconds + PATIENCE if seconds else inf)
        except ProcessExpired as error:
            code = 0 if error.exitcode == _EXIT_0 else error.exitcode
            answer = Failure("worker_killed", f"exit code {code}")
        except TimeoutError:
            answer = Failure("timed_out", f"{seconds:g} s")
        except (PicklingError, AttributeError, TypeError) as error:  # argument or value cannot travel
            return Failure("crashed", f"{type(error).__name__}: {error}")
        if isinstance(answer, Failure) and answer.code != "crashed":
            self._drop()
        return answer

    def stop(self) -> None:
        """End the process for good. A thread that waits for its answer gets a :class:`Failure`."""
        self._is_stopped = True
        self._drop()

    def hang_up(self) -> None:
        """Begin to end the process and return at once; :meth:`stop` waits for the end."""
        self._is_stopped = True
        if pool := self._pool:
            pool.stop()

    def _drop(self) -> None:
        with self._lock:
            self._pool, awaited, ending = None, self._awaited, self._ending.pop_all()
        ending.close()
        if awaited:
            awaited.cancel()


def _result(pool: ProcessPool | None, future: ProcessFuture[Any] | None, seconds: float) -> Any:
    """The value of a task. A pool that breaks while it is given a task may never answer, so it is watched as well.

    Raises:
        TimeoutError: there is no value after so many seconds.
        RuntimeError: the pool is broken.
        CancelledError: the worker was stopped.
    """
    if pool is None or future is None:
        raise CancelledError
    end = monotonic() + seconds
    while monotonic() < end:
        is_active = pool.active
        if future in wait([future], SECONDS_TO_LOOK).done:
            return future.result()
        if not is_active:
            raise RuntimeError("the pool has lost its worker")
    raise TimeoutError
