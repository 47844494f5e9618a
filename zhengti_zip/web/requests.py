"""What the routes ask of a request: the server, who asks, and whether the form came from a page of theirs."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import Depends, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhengti_zip.web.database.models import EndedSession
from zhengti_zip.web.database.office_models import Account, Department
from zhengti_zip.web.plain import is_for_programs
from zhengti_zip.web.refusals import Refusal, log_in_first, not_found
from zhengti_zip.web.security.cookies import COOKIE, SessionTicket, new_ticket, seconds_of
from zhengti_zip.web.security.guard import SAFE_METHODS
from zhengti_zip.web.server import Server
from zhengti_zip.web.uploads import MAX_FIELDS, MAX_UPLOADS, received
from zhengti_zip.web.visitor import Role, Visitor

TOKEN_HEADER = "X-CSRF-Token"


def server_of(request: Request) -> Server:
    """The server that answers."""
    found: Server = request.app.state.server
    return found


def visitor_of(request: Request) -> Visitor:
    """Who asks."""
    found: Visitor = request.state.visitor
    return found


async def _fields(request: Request) -> FormData:
    return await request.form()


def _received(file: UploadFile) -> tuple[str, bytes]:
    return received(file)


TheServer = Annotated[Server, Depends(server_of)]
TheVisitor = Annotated[Visitor, Depends(visitor_of)]

Received = Annotated[tuple[str, bytes], Depends(_received)]
"""The file in the field ``file``: its name, made safe, and its bytes."""

Filled = Annotated[FormData, Depends(_fields)]
"""All fields of a form whose names depend on what it is about."""


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


class KnowTheVisitor:
    """ASGI middleware: find out who asks; a desk gives everybody a visit of their own.

    Args:
        app: what answers.
        server: the server.
    """

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self._app, self._server = app, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a page gives a new visitor the cookie of their session."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        server, request = self._server, Request(scope)
        address = request.client.host if request.client else ""
        ticket, request.state.is_program = _ticket(request, server)
        is_static = request.url.path.startswith("/static/")  # the same for everybody
        is_page = not (is_static or request.url.path.startswith("/api/"))
        found = None
        if ticket and not is_static:
            found = await run_in_threadpool(_visitor, ticket, server, address)
        is_new = found is None
        if ticket is None or found is None:
            role = Role.NOBODY if server.settings.is_office else Role.VISITOR
            ticket = new_ticket(role, secrets.token_urlsafe(16), 0)
            found = Visitor(role, ticket.id, role.label, address)
        request.state.ticket, request.state.visitor = ticket, found
        request.state.form_token = server.cookies.form_token(ticket)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and is_new and is_page:
                _introduce(message, server, ticket)
            await send(message)

        await self._app(scope, receive, sent)


def _introduce(message: Message, server: Server, ticket: SessionTicket) -> None:
    """Give a new visitor their cookie, unless the answer has one of its own, after a login."""
    headers = MutableHeaders(scope=message)
    if any(value.startswith(f"{COOKIE}=") for value in headers.getlist("set-cookie")):
        return
    cookie = Response()
    set_session(cookie, server, ticket)
    headers.append("set-cookie", cookie.headers["set-cookie"])


def set_session(response: Response, server: Server, ticket: SessionTicket) -> None:
    """Give the browser a session."""
    response.set_cookie(
        COOKIE,
        server.cookies.write(ticket),
        max_age=seconds_of(ticket.role),
        httponly=True,
        samesite="lax",
        secure=server.settings.is_secure,
        path="/",
    )


async def check_form_token(request: Request) -> AsyncIterator[None]:
    """A dependency of every route: refuse what a page of another site made the browser send.

    Forms bring their token back in the field ``csrf``, scripts in the header ``X-CSRF-Token``. A program needs none: no
    browser sends its token by itself. A route with many fields reads them by :data:`Filled`, which has more room
    here than the fields that FastAPI declares.

    Raises:
        Refusal: the token is missing or another one.
    """
    if request.method in SAFE_METHODS or _is_from_program(request):
        yield
        return
    given = request.headers.get(TOKEN_HEADER, "")
    form = await request.form(max_files=MAX_UPLOADS, max_fields=MAX_FIELDS)
    try:
        field = form.get("csrf")
        if not given and isinstance(field, str):
            given = field
        if not server_of(request).cookies.is_form_token(request.state.ticket, given):
            raise _not_from_here(request)
        yield
    finally:
        await form.close()


def _not_from_here(request: Request) -> Refusal:
    """The refusal of a form without its token: mostly of a page that was left open for too long."""
    is_door = request.url.path == "/login" or request.url.path.startswith("/d/")
    if visitor_of(request).role is Role.NOBODY and not is_door:
        return Refusal(
            403, "登录已过期，没有提交", "请返回上一页，复制填写的内容，重新登录后再填；选好的文件要重新选择"
        )
    return Refusal(403, "页面已过期，没有提交", "请返回上一页刷新后再试一次")


def _is_from_program(request: Request) -> bool:
    return request.state.is_program or (is_for_programs(request.url.path) and COOKIE not in request.cookies)


def _ticket(request: Request, server: Server) -> tuple[SessionTicket | None, bool]:
    """The ticket that came, and whether a program sent it in a header."""
    bearer = request.headers.get("authorization", "")
    if bearer.lower().startswith("bearer "):
        return server.cookies.read(bearer[7:].strip()), True
    return server.cookies.read(request.cookies.get(COOKIE, "")), False


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
        if session.get(EndedSession, ticket.nonce) is not None:  # somebody logged out
            return None
        if ticket.role is Role.DEPARTMENT:
            department = session.get(Department, ticket.id)
            if department is None or department.epoch != ticket.epoch:
                return None
            return Visitor(Role.DEPARTMENT, department.id, department.name, address)
        account = session.get(Account, ticket.id)
        if account is None or account.is_disabled or account.epoch != ticket.epoch:
            return None
        return Visitor(Role(account.role), account.id, account.name, address)
