"""Pages: what a job makes of a whole round, and how far it is: the report, the archive."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Job, now
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.desk.access import download
from zhengti_zip.web.office.archive import ARCHIVE, KEPT, order_archive
from zhengti_zip.web.office.asking import round_of
from zhengti_zip.web.office.frames import round_page, see
from zhengti_zip.web.office.ranking import REPORT
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.requests import TheServer
from zhengti_zip.web.work.jobs import DONE

router = APIRouter(prefix="/office/rounds/{round_id}", include_in_schema=False)

MADE = {ARCHIVE: ("/archive", "归档文件"), REPORT: ("/ranking", "汇总报告")}
"""The part of the round that a kind of job belongs to, and what it makes."""


@router.get("/archive")
def archives(request: Request, server: TheServer, visitor: Bureau, round_id: str) -> HTMLResponse:
    """What an archive holds, and the one made last."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        last = _last(session, work, ARCHIVE)
    return round_page(request, "office/archive.html.j2", "/archive", work, job=last, what=MADE[ARCHIVE][1])


@router.post("/archive")
def make_archive(server: TheServer, visitor: Bureau, round_id: str) -> RedirectResponse:
    """Make an archive."""
    with server.database.session() as session:
        job = order_archive(server, session, visitor, round_of(session, visitor, round_id))
    return see(f"/office/rounds/{round_id}/jobs/{job.id}")


@router.post("/report")
def make_report(server: TheServer, visitor: Bureau, round_id: str) -> RedirectResponse:
    """Make 汇总报告.pdf."""
    with server.database.session() as session:
        work = round_of(session, visitor, round_id)
        job = server.jobs.submit(session, visitor.owner, REPORT, work.id, expires_at=now() + KEPT)
    return see(f"/office/rounds/{round_id}/jobs/{job.id}")


@router.get("/jobs/{job_id}")
def made(request: Request, server: TheServer, visitor: Bureau, round_id: str, job_id: str) -> HTMLResponse:
    """How far a job is, and what it made."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        job = _job(session, work, job_id)
    ending, what = MADE[job.kind]
    return round_page(request, "office/made.html.j2", ending, work, job=job, what=what)


@router.get("/jobs/{job_id}/file")
def made_file(server: TheServer, visitor: Bureau, round_id: str, job_id: str) -> Response:
    """What a job made."""
    with server.database.reading() as session:
        job = _job(session, round_of(session, visitor, round_id), job_id)
    if job.state != DONE or job.result is None:
        raise not_found()
    return download(job.result["name"], server.store.get(job.result["digest"]))


def _job(session: Session, work: Round, job_id: str) -> Job:
    job = session.get(Job, job_id)
    if job is None or job.subject_id != work.id or job.kind not in MADE:
        raise not_found()
    return job


def _last(session: Session, work: Round, kind: str) -> Job | None:
    query = select(Job).where(Job.subject_id == work.id, Job.kind == kind).order_by(Job.created_at.desc())
    return session.scalars(query.limit(1)).first()
