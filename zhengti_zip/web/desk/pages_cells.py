"""Pages of the cells of a file: all that can be filled in, and the corrected copy that is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from zhengti_zip.web.desk.access import DeskVisitor
from zhengti_zip.web.desk.cells import edits_of, entries_of, sheets_of
from zhengti_zip.web.desk.file_view import file_view
from zhengti_zip.web.desk.mending import mend
from zhengti_zip.web.files import file_of
from zhengti_zip.web.pages import page
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.requests import TheServer
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Visitor

router = APIRouter(include_in_schema=False)


@router.get("/files/{identity}/cells")
def cells(request: Request, server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """Every cell of a file that can be filled in, sheet by sheet."""
    with server.database.reading() as session:
        view = file_view(session, file_of(session, visitor, identity))
    if not view.can_mend:
        raise wrong_input("这份文件没有可以修改的单元格", "请返回文件的页面查看原因")
    return page(request, "desk/cells.html.j2", view=view, sheets=sheets_of(view.entries.values()))


@router.post("/files/{identity}/cells")
async def change(request: Request, server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """Make a corrected copy of a file and show its page."""
    form = await request.form()
    return await run_in_threadpool(_changed, server, visitor, identity, form.multi_items())


def _changed(server: Server, visitor: Visitor, identity: str, fields: Iterable[tuple[str, Any]]) -> Response:
    with server.database.reading() as session:
        file = file_of(session, visitor, identity)
    edits = edits_of(fields, entries_of(file.examination or {}))
    if not edits:
        return _to(file.id)
    made, _ = mend(server, visitor, file, edits)
    return _to(made.id)


def _to(identity: str) -> Response:
    return RedirectResponse(f"/files/{identity}", 303)
