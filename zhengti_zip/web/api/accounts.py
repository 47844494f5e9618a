"""Accounts of the bureau, for programs of the administrator."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field

from zhengti_zip.web.database.office_models import Account
from zhengti_zip.web.office import accounts as service
from zhengti_zip.web.office.visitors import Administrator
from zhengti_zip.web.requests import TheServer

router = APIRouter(prefix="/api/v1/accounts", tags=["账号"])


class AccountData(BaseModel):
    """An account."""

    id: str
    name: str = Field(description="登录用的名称")
    role: str = Field(description="reader 查阅、officer 经办、administrator 管理员")
    is_disabled: bool = Field(description="是否已停用")
    created_at: datetime


class NewAccount(BaseModel):
    """An account to make."""

    name: str = Field(description="登录用的名称")
    role: str = Field(description="reader、officer 或 administrator")
    password: str = Field(description="密码")


class AccountChange(BaseModel):
    """What to change; what is left out stays."""

    role: str | None = Field(None, description="reader、officer 或 administrator")
    password: str | None = Field(None, description="新密码")
    is_disabled: bool | None = Field(None, description="停用或恢复使用")


@router.get("", summary="全部账号")
def all_accounts(server: TheServer, visitor: Administrator) -> list[AccountData]:
    """All accounts, by name."""
    with server.database.reading() as session:
        return [_data(account) for account in service.accounts(session)]


@router.post("", status_code=201, summary="新建账号")
def new_account(
    server: TheServer, visitor: Administrator, given: Annotated[NewAccount, Body()]
) -> AccountData:
    """Make an account."""
    with server.database.session() as session:
        return _data(service.add_account(session, visitor, given.name, given.role, given.password))


@router.patch("/{account_id}", summary="修改账号：角色、密码、停用")
def change_account(
    server: TheServer, visitor: Administrator, account_id: str, given: Annotated[AccountChange, Body()]
) -> AccountData:
    """Change an account; all of it or nothing. Its sessions are over."""
    with server.database.session() as session:
        account = service.account_of(session, account_id)
        if given.role is not None:
            service.set_role(session, visitor, account_id, given.role)
        if given.password is not None:
            service.set_password(session, visitor, account_id, given.password)
        if given.is_disabled is not None:
            service.set_disabled(session, visitor, account_id, given.is_disabled)
        return _data(account)


def _data(account: Account) -> AccountData:
    return AccountData(
        id=account.id,
        name=account.name,
        role=account.role,
        is_disabled=account.is_disabled,
        created_at=account.created_at,
    )
