"""Pages: the log of a round, and that of the whole office."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from zhengti_zip.web.office.asking import round_of
from zhengti_zip.web.office.frames import round_page
from zhengti_zip.web.office.log_list import AT_ONCE, LoggedStep, logged_steps
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import TheServer

router = APIRouter(include_in_schema=False)

Before = Annotated[int | None, Query(ge=1, le=2**62)]


@router.get("/office/rounds/{round_id}/log")
def round_log(
    request: Request, server: TheServer, visitor: Bureau, round_id: str, before: Before = None
) -> HTMLResponse:
    """The steps of a round, the newest first."""
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        steps = logged_steps(session, round_id=work.id, before=before)
    return round_page(request, "office/log.html.j2", "/log", work, steps=steps, older=_older(steps))


@router.get("/office/log")
def whole_log(request: Request, server: TheServer, visitor: Bureau, before: Before = None) -> HTMLResponse:
    """The steps of everybody, the newest first."""
    with server.database.reading() as session:
        steps = logged_steps(session, before=before)
    return page(request, "office/whole_log.html.j2", steps=steps, older=_older(steps))


def _older(steps: list[LoggedStep]) -> int | None:
    """From where an older page goes on; None on the last page."""
    return steps[-1].id if len(steps) == AT_ONCE else None
