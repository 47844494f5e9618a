"""Pages: the roster of a round, and the links and codes of its departments."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from zhengti_zip.base.safenames import named_after
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.desk.access import download
from zhengti_zip.web.office.access import give_codes, links_workbook, prepare_codes
from zhengti_zip.web.office.asking import must_be_officer, round_of
from zhengti_zip.web.office.frames import round_page
from zhengti_zip.web.office.roster_import import import_roster, roster_in_worker
from zhengti_zip.web.office.rounds import departments_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.requests import Received, TheServer

router = APIRouter(include_in_schema=False)


@router.get("/office/rounds/{round_id}/roster")
def roster(request: Request, server: TheServer, visitor: Bureau, round_id: str) -> HTMLResponse:
    """The roster, how to import one, links and codes, the last day, opening and closing."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        return _roster_page(request, session, work)


@router.post("/office/rounds/{round_id}/roster")
def take_roster(
    request: Request, server: TheServer, visitor: Bureau, round_id: str, file: Received
) -> HTMLResponse:
    """Take a roster in. The answer says what was done and what was not read, or all that is wrong with the file."""
    must_be_officer(visitor)
    name, content = file
    roster = roster_in_worker(server, content, name)
    if roster.errors:
        with server.database.reading() as session:
            work = round_of(session, visitor, round_id)
            return _roster_page(request, session, work, status=400, file_name=name, problems=roster.problems)
    with server.database.session() as session:
        work = round_of(session, visitor, round_id)
        change = import_roster(session, visitor, work, roster)
        return _roster_page(request, session, work, file_name=name, problems=roster.problems, change=change)


@router.post("/office/rounds/{round_id}/codes")
def make_codes(
    server: TheServer,
    visitor: Bureau,
    round_id: str,
    which: Annotated[str, Form()] = "without",
    department: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """New codes for some departments, with their links as a workbook: the only time that the codes are shown."""
    must_be_officer(visitor)
    with server.database.reading() as session:
        chosen = _chosen(
            departments_of(session, round_of(session, visitor, round_id)), which, department or []
        )
    prepared = prepare_codes(len(chosen))
    wanted = {each.id for each in chosen}
    with server.database.session() as session:
        work = round_of(session, visitor, round_id)
        departments = [each for each in departments_of(session, work) if each.id in wanted]
        issued = give_codes(session, visitor, departments, prepared[: len(departments)])
    content = links_workbook(server.settings, work, issued)
    return download(named_after(f"填报链接-{work.title}.xlsx"), content)


def _chosen(departments: list[Department], which: str, selected: list[str]) -> list[Department]:
    """The departments that get new codes.

    Raises:
        Refusal: there is none.
    """
    if which == "all":
        chosen = departments
    elif which == "selected":
        chosen = [each for each in departments if each.id in selected]
    else:
        chosen = [each for each in departments if has_no_code(each)]
    if not chosen:
        words = "没有勾选部门" if which == "selected" else "没有需要生成校验码的部门"
        raise wrong_input(words, "请返回上一页，勾选部门或选择“全部”")
    return chosen


def has_no_code(department: Department) -> bool:
    """Whether a department never got a code."""
    return department.code_made_at is None


def _roster_page(
    request: Request, session: Session, work: Round, status: int = 200, **values: Any
) -> HTMLResponse:
    departments = departments_of(session, work)
    return round_page(
        request,
        "office/roster.html.j2",
        "/roster",
        work,
        status,
        departments=departments,
        states={each.id: State(each.state) for each in departments},
        without_code=sum(map(has_no_code, departments)),
        **{"file_name": "", "problems": [], "change": None, **values},
    )
