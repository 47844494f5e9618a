"""What the pages of the office have in common: the frame of a round, the words after a step."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.form.loader import load_form
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import server_of, visitor_of
from zhengti_zip.web.server import Server
from zhengti_zip.web.times import china_today

TEXTS = "/texts"
"""Only those who change something send texts."""

TABS = (
    ("", "部门"),
    ("/roster", "名单和链接"),
    (TEXTS, "待发文字"),
    ("/ranking", "排名"),
    ("/warnings", "通过后的警告"),
    ("/self-scores", "自评与计算"),
    ("/years", "与上年比较"),
    ("/archive", "归档"),
    ("/log", "记录"),
)
"""The parts of a round: the end of each address, and its name."""

DONE = {
    "made": "已新建。请导入应报名单，再生成填报链接。",
    "due": "截止日期已保存。",
    "opened": "已重新开放填报。",
    "closed": "已停止填报。",
    "opinion": "意见已添加，退回时一并发给部门。",
    "removed": "意见已删除。",
    "returned": "已退回，部门在自己的页面上能看到意见。",
    "review": "已开始复核。",
    "scores": "复核得分已保存。",
    "passed": "已通过。",
    "reopened": "已重新进入复核。",
    "uploaded": "已存为新的版本，检查结果见下面。",
    "mended": "更正后的内容已存为新的版本，检查结果见下面。",
    "handed_in": "已报送。",
    "ended": "该部门的登录和校验码已作废；要让它再进入，请生成新的校验码。",
    "taken_out": "已移出应报名单。",
    "account": "账号已保存。",
}
"""What is said after a step, by the word in the cookie; a cookie can say nothing else, so nobody needs to sign it."""

NOTICE, NOTICE_SECONDS = "zt_done", 60
"""The cookie that brings the word to the next page, which drops it, and how long it waits for that page."""


def see(address: str) -> RedirectResponse:
    """The answer to a step: go on to a page."""
    return RedirectResponse(address, 303)


def see_done(server: Server, address: str, done: str) -> RedirectResponse:
    """The same, and that page says once what was done.

    Args:
        done: a key of :data:`DONE`.
    """
    answer = see(address)
    is_secure = server.settings.is_secure
    answer.set_cookie(NOTICE, done, NOTICE_SECONDS, secure=is_secure, httponly=True, samesite="lax")
    return answer


def office_page(request: Request, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A page that says what was just done, when it is the first one after that."""
    word = request.cookies.get(NOTICE)
    answer = page(request, template, status, done=DONE.get(word or "", ""), **values)
    if word is not None:
        is_secure = server_of(request).settings.is_secure
        answer.delete_cookie(NOTICE, secure=is_secure, httponly=True, samesite="lax")
    return answer


def form_title(form: str) -> str:
    """The name of a form; its id when it is there no more."""
    try:
        return load_form(form).name
    except ZhengtiError:
        return form


def round_page(
    request: Request, template: str, ending: str, work: Round, /, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page of a round.

    Args:
        ending: of its address, one of :data:`TABS`.
    """
    today = china_today()
    return office_page(
        request,
        template,
        status,
        round=work,
        form_title=form_title(work.form),
        days_left=(work.due_on - today).days if work.due_on and work.is_open else None,
        tabs=[tab for tab in TABS if tab[0] != TEXTS or visitor_of(request).role.may_change],
        part=dict(TABS)[ending],
        **values,
    )
