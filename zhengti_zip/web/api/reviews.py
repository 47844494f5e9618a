"""Reviews for programs: have the changes in a Word file read, decide each, get the new workbook."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import WordReview
from zhengti_zip.web.desk.access import DeskVisitor
from zhengti_zip.web.desk.at_work import job_of
from zhengti_zip.web.desk.reviewing import begin_review, decide, review_of
from zhengti_zip.web.files import file_of
from zhengti_zip.web.requests import TheServer

router = APIRouter(prefix="/api/v1/reviews", tags=["审阅稿"])


class DocumentsAndWorkbook(BaseModel):
    """What is reviewed."""

    document_ids: list[str] = Field(description="审阅过的 Word 文件的编号；几位审阅人各一份的，全部列出")
    workbook_id: str = Field(description="原来的工作簿的编号")


class Begun(DocumentsAndWorkbook):
    """What is to be reviewed."""

    force: bool = Field(default=False, description="审阅稿是别的部门或年度的也处理")


class Accepted(BaseModel):
    """What was decided."""

    accept: list[str] = Field(description="采纳的改动（decisions 中的 key）；其余的不采纳")


class ReviewDetails(DocumentsAndWorkbook):
    """A review."""

    id: str = Field(description="审阅编号")
    created_at: datetime = Field(description="开始时间")
    expires_at: datetime | None = Field(description="什么时候删除")
    job_id: str | None = Field(description="当前的任务，用 /api/v1/jobs 查询")
    result: dict[str, Any] | None = Field(
        description="改动、批注和没有读入的内容；审阅稿属于别的部门或年度时 other_department 说明；null 为还没有"
    )
    refused: list[str] = Field(description="没有采纳的改动")
    outcome_id: str | None = Field(description="采纳后的工作簿的文件编号；null 为还没有")


@router.post("", status_code=201, summary="读取审阅稿")
def begin(server: TheServer, visitor: DeskVisitor, given: Annotated[Begun, Body()]) -> ReviewDetails:
    """Have the changes read in Word files that were handed over before."""
    with server.database.session() as session:
        documents = [file_of(session, visitor, identity) for identity in given.document_ids]
        workbook = file_of(session, visitor, given.workbook_id)
        made = begin_review(server, session, visitor, documents, workbook, force=given.force)
        return _details(session, made)


@router.get("/{identity}", summary="审阅结果")
def found(server: TheServer, visitor: DeskVisitor, identity: str) -> ReviewDetails:
    """The changes, and the workbook once it is made."""
    with server.database.reading() as session:
        return _details(session, review_of(session, visitor, identity))


@router.post("/{identity}/decisions", status_code=202, summary="采纳改动，生成新的工作簿")
def decided(
    server: TheServer, visitor: DeskVisitor, identity: str, given: Annotated[Accepted, Body()]
) -> ReviewDetails:
    """Have the workbook made that has the accepted changes."""
    with server.database.session() as session:
        review = review_of(session, visitor, identity)
        decide(server, session, visitor, review, given.accept)
        return _details(session, review)


def _details(session: Session, review: WordReview) -> ReviewDetails:
    job = job_of(session, review.id)
    return ReviewDetails(
        id=review.id,
        document_ids=review.document_ids,
        workbook_id=review.workbook_id,
        created_at=review.created_at,
        expires_at=review.expires_at,
        job_id=job.id if job else None,
        result=review.result,
        refused=review.refused,
        outcome_id=review.outcome_id,
    )
