"""Calls in worker processes with limits of time and memory; whatever happens there comes back as a value.

    with local_executor(2) as executor:                  # or the threads of a cluster's worker, or of a server
        future = executor.submit(guarded, function, argument, seconds, megabytes)
        future.result()                                  # what the function returned, or a Failure

Each worker has a Pebble pool of its own, and a pool that lost its worker is replaced. The workers of one pool share a pipe
and its locks: a worker that is killed while it sends leaves the lock taken and the message half written, and the others
wait for ever.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
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
"""How often somebody who waits makes sure that there still is something to wait for."""

PATIENCE = 10.0
"""Seconds after a time limit at which Pebble should have ended the worker. It waits while the worker holds a lock."""

STARTS = 3
"""How often a worker is started for one call: what ends it before it has seen the call is not the call's fault."""

MAX_CALLS = 500
"""A worker is replaced after so many calls, so that no leak of a library adds up over a long run."""

_EXIT_0 = 256


class _Process(SpawnProcess):
    """A process that only its parent may end."""

    def start(self) -> None:
        """Start with SIGINT blocked: Ctrl+C on the terminal is for the parent, also while a worker starts."""
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
        """Never 0, with which Pebble takes a process to have ended as it should."""
        code = super().exitcode
        return _EXIT_0 if code == 0 else code


class _Context(SpawnContext):
    """New interpreters: a fork would copy the locks of other threads, and of Pango, in whatever state they are."""

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
        """Start the process, if there is none, and let it get ready; nobody waits for that.

        Raises:
            CancelledError: the worker was stopped.
            OSError, RuntimeError: too many processes, perhaps.
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
        """Starting is no part of the call's time."""
        if self._calls >= MAX_CALLS:
            self._drop()
        self.start()
        if self._calls == 0:
            _result(self._pool, self._awaited, SECONDS_TO_START)

    def _answer(self, function: Callable[[Any], Any], argument: Any, seconds: float) -> Any:
        """Let the process work; it is given up unless it answers."""
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
        """End the process for good. Who waits for an answer of it gets a failure."""
        self._is_stopped = True
        self._drop()

    def hang_up(self) -> None:
        """Begin to stop, which takes Pebble a moment; several workers can do that at the same time."""
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
    """What becomes of a task; a pool that breaks just when it is given one forgets it.

    Raises:
        TimeoutError: it takes longer.
        RuntimeError: the pool is broken.
        CancelledError: it was stopped.
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


_idle: list[Worker] = []
_all: list[Worker] = []
_changing = Lock()


def start_ahead(count: int, megabytes: int, preparation: Preparation) -> None:
    """Start workers for :func:`guarded` before there is anything to do for them.

    Args:
        count: how many.
        megabytes: the memory limit of the calls to come.
        preparation: what each does to get ready, also one that takes the place of a lost one.
    """
    made = [Worker(megabytes, preparation) for _ in range(count)]
    with _changing:
        _all.extend(made)
        _idle.extend(made)
    for worker in made:
        with suppress(OSError, RuntimeError):  # too many processes, perhaps: tried again when it is needed
            worker.start()


def guarded(function: Callable[[Any], Any], argument: Any, seconds: float = 0, megabytes: int = 0) -> Any:
    """Run ``function(argument)`` in an idle worker of this process, or a new one.

    There are never more workers than calls at the same time. Works in any thread of any process.

    Args:
        function: importable, so that the worker finds it.
        argument: picklable.
        seconds: time limit; 0 for none.
        megabytes: memory limit, enforced on Linux; 0 for none.

    Returns:
        What the function returned, or a :class:`Failure`.
    """
    with _changing:
        fitting = [worker for worker in _idle if worker.megabytes == megabytes]
        # The one that served last is at hand; one without a process is the last choice.
        worker = max(reversed(fitting), key=lambda worker: worker.is_started, default=None)
        if worker is None:
            worker = Worker(megabytes)
            _all.append(worker)
        else:
            _idle.remove(worker)
    try:
        return worker.run(function, argument, seconds)
    finally:
        with _changing:
            if worker in _all:
                _idle.append(worker)


def stop_all() -> None:
    """End every worker of this process, busy or not. None is kept."""
    with _changing:
        stopped = list(_all)
        _idle.clear()
        _all.clear()
    for worker in stopped:
        worker.hang_up()
    for worker in stopped:
        worker.stop()


@contextmanager
def local_executor(
    workers: int, ahead: int = 0, megabytes: int = 0, preparation: Preparation | None = None
) -> Iterator[Executor]:
    """An executor for calls of :func:`guarded` on this machine; when the block ends, so do the workers.

    Args:
        workers: how many calls are worked on at a time.
        ahead: how many processes are started at once, to get ready while this one does.
        megabytes, preparation: of these.
    """
    executor = ThreadPoolExecutor(workers, thread_name_prefix="zhengti-work")
    try:
        if preparation:
            start_ahead(min(ahead, workers), megabytes, preparation)
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        stop_all()
        executor.shutdown()
        stop_all()  # of a call that was just about to begin
