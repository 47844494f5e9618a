"""What a visitor may see and change of an office; what is not theirs does not exist for them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.office.states import TRANSITIONS, State, Step, why_not
from zhengti_zip.web.refusals import Refusal, not_allowed, not_found
from zhengti_zip.web.visitor import Role, Visitor


def must_be_officer(visitor: Visitor) -> None:
    """Let only those pass who may change rounds, states, scores and opinions.

    Raises:
        Refusal: 403 for a reader, 404 for everybody outside the bureau.
    """
    if not visitor.role.is_bureau:
        raise not_found()
    if not visitor.role.may_change:
        raise not_allowed(f"您的角色是“{visitor.role.label}”，只能查看")


def round_of(session: Session, visitor: Visitor, identity: str) -> Round:
    """A round that the visitor may see.

    Raises:
        Refusal: there is none; only the bureau sees rounds.
    """
    found = session.get(Round, identity) if visitor.role.is_bureau else None
    if found is None:
        raise not_found()
    return found


def department_of(session: Session, visitor: Visitor, identity: str) -> Department:
    """A department that the visitor may see: every one for the bureau, itself for a department.

    Raises:
        Refusal: there is none.
    """
    may_see = visitor.role.is_bureau or (visitor.role is Role.DEPARTMENT and visitor.id == identity)
    found = session.get(Department, identity) if may_see else None
    if found is None:
        raise not_found()
    return found


def version_of(session: Session, department: Department, number: int) -> Version:
    """A version of a department by its number.

    Raises:
        Refusal: there is none.
    """
    found = session.query(Version).filter_by(department_id=department.id, number=number).one_or_none()
    if found is None:
        raise not_found()
    return found


def must_be_possible(step: Step, work: Round, department: Department, visitor: Visitor) -> State:
    """Let a step pass that the visitor can take now.

    Returns:
        The state it is taken from.

    Raises:
        Refusal: 403 when it is not for the visitor, 409 when it is not possible now.
    """
    state = State(department.state)
    if reason := why_not(step, state, visitor.role, is_open=work.is_open):
        is_theirs = visitor.role in TRANSITIONS[step].roles
        raise Refusal(409 if is_theirs else 403, reason.message, reason.remedy)
    return state
