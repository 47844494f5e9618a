"""Pages of reviewed Word files: their changes, decided one by one, and the workbook made of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from zhengti_zip.web.desk.access import DeskVisitor, file_given, sent_file
from zhengti_zip.web.desk.files import recent_files, submit_file
from zhengti_zip.web.desk.review_view import review_view
from zhengti_zip.web.desk.reviewing import (
    MAX_COPIES,
    begin_review,
    decide,
    insist,
    recent_reviews,
    review_of,
)
from zhengti_zip.web.files import file_of, keep_longer
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import Filled, TheServer

router = APIRouter(include_in_schema=False)

DECISION = "decision:"
"""What the name of a field begins with; the key of the decision follows."""

ACCEPT = "accept"


@router.get("/reviews")
def choose(
    request: Request, server: TheServer, visitor: DeskVisitor, document: str = "", workbook: str = ""
) -> Response:
    """Choose a Word file and its workbook; a link can name files that are here already."""
    with server.database.reading() as session:
        files = recent_files(session, visitor)
        reviews = recent_reviews(session, visitor)
    documents = [file for file in files if file.kind == "word"]
    workbooks = [file for file in files if file.kind in ("workbook", "json")]
    return page(
        request,
        "desk/reviews.html.j2",
        documents=documents,
        workbooks=workbooks,
        reviews=reviews,
        chosen={"document": document, "workbook": workbook},
    )


@router.post("/reviews")
def begin(
    server: TheServer,
    visitor: DeskVisitor,
    document: Annotated[list[UploadFile] | None, File()] = None,
    workbook: UploadFile | None = None,
    document_id: Annotated[list[str] | None, Form()] = None,
    workbook_id: Annotated[str, Form()] = "",
) -> Response:
    """Read the changes in a Word file, or in the copies of several reviewers."""
    sent = [file for each in (document or ())[: MAX_COPIES + 1] if (file := sent_file(each)) is not None]
    sent_workbook = sent_file(workbook)
    with server.database.session() as session:
        documents = [submit_file(server, session, visitor, *each)[0] for each in sent]
        documents += [file_of(session, visitor, identity) for identity in document_id or () if identity]
        book = file_given(server, session, visitor, sent_workbook, workbook_id, "原来的工作簿")
        made = begin_review(server, session, visitor, documents, book)
    return _to(made.id)


@router.get("/reviews/{identity}")
def result(request: Request, server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """The changes, each before and after, and the workbook once it is made."""
    with server.database.reading() as session:
        review = review_of(session, visitor, identity)
        used = [file_of(session, visitor, each) for each in (*review.document_ids, review.workbook_id)]
        view = review_view(session, visitor, review)
    keep_longer(server, review, *used)
    return page(request, "desk/review.html.j2", view=view)


@router.post("/reviews/{identity}/force")
def forced(server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """Read a Word file of another department or year nevertheless."""
    with server.database.session() as session:
        insist(server, session, visitor, review_of(session, visitor, identity))
    return _to(identity)


@router.post("/reviews/{identity}/decisions")
def decided(server: TheServer, visitor: DeskVisitor, identity: str, filled: Filled) -> Response:
    """Make the workbook with the accepted changes."""
    chosen = filled.get("all")
    accepted = [
        name.removeprefix(DECISION)
        for name, value in filled.items()
        if name.startswith(DECISION) and (chosen or value) == ACCEPT
    ]
    with server.database.session() as session:
        decide(server, session, visitor, review_of(session, visitor, identity), accepted)
    return _to(identity)


def _to(identity: str) -> Response:
    return RedirectResponse(f"/reviews/{identity}", 303)
