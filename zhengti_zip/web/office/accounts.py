"""Accounts of the people of a bureau: who may log in, and as what."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from zhengti_zip.web.database.office_models import Account
from zhengti_zip.web.log import record
from zhengti_zip.web.refusals import Refusal, not_found, wrong_input
from zhengti_zip.web.security.attempts import one_attempt
from zhengti_zip.web.security.secrets import MAX_PASSWORD, MIN_PASSWORD, hash_secret, is_secret
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor

ROLES = (Role.READER, Role.OFFICER, Role.ADMINISTRATOR)
"""Of accounts, from the one that may do least."""

MAX_NAME = 60


def accounts(session: Session) -> Sequence[Account]:
    """All accounts, by name."""
    return session.scalars(select(Account).order_by(Account.name)).all()


def account_named(session: Session, name: str) -> Account | None:
    """The account of a name in whatever spelling."""
    return session.scalars(select(Account).where(Account.name == plain_name(name))).one_or_none()


def add_account(session: Session, visitor: Visitor | None, name: str, role: str, password: str) -> Account:
    """A new account.

    Args:
        visitor: who makes it; None on the command line of the server.
        role: one of :data:`ROLES`.

    Raises:
        Refusal: the name is taken or no name, the password too short, or there is no such role.
    """
    plain = plain_name(name)
    if not plain or len(plain) > MAX_NAME or any(unicodedata.category(c).startswith("C") for c in plain):
        raise wrong_input(f"账号名称应为 1 至 {MAX_NAME} 个字", "建议用姓名")
    account = Account(name=plain, role=_role(role), password_hash=_hashed(plain, password))
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise wrong_input(f"已经有名为 {plain} 的账号", "请换一个名称，或修改原来的账号") from error
    record(session, visitor, "account_added", account=account.id, name=plain, role=account.role)
    return account


def set_role(session: Session, visitor: Visitor | None, account_id: str, role: str) -> Account:
    """Give an account another role; its sessions are over.

    Raises:
        Refusal: there is no such account or role, or nobody would be administrator any more.
    """
    account = account_of(session, account_id)
    chosen = _role(role)
    if chosen != Role.ADMINISTRATOR:
        _keep_an_administrator(session, account)
    account.role = chosen
    account.epoch += 1
    record(session, visitor, "account_role", account=account.id, name=account.name, role=chosen)
    return account


def set_password(session: Session, visitor: Visitor | None, account_id: str, password: str) -> Account:
    """Give an account another password; its sessions are over.

    Raises:
        Refusal: there is no such account, or the password is too short.
    """
    account = account_of(session, account_id)
    account.password_hash = _hashed(account.name, password)
    account.epoch += 1
    record(session, visitor, "account_password", account=account.id, name=account.name)
    return account


def change_password(server: Server, visitor: Visitor, old: str, new: str) -> Account:
    """Give one's own account another password; its sessions are over.

    Raises:
        Refusal: the old password is wrong, there were too many tries, or the new one is too short.
    """
    with one_attempt(server.database, f"password:{visitor.id}", visitor.address):
        with server.database.reading() as session:
            hashed = account_of(session, visitor.id).password_hash
        if not is_secret(hashed, old):
            raise wrong_input("原密码不对", "请重新输入；忘记密码的，请管理员重新设置")
    with server.database.session() as session:
        return set_password(session, visitor, visitor.id, new)


def set_disabled(session: Session, visitor: Visitor | None, account_id: str, is_disabled: bool) -> Account:
    """Let an account log in no more, or again; its sessions are over.

    Raises:
        Refusal: there is no such account, or nobody would be administrator any more.
    """
    account = account_of(session, account_id)
    if is_disabled:
        _keep_an_administrator(session, account)
    account.is_disabled = is_disabled
    account.epoch += 1
    action = "account_disabled" if is_disabled else "account_enabled"
    record(session, visitor, action, account=account.id, name=account.name)
    return account


def plain_name(name: str) -> str:
    """One spelling of a name: full width and narrow letters are the same, blanks around it are none of it."""
    return unicodedata.normalize("NFKC", name).strip()


def account_of(session: Session, account_id: str) -> Account:
    """An account by its id.

    Raises:
        Refusal: there is none.
    """
    account = session.get(Account, account_id)
    if account is None:
        raise not_found()
    return account


def _role(role: str) -> str:
    if role not in ROLES:
        raise wrong_input("没有这个角色", f"角色只能是{'、'.join(known.label for known in ROLES)}")
    return str(role)


def _hashed(name: str, password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise wrong_input(f"密码太短，至少要 {MIN_PASSWORD} 个字符", "建议用几个不相干的词连在一起")
    if len(password) > MAX_PASSWORD:
        raise wrong_input(f"密码太长，最多 {MAX_PASSWORD} 个字符")
    if password.strip().casefold() == name.casefold() or len(set(password)) < 4:
        raise wrong_input("密码太容易猜", "请不要用账号名称或同一个字符的重复，建议用几个不相干的词连在一起")
    return hash_secret(password)


def _keep_an_administrator(session: Session, account: Account) -> None:
    """Refuse to lose the last administrator. The rows are locked, so that two of them cannot remove each other."""
    active = (Account.role == Role.ADMINISTRATOR.value) & Account.is_disabled.is_(False)
    found = session.scalars(select(Account).where(active).with_for_update()).all()
    if [other.id for other in found] == [account.id]:
        raise Refusal(
            409, "这是最后一个可用的管理员账号，不能停用或改为其他角色", "请先新建或指定另一个管理员"
        )
