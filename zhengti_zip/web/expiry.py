"""The janitor: removes what is past its time, and bytes that nothing refers to. Never a version of a department."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import ColumnElement, Text, delete, select, type_coerce
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import (
    Artifact,
    Attempt,
    Comparison,
    EndedSession,
    Job,
    StoredFile,
    WordReview,
    now,
)
from zhengti_zip.web.database.office_models import Version
from zhengti_zip.web.security.attempts import WINDOW
from zhengti_zip.web.security.cookies import SECONDS
from zhengti_zip.web.server import Server

LOG = logging.getLogger("zhengti_zip.web")

ROUND_SECONDS = 60
ROUNDS_TO_SWEEP = 60
"""After so many rounds all bytes are looked through, also those of a server that was killed between two steps."""

SETTLED = timedelta(minutes=10)
"""Bytes are in the store before a row refers to them; younger ones are left alone."""

_DIGEST = re.compile(r'"([0-9a-f]{64})"')


class Janitor:
    """A thread that tidies up once a minute.

    Args:
        server: whose files expire.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._work, name="zhengti-janitor", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the round that is going on."""
        self._end.set()
        self._thread.join()

    def _work(self) -> None:
        rounds = 0
        while not self._end.is_set():
            try:
                tidy(self._server, everything=rounds % ROUNDS_TO_SWEEP == 0)
            except Exception as error:  # the database may be away for a while
                LOG.error("到期的文件这一次没有清理成功，一分钟后再试", exc_info=error)
            rounds += 1
            self._end.wait(ROUND_SECONDS)


def tidy(server: Server, *, everything: bool = False) -> None:
    """Remove what is past its time.

    Args:
        everything: whether to look through all bytes of the store, and not only those of what is removed now.
    """
    with suppress(OSError):  # says that a server is at work here (zhengti_zip.web.location)
        os.utime(server.settings.folder)
    with server.database.session() as session:
        freed = _remove_expired(session)
    candidates = server.store.digests() if everything else sorted(freed)
    if candidates:
        with server.database.reading() as session:
            kept = _referred(session)
        for digest in candidates:
            if digest not in kept:
                server.store.remove_settled(digest, SETTLED.total_seconds())


def _remove_expired(session: Session) -> set[str]:
    """Remove rows past their time; the digests that they referred to."""
    moment = now()
    for model in (Comparison, WordReview):
        session.execute(delete(model).where(model.expires_at < moment))
    is_over: ColumnElement[bool] = (StoredFile.expires_at < moment) & StoredFile.id.not_in(
        select(Version.file_id)
    )
    freed = set(session.scalars(select(StoredFile.digest).where(is_over)))
    of_expired = select(Artifact.digest).join(StoredFile, StoredFile.id == Artifact.file_id)
    freed.update(session.scalars(of_expired.where(is_over)))
    session.execute(delete(StoredFile).where(is_over))
    freed.update(_in_results(session, Job.expires_at < moment))
    session.execute(delete(Job).where(Job.expires_at < moment))
    session.execute(delete(Attempt).where(Attempt.at < moment - WINDOW))
    longest = timedelta(seconds=max(SECONDS.values()))
    session.execute(delete(EndedSession).where(EndedSession.at < moment - longest))
    return freed


def _referred(session: Session) -> set[str]:
    kept = set(session.scalars(select(StoredFile.digest)))
    kept.update(session.scalars(select(Artifact.digest)))
    kept.update(_in_results(session, Job.id.is_not(None)))
    return kept


def _in_results(session: Session, which: ColumnElement[bool]) -> Iterable[str]:
    """Digests in results of jobs, such as that of an archive."""
    text = type_coerce(Job.result, Text)
    for result in session.scalars(select(text).where(which, text.like('%"digest"%'))):
        yield from _DIGEST.findall(result)
