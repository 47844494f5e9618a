"""Pages: what the forms of a round say together: ranking, warnings, self-scores, two years."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from zhengti_zip.web.desk.access import download
from zhengti_zip.web.office.asking import round_of
from zhengti_zip.web.office.frames import round_page
from zhengti_zip.web.office.ranking import file_name, ranking_of, ranking_workbook
from zhengti_zip.web.office.self_scores import higher_self_scores
from zhengti_zip.web.office.standing import Standing, standing_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.office.warnings_list import warnings_of
from zhengti_zip.web.office.years import two_years
from zhengti_zip.web.requests import TheServer
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Visitor

router = APIRouter(prefix="/office/rounds/{round_id}", include_in_schema=False)


@router.get("/ranking")
def ranking(request: Request, server: TheServer, visitor: Bureau, round_id: str) -> HTMLResponse:
    """The departments by their totals, grades and the average."""
    standing = _standing(server, visitor, round_id)
    table = ranking_of(standing)
    average = table.figures.average
    return round_page(
        request,
        "office/ranking.html.j2",
        "/ranking",
        standing.work,
        table=table,
        full=standing.form.full_score,
        states={each.department.id: each.state for each in standing.handed_in},
        grades={each.name: each.count for each in table.figures.grades if each.count},
        average=None if average is None else round(average, 2),
    )


@router.get("/ranking.xlsx")
def ranking_file(server: TheServer, visitor: Bureau, round_id: str) -> Response:
    """汇总表.xlsx, as ``batch`` makes it."""
    standing = _standing(server, visitor, round_id)
    return download(file_name(standing.work), ranking_workbook(server, standing))


@router.get("/warnings")
def warnings(
    request: Request, server: TheServer, visitor: Bureau, round_id: str, everything: bool = False
) -> HTMLResponse:
    """Warnings of what has passed, or of everything that was handed in."""
    states = () if everything else (State.PASSED,)
    standing = _standing(server, visitor, round_id, *states)
    return round_page(
        request,
        "office/warnings.html.j2",
        "/warnings",
        standing.work,
        found=warnings_of(standing),
        count=len(standing.handed_in),
        everything=everything,
    )


@router.get("/self-scores")
def self_scores(request: Request, server: TheServer, visitor: Bureau, round_id: str) -> HTMLResponse:
    """Rows where departments gave themselves more than their data say."""
    standing = _standing(server, visitor, round_id)
    return round_page(
        request,
        "office/self_scores.html.j2",
        "/self-scores",
        standing.work,
        found=higher_self_scores(standing),
        count=len(standing.handed_in),
    )


@router.get("/years")
def years(request: Request, server: TheServer, visitor: Bureau, round_id: str) -> HTMLResponse:
    """This round beside the one of the year before."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        both = two_years(session, work)
    return round_page(request, "office/years.html.j2", "/years", work, both=both)


def _standing(server: Server, visitor: Visitor, round_id: str, *states: State) -> Standing:
    with server.database.reading() as session:
        return standing_of(session, round_of(session, visitor, round_id), *states)
