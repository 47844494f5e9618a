"""What the server of a finance bureau remembers besides: accounts, rounds, departments, versions, opinions, scores."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhengti_zip.web.database.models import ID_LENGTH, Model, new_id, now
from zhengti_zip.web.database.types import DecimalText, UtcTime


class Account(Model):
    """A person of the bureau.

    Attributes:
        role: ``administrator``, ``officer`` or ``reader``.
        password_hash: by argon2.
        epoch: sessions of an earlier one are over; grows with every change of password or role.
        is_disabled: whether it may log in no more.
    """

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(default=0)
    is_disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Round(Model):
    """One form, one year, one roster: 一次填报工作.

    Attributes:
        due_on: the last day for handing in.
        is_open: whether departments can hand in.
        previous_id: the round of the year before, to compare with.
    """

    __tablename__ = "round"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(100))
    year: Mapped[int]
    due_on: Mapped[date | None]
    is_open: Mapped[bool] = mapped_column(default=True)
    previous_id: Mapped[str | None] = mapped_column(ForeignKey("round.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)


class Department(Model):
    """A department of a roster (应报名单), and where it stands.

    Attributes:
        position: its place in the roster, from 1.
        code: 单位代码; "" when the roster has none.
        contact: who to call.
        link_token: in its access link; the link alone opens nothing.
        code_hash: of its one-time code, by argon2; None when none is valid.
        epoch: sessions of an earlier one are over.
        state: a value of :class:`zhengti_zip.web.office.states.State`.
        current_id: its newest version.
        handed_in_id: the version that was handed in last.
    """

    __tablename__ = "department"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(60), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    link_token: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True, default=new_id)
    code_hash: Mapped[str | None] = mapped_column(String(200))
    code_made_at: Mapped[datetime | None] = mapped_column(UtcTime)
    epoch: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), default="not_begun", index=True)
    current_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    handed_in_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))

    __table_args__ = (UniqueConstraint("round_id", "name"), UniqueConstraint("round_id", "position"))


class Version(Model):
    """A workbook that a department uploaded. Nothing replaces it.

    Attributes:
        number: from 1.
        file_id: the stored file, whose owner is the department.
        uploaded_by: as ``StoredFile.owner``.
        total: points; None without.
        grade: name of the grade; "" without.
        errors, warnings: how many problems of each kind.
        handed_in_at: when it was handed in; None while it is a draft.
    """

    __tablename__ = "version"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    uploaded_by: Mapped[str] = mapped_column(String(60))
    uploaded_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    total: Mapped[Decimal | None] = mapped_column(DecimalText)
    grade: Mapped[str] = mapped_column(String(40), default="")
    errors: Mapped[int | None]
    warnings: Mapped[int | None]
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (UniqueConstraint("department_id", "number"),)


class Opinion(Model):
    """What an officer says about a version, about one row of the form or about the whole.

    Attributes:
        row: key of a scored row (:func:`zhengti_zip.scoring.items.scored_items`) or an input path; "" for the whole.
        label: what the row is called.
        returned_at: when it was sent to the department with a return; None before.
    """

    __tablename__ = "opinion"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"))
    row: Mapped[str] = mapped_column(String(200), default="")
    label: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(60))
    by_name: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    returned_at: Mapped[datetime | None] = mapped_column(UtcTime)


class ReviewedScore(Model):
    """What an officer gives a row of a version beside the self-score: 复核得分.

    Attributes:
        row: id of the scored row as ``EvaluatedRow`` of the examination has it.
        score: points; None takes the self-score.
        remark: why; a deduction needs one.
    """

    __tablename__ = "reviewed_score"

    version_id: Mapped[str] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"), primary_key=True)
    row: Mapped[str] = mapped_column(String(200), primary_key=True)
    score: Mapped[Decimal | None] = mapped_column(DecimalText)
    remark: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(60))
    by_name: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime] = mapped_column(UtcTime, default=now)
