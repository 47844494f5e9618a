"""Pages of a department: what to do now, its workbook, versions, handing in, a further code."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from zhengti_zip.submission.problems import Severity
from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.desk.access import download
from zhengti_zip.web.desk.file_view import file_view
from zhengti_zip.web.office.access import give_codes, link_of, prepare_codes
from zhengti_zip.web.office.asking import department_of
from zhengti_zip.web.office.examined import examination_of, misfits
from zhengti_zip.web.office.frames import office_page, see_done
from zhengti_zip.web.office.next_step import next_step
from zhengti_zip.web.office.opinions import opinions_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.transitions import hand_in
from zhengti_zip.web.office.version_list import version_lines
from zhengti_zip.web.office.versions import add_version, newest_version
from zhengti_zip.web.office.visitors import Filler
from zhengti_zip.web.office.workbooks import same_department, workbook_for
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import Received, TheServer
from zhengti_zip.web.times import china_today
from zhengti_zip.web.visitor import Visitor

router = APIRouter(include_in_schema=False)


@router.get("/my")
def home(request: Request, server: TheServer, visitor: Filler) -> HTMLResponse:
    """What to do now, opinions, upload, the result of the newest version, all versions."""
    with server.database.reading() as session:
        department, work, newest = _mine(session, visitor)
        file = session.get_one(StoredFile, newest.file_id) if newest else None
        versions = version_lines(session, department)
        numbers = {line.version.id: line.version.number for line in versions}
        opinions = opinions_of(session, visitor, department)
        view = file_view(session, file) if file else None
        before = same_department(session, department, work.previous_id)
        step = next_step(work, department, newest, examination_of(session, newest), china_today())
    return office_page(
        request,
        "my/home.html.j2",
        department=department,
        round=work,
        now_state=State(department.state),
        step=step,
        newest=newest,
        versions=versions,
        opinions=[(opinion, numbers[opinion.version_id]) for opinion in reversed(opinions)],
        view=view,
        has_last_year=before is not None and before.handed_in_id is not None,
    )


@router.get("/my/workbook.xlsx")
def workbook(server: TheServer, visitor: Filler) -> Response:
    """The workbook to begin with."""
    name, filled = workbook_for(server, visitor, visitor.id)
    return download(name, filled.content)


@router.post("/my/versions")
def upload(server: TheServer, visitor: Filler, file: Received) -> RedirectResponse:
    """Keep a workbook as the newest version."""
    name, content = file
    with server.database.session() as session:
        department = department_of(session, visitor, visitor.id)
        add_version(server, session, visitor, department, name, content)
    return see_done(server, "/my", "uploaded")


@router.get("/my/hand-in")
def ask_to_hand_in(request: Request, server: TheServer, visitor: Filler) -> Response:
    """Asks whether the newest version shall be handed in, and shows what has to be confirmed."""
    with server.database.reading() as session:
        department, work, newest = _mine(session, visitor)
        file = session.get_one(StoredFile, newest.file_id) if newest else None
        examination = file.examination if file else None
        step = next_step(work, department, newest, examination, china_today())
        if newest is None or file is None or examination is None or not step.may_hand_in:
            return RedirectResponse("/my", 303)
        view = file_view(session, file)
    return page(
        request,
        "my/hand_in.html.j2",
        department=department,
        round=work,
        newest=newest,
        doubts=misfits(work, department, examination),
        warnings=next((group for group in view.groups if group.severity == Severity.WARNING), None),
    )


@router.post("/my/hand-in")
def confirm_hand_in(
    server: TheServer,
    visitor: Filler,
    number: Annotated[int, Form(ge=1, le=10**6)],
    confirm: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Hand the newest version in."""
    with server.database.session() as session:
        department = department_of(session, visitor, visitor.id)
        hand_in(session, visitor, department, number, confirm=confirm)
    return see_done(server, "/my", "handed_in")


@router.post("/my/code")
def another_code(request: Request, server: TheServer, visitor: Filler) -> HTMLResponse:
    """A code for another browser; shown this once."""
    prepared = prepare_codes(1)
    with server.database.session() as session:
        department = department_of(session, visitor, visitor.id)
        issued = give_codes(session, visitor, [department], prepared)
    link = link_of(server.settings, department)
    return page(request, "my/code.html.j2", code=issued[0].code, link=link)


def _mine(session: Session, visitor: Visitor) -> tuple[Department, Round, Version | None]:
    """The department that asks, its round, its newest version."""
    department = department_of(session, visitor, visitor.id)
    work = session.get_one(Round, department.round_id)
    return department, work, newest_version(session, department)
