"""The first page, and the help."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from zhengti_zip.web.desk.access import DeskVisitor
from zhengti_zip.web.desk.blank_forms import form_lines
from zhengti_zip.web.desk.files import recent_files
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import TheServer, TheVisitor
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, server: TheServer, visitor: TheVisitor) -> Response:
    """The desk; in an office where the visitor's own work is."""
    if visitor.role is Role.VISITOR:
        return _desk(request, server, visitor)
    if visitor.role is Role.NOBODY:
        return page(request, "desk/welcome.html.j2")
    return RedirectResponse("/my" if visitor.role is Role.DEPARTMENT else "/office", 303)


@router.get("/desk")
def desk(request: Request, server: TheServer, visitor: DeskVisitor) -> Response:
    """The desk in an office."""
    return _desk(request, server, visitor)


@router.get("/help")
def help_page(request: Request) -> Response:
    """How it works, for everybody."""
    return page(request, "desk/help.html.j2")


def _desk(request: Request, server: Server, visitor: Visitor) -> Response:
    with server.database.reading() as session:
        files = recent_files(session, visitor)
    return page(request, "desk/home.html.j2", files=files, forms=form_lines())
