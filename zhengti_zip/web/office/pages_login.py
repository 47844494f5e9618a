"""Pages for logging in and out, and for one's own password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from zhengti_zip.web.office.accounts import ROLES, change_password
from zhengti_zip.web.office.sessions import log_in, log_out
from zhengti_zip.web.pages import page
from zhengti_zip.web.refusals import Refusal, not_found
from zhengti_zip.web.requests import TheServer, TheVisitor, require, set_session
from zhengti_zip.web.security.cookies import COOKIE, new_ticket
from zhengti_zip.web.security.secrets import MAX_PASSWORD, MIN_PASSWORD
from zhengti_zip.web.visitor import Role, Visitor

router = APIRouter(include_in_schema=False)

Person = Annotated[Visitor, Depends(require(*ROLES))]


@router.get("/login")
def login_page(
    request: Request, server: TheServer, visitor: TheVisitor, goal: Annotated[str, Query(alias="next")] = ""
) -> Response:
    """Asks for name and password; a desk has no such page."""
    if not server.settings.is_office:
        raise not_found()
    if visitor.role is not Role.NOBODY:
        return RedirectResponse(_local(goal), 303)
    return page(request, "office/login.html.j2", goal=_local(goal), name="", refusal=None)


@router.post("/login")
def login(
    request: Request,
    server: TheServer,
    visitor: TheVisitor,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    goal: Annotated[str, Form(alias="next")] = "",
) -> Response:
    """Begin a session, with a new cookie, and go on to where the visitor wanted."""
    if not server.settings.is_office:
        raise not_found()
    try:
        ticket = log_in(server, visitor, name, password)
    except Refusal as refusal:
        values = {"goal": _local(goal), "name": name, "refusal": refusal}
        return page(request, "office/login.html.j2", refusal.status, **values)
    answer = RedirectResponse(_local(goal), 303)
    set_session(answer, server, ticket)
    return answer


@router.post("/logout")
def logout(request: Request, server: TheServer, visitor: TheVisitor) -> Response:
    """End the session; on a desk there is none to end."""
    if not server.settings.is_office:
        raise not_found()
    with server.database.session() as session:
        log_out(session, visitor, request.state.ticket)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/password")
def password_page(request: Request, visitor: Person) -> Response:
    """Asks for the old and a new password of one's own account."""
    return _password_page(request, None)


@router.post("/password")
def password(
    request: Request,
    server: TheServer,
    visitor: Person,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change the password; the other sessions of the account are over."""
    try:
        if new != again:
            raise Refusal(400, "两次输入的新密码不一样", "请重新输入")
        account = change_password(server, visitor, old, new)
    except Refusal as refusal:
        return _password_page(request, refusal)
    answer = RedirectResponse("/", 303)
    set_session(answer, server, new_ticket(visitor.role, account.id, account.epoch))
    return answer


def _password_page(request: Request, refusal: Refusal | None) -> Response:
    values = {"refusal": refusal, "shortest": MIN_PASSWORD, "longest": MAX_PASSWORD}
    return page(request, "office/password.html.j2", refusal.status if refusal else 200, **values)


def _local(goal: str) -> str:
    """An address of this server, whatever somebody put into the link."""
    is_local = goal.startswith("/") and not goal.startswith(("//", "/\\")) and goal.isprintable()
    return goal if is_local and not goal.startswith(("/login", "/logout")) else "/"
