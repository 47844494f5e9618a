"""The executor of one machine: as many threads as workers, each waiting for a guarded child process."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from zhengti_zip.batch.guard import start_ahead, stop_all
from zhengti_zip.batch.options import Limits, Options
from zhengti_zip.batch.task import get_ready
from zhengti_zip.batch.worker import Call


@contextmanager
def local_executor(
    workers: int, ahead: int = 0, limits: Limits | None = None, options: Options | None = None
) -> Iterator[Executor]:
    """An executor for this machine; when the block ends, so do its child processes.

    Args:
        workers: how many files are worked on at a time.
        ahead: how many child processes are started at once, to get ready while this one does.
        limits, options: of the files they will work on.
    """
    executor = ThreadPoolExecutor(workers, thread_name_prefix="zhengti-batch")
    try:
        start_ahead(min(ahead, workers), limits or Limits(), Call(get_ready, options or Options(), 0))
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        stop_all()
        executor.shutdown()
        stop_all()  # of a task that was just about to begin
