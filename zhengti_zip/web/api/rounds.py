"""Rounds, their rosters, links and codes, for programs of the bureau."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.batch.roster import RosterProblem
from zhengti_zip.web.api.office_data import DepartmentData, RoundData, department_data, round_data
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.office.access import give_codes, link_of, prepare_codes
from zhengti_zip.web.office.asking import must_be_officer, round_of
from zhengti_zip.web.office.overview import department_lines
from zhengti_zip.web.office.roster_import import import_roster, roster_in_worker
from zhengti_zip.web.office.rounds import add_round, departments_of, set_due, set_open, state_counts
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.requests import Received, TheServer
from zhengti_zip.web.times import china_today

router = APIRouter(prefix="/api/v1/rounds", tags=["填报工作"])


class NewRound(BaseModel):
    """A round to begin."""

    title: str = Field("", description="名称；空着的取年度和评价表的名称")
    form: str = Field(description="评价表的代码")
    year: int = Field(description="年度")
    due_on: date | None = Field(None, description="截止日期")
    previous_id: str | None = Field(None, description="上一年度的填报工作")


class RoundChange(BaseModel):
    """What to change; what is left out stays."""

    due_on: date | None = Field(None, description="截止日期；null 为不定")
    is_open: bool | None = Field(None, description="是否接收报送")


class RosterProblemData(BaseModel):
    """Something in a roster that was not taken, or not as it stands."""

    severity: str
    place: str = Field(description="工作表和单元格")
    message: str
    remedy: str


class RosterData(BaseModel):
    """What an import did. With errors nothing was imported."""

    added: int
    changed: int
    unchanged: int
    missing: list[str] = Field(description="名单文件里没有、仍然保留的部门")
    problems: list[RosterProblemData]


class CodesWanted(BaseModel):
    """Whose codes to make."""

    department_ids: list[str] | None = Field(None, description="部门；null 为全部")


class CodeData(BaseModel):
    """A link and its code, which is shown this once."""

    department_id: str
    name: str
    link: str
    code: str


@router.get("", summary="全部填报工作")
def rounds(server: TheServer, visitor: Bureau) -> list[RoundData]:
    """All rounds, the newest first."""
    with server.database.reading() as session:
        found = session.scalars(select(Round).order_by(Round.year.desc(), Round.created_at.desc()))
        return [_data(session, each) for each in found]


@router.post("", status_code=201, summary="新建填报工作")
def make_round(server: TheServer, visitor: Bureau, given: Annotated[NewRound, Body()]) -> RoundData:
    """Begin a round."""
    with server.database.session() as session:
        return _data(session, add_round(session, visitor, **given.model_dump()))


@router.get("/{round_id}", summary="一次填报工作")
def one_round(server: TheServer, visitor: Bureau, round_id: str) -> RoundData:
    """One round."""
    with server.database.reading() as session:
        return _data(session, round_of(session, visitor, round_id))


@router.patch("/{round_id}", summary="截止日期、停止或开放填报")
def change_round(
    server: TheServer, visitor: Bureau, round_id: str, given: Annotated[RoundChange, Body()]
) -> RoundData:
    """Change the last day, or let departments hand in or not."""
    with server.database.session() as session:
        work = round_of(session, visitor, round_id)
        if "due_on" in given.model_fields_set:
            set_due(session, visitor, work, given.due_on)
        if given.is_open is not None:
            set_open(session, visitor, work, given.is_open)
        return _data(session, work)


@router.get("/{round_id}/departments", summary="各部门的状态和最新版本")
def departments(server: TheServer, visitor: Bureau, round_id: str) -> list[DepartmentData]:
    """Where every department stands."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        return [department_data(line) for line in department_lines(session, work, china_today())]


@router.post("/{round_id}/roster", summary="导入应报名单（.xlsx 或 .csv）")
def take_roster(server: TheServer, visitor: Bureau, round_id: str, file: Received) -> RosterData:
    """Take a roster in; with errors in it nothing changes."""
    must_be_officer(visitor)
    name, content = file
    roster = roster_in_worker(server, content, name)
    problems = [_problem(each) for each in roster.problems]
    with server.database.session() as session:
        work = round_of(session, visitor, round_id)
        if roster.errors:
            return RosterData(added=0, changed=0, unchanged=0, missing=[], problems=problems)
        change = import_roster(session, visitor, work, roster)
        return RosterData(
            added=len(change.added),
            changed=len(change.changed),
            unchanged=change.unchanged,
            missing=[department.name for department in change.missing],
            problems=problems,
        )


@router.post("/{round_id}/codes", summary="生成填报链接和一次性校验码")
def make_codes(
    server: TheServer, visitor: Bureau, round_id: str, given: Annotated[CodesWanted, Body()]
) -> list[CodeData]:
    """New codes; older ones that were not used are valid no more."""
    must_be_officer(visitor)
    with server.database.reading() as session:
        found = departments_of(session, round_of(session, visitor, round_id))
    wanted = {each.id for each in found if given.department_ids is None or each.id in given.department_ids}
    prepared = prepare_codes(len(wanted))
    with server.database.session() as session:
        chosen = [
            each
            for each in departments_of(session, round_of(session, visitor, round_id))
            if each.id in wanted
        ]
        issued = give_codes(session, visitor, chosen, prepared[: len(chosen)])
    return [
        CodeData(
            department_id=each.department.id,
            name=each.department.name,
            link=link_of(server.settings, each.department),
            code=each.code,
        )
        for each in issued
    ]


def _data(session: Session, work: Round) -> RoundData:
    return round_data(work, {state.value: count for state, count in state_counts(session, work).items()})


def _problem(problem: RosterProblem) -> RosterProblemData:
    return RosterProblemData(
        severity=problem.severity, place=problem.place, message=problem.message, remedy=problem.remedy
    )
