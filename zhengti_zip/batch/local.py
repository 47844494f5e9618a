"""The executor of one machine: as many threads as workers, each waiting for a guarded child process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from zhengti_zip.batch.guard import stop_all


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@contextmanager
def local_executor(workers: int) -> Iterator[Executor]:
    """An executor for this machine; when the block ends, so do its child processes.

    Args:
        workers: how many files are worked on at a time.
    """
    executor = ThreadPoolExecutor(workers, thread_name_prefix="zhengti-batch")
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        stop_all()
        executor.shutdown()
