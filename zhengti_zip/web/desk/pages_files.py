"""Pages of a file: its result, its pages as pictures, downloads."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from zhengti_zip.web.desk.access import DeskVisitor, download
from zhengti_zip.web.desk.file_view import file_view
from zhengti_zip.web.desk.files import remove_file, submit_file
from zhengti_zip.web.files import artifact_of, download_name, file_of, keep_longer
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import Received, TheServer
from zhengti_zip.web.visitor import Role

router = APIRouter(include_in_schema=False)


@router.post("/files")
def take(
    server: TheServer, visitor: DeskVisitor, file: Received, form: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Take a file and show its page."""
    with server.database.session() as session:
        kept, _ = submit_file(server, session, visitor, *file, form)
    return RedirectResponse(f"/files/{kept.id}", 303)


@router.get("/files/{identity}")
def result(request: Request, server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """What was found in a file."""
    with server.database.reading() as session:
        file = file_of(session, visitor, identity)
        view = file_view(session, file)
    keep_longer(server, file)
    return page(request, "desk/file.html.j2", view=view)


@router.get("/files/{identity}/pages/{number}.png")
def picture(server: TheServer, visitor: DeskVisitor, identity: str, number: int) -> Response:
    """A page of the printed form."""
    with server.database.reading() as session:
        _, artifact = artifact_of(session, visitor, identity, f"page-{number}")
    return Response(server.store.get(artifact.digest), media_type="image/png")


@router.get("/files/{identity}/download/{kind}")
def download_made(server: TheServer, visitor: DeskVisitor, identity: str, kind: str) -> Response:
    """Something made of a file."""
    with server.database.reading() as session:
        file, artifact = artifact_of(session, visitor, identity, kind)
    return download(download_name(file, artifact), server.store.get(artifact.digest))


@router.post("/files/{identity}/remove")
def remove(server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """Forget a file."""
    with server.database.session() as session:
        remove_file(session, visitor, identity)
    return RedirectResponse("/" if visitor.role is Role.VISITOR else "/desk", 303)
