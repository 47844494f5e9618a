"""Texts ready to be sent by any means: 提醒 for those who have not handed in, 退回通知 with the opinions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.base.numbers import plain
from zhengti_zip.web.database.office_models import Department, Opinion, Round, Version
from zhengti_zip.web.office.access import link_of
from zhengti_zip.web.office.asking import must_be_officer
from zhengti_zip.web.office.rounds import departments_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.pages import web_dir
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.times import chinese_date
from zhengti_zip.web.visitor import Visitor

REMINDER, RETURN_NOTICE = "reminder.txt.j2", "return_notice.txt.j2"
_INDENT = "\n　　　 "


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
            version = session.get(Version, department.current_id) if department.current_id else None
            values = {"state": state, "version": version, "days": days}
            found.append(_text(REMINDER, settings, visitor, work, department, today, **values))
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
            opinions = _sent(session, version)
            values = {"version": version, "opinions": opinions}
            found.append(_text(RETURN_NOTICE, settings, visitor, work, department, today, **values))
    return found


def _sent(session: Session, version: Version) -> list[Opinion]:
    query = select(Opinion).where(Opinion.version_id == version.id, Opinion.returned_at.is_not(None))
    return list(session.scalars(query.order_by(Opinion.at, Opinion.id)))


def _text(
    template: str,
    settings: ServerSettings,
    visitor: Visitor,
    work: Round,
    department: Department,
    today: date,
    **values: object,
) -> ReadyText:
    text = (
        _templates()
        .get_template(template)
        .render(
            work=work,
            department=department,
            link=link_of(settings, department),
            sender=visitor.name,
            today=today,
            **values,
        )
    )
    return ReadyText(department, text)


@cache
def _templates() -> Environment:
    """The templates of plain text: nothing is escaped, because nothing in it is markup."""
    environment = Environment(
        loader=FileSystemLoader(web_dir() / "texts", encoding="utf-8"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(
        chinese_date=chinese_date, plain=plain, indented=lambda text: text.replace("\n", _INDENT)
    )
    return environment
