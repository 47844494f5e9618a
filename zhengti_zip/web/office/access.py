"""How a department gets in: a link that opens nothing alone, and a code that opens it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.sheet import SummaryCell, SummaryWorkbook
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.database.models import now
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.log import record
from zhengti_zip.web.office.asking import must_be_officer
from zhengti_zip.web.refusals import Refusal, not_found
from zhengti_zip.web.security.attempts import one_attempt
from zhengti_zip.web.security.secrets import hash_secret, is_secret, new_code, typed_code
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.visitor import Role, Visitor
from zhengti_zip.workbook.write.saving import saved

CODE_DAYS = 90
"""How long a code that nobody used stays valid."""

LINKS_TITLE = "填报链接"
_HEADS = (("序号", 6), ("单位名称", 36), ("代码", 14), ("联系人", 24), ("填报链接", 56), ("校验码", 14))


@dataclass(frozen=True, slots=True)
class PreparedCode:
    """A new code and its hash. Hashing takes some tens of milliseconds, so it is done before a session begins."""

    code: str = field(repr=False)
    hashed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code that was given to a department. It is shown this once and never again."""

    department: Department
    code: str = field(repr=False)


def link_of(settings: ServerSettings, department: Department) -> str:
    """The address of a department's door."""
    return f"{settings.public_url.rstrip('/')}/d/{department.link_token}"


def prepare_codes(count: int) -> list[PreparedCode]:
    """New codes with their hashes."""
    codes = [new_code() for _ in range(count)]
    return [PreparedCode(code, hash_secret(code)) for code in codes]


def give_codes(
    session: Session, visitor: Visitor, departments: Sequence[Department], prepared: Sequence[PreparedCode]
) -> list[IssuedCode]:
    """Give departments new codes; older ones that were not used are valid no more. Sessions go on.

    Args:
        departments: of one round; for a department itself only its own.
        prepared: one for each.

    Raises:
        Refusal: the visitor may not.
        ValueError: there are not as many codes as departments.
    """
    if visitor.role is Role.DEPARTMENT:
        if any(department.id != visitor.id for department in departments):
            raise not_found()
    else:
        must_be_officer(visitor)
    if len(departments) != len(prepared):
        raise ValueError(f"{len(prepared)} codes for {len(departments)} departments")
    issued = []
    for department, code in zip(departments, prepared, strict=True):
        department.code_hash, department.code_made_at = code.hashed, now()
        issued.append(IssuedCode(department, code.code))
        action = "code_made" if visitor.role is Role.DEPARTMENT else "codes_made"
        record(session, visitor, action, round_id=department.round_id, department_id=department.id)
    session.flush()
    return issued


def redeem(database: Database, link_token: str, typed: str, address: str) -> Department:
    """Open the door of a department; the code opens it no second time.

    The sessions are its own: a failed try must stay written down, whatever is raised.

    Args:
        link_token: of the link.
        typed: the code as somebody typed it.
        address: the network address they ask from.

    Raises:
        Refusal: there is no such link, the code is wrong, used or too old, or there were too many tries.
    """
    with database.reading() as session:
        found = session.scalars(select(Department).where(Department.link_token == link_token)).one_or_none()
        if found is None:
            raise not_found()
        session.expunge(found)
    with one_attempt(database, f"department:{found.id}", address):
        made = found.code_made_at
        is_valid = made is not None and now() - made <= timedelta(days=CODE_DAYS)
        if not is_secret(found.code_hash if is_valid else None, typed_code(typed)) or not _used_up(
            database, found, address
        ):
            _tell_failed(database, found, address)
            raise Refusal(
                400, "校验码不对，或者已经用过、过期", "请核对校验码；已经用过的，请向财政部门要一个新的"
            )
    return found


def end_sessions(session: Session, visitor: Visitor, department: Department) -> None:
    """End every session of a department and take its code away, e.g. when a link went to the wrong people.

    Raises:
        Refusal: the visitor may not.
    """
    must_be_officer(visitor)
    department.epoch += 1
    department.code_hash = None
    session.flush()
    record(session, visitor, "access_ended", round_id=department.round_id, department_id=department.id)


def links_workbook(settings: ServerSettings, work: Round, issued: Sequence[IssuedCode]) -> bytes:
    """填报链接.xlsx: links and codes to send out, one line a department."""
    book = SummaryWorkbook()
    hint = f"“{work.title}”。把每一行的链接和校验码发给该单位，不要群发整张表。校验码只能用一次，{CODE_DAYS} 天内有效。"
    sheet = book.headed_sheet(LINKS_TITLE, hint, _HEADS)
    for each in sorted(issued, key=lambda code: code.department.position):
        department, link = each.department, link_of(settings, each.department)
        sheet.table(
            [
                SummaryCell(department.position, SummaryStyle.CENTRE),
                SummaryCell(department.name),
                SummaryCell(department.code, SummaryStyle.CENTRE),
                SummaryCell(department.contact),
                SummaryCell(link, SummaryStyle.LINK, link=link),
                SummaryCell(each.code, SummaryStyle.CENTRE),
            ]
        )
    sheet.filter(len(_HEADS), sheet.row)
    return saved(book.workbook)


def _used_up(database: Database, department: Department, address: str) -> bool:
    """Take the code away; False when somebody else was faster."""
    with database.session() as session:
        unused = update(Department).where(
            Department.id == department.id, Department.code_hash == department.code_hash
        )
        if session.execute(unused.values(code_hash=None)).rowcount != 1:  # type: ignore[attr-defined]
            return False
        visitor = Visitor(Role.DEPARTMENT, department.id, department.name, address)
        record(session, visitor, "door_opened", round_id=department.round_id, department_id=department.id)
    return True


def _tell_failed(database: Database, department: Department, address: str) -> None:
    with database.session() as session:
        visitor = Visitor(Role.NOBODY, "", "", address)
        record(session, visitor, "door_failed", round_id=department.round_id, department_id=department.id)
