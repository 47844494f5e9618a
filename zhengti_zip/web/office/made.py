"""What jobs make of a whole round, the archive and the report: ordered, found again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Job, now
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.office.archive import ARCHIVE, KEPT
from zhengti_zip.web.office.ranking import REPORT
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.visitor import Visitor
from zhengti_zip.web.work.jobs import DONE

if TYPE_CHECKING:
    from zhengti_zip.web.server import Server

WORDS = {ARCHIVE: "归档文件", REPORT: "汇总报告"}
"""What each kind of job makes."""


def order_report(server: Server, session: Session, visitor: Visitor, work: Round) -> Job:
    """Have 汇总报告.pdf of a round made; everybody of the bureau may, since they see all of it.

    Raises:
        Refusal: the visitor is not of the bureau.
    """
    if not visitor.role.is_bureau:
        raise not_found()
    return server.jobs.submit(session, visitor.owner, REPORT, work.id, expires_at=now() + KEPT)


def making(session: Session, work: Round, job_id: str) -> Job:
    """A job that makes something of a round, whoever ordered it.

    Raises:
        Refusal: there is none.
    """
    job = session.get(Job, job_id)
    if job is None or job.subject_id != work.id or job.kind not in WORDS:
        raise not_found()
    return job


def last_made(session: Session, work: Round, kind: str) -> Job | None:
    """The job of a kind that was ordered last; None without one."""
    query = select(Job).where(Job.subject_id == work.id, Job.kind == kind).order_by(Job.created_at.desc())
    return session.scalars(query.limit(1)).first()


def made_file(server: Server, job: Job) -> tuple[str, Path]:
    """Name of what a job made, and where its bytes are; an archive may be larger than memory.

    Raises:
        Refusal: it is not made yet.
        OutputError: the bytes are gone or damaged.
    """
    if job.state != DONE or job.result is None:
        raise not_found()
    return job.result["name"], server.store.file(job.result["digest"])
