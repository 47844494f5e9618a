"""Files for programs: hand one over, ask what was found in it, fetch what was made of it, mend cells, remove it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Form, Response
from pydantic import BaseModel, Field
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import Artifact, StoredFile
from zhengti_zip.web.desk.access import DeskVisitor, download
from zhengti_zip.web.desk.at_work import last_job
from zhengti_zip.web.desk.files import files_query, remove_file, submit_file
from zhengti_zip.web.desk.mending import mend
from zhengti_zip.web.files import artifact_of, download_name, file_of, keep_longer
from zhengti_zip.web.requests import Received, TheServer

router = APIRouter(prefix="/api/v1/files", tags=["文件"])


class FileLine(BaseModel):
    """A file."""

    id: str = Field(description="文件编号")
    name: str = Field(description="文件名")
    kind: str = Field(description="workbook、json、pdf、word 或 other")
    size: int = Field(description="字节数")
    parent_id: str | None = Field(description="由哪一份文件更正而来")
    created_at: datetime = Field(description="提交时间")
    expires_at: datetime | None = Field(description="什么时候删除；null 为一直保存")
    job_id: str | None = Field(description="处理这份文件的任务，用 /api/v1/jobs 查询")
    is_examined: bool = Field(description="是否已有检查结果")


class FileDetails(FileLine):
    """A file with what was found in it."""

    artifacts: list[str] = Field(
        description="可以下载的内容：pdf、docx、workbook、annotated、paper、json、page-1 等"
    )
    examination: dict[str, Any] | None = Field(description="检查结果；null 为还没有")


@router.get("", summary="最近的文件")
def listed(server: TheServer, visitor: DeskVisitor) -> list[FileLine]:
    """The files that the asker handed over or made, the last one first."""
    with server.database.reading() as session:
        return _lines(session, files_query(visitor))


@router.post("", status_code=201, summary="提交文件检查")
def take(
    server: TheServer,
    visitor: DeskVisitor,
    file: Received,
    form: Annotated[str, Form(description="按哪一张表检查；不填则按文件自己写明的")] = "",
) -> FileLine:
    """Take a file; it is examined, printed and drawn from now on."""
    with server.database.session() as session:
        kept, _ = submit_file(server, session, visitor, *file, form)
        return _line(session, kept)


@router.get("/{identity}", summary="检查结果")
def found(server: TheServer, visitor: DeskVisitor, identity: str) -> FileDetails:
    """What was found in a file."""
    with server.database.reading() as session:
        file = file_of(session, visitor, identity)
        line = _line(session, file)
        kinds = session.scalars(
            select(Artifact.kind).where(Artifact.file_id == file.id).order_by(Artifact.kind)
        )
        details = FileDetails(**line.model_dump(), artifacts=list(kinds), examination=file.examination)
    keep_longer(server, file)
    return details


@router.get("/{identity}/artifacts/{kind}", summary="下载", response_class=Response)
def fetch(server: TheServer, visitor: DeskVisitor, identity: str, kind: str) -> Response:
    """Something made of a file."""
    with server.database.reading() as session:
        file, artifact = artifact_of(session, visitor, identity, kind)
    return download(download_name(file, artifact), server.store.get(artifact.digest))


class Cells(BaseModel):
    """What is changed in a file."""

    cells: dict[str, str] = Field(
        description='单元格与新内容，例如 {"基本情况!B6": "2022"}；空文字清空单元格'
    )


@router.post("/{identity}/cells", status_code=201, summary="修改单元格，另存为新的文件")
def mended(
    server: TheServer, visitor: DeskVisitor, identity: str, given: Annotated[Cells, Body()]
) -> FileLine:
    """Make a corrected copy of a file; the file stays as it is."""
    with server.database.reading() as session:
        file = file_of(session, visitor, identity)
    made, _ = mend(server, visitor, file, given.cells)
    with server.database.reading() as session:
        return _line(session, made)


@router.delete("/{identity}", status_code=204, summary="删除")
def remove(server: TheServer, visitor: DeskVisitor, identity: str) -> None:
    """Forget a file and all that was made of it."""
    with server.database.session() as session:
        remove_file(session, visitor, identity)


def _line(session: Session, file: StoredFile) -> FileLine:
    return _lines(session, select(StoredFile).where(StoredFile.id == file.id))[0]


def _lines(session: Session, which: Select[StoredFile]) -> list[FileLine]:
    """Files in one query, without their examinations, which are large."""
    query = which.add_columns(last_job(StoredFile.id), StoredFile.examination.is_not(None))
    return [
        FileLine(
            id=file.id,
            name=file.name,
            kind=file.kind,
            size=file.size,
            parent_id=file.parent_id,
            created_at=file.created_at,
            expires_at=file.expires_at,
            job_id=job_id,
            is_examined=is_examined,
        )
        for file, job_id, is_examined in session.execute(query)
    ]
