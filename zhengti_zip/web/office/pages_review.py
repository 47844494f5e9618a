"""Pages: one department for an officer: versions, problems beside the pages, scores, opinions, the working paper."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.desk.access import download
from zhengti_zip.web.desk.file_view import file_view
from zhengti_zip.web.office.asking import department_of, version_of
from zhengti_zip.web.office.frames import office_page, see_done
from zhengti_zip.web.office.office_tasks import paper_of
from zhengti_zip.web.office.opinions import opinions_of
from zhengti_zip.web.office.reviewed_scores import GivenScore, give_scores, reviewed_form, typed_score
from zhengti_zip.web.office.rounds import form_of, is_late
from zhengti_zip.web.office.states import State, Step, possible_steps
from zhengti_zip.web.office.version_list import version_lines
from zhengti_zip.web.office.versions import handed_in_version, newest_version
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.office.working_paper import paper_content, paper_name
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.requests import Filled, TheServer
from zhengti_zip.web.server import Server
from zhengti_zip.web.times import china_today
from zhengti_zip.web.visitor import Visitor

router = APIRouter(prefix="/office/departments/{department_id}", include_in_schema=False)

SCORE, REMARK = "score:", "remark:"
"""What the names of the fields of a row begin with; the id of the row follows."""


@router.get("")
def one_department(
    request: Request,
    server: TheServer,
    visitor: Bureau,
    department_id: str,
    number: Annotated[int | None, Query(ge=1, le=10**6)] = None,
    row: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """Everything about a department; of the version that was asked for, or handed in last, or else the newest."""
    return department_page(request, server, visitor, department_id, number=number, chosen_row=row)


@router.get("/working-paper.xlsx")
def paper(server: TheServer, visitor: Bureau, department_id: str) -> Response:
    """复核底稿.xlsx of the version that was handed in last."""
    with server.database.reading() as session:
        department = department_of(session, visitor, department_id)
        content = paper_content(session, visitor, session.get_one(Round, department.round_id), department)
    return download(paper_name(department), server.jobs.calls.call(paper_of, content))


@router.post("/scores")
def save_scores(
    request: Request, server: TheServer, visitor: Bureau, department_id: str, filled: Filled
) -> Response:
    """Set what the officer gives each row; all of it or nothing. What was typed stays on the page until it is right."""
    try:
        given = [_given(filled, name.removeprefix(SCORE)) for name in filled if name.startswith(SCORE)]
        with server.database.session() as session:
            give_scores(session, visitor, department_of(session, visitor, department_id), given)
    except Refusal as refusal:
        if refusal.status != 400:
            raise
        return department_page(request, server, visitor, department_id, refusal=refusal, typed=filled)
    return see_done(server, f"/office/departments/{department_id}", "scores")


def department_page(
    request: Request,
    server: Server,
    visitor: Visitor,
    department_id: str,
    *,
    number: int | None = None,
    chosen_row: str = "",
    refusal: Refusal | None = None,
    typed: FormData | None = None,
    opinion: str = "",
) -> HTMLResponse:
    """The page of a department.

    Args:
        number: of the version to show; None for the one handed in last, or else the newest.
        chosen_row: the row an opinion is begun about.
        refusal: why something was not done.
        typed, opinion: scores and an opinion that were typed and could not be saved.
    """
    with server.database.reading() as session:
        department = department_of(session, visitor, department_id)
        work = session.get_one(Round, department.round_id)
        shown = _shown(session, department, number)
        # Held while both look at it: a session forgets what nobody holds, and the examination is large.
        file = session.get_one(StoredFile, shown.file_id) if shown else None
        reviewed = reviewed_form(session, form_of(work), shown) if shown else None
        view = file_view(session, file) if file else None
        versions = version_lines(session, department)
        opinions = opinions_of(session, visitor, department)
    state = State(department.state)
    is_in_hand = shown is not None and shown.id == department.handed_in_id
    numbers = {line.version.id: line.version.number for line in versions}
    return office_page(
        request,
        "office/department.html.j2",
        refusal.status if refusal else 200,
        department=department,
        round=work,
        now_state=state,
        is_late=is_late(work, state, china_today()),
        steps=possible_steps(state, visitor.role, is_open=work.is_open),
        Step=Step,
        shown=shown,
        reviewed=reviewed,
        view=view,
        versions=versions,
        opinions=[(opinion, numbers[opinion.version_id]) for opinion in reversed(opinions)],
        may_judge=is_in_hand and visitor.role.may_change and state in (State.HANDED_IN, State.IN_REVIEW),
        chosen_row=chosen_row,
        refusal=refusal,
        typed=typed or {},
        typed_opinion=opinion,
    )


def _given(filled: FormData, row: str) -> GivenScore:
    return GivenScore(row, typed_score(_text(filled, SCORE + row)), _text(filled, REMARK + row))


def _text(filled: FormData, name: str) -> str:
    value = filled.get(name, "")
    return value if isinstance(value, str) else ""


def _shown(session: Session, department: Department, number: int | None) -> Version | None:
    if number is not None:
        return version_of(session, department, number)
    return handed_in_version(session, department) or newest_version(session, department)
