"""Pages: cells of a department's version changed on the page; the corrected workbook becomes its newest version."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.web.desk.cells import edits_of, entries_of, sheets_of
from zhengti_zip.web.desk.file_view import file_view
from zhengti_zip.web.desk.pages_cells import unsaved
from zhengti_zip.web.office.frames import see, see_done
from zhengti_zip.web.office.mending import mend_version, version_and_file
from zhengti_zip.web.office.visitors import Filler
from zhengti_zip.web.pages import page
from zhengti_zip.web.refusals import wrong_input
from zhengti_zip.web.requests import Filled, TheServer

router = APIRouter(prefix="/my/versions/{number}", include_in_schema=False)

Number = Annotated[int, Path(ge=1, le=10**6)]


@router.get("/cells")
def cells(request: Request, server: TheServer, visitor: Filler, number: Number) -> HTMLResponse:
    """Every cell of a version that can be filled in, sheet by sheet."""
    with server.database.reading() as session:
        _, file = version_and_file(session, visitor, number)
        view = file_view(session, file)
    if not view.can_mend:
        raise wrong_input("这一版没有可以修改的单元格", "请返回“我的填报”查看原因")
    return page(
        request,
        "desk/cells.html.j2",
        view=view,
        sheets=sheets_of(view.entries.values()),
        action=f"/my/versions/{number}/cells",
        back="/my",
        refusal=None,
    )


@router.post("/cells")
def change(request: Request, server: TheServer, visitor: Filler, number: Number, filled: Filled) -> Response:
    """Keep the corrected workbook as the newest version; the other versions stay as they are."""
    with server.database.reading() as session:
        _, file = version_and_file(session, visitor, number)
        edits = edits_of(filled.multi_items(), entries_of(file.examination or {}))
    if not edits:
        return see("/my")
    try:
        mend_version(server, visitor, number, edits)
    except ZhengtiError as error:
        with server.database.reading() as session:
            view = file_view(session, version_and_file(session, visitor, number)[1])
        return unsaved(request, view, edits, error, action=f"/my/versions/{number}/cells", back="/my")
    return see_done(server, "/my", "mended")
