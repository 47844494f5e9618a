"""An executor for several machines, by Dask; needs the extra ``zhengti-zip[cluster]``."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

from zhengti_zip.base.errors import EnvironmentProblem, UsageProblem

SECONDS_TO_CONNECT = 10

SECONDS_WITHOUT_WORKERS = 10.0
"""How long a cluster may be without a worker before the batch ends; a nanny starts a lost one again in less."""


@contextmanager
def cluster_executor(address: str) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """Connect to a Dask cluster; yields its executor, and a function that returns its current number of threads.

    Args:
        address: of the scheduler, e.g. ``tcp://10.0.0.5:8786``.

    Raises:
        EnvironmentProblem: the extra is not installed, the scheduler does not answer, or it has no workers.
        UsageProblem: the address is malformed.
    """
    try:
        import distributed
    except ImportError as error:
        raise EnvironmentProblem(
            "缺少分布式计算所需的库", '请运行 pip install "zhengti-zip[cluster]"'
        ) from error
    _silence()
    try:
        library: Any = distributed  # it is only partly typed
        client = _within(SECONDS_TO_CONNECT * 2, lambda: library.Client(address, timeout=SECONDS_TO_CONNECT))
    except (ValueError, TypeError) as error:
        raise UsageProblem(f"调度器地址不对：{address}", "例如 --scheduler tcp://10.0.0.5:8786") from error
    except Exception as error:
        raise EnvironmentProblem(
            f"连接不到调度器 {address}", "请确认 dask scheduler 正在运行，网络和端口可达"
        ) from error
    try:
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except Exception as error:
            raise _without_workers(address) from error
        yield client.get_executor(), _Threads(client, address)
    finally:
        with suppress(Exception):  # what is lost with a scheduler that is gone is told by other means
            _within(SECONDS_TO_CONNECT, lambda: client.close(timeout=2))


class _Threads:
    """The number of threads of a cluster.

    Args:
        client: of Dask.
        address: of the scheduler, for messages.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._last_seen = time.monotonic()

    def __call__(self) -> int:
        """The number of threads now; 1 while there is no worker, so that a task waits for the next.

        Raises:
            EnvironmentProblem: the scheduler does not answer, or there has been no worker for too long.
        """
        try:
            threads: int = sum(_within(SECONDS_TO_CONNECT, self._client.nthreads).values())
        except Exception as error:
            raise EnvironmentProblem(
                f"与调度器 {self._address} 的连接已断开",
                "已完成的都已保存；请确认 dask scheduler 正在运行，再运行同一命令",
            ) from error
        if threads:
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > SECONDS_WITHOUT_WORKERS:
            raise _without_workers(self._address)
        return max(threads, 1)


def _silence() -> None:
    """Silence the logs of Dask, which are in English, for programmers. It has set a level for each of them."""
    for name in ("asyncio", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("asyncio", "distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _without_workers(address: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"调度器 {address} 没有工作进程",
        f"请在各台机器上安装相同版本的 zhengti-zip，运行 dask worker {address}，再运行同一命令；已完成的都已保存",
    )


def _within(seconds: float, function: Callable[[], Any]) -> Any:
    """What a function returns that may wait for the network without end. It is left behind when it takes too long.

    Raises:
        TimeoutError: it takes longer than so many seconds. Also whatever the function raises.
    """
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(function())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(seconds)
