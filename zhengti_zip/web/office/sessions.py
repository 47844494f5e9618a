"""Logging in and out: people by name and password, departments by link and one-time code."""

from __future__ import annotations

from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import EndedSession
from zhengti_zip.web.log import record
from zhengti_zip.web.office.accounts import account_named, plain_name
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.security.attempts import one_attempt
from zhengti_zip.web.security.cookies import SessionTicket, new_ticket
from zhengti_zip.web.security.secrets import is_secret
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor


def log_in(server: Server, visitor: Visitor, name: str, password: str) -> SessionTicket:
    """Begin the session of an account.

    Args:
        visitor: who asks, until now nobody.

    Raises:
        Refusal: name or password is wrong, the account is disabled, or there were too many tries. Nobody learns which
            names there are.
    """
    with one_attempt(server.database, f"account:{plain_name(name).casefold()}", visitor.address):
        with server.database.reading() as session:
            account = account_named(session, name)
        is_right = is_secret(account.password_hash if account else None, password)
        if account is None or account.is_disabled or not is_right:
            if account is not None:  # else the name may be a password that was typed into the wrong field
                with server.database.session() as session:
                    record(session, visitor, "login_failed", account=account.id, name=account.name)
            raise wrong_input("名称或密码不对，或者账号已停用", "请重新输入；忘记密码的，请管理员重新设置")
    known = Visitor(Role(account.role), account.id, account.name, visitor.address)
    with server.database.session() as session:
        record(session, known, "login")
    return new_ticket(known.role, account.id, account.epoch)


def log_out(session: Session, visitor: Visitor, ticket: SessionTicket) -> None:
    """End a session; its ticket opens nothing any more, wherever it was copied to."""
    if visitor.role in (Role.NOBODY, Role.VISITOR):
        return
    if session.get(EndedSession, ticket.nonce) is None:
        session.add(EndedSession(nonce=ticket.nonce))
        record(session, visitor, "logout")
