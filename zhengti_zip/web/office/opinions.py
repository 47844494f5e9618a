"""What an officer says about a version that was handed in; the department sees it once the form was returned."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.submission.raw import clean_text
from zhengti_zip.web.database.models import now
from zhengti_zip.web.database.office_models import Department, Opinion, Version
from zhengti_zip.web.log import record
from zhengti_zip.web.office.asking import department_of, must_be_officer
from zhengti_zip.web.office.examined import Examination, examination_of, examined_rows
from zhengti_zip.web.office.states import State
from zhengti_zip.web.office.versions import handed_in_version
from zhengti_zip.web.refusals import Refusal, not_found, wrong_input
from zhengti_zip.web.visitor import Visitor

MAX_TEXT = 2000
WHOLE = "整张表"
"""What an opinion is about that belongs to no row."""


def add_opinion(
    session: Session, visitor: Visitor, department: Department, text: str, row: str = ""
) -> Opinion:
    """Say something about the version that lies with the bureau.

    Args:
        text: plain text.
        row: id of a scored row or path of an input; "" for the whole.

    Raises:
        Refusal: the visitor may not, nothing lies with the bureau, or there is no such row.
    """
    version = version_in_hand(session, visitor, department)
    words = clean_text(text)
    if not words:
        raise wrong_input("没有填写意见", "请写明哪里要改、怎样改")
    if len(words) > MAX_TEXT:
        raise wrong_input(f"意见有 {len(words)} 个字，超过 {MAX_TEXT} 个字", "请分几条填写")
    label = _label(examination_of(session, version), row)
    opinion = Opinion(department_id=department.id, version_id=version.id, row=row, label=label, text=words)
    opinion.by, opinion.by_name = visitor.owner, visitor.name
    session.add(opinion)
    session.flush()
    _record(session, visitor, "opinion_added", department, opinion)
    return opinion


def remove_opinion(session: Session, visitor: Visitor, department: Department, identity: str) -> None:
    """Take an opinion back that the department has not seen.

    Raises:
        Refusal: the visitor may not, there is none, or it was sent.
    """
    must_be_officer(visitor)
    opinion = session.get(Opinion, identity)
    if opinion is None or opinion.department_id != department.id:
        raise not_found()
    if opinion.returned_at is not None:
        raise Refusal(409, "这条意见已随退回发给部门，不能删除", "需要更正的，请另写一条")
    _record(session, visitor, "opinion_removed", department, opinion, text=opinion.text)
    session.delete(opinion)
    session.flush()


def opinions_of(
    session: Session, visitor: Visitor, department: Department, version: Version | None = None
) -> list[Opinion]:
    """The opinions on a department's versions, oldest first; outside the bureau only those that were sent.

    Args:
        version: only those on this one.
    """
    query = select(Opinion).where(Opinion.department_id == department.id).order_by(Opinion.at, Opinion.id)
    if version is not None:
        query = query.where(Opinion.version_id == version.id)
    if not visitor.role.is_bureau:
        query = query.where(Opinion.returned_at.is_not(None))
    return list(session.scalars(query))


def send_opinions(session: Session, version: Version) -> list[Opinion]:
    """Mark the opinions on a version that were not sent yet as sent now."""
    query = select(Opinion).where(Opinion.version_id == version.id, Opinion.returned_at.is_(None))
    sent = list(session.scalars(query.order_by(Opinion.at, Opinion.id)))
    for opinion in sent:
        opinion.returned_at = now()
    session.flush()
    return sent


def version_in_hand(session: Session, visitor: Visitor, department: Department) -> Version:
    """The version that an officer has to judge now.

    Raises:
        Refusal: the visitor may not, or nothing waits for a judgement.
    """
    must_be_officer(visitor)
    kept = department_of(session, visitor, department.id)
    session.refresh(kept, with_for_update=True)  # nobody passes or returns it meanwhile
    version, state = handed_in_version(session, kept), State(kept.state)
    if version is None or state not in (State.HANDED_IN, State.IN_REVIEW):
        remedy = "请先“重新复核”" if state is State.PASSED else "请等部门报送后再填写"
        raise Refusal(409, f"目前是“{state.label}”，不能填写意见和复核得分", remedy)
    return version


def _label(examination: Examination | None, row: str) -> str:
    if not row:
        return WHOLE
    names = {found.id: found.name for found in examined_rows(examination)}
    inputs = (examination or {}).get("inputs", {}).values()
    names = {item["path"]: item["label"] for item in inputs} | names
    if row not in names:
        raise wrong_input("表中没有所选的这一行", "请从列表重新选择")
    return str(names[row])[:200]


def _record(
    session: Session, visitor: Visitor, action: str, department: Department, opinion: Opinion, **more: str
) -> None:
    record(
        session,
        visitor,
        action,
        round_id=department.round_id,
        department_id=department.id,
        label=opinion.label,
        **more,
    )
