"""What the routes ask of a request: the server, who asks, and whether the form came from a page of theirs."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request, Response

from zhengti_zip.web.database.office_models import Account, Department
from zhengti_zip.web.refusals import Refusal, log_in_first, not_found
from zhengti_zip.web.security.cookies import ACCOUNT_SECONDS, COOKIE, SECONDS, SessionTicket
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def server_of(request: Request) -> Server:
    """The server that answers."""
    found: Server = request.app.state.server
    return found


def visitor_of(request: Request) -> Visitor:
    """Who asks."""
    found: Visitor = request.state.visitor
    return found


TheServer = Annotated[Server, Depends(server_of)]
TheVisitor = Annotated[Visitor, Depends(visitor_of)]


def require(*roles: Role) -> Callable[[Request], Visitor]:
    """A dependency that lets only some roles in.

    Raises:
        Refusal: 401 for nobody, 404 for everybody else, who shall not learn that the page exists.
    """

    def required(request: Request) -> Visitor:
        visitor = visitor_of(request)
        if visitor.role in roles:
            return visitor
        raise log_in_first() if visitor.role is Role.NOBODY else not_found()

    return required


async def know_the_visitor(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Middleware: find out who asks; a desk gives everybody a visit of their own."""
    server = server_of(request)
    address = request.client.host if request.client else ""
    ticket = _ticket(request, server)
    visitor = _visitor(ticket, server, address) if ticket else None
    is_new = visitor is None
    if ticket is None or visitor is None:
        role = Role.NOBODY if server.settings.is_office else Role.VISITOR
        ticket = SessionTicket(role, secrets.token_urlsafe(16), 0, secrets.token_urlsafe(16))
        visitor = Visitor(role, ticket.id, role.label, address)
    request.state.ticket, request.state.visitor = ticket, visitor
    request.state.form_token = server.cookies.form_token(ticket)
    response = await call_next(request)
    if is_new and not request.url.path.startswith(("/static/", "/api/")) and not _sets_session(response):
        set_session(response, server, ticket)
    return response


def set_session(response: Response, server: Server, ticket: SessionTicket) -> None:
    """Give the browser a session."""
    response.set_cookie(
        COOKIE,
        server.cookies.write(ticket),
        max_age=SECONDS.get(ticket.role, ACCOUNT_SECONDS),
        httponly=True,
        samesite="lax",
        secure=server.settings.is_secure,
        path="/",
    )


def check_form_token(request: Request, given: str) -> None:
    """Refuse a form that did not come from a page of this session.

    Raises:
        Refusal: the token is missing or another one.
    """
    server = server_of(request)
    if not server.cookies.is_form_token(request.state.ticket, given):
        raise Refusal(403, "页面已过期，没有提交", "请返回上一页刷新后再试一次")


def _sets_session(response: Response) -> bool:
    return any(value.startswith(f"{COOKIE}=") for value in response.headers.getlist("set-cookie"))


def _ticket(request: Request, server: Server) -> SessionTicket | None:
    bearer = request.headers.get("authorization", "")
    if bearer.lower().startswith("bearer "):
        return server.cookies.read(bearer[7:].strip())
    return server.cookies.read(request.cookies.get(COOKIE, ""))


def _visitor(ticket: SessionTicket, server: Server, address: str) -> Visitor | None:
    """Who holds a ticket; None when it counts no more."""
    if ticket.role in (Role.VISITOR, Role.NOBODY):
        is_office = server.settings.is_office
        if (ticket.role is Role.VISITOR) == is_office:  # it was given by another kind of server
            return None
        return Visitor(ticket.role, ticket.id, ticket.role.label, address)
    if not server.settings.is_office:
        return None
    with server.database.reading() as session:
        if ticket.role is Role.DEPARTMENT:
            department = session.get(Department, ticket.id)
            if department is None or department.epoch != ticket.epoch:
                return None
            return Visitor(Role.DEPARTMENT, department.id, department.name, address)
        account = session.get(Account, ticket.id)
        if account is None or account.is_disabled or account.epoch != ticket.epoch:
            return None
        return Visitor(Role(account.role), account.id, account.name, address)
