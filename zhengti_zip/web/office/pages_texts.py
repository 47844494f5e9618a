"""Pages: texts ready to be copied and sent: reminders, and notices of what was returned."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhengti_zip.web.office.asking import round_of
from zhengti_zip.web.office.frames import TEXTS, round_page
from zhengti_zip.web.office.texts import reminders, return_notices
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.requests import TheServer
from zhengti_zip.web.times import china_today

router = APIRouter(include_in_schema=False)


@router.get("/office/rounds/{round_id}/texts")
def texts(request: Request, server: TheServer, visitor: Bureau, round_id: str) -> HTMLResponse:
    """A text for every department that has to do something."""
    today = china_today()
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        groups = [
            ("退回通知", return_notices(session, server.settings, visitor, work, today)),
            ("催报提醒", reminders(session, server.settings, visitor, work, today)),
        ]
    return round_page(request, "office/texts.html.j2", TEXTS, work, groups=groups)
