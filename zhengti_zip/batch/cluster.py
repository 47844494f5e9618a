"""An executor for several machines, by Dask; needs the extra ``zhengti-zip[cluster]``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from zhengti_zip.base.errors import EnvironmentProblem, UsageProblem

SECONDS_TO_CONNECT = 10


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
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # its log is in English, for programmers
    try:
        library: Any = distributed  # it is only partly typed
        client = library.Client(address, timeout=SECONDS_TO_CONNECT)
    except (ValueError, TypeError) as error:
        raise UsageProblem(f"调度器地址不对：{address}", "例如 --scheduler tcp://10.0.0.5:8786") from error
    except Exception as error:
        raise EnvironmentProblem(
            f"连接不到调度器 {address}", "请确认 dask scheduler 正在运行，网络和端口可达"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except Exception as error:
            raise EnvironmentProblem(
                f"调度器 {address} 没有工作进程", f"请在各台机器上运行 dask worker {address}"
            ) from error
        yield client.get_executor(), lambda: sum(client.nthreads().values())
