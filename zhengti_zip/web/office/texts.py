"""Texts ready to be sent by any means: 提醒 for those who have not handed in, 退回通知 with the opinions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.batch.replies.letters import (
    Part,
    Point,
    Reminder,
    ReturnNotice,
    reminder_text,
    return_notice_text,
)
from zhengti_zip.web.database.office_models import Department, Opinion, Round, Version
from zhengti_zip.web.office.access import link_of
from zhengti_zip.web.office.asking import must_be_officer
from zhengti_zip.web.office.rounds import departments_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.versions import newest_version
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A text for one department."""

    department: Department
    text: str


def reminders(
    session: Session, settings: ServerSettings, visitor: Visitor, work: Round, today: date
) -> list[ReadyText]:
    """提醒 for every department that has to do the next step, in the order of the roster.

    Args:
        today: in China.

    Raises:
        Refusal: the visitor may not.
    """
    must_be_officer(visitor)
    days = (work.due_on - today).days if work.due_on else 0
    found = []
    for department in departments_of(session, work):
        state = State(department.state)
        if state.is_with_department:
            version = newest_version(session, department)
            reminder = Reminder(
                department.name,
                work.title,
                state.label,
                _doing(state, version),
                work.due_on,
                days,
                link_of(settings, department),
                visitor.name,
                today,
            )
            found.append(ReadyText(department, reminder_text(reminder)))
    return found


def return_notices(
    session: Session, settings: ServerSettings, visitor: Visitor, work: Round, today: date
) -> list[ReadyText]:
    """退回通知 for every department whose form was returned, with the opinions of that return.

    Raises:
        Refusal: the visitor may not.
    """
    must_be_officer(visitor)
    found = []
    for department in departments_of(session, work):
        if department.state == State.RETURNED:
            version = session.get_one(Version, department.handed_in_id)
            points = tuple(Point(opinion.label, opinion.text) for opinion in _sent(session, version))
            notice = ReturnNotice(
                department.name,
                work.title,
                f"第 {version.number} 版",
                version.total,
                "复核",
                "意见",
                (Part(points),),
                "请修改后上传新的一版并再次报送",
                work.due_on,
                link=link_of(settings, department),
                sender=visitor.name,
                day=today,
            )
            found.append(ReadyText(department, return_notice_text(notice)))
    return found


def _sent(session: Session, version: Version) -> list[Opinion]:
    query = select(Opinion).where(Opinion.version_id == version.id, Opinion.returned_at.is_not(None))
    return list(session.scalars(query.order_by(Opinion.at, Opinion.id)))


def _doing(state: State, version: Version | None) -> str:
    """What the state of a department means, and what it has to do."""
    if version is None:
        return "还没有上传填报表。请下载填报表，填好后上传并报送。"
    if state is State.DRAFT:
        errors = (
            f"这一版有 {version.errors} 个错误，请改正后报送。" if version.errors else "请核对后点“报送”。"
        )
        return f"已上传第 {version.number} 版，还没有报送。{errors}"
    return "退回的意见还没有答复。请按意见修改，上传新的一版后再次报送。"
