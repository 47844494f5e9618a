"""What a job works on, as a page shows it: whether the work goes on, and why it ended early."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from zhengti_zip.web.database.models import Job
from zhengti_zip.web.work.jobs import FAILED, FINISHED


class AtWork:
    """A file, comparison or review on its page; ``job`` is the last work on it, None when that is forgotten."""

    __slots__ = ()
    job: Job | None

    @property
    def is_working(self) -> bool:
        """Whether the work on it goes on."""
        return self.job is not None and self.job.state not in FINISHED

    @property
    def failure(self) -> Job | None:
        """The work, when it ended early; its ``message`` and ``remedy`` say why."""
        return self.job if self.job is not None and self.job.state == FAILED else None


def job_of(session: Session, subject_id: str) -> Job | None:
    """The last work on a file, comparison or review."""
    return session.scalars(select(Job).where(Job.id == last_job(subject_id))).one_or_none()


def last_job(subject_id: str | InstrumentedAttribute[str]) -> ScalarSelect[str]:
    """Id of the last work on a file, comparison or review, inside a query; NULL when that is forgotten.

    Args:
        subject_id: an id, or the column of a query that has it.
    """
    found = select(Job.id).where(Job.subject_id == subject_id).order_by(Job.created_at.desc(), Job.id)
    return found.limit(1).correlate_except(Job).scalar_subquery()
