"""One job as its handler sees it: the database, the store, calls in worker processes, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import Job
from zhengti_zip.web.store import Store
from zhengti_zip.web.work.calls import Calls
from zhengti_zip.web.work.gate import URGENT


class Submitting(Protocol):
    """Writes a job down, as :meth:`zhengti_zip.web.work.jobs.Jobs.submit`."""

    def __call__(
        self,
        session: Session,
        owner: str,
        kind: str,
        subject_id: str,
        expires_at: datetime | None = None,
    ) -> Job:
        """The job; it begins once the session has committed."""


@dataclass(frozen=True)
class Undertaking:
    """One job at work.

    Attributes:
        subject_id: of the job.
        database, store: of the server.
        tell: writes down how far it is: ``tell("正在排版", 2, 4)``.
        calls: runs functions in worker processes.
        submit: begins another job.
    """

    subject_id: str
    database: Database
    store: Store
    tell: Callable[[str, int, int], None]
    calls: Calls
    submit: Submitting

    def call(self, function: Callable[[Any], Any], argument: Any, urgency: int = URGENT) -> Any:
        """What ``function(argument)`` returns in a worker process, see :meth:`zhengti_zip.web.work.calls.Calls.call`.

        Raises:
            WorkFailed: the function refused, or the worker gave no value.
        """
        return self.calls.call(function, argument, urgency)
