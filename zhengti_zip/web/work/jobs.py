"""Work that goes on while nobody waits: written down first, done in worker processes, found again after a restart."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import Job, now
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.store import Store
from zhengti_zip.web.work.calls import Calls
from zhengti_zip.web.work.kinds import KINDS
from zhengti_zip.web.work.progress import Listeners
from zhengti_zip.web.work.undertaking import Undertaking
from zhengti_zip.work.pool import stop_all

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
FINISHED = (DONE, FAILED)

JOBS_AT_A_TIME = 32
"""Jobs that have begun. Most of them wait for a worker process; the more there are, the sooner the urgent steps of all come."""

LOG = logging.getLogger("zhengti_zip.web")


class Jobs:
    """The jobs of a server.

    Args:
        settings: how many are done at a time, and their limits.
        database: holds them.
        store: the bytes they work on.

    Attributes:
        calls: runs functions in the worker processes of the server, for work somebody waits for.
        listeners: the streams that tell how far jobs are.
    """

    def __init__(self, settings: ServerSettings, database: Database, store: Store) -> None:
        self._database, self._store = database, store
        self.calls, self.listeners = Calls(settings), Listeners()
        self._executor = ThreadPoolExecutor(JOBS_AT_A_TIME, thread_name_prefix="zhengti-job")
        self._is_stopped = False

    def start(self) -> None:
        """Go on with what was not finished when the server ended."""
        with self._database.session() as session:
            left = session.scalars(
                select(Job).where(Job.state.in_((QUEUED, RUNNING))).order_by(Job.created_at)
            ).all()
            for job in left:
                job.state, job.stage = QUEUED, ""
        for job in left:
            self._executor.submit(self._work, job.id)

    def announce_end(self) -> None:
        """Tell whoever waits for a change that the server ends."""
        self._is_stopped = True
        self.listeners.tell_all()

    def stop(self) -> None:
        """End the workers. What was not finished stays as it is in the database."""
        self.announce_end()
        self.calls.stop()
        self._executor.shutdown(wait=False, cancel_futures=True)
        stop_all()
        self._executor.shutdown()
        stop_all()  # workers of calls that began meanwhile

    def submit(
        self,
        session: Session,
        owner: str,
        kind: str,
        subject_id: str,
        expires_at: datetime | None = None,
    ) -> Job:
        """Write a job down; it begins once the session has committed.

        Args:
            owner: who may see it.
            kind: a key of :data:`zhengti_zip.web.work.kinds.KINDS`.
            subject_id: what it works on.
            expires_at: when it is forgotten; None for never.
        """
        if kind not in KINDS:
            raise ValueError(f"no kind of job: {kind}")
        job = Job(owner=owner, kind=kind, subject_id=subject_id)
        job.expires_at = expires_at
        session.add(job)
        session.flush()
        identity = job.id
        event.listen(
            session,
            "after_commit",
            lambda _: self._begin(identity),
            once=True,
        )
        return job

    def _begin(self, identity: str) -> None:
        with suppress(RuntimeError):  # the server ends; the job is found again after the next start
            self._executor.submit(self._work, identity)

    @property
    def is_stopped(self) -> bool:
        """Whether the server ends."""
        return self._is_stopped

    def _work(self, identity: str) -> None:
        with self._database.session() as session:
            job = session.get(Job, identity)
            if job is None or job.state in FINISHED or self._is_stopped:
                return
            job.state = RUNNING
        undertaking = Undertaking(
            subject_id=job.subject_id,
            database=self._database,
            store=self._store,
            tell=lambda stage, done, total: self._update(identity, stage=stage, done=done, total=total),
            calls=self.calls,
            submit=self.submit,
        )
        try:
            result = KINDS[job.kind](undertaking)
        except ZhengtiError as error:
            if not self._is_stopped:
                self._finish(identity, state=FAILED, message=error.message, remedy=error.remedy)
        except Exception:
            if not self._is_stopped:
                LOG.exception("job %s of kind %s", identity, job.kind)
                remedy = "请再试一次；仍然这样的，请联系管理员"
                self._finish(identity, state=FAILED, message="处理时程序内部出错", remedy=remedy)
        else:
            self._finish(identity, state=DONE, result=result)

    def _finish(self, identity: str, **values: Any) -> None:
        self._update(identity, stage="", finished_at=now(), **values)

    def _update(self, identity: str, **values: Any) -> None:
        with self._database.session() as session:
            if job := session.get(Job, identity):  # it may have expired meanwhile
                for name, value in values.items():
                    setattr(job, name, value)
        self.listeners.tell(identity)
