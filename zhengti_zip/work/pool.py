"""Calls in worker processes with limits of time and memory. Every outcome is a value.

with local_executor(2) as executor:                  # or the threads of a cluster's worker, or of a server
    future = executor.submit(guarded, function, argument, seconds, megabytes)
    future.result()                                  # what the function returned, or a Failure
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from zhengti_zip.work.process import Worker
from zhengti_zip.work.worker import Preparation

IN_FLIGHT = 2
"""Calls in flight per worker that keep it busy: one in work, one waiting."""

_idle: list[Worker] = []
_all: list[Worker] = []
_changing = Lock()


def start_ahead(count: int, megabytes: int, preparation: Preparation) -> None:
    """Start workers for later calls of :func:`guarded`.

    Args:
        count: how many.
        megabytes: the memory limit of the calls to come.
        preparation: what each process does before its first call; so does one that replaces a lost one.
    """
    made = [Worker(megabytes, preparation) for _ in range(count)]
    with _changing:
        _all.extend(made)
        _idle.extend(made)
    for worker in made:
        with suppress(OSError, RuntimeError):  # too many processes: tried again with the first call
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
        # First the one that served last, which is warm; last one without a process.
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
    """End every worker of this process, busy or idle, and forget them all."""
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
        ahead: how many processes are started now, before the first call.
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
        stop_all()  # workers of calls that began meanwhile
