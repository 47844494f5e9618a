"""What every server remembers: files, what was made of them, work in progress, comparisons and reviews, the log."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from zhengti_zip.web.database.types import JsonText, UtcTime

ID_LENGTH = 22


def new_id() -> str:
    """A name nobody can guess: 128 random bits in 22 characters that need no quoting in an address."""
    return secrets.token_urlsafe(16)


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


class Model(DeclarativeBase):
    """Base of all models; constraints have names, so that Alembic can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class StoredFile(Model):
    """A file that was handed over or made; its bytes are in the store by their digest.

    Attributes:
        owner: who may see it: ``visit:<id>``, ``account:<id>`` or ``department:<id>`` (:mod:`zhengti_zip.web.visitor`).
        name: its file name, made safe; never used as a path.
        digest: SHA-256 of its bytes.
        kind: ``workbook``, ``json``, ``pdf`` or ``word``.
        form: id of the form it must be of; None takes the one it names.
        parent_id: the file it is a corrected copy of.
        examination: what :func:`zhengti_zip.web.work.tasks.examine_file` gave; None until then. It is large, so that it is read
            from the database when somebody asks for it, while the session is at work.
        expires_at: when it is removed; None for what is kept.
    """

    __tablename__ = "stored_file"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    form: Mapped[str | None] = mapped_column(String(100))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    examination: Mapped[dict[str, Any] | None] = mapped_column(JsonText, deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True)


class Artifact(Model):
    """Something made of a file: ``pdf``, ``docx``, ``annotated``, ``paper``, ``json``, ``page-1`` ….

    Attributes:
        digest: SHA-256 of its bytes, which are in the store.
        ending: of its file name, e.g. ``.pdf`` or ``-标注.xlsx``.
    """

    __tablename__ = "artifact"

    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    ending: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Job(Model):
    """Work on something, now or later; found again after the server was started anew.

    Attributes:
        kind: a key of :data:`zhengti_zip.web.work.kinds.KINDS`.
        subject_id: id of the file, comparison, review or round it works on.
        state: ``queued``, ``running``, ``done`` or ``failed``.
        stage: what it does now, in Chinese.
        done, total: steps done and steps in all.
        message, remedy: why it failed, and what to do.
        result: plain data; depends on the kind.
    """

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(ID_LENGTH), index=True)
    state: Mapped[str] = mapped_column(String(10), default="queued", index=True)
    stage: Mapped[str] = mapped_column(String(100), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=1)
    message: Mapped[str] = mapped_column(Text, default="")
    remedy: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True)


class Comparison(Model):
    """Two files beside each other; ``result`` is what ``diff --json`` prints, None until the job is done."""

    __tablename__ = "comparison"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(60), index=True)
    before_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"))
    after_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"))
    result: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True)


class WordReview(Model):
    """A reviewed Word file, or the copies of several reviewers, beside the workbook.

    Attributes:
        document_ids: the Word files; each is a StoredFile of the owner.
        is_forced: whether Word files of another department or year are taken as well.
        result: the decisions to make, comments and unread content; None until the job is done.
        refused: keys of the changes that are not wanted.
        outcome_id: the workbook with the accepted changes.
    """

    __tablename__ = "word_review"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(60), index=True)
    document_ids: Mapped[list[str]] = mapped_column(JsonText)
    workbook_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"))
    is_forced: Mapped[bool] = mapped_column(default=False)
    result: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    refused: Mapped[list[str]] = mapped_column(JsonText, default=list)
    outcome_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True)


class LogEntry(Model):
    """One step that somebody took. The database refuses to change or remove one.

    Attributes:
        actor: who, as ``StoredFile.owner``, or ``system``; ``actor_name``: the name at that time.
        action: a key of :data:`zhengti_zip.web.log.ACTIONS`.
        round_id, department_id: what it belongs to; None outside an office.
        details: plain data, never a secret.
        address: the network address it came from.
    """

    __tablename__ = "log_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    actor: Mapped[str] = mapped_column(String(60))
    actor_name: Mapped[str] = mapped_column(String(255), default="")
    action: Mapped[str] = mapped_column(String(40))
    round_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    department_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    details: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    address: Mapped[str] = mapped_column(String(64), default="")

    __table_args__ = (Index(None, "round_id", "id"), Index(None, "department_id", "id"))


class Attempt(Model):
    """A failed try at a password or a code; ``key`` says at which and from where."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class EndedSession(Model):
    """A session whose owner logged out; kept until its ticket would be too old anyway."""

    __tablename__ = "ended_session"

    nonce: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)
