"""The log: who did what and when. It only grows."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import LogEntry
from zhengti_zip.web.visitor import Visitor

ACTIONS: dict[str, str] = {
    "login": "登录",
    "login_failed": "登录失败",
    "logout": "退出登录",
    "account_added": "新建账号",
    "account_role": "调整账号角色",
    "account_password": "设置密码",
    "account_disabled": "停用账号",
    "account_enabled": "启用账号",
    "door_opened": "用校验码打开填报链接",
    "door_failed": "校验码不对",
    "round_added": "新建填报工作",
    "roster_imported": "导入应报名单",
    "department_removed": "移出应报名单",
    "round_closed": "停止填报",
    "round_opened": "开放填报",
    "due_changed": "调整截止日期",
    "codes_made": "生成校验码",
    "code_made": "生成另一台电脑用的校验码",
    "access_ended": "结束该部门的全部登录",
    "version_added": "上传工作簿",
    "version_mended": "在页面上修改，存为新版本",
    "handed_in": "报送",
    "opinion_added": "填写意见",
    "opinion_removed": "删除意见",
    "returned": "退回",
    "review_begun": "开始复核",
    "scores_changed": "填写复核得分",
    "passed": "通过",
    "reopened": "重新复核",
    "archive_made": "生成归档文件",
    "file_added": "提交文件检查",
    "file_mended": "在页面上修改文件",
    "file_removed": "删除文件",
    "comparison_added": "对比两份文件",
    "review_added": "读取审阅过的 Word 文件",
    "review_decided": "采纳审阅改动",
    "review_forced": "确认处理别的部门或年度的审阅稿",
}
"""What can be done, and the words for it."""


def record(
    session: Session,
    visitor: Visitor | None,
    action: str,
    *,
    round_id: str | None = None,
    department_id: str | None = None,
    **details: Any,
) -> None:
    """Write a step into the log; it stays when the session commits.

    Args:
        visitor: who took it; None for the program itself.
        action: a key of :data:`ACTIONS`.
        round_id, department_id: what it belongs to; None outside an office.
        details: plain data, never a password or a code.

    Raises:
        ValueError: there is no such action.
    """
    if action not in ACTIONS:
        raise ValueError(f"no action: {action}")
    entry = LogEntry(action=action, round_id=round_id, department_id=department_id, details=details)
    entry.actor, entry.actor_name, entry.address = "system", "系统", ""
    if visitor is not None:
        entry.actor, entry.actor_name, entry.address = visitor.owner, visitor.name, visitor.address
    session.add(entry)
