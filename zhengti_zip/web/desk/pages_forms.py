"""Pages of the blank forms."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from zhengti_zip.web.desk.access import DeskVisitor, download
from zhengti_zip.web.desk.blank_forms import blank_workbook_of, form_lines, picture_of
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import TheServer

router = APIRouter(include_in_schema=False)


@router.get("/forms")
def forms(request: Request, visitor: DeskVisitor) -> Response:
    """All forms."""
    return page(request, "desk/forms.html.j2", forms=form_lines())


@router.get("/forms/{identity}/blank.xlsx")
def blank(visitor: DeskVisitor, identity: str) -> Response:
    """The blank workbook of a form."""
    return download(f"{identity}.xlsx", blank_workbook_of(identity))


@router.get("/forms/{identity}/picture.png")
def picture(server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """The first page of a blank form."""
    return Response(picture_of(server, identity), media_type="image/png")
