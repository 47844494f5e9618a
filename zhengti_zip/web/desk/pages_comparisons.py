"""Pages of the comparison of two files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from zhengti_zip.web.desk.access import DeskVisitor, file_given, sent_file
from zhengti_zip.web.desk.comparing import (
    begin_comparison,
    comparison_of,
    comparison_view,
    recent_comparisons,
)
from zhengti_zip.web.desk.files import recent_files
from zhengti_zip.web.files import file_of, keep_longer
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import TheServer

router = APIRouter(include_in_schema=False)


@router.get("/comparisons")
def choose(request: Request, server: TheServer, visitor: DeskVisitor) -> Response:
    """Choose two files."""
    with server.database.reading() as session:
        files = recent_files(session, visitor)
        comparisons = recent_comparisons(session, visitor)
    return page(request, "desk/comparisons.html.j2", files=files, comparisons=comparisons)


@router.post("/comparisons")
def compare(
    server: TheServer,
    visitor: DeskVisitor,
    before: UploadFile | None = None,
    after: UploadFile | None = None,
    before_id: Annotated[str, Form()] = "",
    after_id: Annotated[str, Form()] = "",
) -> Response:
    """Compare two files; each is sent, or here already."""
    sent_before, sent_after = sent_file(before), sent_file(after)
    with server.database.session() as session:
        old = file_given(server, session, visitor, sent_before, before_id, "原来的文件")
        new = file_given(server, session, visitor, sent_after, after_id, "现在的文件")
        made = begin_comparison(server, session, visitor, old, new)
    return RedirectResponse(f"/comparisons/{made.id}", 303)


@router.get("/comparisons/{identity}")
def result(request: Request, server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """What two files differ in."""
    with server.database.reading() as session:
        comparison = comparison_of(session, visitor, identity)
        used = [file_of(session, visitor, each) for each in (comparison.before_id, comparison.after_id)]
        view = comparison_view(session, visitor, comparison)
    keep_longer(server, comparison, *used)
    return page(request, "desk/comparison.html.j2", view=view)
