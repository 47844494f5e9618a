"""Pages: the door of a department, which its link leads to and its one-time code opens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from zhengti_zip.web.database.office_models import Department
from zhengti_zip.web.office.access import redeem
from zhengti_zip.web.pages import page
from zhengti_zip.web.refusals import Refusal, not_found
from zhengti_zip.web.requests import TheServer, TheVisitor, set_session
from zhengti_zip.web.security.cookies import new_ticket
from zhengti_zip.web.visitor import Role

router = APIRouter(include_in_schema=False)


@router.get("/d/{link}")
def door(request: Request, server: TheServer, visitor: TheVisitor, link: str) -> Response:
    """Asks for the code; whoever is in already goes on."""
    with server.database.reading() as session:
        found = session.scalars(select(Department).where(Department.link_token == link)).one_or_none()
    if found is None:
        raise not_found()
    if visitor.role is Role.DEPARTMENT and visitor.id == found.id:
        return RedirectResponse("/my", 303)
    return page(request, "office/door.html.j2", link=link, refusal=None)


@router.post("/d/{link}")
def open_door(
    request: Request, server: TheServer, visitor: TheVisitor, link: str, code: Annotated[str, Form()] = ""
) -> Response:
    """Begin the session of a department, with a new cookie; the code opens the door no second time."""
    try:
        department = redeem(server.database, link, code, visitor.address)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return page(request, "office/door.html.j2", refusal.status, link=link, refusal=refusal)
    answer = RedirectResponse("/my", 303)
    set_session(answer, server, new_ticket(Role.DEPARTMENT, department.id, department.epoch))
    return answer
