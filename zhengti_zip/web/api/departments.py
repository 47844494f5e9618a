"""Departments for programs of the bureau: versions, scores, opinions, and the steps of the review."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from zhengti_zip.web.api.office_data import (
    POINTS,
    DepartmentData,
    HandIn,
    OpinionData,
    VersionData,
    department_data,
    opinion_data,
    points_text,
    version_data,
)
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.access import end_sessions
from zhengti_zip.web.office.asking import department_of, must_be_officer
from zhengti_zip.web.office.opinions import add_opinion, opinions_of, remove_opinion
from zhengti_zip.web.office.overview import department_line
from zhengti_zip.web.office.reviewed_scores import GivenScore, give_scores, reviewed_form
from zhengti_zip.web.office.roster_import import remove_department
from zhengti_zip.web.office.rounds import form_of
from zhengti_zip.web.office.transitions import begin_review, hand_in, pass_, reopen, return_
from zhengti_zip.web.office.versions import add_version, handed_in_version, versions_of
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.requests import Received, TheServer
from zhengti_zip.web.times import china_today

router = APIRouter(prefix="/api/v1/departments/{department_id}", tags=["部门"])


class DepartmentDetails(DepartmentData):
    """A department with its versions and opinions."""

    versions: list[VersionData] = Field(description="全部版本，最新的在前")
    opinions: list[OpinionData] = Field(description="全部意见，最早的在前")


class NewOpinion(BaseModel):
    """An opinion to add."""

    text: str
    row: str = Field("", description="哪一行；空文本为整张表")


class ReturnData(BaseModel):
    """What to say with a return."""

    text: str = Field("", description="总的意见；已有分行意见的可以空着")


class RowScore(BaseModel):
    """What an officer gives a row."""

    row: str = Field(description="哪一行")
    score: Decimal | None = Field(None, description="复核得分；null 为认可部门的得分")
    remark: str = Field("", description="理由；扣分的必须有")


class ReviewedRowData(BaseModel):
    """A scored row."""

    row: str
    name: str = Field(description="名称")
    weight: str = Field(description="分值")
    self_score: str | None = Field(description=f"自评：{POINTS}")
    computed: str | None = Field(description=f"按数据计算：{POINTS}")
    given: str | None = Field(description=f"复核：{POINTS}")
    remark: str


class ReviewedData(BaseModel):
    """The scores of the version that was handed in last."""

    number: int = Field(description="版本号")
    own_total: str | None = Field(description=f"自评总分：{POINTS}")
    own_grade: str
    total: str | None = Field(description=f"复核总分：{POINTS}")
    grade: str
    note: str = Field(description="需要人工核对的事")
    rows: list[ReviewedRowData]


@router.get("", summary="一个部门的状态、版本和意见")
def one_department(server: TheServer, visitor: Bureau, department_id: str) -> DepartmentDetails:
    """A department."""
    with server.database.reading() as session:
        department = department_of(session, visitor, department_id)
        return DepartmentDetails(
            **_line(session, department).model_dump(),
            versions=[version_data(each) for each in versions_of(session, department)],
            opinions=[opinion_data(each) for each in opinions_of(session, visitor, department)],
        )


@router.post("/versions", status_code=201, summary="代部门上传一版")
def upload(server: TheServer, visitor: Bureau, department_id: str, file: Received) -> VersionData:
    """Keep a workbook that a department sent by other ways."""
    must_be_officer(visitor)
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        return version_data(add_version(server, session, visitor, department, *file))


@router.post("/hand-in", summary="代部门报送最新的一版")
def hand_in_for(
    server: TheServer, visitor: Bureau, department_id: str, given: Annotated[HandIn, Body()]
) -> DepartmentData:
    """Hand in for a department; the log tells who did."""
    must_be_officer(visitor)
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        hand_in(session, visitor, department, given.number, confirm=given.confirm)
        return _line(session, department)


@router.post("/end-access", status_code=204, summary="作废该部门的登录和校验码")
def end_access(server: TheServer, visitor: Bureau, department_id: str) -> None:
    """End every session of a department, and take its code away."""
    with server.database.session() as session:
        end_sessions(session, visitor, department_of(session, visitor, department_id))


@router.delete("", status_code=204, summary="移出应报名单；上传过的不能移出")
def remove(server: TheServer, visitor: Bureau, department_id: str) -> None:
    """Take a department out of the roster, as long as nothing was uploaded."""
    with server.database.session() as session:
        remove_department(session, visitor, department_of(session, visitor, department_id))


@router.post("/opinions", status_code=201, summary="填写意见")
def new_opinion(
    server: TheServer, visitor: Bureau, department_id: str, given: Annotated[NewOpinion, Body()]
) -> OpinionData:
    """Say something about a row or the whole."""
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        return opinion_data(add_opinion(session, visitor, department, given.text, given.row))


@router.delete("/opinions/{opinion_id}", status_code=204, summary="删除没有发出的意见")
def drop_opinion(server: TheServer, visitor: Bureau, department_id: str, opinion_id: str) -> None:
    """Take an opinion back."""
    with server.database.session() as session:
        remove_opinion(session, visitor, department_of(session, visitor, department_id), opinion_id)


@router.get("/scores", summary="各行的自评、计算和复核得分")
def scores(server: TheServer, visitor: Bureau, department_id: str) -> ReviewedData:
    """The scores of the version that was handed in last."""
    with server.database.reading() as session:
        return _scores(session, department_of(session, visitor, department_id))


@router.put("/scores", summary="填写复核得分")
def give(
    server: TheServer, visitor: Bureau, department_id: str, given: Annotated[list[RowScore], Body()]
) -> ReviewedData:
    """Set what the officer gives rows; rows that are left out stay. All of it or nothing."""
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        rows = [GivenScore(each.row, each.score, each.remark) for each in given]
        give_scores(session, visitor, department, rows)
        return _scores(session, department)


@router.post("/review", summary="开始复核")
def review(server: TheServer, visitor: Bureau, department_id: str) -> DepartmentData:
    """Say that somebody reviews it."""
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        begin_review(session, visitor, department)
        return _line(session, department)


@router.post("/return", summary="退回")
def give_back(
    server: TheServer, visitor: Bureau, department_id: str, given: Annotated[ReturnData, Body()]
) -> DepartmentData:
    """Give a form back with the opinions."""
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        return_(session, visitor, department, given.text)
        return _line(session, department)


@router.post("/pass", summary="通过")
def let_pass(server: TheServer, visitor: Bureau, department_id: str) -> DepartmentData:
    """Pass a form."""
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        pass_(session, visitor, department)
        return _line(session, department)


@router.post("/reopen", summary="重新复核")
def open_again(server: TheServer, visitor: Bureau, department_id: str) -> DepartmentData:
    """Review a form again that has passed."""
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        reopen(session, visitor, department)
        return _line(session, department)


def _line(session: Session, department: Department) -> DepartmentData:
    return department_data(department_line(session, department, china_today()))


def _scores(session: Session, department: Department) -> ReviewedData:
    version = handed_in_version(session, department)
    if version is None:
        raise Refusal(409, "还没有报送，没有得分", "请等部门报送后再办理")
    form = form_of(session.get_one(Round, department.round_id))
    reviewed = reviewed_form(session, form, version)
    return ReviewedData(
        number=version.number,
        own_total=points_text(reviewed.own_total),
        own_grade=reviewed.own_grade,
        total=points_text(reviewed.total),
        grade=reviewed.grade,
        note=reviewed.note,
        rows=[
            ReviewedRowData(
                row=each.row.id,
                name=each.row.name,
                weight=points_text(each.row.weight) or "",
                self_score=points_text(each.row.self_score),
                computed=points_text(each.row.computed),
                given=points_text(each.given),
                remark=each.remark,
            )
            for each in reviewed.rows
        ],
    )
