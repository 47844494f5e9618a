"""The log as people read it: who did what, when, for which department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import LogEntry
from zhengti_zip.web.database.office_models import Department
from zhengti_zip.web.log import ACTIONS
from zhengti_zip.web.visitor import Role

AT_ONCE = 200
"""Steps on one page."""


@dataclass(frozen=True, slots=True)
class LoggedStep:
    """One step.

    Attributes:
        id: grows with time.
        at: when.
        actor_name: who.
        action, words: what; the key and the words for it.
        department_id, department: of whom; None and "" where it is about none.
        details: what belongs to it.
        address: where it came from.
    """

    id: int
    at: datetime
    actor_name: str
    action: str
    words: str
    department_id: str | None
    department: str
    details: Mapping[str, Any]
    address: str

    @property
    def details_words(self) -> str:
        """The details on one line."""
        return "；".join(f"{_WORDS.get(key, key)}：{_plain(value)}" for key, value in self.details.items())


def logged_steps(
    session: Session,
    *,
    round_id: str | None = None,
    department_id: str | None = None,
    before: int | None = None,
    limit: int = AT_ONCE,
) -> list[LoggedStep]:
    """Steps, the newest first.

    Args:
        round_id, department_id: only those that belong to it; None for all.
        before: only those with a smaller id, to go on from there.
        limit: how many at most.
    """
    query = (
        select(LogEntry, Department.name)
        .join(Department, Department.id == LogEntry.department_id, isouter=True)
        .order_by(LogEntry.id.desc())
        .limit(limit)
    )
    if round_id is not None:
        query = query.where(LogEntry.round_id == round_id)
    if department_id is not None:
        query = query.where(LogEntry.department_id == department_id)
    if before is not None:
        query = query.where(LogEntry.id < before)
    return [_step(entry, name or "") for entry, name in session.execute(query)]


def _step(entry: LogEntry, department: str) -> LoggedStep:
    return LoggedStep(
        entry.id,
        entry.at,
        entry.actor_name or Role.NOBODY.label,
        entry.action,
        ACTIONS.get(entry.action, entry.action),
        entry.department_id,
        department,
        entry.details,
        entry.address,
    )


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_plain, value)) or "无"
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return _VALUES.get(value, value) if isinstance(value, str) else str(value)


_VALUES = {role.value: role.label for role in Role}
"""Words for values that are names of the program."""

_WORDS = {
    "account": "账号编号",
    "added": "新增",
    "after": "改为",
    "before": "原来",
    "changed": "更新",
    "count": "条数",
    "digest": "文件指纹",
    "due_on": "截止日期",
    "file": "文件编号",
    "form": "评价表",
    "label": "对象",
    "missing": "名单中没有的",
    "name": "名称",
    "number": "版本",
    "role": "角色",
    "rows": "各行",
    "text": "内容",
    "title": "名称",
    "total": "总分",
    "unchanged": "未变",
    "warnings": "警告",
    "year": "年度",
}
"""Words for the keys of details."""
