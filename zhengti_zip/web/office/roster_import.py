"""Taking a roster into a round: departments are added and changed, none is removed without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.batch.roster import Roster, RosterEntry, same_name
from zhengti_zip.submission.raw import compact
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.log import record
from zhengti_zip.web.office.asking import must_be_officer
from zhengti_zip.web.office.office_tasks import RosterRequest, read_roster_file
from zhengti_zip.web.office.rounds import departments_of
from zhengti_zip.web.office.states import State
from zhengti_zip.web.refusals import Refusal, wrong_input
from zhengti_zip.web.visitor import Visitor

if TYPE_CHECKING:
    from zhengti_zip.web.server import Server

MAX_LOGGED = 100
"""Most departments that one entry of the log names."""


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What an import did.

    Attributes:
        added: new departments.
        changed: departments with another name, code or contact than before, and what they were called.
        unchanged: how many stayed as they were.
        missing: departments of the round that the roster does not name; they were kept.
    """

    added: tuple[Department, ...]
    changed: tuple[tuple[Department, str], ...]
    unchanged: int
    missing: tuple[Department, ...]


def roster_in_worker(server: Server, content: bytes, name: str) -> Roster:
    """Read a roster file in a worker process, because it comes from outside; to be called while no session is at work.

    Raises:
        WorkFailed: it cannot be read.
    """
    roster: Roster = server.jobs.calls.call(read_roster_file, RosterRequest(name, content))
    return roster


def import_roster(session: Session, visitor: Visitor, work: Round, roster: Roster) -> RosterChange:
    """Take a roster into a round. A department is found again by its code, or else by its name.

    What the roster leaves empty stays as it was. The order of the round becomes that of the roster; departments it does
    not name stay behind the others.

    Raises:
        Refusal: the visitor may not, the roster has errors, or two departments would get the same name.
    """
    must_be_officer(visitor)
    if errors := roster.errors:
        first = errors[0]
        raise wrong_input(
            f"名单有 {len(errors)} 处错误，没有导入。{first.place}：{first.message}", first.remedy
        )
    # Of two imports at once the second begins when the first is done.
    session.execute(select(Round.id).where(Round.id == work.id).with_for_update())
    present = departments_of(session, work)
    known = _found_again(present, roster.entries)
    missing = [department for department in present if department not in known.values()]
    _refuse_same_names(roster.entries, missing)
    before = {department.id: _facts(department) for department in present}
    order, added = [], []
    for entry in roster.entries:
        department = known.get(entry.place)
        if department is None:
            department = Department(round_id=work.id, name=entry.name, code=entry.code, contact=entry.contact)
            added.append(department)
        order.append((department, entry.name))
    _put_in_order(session, [*order, *((department, department.name) for department in missing)])
    for entry in roster.entries:
        if department := known.get(entry.place):
            department.code = entry.code or department.code
            department.contact = entry.contact or department.contact
    session.flush()
    touched = [department for department in known.values() if _facts(department) != before[department.id]]
    change = RosterChange(
        tuple(added),
        tuple((department, before[department.id][0]) for department in touched),
        len(known) - len(touched),
        tuple(missing),
    )
    _log(session, visitor, work, change)
    return change


def remove_department(session: Session, visitor: Visitor, department: Department) -> None:
    """Take a department out of a round, as long as nothing was ever uploaded for it.

    Raises:
        Refusal: the visitor may not, or there are versions.
    """
    must_be_officer(visitor)
    versions = select(Version.id).where(Version.department_id == department.id).limit(1)
    if session.scalar(versions) or department.state != State.NOT_BEGUN:
        raise Refusal(
            409,
            f"“{department.name}”已经上传过工作簿，不能移出名单",
            "已上传的内容一律保留；不再需要的，可以不作处理",
        )
    record(session, visitor, "department_removed", round_id=department.round_id, name=department.name)
    session.delete(department)
    session.flush()


def _found_again(present: Sequence[Department], entries: Sequence[RosterEntry]) -> Mapping[str, Department]:
    """The department of each entry that is in the round already, by the place of the entry."""
    by_code = {compact(department.code): department for department in present if department.code}
    found = {
        entry.place: by_code[compact(entry.code)]
        for entry in entries
        if entry.code and compact(entry.code) in by_code
    }
    taken = {department.id for department in found.values()}
    by_name = {same_name(department.name): department for department in present if department.id not in taken}
    for entry in entries:
        if entry.place not in found and same_name(entry.name) in by_name:
            found[entry.place] = by_name[same_name(entry.name)]
    return found


def _refuse_same_names(entries: Sequence[RosterEntry], missing: Sequence[Department]) -> None:
    kept = {same_name(department.name): department for department in missing}
    for entry in entries:
        if department := kept.get(same_name(entry.name)):
            raise wrong_input(
                f"{entry.place}：“{entry.name}”与已在名单中、代码为“{department.code}”的部门同名，没有导入",
                "请核对代码；两个部门确实同名的，请在名称中加以区分",
            )


def _put_in_order(session: Session, wanted: Sequence[tuple[Department, str]]) -> None:
    """Give departments their names and positions. Both are unique, so that they leave the old ones first."""
    for number, (department, name) in enumerate(wanted, start=1):
        if department.id is not None and (department.position, department.name) != (number, name):
            department.position = -number
            department.name = f"~{department.id}" if department.name != name else name
    session.flush()
    for number, (department, name) in enumerate(wanted, start=1):
        department.position, department.name = number, name
    session.add_all(department for department, _ in wanted)
    session.flush()


def _facts(department: Department) -> tuple[str, str, str]:
    return department.name, department.code, department.contact


def _log(session: Session, visitor: Visitor, work: Round, change: RosterChange) -> None:
    record(
        session,
        visitor,
        "roster_imported",
        round_id=work.id,
        added=len(change.added),
        changed=[f"{old} → {now.name}" if old != now.name else old for now, old in change.changed][
            :MAX_LOGGED
        ],
        unchanged=change.unchanged,
        missing=[department.name for department in change.missing][:MAX_LOGGED],
    )
