"""Files about a whole round, for programs: 汇总表, 汇总报告, the archive, the working papers."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from zhengti_zip.web.database.models import Job
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.desk.access import download
from zhengti_zip.web.office.archive import order_archive
from zhengti_zip.web.office.asking import department_of, round_of
from zhengti_zip.web.office.made import made_file, making, order_report
from zhengti_zip.web.office.office_tasks import paper_of
from zhengti_zip.web.office.ranking import file_name, ranking_workbook
from zhengti_zip.web.office.standing import standing_of
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.office.working_paper import paper_content, paper_name
from zhengti_zip.web.requests import TheServer

router = APIRouter(prefix="/api/v1", tags=["填报工作"])


class Making(BaseModel):
    """Work that goes on."""

    job_id: str = Field(description="任务，用 /api/v1/jobs/{job_id} 查询进度，做好后下载")


@router.get("/rounds/{round_id}/ranking.xlsx", summary="下载汇总表", response_class=Response)
def ranking_file(server: TheServer, visitor: Bureau, round_id: str) -> Response:
    """汇总表.xlsx, as ``batch`` makes it."""
    with server.database.reading() as session:
        standing = standing_of(session, round_of(session, visitor, round_id))
    return download(file_name(standing.work), ranking_workbook(server, standing))


@router.post("/rounds/{round_id}/report", status_code=202, summary="生成汇总报告（PDF）")
def make_report(server: TheServer, visitor: Bureau, round_id: str) -> Making:
    """Make 汇总报告.pdf."""
    with server.database.session() as session:
        return _making(order_report(server, session, visitor, round_of(session, visitor, round_id)))


@router.post("/rounds/{round_id}/archive", status_code=202, summary="生成归档文件（zip）")
def make_archive(server: TheServer, visitor: Bureau, round_id: str) -> Making:
    """Make an archive of everything."""
    with server.database.session() as session:
        return _making(order_archive(server, session, visitor, round_of(session, visitor, round_id)))


@router.get("/rounds/{round_id}/jobs/{job_id}/file", summary="下载做好的报告或归档", response_class=Response)
def file(server: TheServer, visitor: Bureau, round_id: str, job_id: str) -> Response:
    """What a job made."""
    with server.database.reading() as session:
        job = making(session, round_of(session, visitor, round_id), job_id)
    return download(*made_file(server, job))


@router.get(
    "/departments/{department_id}/working-paper.xlsx", summary="下载复核底稿", response_class=Response
)
def paper(server: TheServer, visitor: Bureau, department_id: str) -> Response:
    """复核底稿.xlsx of the version that was handed in last."""
    with server.database.reading() as session:
        department = department_of(session, visitor, department_id)
        content = paper_content(session, visitor, session.get_one(Round, department.round_id), department)
    return download(paper_name(department), server.jobs.calls.call(paper_of, content))


def _making(job: Job) -> Making:
    return Making(job_id=job.id)
