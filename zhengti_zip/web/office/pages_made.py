"""Pages: the archive and the report of a round, and how far the work on them is."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from zhengti_zip.web.desk.access import download
from zhengti_zip.web.office.archive import ARCHIVE, order_archive
from zhengti_zip.web.office.asking import round_of
from zhengti_zip.web.office.frames import round_page, see
from zhengti_zip.web.office.made import WORDS, last_made, made_file, making, order_report
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.requests import TheServer

router = APIRouter(prefix="/office/rounds/{round_id}", include_in_schema=False)


@router.get("/archive")
def archives(request: Request, server: TheServer, visitor: Bureau, round_id: str) -> HTMLResponse:
    """What an archive holds, and the one ordered last."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        job = last_made(session, work, ARCHIVE)
    return round_page(request, "office/archive.html.j2", "/archive", work, job=job, what=WORDS[ARCHIVE])


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
        job = order_report(server, session, visitor, round_of(session, visitor, round_id))
    return see(f"/office/rounds/{round_id}/jobs/{job.id}")


@router.get("/jobs/{job_id}")
def progress(
    request: Request, server: TheServer, visitor: Bureau, round_id: str, job_id: str
) -> HTMLResponse:
    """How far a job is, and what it made."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        job = making(session, work, job_id)
    ending = "/archive" if job.kind == ARCHIVE else "/ranking"
    return round_page(request, "office/made.html.j2", ending, work, job=job, what=WORDS[job.kind])


@router.get("/jobs/{job_id}/file")
def file(server: TheServer, visitor: Bureau, round_id: str, job_id: str) -> Response:
    """What a job made."""
    with server.database.reading() as session:
        job = making(session, round_of(session, visitor, round_id), job_id)
    return download(*made_file(server, job))
