"""How often somebody may try a password or a code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import Attempt, now
from zhengti_zip.web.refusals import Refusal

WINDOW = timedelta(minutes=15)
MOST_FOR_ONE = 8
"""Failed tries at one account or one code within WINDOW."""

MOST_FROM_ADDRESS = 40
"""Failed tries from one network address within WINDOW; many people of a house may have the same."""


@contextmanager
def one_attempt(database: Database, what: str, address: str) -> Iterator[None]:
    """Count the block as a try that failed, unless it ends without an exception.

    The try is written down before it is made: who sends a thousand at once has no more than who sends them one by one.

    Args:
        what: the account or the code that is tried, e.g. ``account:王芳``.
        address: where it comes from.

    Raises:
        Refusal: there were too many failed tries.
    """
    limits = {_key(what): MOST_FOR_ONE, _key(f"address:{address}"): MOST_FROM_ADDRESS}
    with database.session() as session:
        made = [Attempt(key=key) for key in limits]
        session.add_all(made)
    identities = [attempt.id for attempt in made]
    try:
        with database.reading() as session:
            for key, most in limits.items():
                _check(session, key, most)
    except Refusal:
        _forget(database, identities)
        raise
    yield
    _forget(database, identities)


def _check(session: Session, key: str, most: int) -> None:
    since = now() - WINDOW
    tries = select(func.count()).select_from(Attempt).where(Attempt.key == key, Attempt.at >= since)
    if (session.scalar(tries) or 0) > most:
        minutes = int(WINDOW.total_seconds() // 60)
        raise Refusal(
            429,
            f"{minutes} 分钟内出错次数太多，暂时不能再试",
            f"请 {minutes} 分钟后再试，或联系财政部门的管理员",
        )


def _forget(database: Database, identities: list[int]) -> None:
    with database.session() as session:
        session.execute(delete(Attempt).where(Attempt.id.in_(identities)))


def _key(text: str) -> str:
    """A key of the database; what people typed has any length, and names need not be readable here."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
