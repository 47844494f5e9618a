"""Comparisons for programs: begin one of two files, ask for the differences."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Comparison
from zhengti_zip.web.desk.access import DeskVisitor
from zhengti_zip.web.desk.at_work import job_of
from zhengti_zip.web.desk.comparing import begin_comparison, comparison_of
from zhengti_zip.web.files import file_of
from zhengti_zip.web.requests import TheServer

router = APIRouter(prefix="/api/v1/comparisons", tags=["对比"])


class TwoFiles(BaseModel):
    """What is compared."""

    before_id: str = Field(description="原来的文件的编号")
    after_id: str = Field(description="现在的文件的编号")


class ComparisonDetails(TwoFiles):
    """A comparison."""

    id: str = Field(description="对比编号")
    created_at: datetime = Field(description="开始时间")
    expires_at: datetime | None = Field(description="什么时候删除")
    job_id: str | None = Field(description="对比的任务，用 /api/v1/jobs 查询")
    result: dict[str, Any] | None = Field(description="与 diff --json 相同；null 为还没有")


@router.post("", status_code=201, summary="对比两份文件")
def begin(server: TheServer, visitor: DeskVisitor, files: Annotated[TwoFiles, Body()]) -> ComparisonDetails:
    """Have two files compared that were handed over before."""
    with server.database.session() as session:
        before = file_of(session, visitor, files.before_id)
        after = file_of(session, visitor, files.after_id)
        return _details(session, begin_comparison(server, session, visitor, before, after))


@router.get("/{identity}", summary="对比结果")
def found(server: TheServer, visitor: DeskVisitor, identity: str) -> ComparisonDetails:
    """What two files differ in."""
    with server.database.reading() as session:
        return _details(session, comparison_of(session, visitor, identity))


def _details(session: Session, comparison: Comparison) -> ComparisonDetails:
    job = job_of(session, comparison.id)
    return ComparisonDetails(
        id=comparison.id,
        before_id=comparison.before_id,
        after_id=comparison.after_id,
        created_at=comparison.created_at,
        expires_at=comparison.expires_at,
        job_id=job.id if job else None,
        result=comparison.result,
    )
