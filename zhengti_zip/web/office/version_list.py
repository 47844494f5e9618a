"""The versions of a department as a table shows them: who uploaded each, when, with which digest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Account, Department, Version


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version.

    Attributes:
        who: who uploaded it: the department itself, or the name of an account.
        name, digest: of its file; the digest is SHA-256.
    """

    version: Version
    who: str
    name: str
    digest: str


def version_lines(session: Session, department: Department) -> list[VersionLine]:
    """All versions of a department, the newest first."""
    query = (
        select(Version, StoredFile.name, StoredFile.digest)
        .join(StoredFile, StoredFile.id == Version.file_id)
        .where(Version.department_id == department.id)
        .order_by(Version.number.desc())
    )
    found = session.execute(query).all()
    names = _names(session, {version.uploaded_by for version, _, _ in found})
    return [
        VersionLine(version, names.get(version.uploaded_by, "本部门"), name, digest)
        for version, name, digest in found
    ]


def _names(session: Session, owners: set[str]) -> dict[str, str]:
    """The names of the accounts among owners."""
    ids = [owner.removeprefix("account:") for owner in owners if owner.startswith("account:")]
    accounts = session.scalars(select(Account).where(Account.id.in_(ids))) if ids else ()
    return {f"account:{account.id}": account.name for account in accounts}
