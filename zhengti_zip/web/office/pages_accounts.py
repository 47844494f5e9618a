"""Pages: the accounts of the bureau, for the administrator."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from zhengti_zip.web.office.accounts import (
    ROLES,
    accounts,
    add_account,
    set_disabled,
    set_password,
    set_role,
)
from zhengti_zip.web.office.frames import office_page, see_done
from zhengti_zip.web.office.visitors import Administrator
from zhengti_zip.web.requests import TheServer
from zhengti_zip.web.security.secrets import MAX_PASSWORD, MIN_PASSWORD

router = APIRouter(include_in_schema=False)

HERE = "/office/accounts"


@router.get("/office/accounts")
def all_accounts(request: Request, server: TheServer, visitor: Administrator) -> HTMLResponse:
    """All accounts, and the form for a new one."""
    with server.database.reading() as session:
        found = accounts(session)
    return office_page(
        request,
        "office/accounts.html.j2",
        accounts=found,
        roles=ROLES,
        shortest=MIN_PASSWORD,
        longest=MAX_PASSWORD,
    )


@router.post("/office/accounts")
def new_account(
    server: TheServer,
    visitor: Administrator,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Make an account."""
    with server.database.session() as session:
        add_account(session, visitor, name, role, password)
    return see_done(server, HERE, "account")


@router.post("/office/accounts/{account_id}/role")
def change_role(
    server: TheServer, visitor: Administrator, account_id: str, role: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Give an account another role."""
    with server.database.session() as session:
        set_role(session, visitor, account_id, role)
    return see_done(server, HERE, "account")


@router.post("/office/accounts/{account_id}/password")
def change_password(
    server: TheServer, visitor: Administrator, account_id: str, password: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Give an account another password, e.g. when its owner forgot the old one."""
    with server.database.session() as session:
        set_password(session, visitor, account_id, password)
    return see_done(server, HERE, "account")


@router.post("/office/accounts/{account_id}/disable")
def disable(server: TheServer, visitor: Administrator, account_id: str) -> RedirectResponse:
    """Let an account log in no more."""
    with server.database.session() as session:
        set_disabled(session, visitor, account_id, True)
    return see_done(server, HERE, "account")


@router.post("/office/accounts/{account_id}/enable")
def enable(server: TheServer, visitor: Administrator, account_id: str) -> RedirectResponse:
    """Let an account log in again."""
    with server.database.session() as session:
        set_disabled(session, visitor, account_id, False)
    return see_done(server, HERE, "account")
