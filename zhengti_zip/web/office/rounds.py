"""Rounds: begin one, open and close it, set its last day; how many departments stand where, and who is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zhengti_zip.base.errors import UsageProblem
from zhengti_zip.batch.roster_sheets import one_line
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import form_ids, known_form
from zhengti_zip.submission.values import YEARS
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.log import record
from zhengti_zip.web.office.asking import must_be_officer
from zhengti_zip.web.office.states import State
from zhengti_zip.web.refusals import Refusal, wrong_input
from zhengti_zip.web.visitor import Visitor

MAX_TITLE = 200


def add_round(
    session: Session,
    visitor: Visitor,
    *,
    title: str,
    form: str,
    year: int,
    due_on: date | None = None,
    previous_id: str | None = None,
) -> Round:
    """Begin a round.

    Args:
        title: what it is called; "" gives it the year and the name of the form.
        form: id of a form that ships with the program.
        year: the year that is reported on.
        due_on: the last day for handing in.
        previous_id: the round of an earlier year to compare with and to take plans from.

    Raises:
        Refusal: the visitor may not, or something of it cannot be.
    """
    must_be_officer(visitor)
    definition = _form(form)
    if year not in YEARS:
        raise wrong_input(f"年度 {year} 不合理", f"请填写 {YEARS[0]} 至 {YEARS[-1]} 之间的年份")
    _check_previous(session, previous_id, year)
    form_name = definition.name.replace(f"{definition.year}年度", "")
    name = one_line(title) or f"{year} 年度{form_name}"[:MAX_TITLE]
    if len(name) > MAX_TITLE:
        raise wrong_input(f"名称有 {len(name)} 个字，超过 {MAX_TITLE} 个字", "请改短一些")
    same = select(Round.id).where(Round.title == name, Round.form == form, Round.year == year)
    if session.scalar(same.limit(1)):  # most likely the button was pressed twice
        raise Refusal(409, f"已经有“{name}”，没有再建", "请从“填报工作”打开它；确实要另建的，请换一个名称")
    made = Round(title=name, form=form, year=year, due_on=due_on, previous_id=previous_id or None)
    session.add(made)
    session.flush()
    due = due_on.isoformat() if due_on else None
    record(session, visitor, "round_added", round_id=made.id, title=name, form=form, year=year, due_on=due)
    return made


def set_open(session: Session, visitor: Visitor, work: Round, is_open: bool) -> None:
    """Let departments hand in, or end that.

    Raises:
        Refusal: the visitor may not.
    """
    must_be_officer(visitor)
    if work.is_open is not is_open:
        work.is_open = is_open
        record(session, visitor, "round_opened" if is_open else "round_closed", round_id=work.id)


def set_due(session: Session, visitor: Visitor, work: Round, due_on: date | None) -> None:
    """Set the last day for handing in; None takes it away.

    Raises:
        Refusal: the visitor may not.
    """
    must_be_officer(visitor)
    before, work.due_on = work.due_on, due_on
    if before != due_on:
        words = [day.isoformat() if day else None for day in (before, due_on)]
        record(session, visitor, "due_changed", round_id=work.id, before=words[0], after=words[1])


def form_of(work: Round) -> FormDefinition:
    """The form of a round.

    Raises:
        UsageProblem: it is no longer among those of the program.
    """
    return known_form(work.form)


def departments_of(session: Session, work: Round) -> list[Department]:
    """The departments of a round in the order of its roster."""
    chosen = select(Department).where(Department.round_id == work.id).order_by(Department.position)
    return list(session.scalars(chosen))


def state_counts(session: Session, work: Round) -> Mapping[State, int]:
    """How many departments of a round stand where, every state named."""
    query = (
        select(Department.state, func.count())
        .where(Department.round_id == work.id)
        .group_by(Department.state)
    )
    counted = {State(state): count for state, count in session.execute(query)}
    return {state: counted.get(state, 0) for state in State}


def is_late(work: Round, state: State, today: date) -> bool:
    """Whether a department has let the last day pass without handing in, or with a return not answered."""
    return state.is_with_department and work.due_on is not None and today > work.due_on


def _form(form: str) -> FormDefinition:
    try:
        return known_form(form)
    except UsageProblem as error:
        raise wrong_input(error.message, f"请从列表选择：{'、'.join(form_ids())}") from error


def _check_previous(session: Session, previous_id: str | None, year: int) -> None:
    if not previous_id:
        return
    previous = session.get(Round, previous_id)
    if previous is None:
        raise wrong_input("没有所选的上一次填报工作", "请从列表重新选择")
    if previous.year >= year:
        raise wrong_input(
            f"“{previous.title}”是 {previous.year} 年度的，不早于 {year} 年度，不能作为上一年度",
            "请选择更早年度的填报工作，或者不选",
        )
