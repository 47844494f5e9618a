"""Pages: the steps an officer takes with a department: begin the review, return, pass, review again; roster and access."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.office.access import end_sessions
from zhengti_zip.web.office.asking import department_of, must_be_officer, must_be_possible
from zhengti_zip.web.office.frames import see_done
from zhengti_zip.web.office.opinions import add_opinion, opinions_of, remove_opinion
from zhengti_zip.web.office.pages_review import department_page
from zhengti_zip.web.office.roster_import import remove_department
from zhengti_zip.web.office.states import Step
from zhengti_zip.web.office.transitions import begin_review, hand_in, pass_, reopen, return_
from zhengti_zip.web.office.versions import add_version, handed_in_version
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.pages import page
from zhengti_zip.web.refusals import Refusal, not_found
from zhengti_zip.web.requests import Received, TheServer
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Visitor

router = APIRouter(prefix="/office/departments/{department_id}", include_in_schema=False)

ASKED = {
    "return": (Step.RETURN, "退回后部门可以上传新的版本，并在自己的页面上看到下列意见。"),
    "pass": (Step.PASS, "通过后部门不能再修改；需要改变结论的，可以重新复核。"),
    "reopen": (Step.REOPEN, "重新复核后可以再填意见和复核得分，也可以退回。"),
}
"""Steps that want a second look, by the end of their address."""


def here(department_id: str) -> str:
    """The address of a department's page."""
    return f"/office/departments/{department_id}"


@router.post("/review")
def review(server: TheServer, visitor: Bureau, department_id: str) -> RedirectResponse:
    """Say that somebody reviews it."""
    with server.database.session() as session:
        begin_review(session, visitor, department_of(session, visitor, department_id))
    return see_done(server, here(department_id), "review")


@router.get("/confirm/{asked}")
def confirm(
    request: Request, server: TheServer, visitor: Bureau, department_id: str, asked: str
) -> HTMLResponse:
    """Asks once more before a step."""
    if asked not in ASKED:
        raise not_found()
    return _confirm_page(request, server, visitor, department_id, asked)


def _confirm_page(
    request: Request,
    server: Server,
    visitor: Visitor,
    department_id: str,
    asked: str,
    *,
    refusal: Refusal | None = None,
    text: str = "",
) -> HTMLResponse:
    step, words = ASKED[asked]
    with server.database.reading() as session:
        department = department_of(session, visitor, department_id)
        work = session.get_one(Round, department.round_id)
        must_be_possible(step, work, department, visitor)
        version = handed_in_version(session, department)
        opinions = opinions_of(session, visitor, department, version) if version else []
    return page(
        request,
        "office/confirm.html.j2",
        refusal.status if refusal else 200,
        department=department,
        round=work,
        title=f"{step.label}：{department.name}",
        button=step.label,
        words=words,
        action=f"{here(department_id)}/{asked}",
        opinions=[opinion for opinion in opinions if opinion.returned_at is None],
        is_return=step is Step.RETURN,
        refusal=refusal,
        text=text,
    )


@router.post("/return")
def give_back(
    request: Request,
    server: TheServer,
    visitor: Bureau,
    department_id: str,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Give a form back with the opinions. What was typed stays on the page until it is right."""
    try:
        with server.database.session() as session:
            return_(session, visitor, department_of(session, visitor, department_id), text)
    except Refusal as refusal:
        if refusal.status != 400:
            raise
        return _confirm_page(request, server, visitor, department_id, "return", refusal=refusal, text=text)
    return see_done(server, here(department_id), "returned")


@router.post("/pass")
def let_pass(server: TheServer, visitor: Bureau, department_id: str) -> RedirectResponse:
    """Pass a form."""
    with server.database.session() as session:
        pass_(session, visitor, department_of(session, visitor, department_id))
    return see_done(server, here(department_id), "passed")


@router.post("/reopen")
def open_again(server: TheServer, visitor: Bureau, department_id: str) -> RedirectResponse:
    """Review a form again that has passed."""
    with server.database.session() as session:
        reopen(session, visitor, department_of(session, visitor, department_id))
    return see_done(server, here(department_id), "reopened")


@router.post("/opinions")
def new_opinion(
    request: Request,
    server: TheServer,
    visitor: Bureau,
    department_id: str,
    text: Annotated[str, Form()] = "",
    row: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say something about a row or the whole. What was typed stays on the page until it is right."""
    try:
        with server.database.session() as session:
            add_opinion(session, visitor, department_of(session, visitor, department_id), text, row)
    except Refusal as refusal:
        if refusal.status not in (400, 409):
            raise
        return department_page(
            request, server, visitor, department_id, refusal=refusal, opinion=text, chosen_row=row
        )
    return see_done(server, here(department_id), "opinion")


@router.post("/opinions/{opinion_id}/remove")
def drop_opinion(server: TheServer, visitor: Bureau, department_id: str, opinion_id: str) -> RedirectResponse:
    """Take an opinion back that was not sent."""
    with server.database.session() as session:
        remove_opinion(session, visitor, department_of(session, visitor, department_id), opinion_id)
    return see_done(server, here(department_id), "removed")


@router.post("/versions")
def upload(server: TheServer, visitor: Bureau, department_id: str, file: Received) -> RedirectResponse:
    """Keep a workbook that a department sent by other ways."""
    must_be_officer(visitor)
    name, content = file
    with server.database.session() as session:
        add_version(server, session, visitor, department_of(session, visitor, department_id), name, content)
    return see_done(server, here(department_id), "uploaded")


@router.post("/hand-in")
def hand_in_for(
    server: TheServer,
    visitor: Bureau,
    department_id: str,
    number: Annotated[int, Form(ge=1, le=10**6)],
    confirm: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Hand in for a department what it sent by other ways; the log tells who did."""
    must_be_officer(visitor)
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        hand_in(session, visitor, department, number, confirm=confirm)
    return see_done(server, here(department_id), "handed_in")


@router.post("/end-access")
def end_access(server: TheServer, visitor: Bureau, department_id: str) -> RedirectResponse:
    """End every session of a department, and take its code away."""
    with server.database.session() as session:
        end_sessions(session, visitor, department_of(session, visitor, department_id))
    return see_done(server, here(department_id), "ended")


@router.post("/remove")
def remove(server: TheServer, visitor: Bureau, department_id: str) -> RedirectResponse:
    """Take a department out of the roster, as long as nothing was uploaded."""
    with server.database.session() as session:
        department = department_of(session, visitor, department_id)
        round_id = department.round_id
        remove_department(session, visitor, department)
    return see_done(server, f"/office/rounds/{round_id}/roster", "taken_out")
