"""The texts 退回通知 and 催报, ready to be sent by any means; the page and the batch write the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from zhengti_zip.base.days import chinese_date
from zhengti_zip.base.numbers import plain
from zhengti_zip.base.resources import shared_dir

RETURN_NOTICE, REMINDER = "return_notice.txt.j2", "reminder.txt.j2"
_INDENT = "\n　　　 "


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to mend: where, and what."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Points that belong together.

    Attributes:
        name: the heading; "" for none.
        more: a sentence about points that are not listed; "" for none.
    """

    points: tuple[Point, ...]
    name: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """A form goes back to its department.

    Attributes:
        title: what was handed in.
        which: the version or the file, as it is printed behind the title; may be "".
        total: 自评总分; None leaves it out.
        judged: what was done with it: 复核 or 检查.
        heading: what the points are called.
        how: what to do, without the day.
        due: until when; None for no day.
        enclosed: files that go with it.
        link: to the page of the department; "" for none.
        sender, day: the signature; "" and None leave room for them.
    """

    department: str
    title: str
    which: str
    total: Decimal | None
    judged: str
    heading: str
    parts: tuple[Part, ...]
    how: str
    due: date | None = None
    enclosed: tuple[str, ...] = ()
    link: str = ""
    sender: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A department has something to do.

    Attributes:
        state: where it stands, e.g. 未报.
        doing: what that means and what to do, in sentences.
        days: until ``due``, negative when it has passed; None leaves them out.
    """

    department: str
    title: str
    state: str
    doing: str
    due: date | None = None
    days: int | None = None
    link: str = ""
    sender: str = ""
    day: date | None = None


def return_notice_text(notice: ReturnNotice) -> str:
    """退回通知."""
    return _templates().get_template(RETURN_NOTICE).render(notice=notice)


def reminder_text(reminder: Reminder) -> str:
    """催报."""
    return _templates().get_template(REMINDER).render(reminder=reminder)


@cache
def _templates() -> Environment:
    """The templates of plain text: nothing is escaped, because nothing in it is markup."""
    environment = Environment(
        loader=FileSystemLoader(shared_dir() / "texts", encoding="utf-8"),
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
