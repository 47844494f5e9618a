"""A department's own work, for programs: what to do now, upload, hand in, opinions, a further code."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Path, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from zhengti_zip.web.api.office_data import HandIn, OpinionData, VersionData, opinion_data, version_data
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.desk.access import download
from zhengti_zip.web.office.access import give_codes, link_of, prepare_codes
from zhengti_zip.web.office.asking import department_of
from zhengti_zip.web.office.examined import examination_of
from zhengti_zip.web.office.mending import mend_version
from zhengti_zip.web.office.next_step import next_step
from zhengti_zip.web.office.opinions import opinions_of
from zhengti_zip.web.office.transitions import hand_in
from zhengti_zip.web.office.versions import add_version, newest_version, versions_of
from zhengti_zip.web.office.visitors import Filler
from zhengti_zip.web.office.workbooks import workbook_for
from zhengti_zip.web.requests import Received, TheServer
from zhengti_zip.web.times import china_today
from zhengti_zip.web.visitor import Visitor

router = APIRouter(prefix="/api/v1/my", tags=["部门填报"])

Number = Annotated[int, Path(ge=1, le=10**6, description="版本号")]


class MyWork(BaseModel):
    """Where the department stands, and what it has to do."""

    department: str
    round: str = Field(description="填报工作的名称")
    form: str = Field(description="评价表的代码")
    year: int = Field(description="年度")
    due_on: date | None = Field(description="截止日期")
    is_open: bool = Field(description="是否接收报送")
    state: str = Field(description="not_begun、draft、handed_in、returned、in_review 或 passed")
    to_do: str = Field(description="现在要做什么，一句话")
    hint: str
    may_upload: bool
    may_hand_in: bool
    versions: list[VersionData] = Field(description="全部版本，最新的在前")
    opinions: list[OpinionData] = Field(description="财政部门发来的意见")


class Cells(BaseModel):
    """What is changed in a version."""

    cells: dict[str, str] = Field(
        description='单元格与新内容，例如 {"基本情况!B6": "2022"}；空文字清空单元格'
    )


class Code(BaseModel):
    """A link and its code, which is shown this once."""

    link: str
    code: str


@router.get("", summary="现在要做什么、版本和意见")
def mine(server: TheServer, visitor: Filler) -> MyWork:
    """Where the department stands."""
    with server.database.reading() as session:
        return _mine(session, visitor, department_of(session, visitor, visitor.id))


@router.get("/workbook", summary="下载填报表（.xlsx）", response_class=Response)
def workbook(server: TheServer, visitor: Filler) -> Response:
    """The workbook to begin with."""
    name, filled = workbook_for(server, visitor, visitor.id)
    return download(name, filled.content)


@router.post("/versions", status_code=201, summary="上传一版，随即检查")
def upload(server: TheServer, visitor: Filler, file: Received) -> VersionData:
    """Keep a workbook as the newest version."""
    with server.database.session() as session:
        department = department_of(session, visitor, visitor.id)
        return version_data(add_version(server, session, visitor, department, *file))


@router.post("/versions/{number}/cells", status_code=201, summary="修改单元格，存为新的一版")
def mend(server: TheServer, visitor: Filler, number: Number, given: Annotated[Cells, Body()]) -> VersionData:
    """Keep a corrected copy of a version as the newest one."""
    return version_data(mend_version(server, visitor, number, given.cells))


@router.post("/hand-in", summary="报送最新的一版")
def confirm_hand_in(server: TheServer, visitor: Filler, given: Annotated[HandIn, Body()]) -> MyWork:
    """Hand the newest version in."""
    with server.database.session() as session:
        department = department_of(session, visitor, visitor.id)
        hand_in(session, visitor, department, given.number, confirm=given.confirm)
        return _mine(session, visitor, department)


@router.post("/code", summary="生成另一台电脑用的校验码")
def another_code(server: TheServer, visitor: Filler) -> Code:
    """A code for another browser or program."""
    prepared = prepare_codes(1)
    with server.database.session() as session:
        department = department_of(session, visitor, visitor.id)
        issued = give_codes(session, visitor, [department], prepared)
    return Code(link=link_of(server.settings, department), code=issued[0].code)


def _mine(session: Session, visitor: Visitor, department: Department) -> MyWork:
    work = session.get_one(Round, department.round_id)
    newest = newest_version(session, department)
    step = next_step(work, department, newest, examination_of(session, newest), china_today())
    return MyWork(
        department=department.name,
        round=work.title,
        form=work.form,
        year=work.year,
        due_on=work.due_on,
        is_open=work.is_open,
        state=department.state,
        to_do=step.words,
        hint=step.hint,
        may_upload=step.may_upload,
        may_hand_in=step.may_hand_in,
        versions=[version_data(each) for each in versions_of(session, department)],
        opinions=[opinion_data(each) for each in opinions_of(session, visitor, department)],
    )
