"""What the forms of a round say together, for programs: ranking, warnings, self-scores, two years, texts to send."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from zhengti_zip.web.api.office_data import POINTS, points_text
from zhengti_zip.web.office.asking import round_of
from zhengti_zip.web.office.ranking import ranking_of
from zhengti_zip.web.office.self_scores import higher_self_scores
from zhengti_zip.web.office.standing import Standing, standing_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.texts import reminders, return_notices
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.office.warnings_list import warnings_of
from zhengti_zip.web.office.years import two_years
from zhengti_zip.web.requests import TheServer
from zhengti_zip.web.server import Server
from zhengti_zip.web.times import china_today
from zhengti_zip.web.visitor import Visitor

router = APIRouter(prefix="/api/v1/rounds/{round_id}", tags=["填报工作"])


class Ranked(BaseModel):
    """A department in the ranking."""

    rank: int = Field(description="名次，依据自评总分；同分同名次")
    department_id: str
    name: str
    total: str = Field(description="自评总分")
    grade: str
    reviewed_total: str | None = Field(description=f"复核总分：{POINTS}")
    reviewed_grade: str


class Ranking(BaseModel):
    """The ranking of what was handed in and not returned."""

    lines: list[Ranked]
    without_total: list[str] = Field(description="没有总分、不参加排名的部门")


class Doubtful(BaseModel):
    """What an officer should look at in the form of one department."""

    department_id: str
    name: str
    warnings: list[str]
    unlisted: int = Field(description="没有列出的还有几条")
    misfits: list[str] = Field(description="与应报名单不符之处")


class HigherRow(BaseModel):
    """A row with a self-score above the computed one."""

    row: str
    name: str
    self_score: str | None
    computed: str | None
    excess: str = Field(description="高出的分数")


class Higher(BaseModel):
    """What a department gave itself beyond its data."""

    department_id: str
    name: str
    excess: str = Field(description="共高出的分数")
    rows: list[HigherRow]


class YearPair(BaseModel):
    """A department in both years."""

    name: str
    department_id: str | None = Field(description="null 为今年不在名单")
    old_total: str | None
    old_grade: str
    total: str | None
    grade: str
    growth: str | None = Field(description=f"增减：{POINTS}")


class ReadyTextData(BaseModel):
    """A text to send to a department."""

    department_id: str
    name: str
    text: str


@router.get("/ranking", summary="排名")
def ranking(server: TheServer, visitor: Bureau, round_id: str) -> Ranking:
    """The departments by their totals."""
    table = ranking_of(_standing(server, visitor, round_id))
    lines = [
        Ranked(
            rank=line.rank,
            department_id=line.department.id,
            name=line.department.name,
            total=points_text(line.total) or "",
            grade=line.grade,
            reviewed_total=points_text(line.reviewed_total),
            reviewed_grade=line.reviewed_grade,
        )
        for line in table.lines
    ]
    return Ranking(lines=lines, without_total=[department.name for department in table.without_total])


@router.get("/warnings", summary="已通过的警告，或全部已报送的警告")
def warnings(server: TheServer, visitor: Bureau, round_id: str, everything: bool = False) -> list[Doubtful]:
    """Warnings, department by department."""
    states = () if everything else (State.PASSED,)
    return [
        Doubtful(
            department_id=each.department.id,
            name=each.department.name,
            warnings=["：".join(filter(None, (found.place, found.message))) for found in each.warnings],
            unlisted=each.unlisted,
            misfits=list(each.misfits),
        )
        for each in warnings_of(_standing(server, visitor, round_id, *states))
    ]


@router.get("/self-scores", summary="自评高于计算的行")
def self_scores(server: TheServer, visitor: Bureau, round_id: str) -> list[Higher]:
    """Rows where departments gave themselves more than their data say."""
    return [
        Higher(
            department_id=each.department.id,
            name=each.department.name,
            excess=points_text(each.excess) or "",
            rows=[
                HigherRow(
                    row=higher.row.id,
                    name=higher.row.name,
                    self_score=points_text(higher.row.self_score),
                    computed=points_text(higher.row.computed),
                    excess=points_text(higher.excess) or "",
                )
                for higher in each.rows
            ],
        )
        for each in higher_self_scores(_standing(server, visitor, round_id))
    ]


@router.get("/years", summary="与上年比较；没有上一年度的为空")
def years(server: TheServer, visitor: Bureau, round_id: str) -> list[YearPair]:
    """This round beside the one of the year before."""
    with server.database.reading() as session:
        both = two_years(session, round_of(session, visitor, round_id))
    return [
        YearPair(
            name=line.name,
            department_id=line.department.id if line.department else None,
            old_total=points_text(line.old_total),
            old_grade=line.old_grade,
            total=points_text(line.total),
            grade=line.grade,
            growth=points_text(line.growth),
        )
        for line in (both.lines if both else ())
    ]


@router.get("/texts", summary="催报提醒和退回通知")
def texts(server: TheServer, visitor: Bureau, round_id: str) -> dict[str, list[ReadyTextData]]:
    """Texts to send: ``reminders`` and ``return_notices``."""
    today, settings = china_today(), server.settings
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        found = {
            "reminders": reminders(session, settings, visitor, work, today),
            "return_notices": return_notices(session, settings, visitor, work, today),
        }
    return {
        kind: [
            ReadyTextData(department_id=each.department.id, name=each.department.name, text=each.text)
            for each in ready
        ]
        for kind, ready in found.items()
    }


def _standing(server: Server, visitor: Visitor, round_id: str, *states: State) -> Standing:
    with server.database.reading() as session:
        return standing_of(session, round_of(session, visitor, round_id), *states)
