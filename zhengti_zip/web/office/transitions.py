"""The steps between states: hand in, begin the review, return, pass, review again. Of two people at once one is refused."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import now
from zhengti_zip.web.database.office_models import Department, Opinion, Round, Version
from zhengti_zip.web.log import record
from zhengti_zip.web.office.asking import department_of, must_be_possible
from zhengti_zip.web.office.examined import doubts_of, examination_of
from zhengti_zip.web.office.opinions import add_opinion, send_opinions
from zhengti_zip.web.office.states import State, Step, after
from zhengti_zip.web.office.versions import handed_in_version, newest_version
from zhengti_zip.web.refusals import Refusal, wrong_input
from zhengti_zip.web.visitor import Visitor


def hand_in(
    session: Session, visitor: Visitor, department: Department, number: int, *, confirm: bool = False
) -> None:
    """Hand the newest version in.

    Args:
        number: of the version that the visitor looks at; a newer one is not handed in unseen.
        confirm: whether its warnings, and what does not fit the roster, were confirmed.

    Raises:
        Refusal: the visitor may not, not now, or the version is not ready.
    """
    kept, work = _begin(session, visitor, department, Step.HAND_IN)
    version = newest_version(session, kept)
    if version is None:
        raise Refusal(409, "还没有上传工作簿，不能报送", "请先上传填好的工作簿")
    if version.number != number:
        raise Refusal(
            409,
            f"已有更新的第 {version.number} 版，没有报送第 {number} 版",
            "请刷新页面，看过最新版的检查结果后再报送",
        )
    _must_be_ready(session, work, kept, version, confirm=confirm)
    at = now()
    _move(session, kept, Step.HAND_IN, handed_in_id=version.id, current_id=version.id)
    version.handed_in_at = at
    session.flush()
    facts = {"number": version.number, "total": str(version.total), "warnings": version.warnings}
    _record(session, visitor, "handed_in", kept, **facts)


def begin_review(session: Session, visitor: Visitor, department: Department) -> None:
    """Say that somebody reviews it.

    Raises:
        Refusal: the visitor may not, or not now.
    """
    kept, _ = _begin(session, visitor, department, Step.BEGIN_REVIEW)
    _move(session, kept, Step.BEGIN_REVIEW)
    _record(session, visitor, "review_begun", kept)


def return_(session: Session, visitor: Visitor, department: Department, text: str = "") -> list[Opinion]:
    """Give a form back with opinions; the department sees them from now on.

    Args:
        text: a further opinion on the whole; may be empty when there are others.

    Returns:
        The opinions that were sent.

    Raises:
        Refusal: the visitor may not, not now, or there is no opinion.
    """
    kept, _ = _begin(session, visitor, department, Step.RETURN)
    if text.strip():
        add_opinion(session, visitor, kept, text)
    version = handed_in_version(session, kept)
    sent = send_opinions(session, version) if version else []
    if not sent:
        raise wrong_input("没有意见，不能退回", "请先逐行填写意见，或写明退回的原因")
    _move(session, kept, Step.RETURN)
    _record(session, visitor, "returned", kept, count=len(sent))
    return sent


def pass_(session: Session, visitor: Visitor, department: Department) -> None:
    """Pass a form.

    Raises:
        Refusal: the visitor may not, or not now.
    """
    kept, _ = _begin(session, visitor, department, Step.PASS)
    _move(session, kept, Step.PASS)
    _record(session, visitor, "passed", kept)


def reopen(session: Session, visitor: Visitor, department: Department) -> None:
    """Review a form again that has passed.

    Raises:
        Refusal: the visitor may not, or not now.
    """
    kept, _ = _begin(session, visitor, department, Step.REOPEN)
    _move(session, kept, Step.REOPEN)
    _record(session, visitor, "reopened", kept)


def _begin(
    session: Session, visitor: Visitor, department: Department, step: Step
) -> tuple[Department, Round]:
    """The department and its round, once it is sure that the step may be taken."""
    kept = department_of(session, visitor, department.id)
    work = session.get_one(Round, kept.round_id)
    must_be_possible(step, work, kept, visitor)
    return kept, work


def _move(session: Session, department: Department, step: Step, **values: Any) -> None:
    """Change the state, unless somebody else did meanwhile; ``current_id`` must be the same as well."""
    before = State(department.state)
    query = update(Department).where(
        Department.id == department.id,
        Department.state == before.value,
        Department.current_id == department.current_id,
    )
    moved = session.execute(
        query.values(state=after(step, before).value, **values).execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise Refusal(
            409, f"“{department.name}”刚刚有别的操作，没有{step.label}", "请刷新页面，看过最新的状态后再办理"
        )
    session.refresh(department)


def _must_be_ready(
    session: Session, work: Round, department: Department, version: Version, *, confirm: bool
) -> None:
    examination = examination_of(session, version)
    which = f"第 {version.number} 版"
    if examination is None:
        raise Refusal(409, f"{which}还在检查，没有报送", "请稍候片刻，刷新页面看到检查结果后再报送")
    if unreadable := examination.get("unreadable"):
        raise Refusal(409, f"{which}读不出来，没有报送：{unreadable['message']}", unreadable["remedy"])
    counts = examination["counts"]
    if counts["error"]:
        remedy = "请按检查结果改正后上传新的一版"
        raise Refusal(409, f"{which}有 {counts['error']} 个错误，没有报送", remedy)
    doubts = doubts_of(work, department, examination)
    if examination.get("year") != work.year:
        raise Refusal(409, f"没有报送：{doubts[0]}", "请换用本年度的填报表")
    if doubts and not confirm:
        raise Refusal(
            409, f"{which}还没有报送：{'；'.join(doubts)}", "请逐条核对；确实无误的，勾选“已核对”后再报送"
        )


def _record(session: Session, visitor: Visitor, action: str, department: Department, **details: Any) -> None:
    record(session, visitor, action, round_id=department.round_id, department_id=department.id, **details)
