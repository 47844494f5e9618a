"""Pages of the cells of a file: all that can be filled in, and the corrected copy that is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.web.desk.access import DeskVisitor
from zhengti_zip.web.desk.cells import edits_of, entries_of, sheets_of, typed_over
from zhengti_zip.web.desk.file_view import FileView, file_view
from zhengti_zip.web.desk.mending import mend
from zhengti_zip.web.files import file_of
from zhengti_zip.web.pages import page
from zhengti_zip.web.refusals import Refusal, wrong_input
from zhengti_zip.web.requests import Filled, TheServer

router = APIRouter(include_in_schema=False)


@router.get("/files/{identity}/cells")
def cells(request: Request, server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """Every cell of a file that can be filled in, sheet by sheet."""
    with server.database.reading() as session:
        view = file_view(session, file_of(session, visitor, identity))
    if not view.can_mend:
        raise wrong_input("这份文件没有可以修改的单元格", "请返回文件的页面查看原因")
    return page(
        request, "desk/cells.html.j2", view=view, sheets=sheets_of(view.entries.values()), refusal=None
    )


@router.post("/files/{identity}/cells")
def change(
    request: Request, server: TheServer, visitor: DeskVisitor, identity: str, filled: Filled
) -> Response:
    """Make a corrected copy of a file and show its page."""
    with server.database.reading() as session:
        file = file_of(session, visitor, identity)
        edits = edits_of(filled.multi_items(), entries_of(file.examination or {}))
    if not edits:
        return _to(file.id)
    try:
        made, _ = mend(server, visitor, file, edits)
    except ZhengtiError as error:
        with server.database.reading() as session:
            return unsaved(request, file_view(session, file_of(session, visitor, identity)), edits, error)
    return _to(made.id)


def unsaved(
    request: Request, view: FileView, edits: Mapping[str, str], error: ZhengtiError, **values: Any
) -> Response:
    """The cells that could not be changed, with what was typed into them, and why.

    Args:
        values: of the template.

    Raises:
        ZhengtiError: the same, when none of the cells can be shown.
    """
    left = typed_over(view.entries, edits)
    if not left or (isinstance(error, Refusal) and error.status == 404):
        raise error
    status = error.status if isinstance(error, Refusal) else 400
    return page(
        request, "desk/cells.html.j2", status, view=view, sheets=sheets_of(left), refusal=error, **values
    )


def _to(identity: str) -> Response:
    return RedirectResponse(f"/files/{identity}", 303)
