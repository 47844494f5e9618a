"""The workbook a department downloads: the form of the round, filled with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.base.safenames import named_after
from zhengti_zip.batch.roster import same_name
from zhengti_zip.submission.raw import compact
from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.asking import department_of
from zhengti_zip.web.office.office_tasks import FilledIn, FillRequest, PreviousForm, fill_workbook
from zhengti_zip.web.office.versions import handed_in_version
from zhengti_zip.web.visitor import Visitor

if TYPE_CHECKING:
    from zhengti_zip.web.server import Server


def workbook_for(server: Server, visitor: Visitor, department_id: str) -> tuple[str, FilledIn]:
    """The workbook of a department, made in a worker process while no session is at work.

    Returns:
        Its file name, and the workbook.

    Raises:
        Refusal: the visitor may not see the department.
        WorkFailed: it cannot be made.
    """
    with server.database.reading() as session:
        department = department_of(session, visitor, department_id)
        work = session.get_one(Round, department.round_id)
        previous = _previous(server, session, work, department)
        request = FillRequest(work.form, work.year, department.name, previous)
    filled: FilledIn = server.jobs.calls.call(fill_workbook, request)
    return named_after(f"{request.department}-{request.year}年度.xlsx"), filled


def same_department(session: Session, department: Department, previous_id: str | None) -> Department | None:
    """The department of an earlier round that is the same: by its code, or else by its name."""
    if previous_id is None:
        return None
    query = select(Department).where(Department.round_id == previous_id).order_by(Department.position)
    return matching(department, list(session.scalars(query)))


def matching(department: Department, others: list[Department]) -> Department | None:
    """The same department among those of another round: by its code, or else by its name."""
    code = compact(department.code)
    by_code = (other for other in others if code and compact(other.code) == code)
    name = same_name(department.name)
    by_name = (
        other
        for other in others
        if same_name(other.name) == name and not (code and other.code and compact(other.code) != code)
    )
    return next(by_code, None) or next(by_name, None)


def _previous(server: Server, session: Session, work: Round, department: Department) -> PreviousForm | None:
    before = same_department(session, department, work.previous_id)
    version = handed_in_version(session, before) if before else None
    if before is None or version is None:
        return None
    file = session.get_one(StoredFile, version.file_id)
    form = session.get_one(Round, before.round_id).form
    return PreviousForm(file.name, server.store.get(file.digest), form)
