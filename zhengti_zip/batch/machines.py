"""Where a batch is worked on: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from zhengti_zip.batch.session import Session
    from zhengti_zip.batch.work import Work


@dataclass(frozen=True)
class Machines:
    """Where the work is done.

    Attributes:
        workers: number of processes on this machine; 0 for one per core.
        scheduler: address of a Dask cluster, used instead of them.
    """

    workers: int
    scheduler: str | None

    @contextmanager
    def executor(self, session: Session, work: Work) -> Iterator[tuple[Executor, Callable[[], int]]]:
        """What runs the tasks, and a function that tells the number of workers.

        Raises:
            EnvironmentProblem: the cluster cannot be reached.
        """
        if self.scheduler:
            from zhengti_zip.batch.cluster import cluster_executor

            with cluster_executor(self.scheduler) as (executor, threads):
                yield executor, threads
        else:
            from zhengti_zip.base.processors import cores
            from zhengti_zip.batch.task import get_ready
            from zhengti_zip.work.pool import local_executor
            from zhengti_zip.work.worker import Preparation

            workers = self.workers or cores()
            ahead = 0 if session.has_begun and not work.again else len(session.intake.items)
            preparation = Preparation(get_ready, work.settings)
            with local_executor(workers, ahead, work.limits.megabytes, preparation) as executor:
                yield executor, lambda: workers
