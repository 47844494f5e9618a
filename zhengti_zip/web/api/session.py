"""Sessions of programs: a token for name and password, or for a department's link and code."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field

from zhengti_zip.web.office.access import redeem
from zhengti_zip.web.office.accounts import change_password
from zhengti_zip.web.office.sessions import log_in, log_out
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.requests import TheServer, TheVisitor
from zhengti_zip.web.security.cookies import new_ticket, seconds_of
from zhengti_zip.web.visitor import Role

router = APIRouter(prefix="/api/v1", tags=["登录"])


class Credentials(BaseModel):
    """Who asks: an account, or a department with its link and code; a desk wants nothing."""

    name: str = Field("", description="账号名称")
    password: str = Field("", description="账号密码")
    link: str = Field("", description="填报部门：填报链接，或它的最后一段")
    code: str = Field("", description="填报部门：一次性校验码")


class Me(BaseModel):
    """Who a session belongs to."""

    role: str = Field(description="nobody、visitor、department、reader、officer 或 administrator")
    name: str = Field(description="名称")


class Token(Me):
    """A session that begins."""

    token: str = Field(description="以后每次请求都放在请求头里：Authorization: Bearer 令牌")
    seconds: int = Field(description="多少秒以后失效")


class NewPassword(BaseModel):
    """Another password for one's own account."""

    old: str = Field(description="原密码")
    new: str = Field(description="新密码")


@router.post("/session", summary="登录，取得令牌")
def begin(
    request: Request, server: TheServer, visitor: TheVisitor, given: Annotated[Credentials, Body()]
) -> Token:
    """Log in. A desk gives everybody a session of their own; who keeps the token finds their files again."""
    ticket, name = request.state.ticket, visitor.name
    if server.settings.is_office and given.link:
        department = redeem(
            server.database, given.link.rstrip("/").rpartition("/")[2], given.code, visitor.address
        )
        ticket, name = new_ticket(Role.DEPARTMENT, department.id, department.epoch), department.name
    elif server.settings.is_office:
        ticket, name = log_in(server, visitor, given.name, given.password), given.name
    text = server.cookies.write(ticket)
    return Token(role=ticket.role.value, name=name, token=text, seconds=seconds_of(ticket.role))


@router.get("/session", summary="当前身份")
def me(visitor: TheVisitor) -> Me:
    """Who the server takes the asker for."""
    return Me(role=visitor.role.value, name=visitor.name)


@router.delete("/session", status_code=204, summary="退出，令牌作废")
def end(request: Request, server: TheServer, visitor: TheVisitor) -> None:
    """Log out."""
    with server.database.session() as session:
        log_out(session, visitor, request.state.ticket)


@router.put("/password", summary="修改自己的密码；其他登录作废，取得新的令牌")
def password(server: TheServer, visitor: Bureau, given: Annotated[NewPassword, Body()]) -> Token:
    """Change one's own password; all sessions of the account are over, a new one begins."""
    account = change_password(server, visitor, given.old, given.new)
    ticket = new_ticket(visitor.role, account.id, account.epoch)
    text = server.cookies.write(ticket)
    return Token(role=ticket.role.value, name=account.name, token=text, seconds=seconds_of(ticket.role))
