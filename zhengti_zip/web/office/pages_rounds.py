"""Pages: all rounds, one round with its departments, its last day, opening and closing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import select

from zhengti_zip.form.loader import form_ids, load_form
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.office.asking import round_of
from zhengti_zip.web.office.frames import form_title, round_page, see_done
from zhengti_zip.web.office.overview import Wanted, department_lines
from zhengti_zip.web.office.rounds import add_round, set_due, set_open, state_counts
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.visitors import Bureau
from zhengti_zip.web.pages import page
from zhengti_zip.web.requests import TheServer
from zhengti_zip.web.times import china_today

router = APIRouter(include_in_schema=False)


@router.get("/office")
def rounds(request: Request, server: TheServer, visitor: Bureau) -> HTMLResponse:
    """All rounds, the newest first, and the form for a new one."""
    with server.database.reading() as session:
        found = session.scalars(select(Round).order_by(Round.year.desc(), Round.created_at.desc())).all()
        items = [
            {"round": each, "form_title": form_title(each.form), "counts": state_counts(session, each)}
            for each in found
        ]
    forms = [load_form(form) for form in form_ids()]
    year = china_today().year - 1
    return page(request, "office/rounds.html.j2", rounds=items, forms=forms, year=year)


@router.post("/office/rounds")
def make_round(
    server: TheServer,
    visitor: Bureau,
    form: Annotated[str, Form()],
    year: Annotated[int, Form()],
    title: Annotated[str, Form()] = "",
    due_on: Annotated[date | None, Form()] = None,
    previous_id: Annotated[str | None, Form()] = None,
) -> RedirectResponse:
    """Begin a round."""
    with server.database.session() as session:
        made = add_round(
            session, visitor, title=title, form=form, year=year, due_on=due_on, previous_id=previous_id
        )
    return see_done(server, f"/office/rounds/{made.id}/roster", "made")


@router.get("/office/rounds/{round_id}")
def one_round(
    request: Request,
    server: TheServer,
    visitor: Bureau,
    round_id: str,
    q: Annotated[str, Query(max_length=200)] = "",
    state: str = "",
    late: bool = False,
    warned: bool = False,
) -> HTMLResponse:
    """The departments of a round; the address says which of them."""
    wanted = Wanted(q, state, late, warned)
    with server.database.reading() as session:
        work = round_of(session, visitor, round_id)
        lines = department_lines(session, work, china_today())
    counted = Counter(line.state for line in lines)
    return round_page(
        request,
        "office/round.html.j2",
        "",
        work,
        lines=[line for line in lines if wanted.shows(line)],
        counts={each: counted[each] for each in State},
        late_count=sum(line.is_late for line in lines),
        wanted=wanted,
    )


@router.post("/office/rounds/{round_id}/due")
def change_due(
    server: TheServer, visitor: Bureau, round_id: str, due_on: Annotated[date | None, Form()] = None
) -> RedirectResponse:
    """Set the last day, or take it away."""
    with server.database.session() as session:
        set_due(session, visitor, round_of(session, visitor, round_id), due_on)
    return see_done(server, f"/office/rounds/{round_id}/roster", "due")


@router.post("/office/rounds/{round_id}/open")
def open_round(server: TheServer, visitor: Bureau, round_id: str) -> RedirectResponse:
    """Let departments hand in again."""
    with server.database.session() as session:
        set_open(session, visitor, round_of(session, visitor, round_id), True)
    return see_done(server, f"/office/rounds/{round_id}/roster", "opened")


@router.post("/office/rounds/{round_id}/close")
def close_round(server: TheServer, visitor: Bureau, round_id: str) -> RedirectResponse:
    """Let no department hand in any more."""
    with server.database.session() as session:
        set_open(session, visitor, round_of(session, visitor, round_id), False)
    return see_done(server, f"/office/rounds/{round_id}/roster", "closed")
