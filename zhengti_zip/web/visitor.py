"""Who asks: an anonymous visitor of the desk, a person of the bureau, or a department."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEPARTMENTS = "department:"
"""How the owner of what belongs to a department begins."""


class Role(StrEnum):
    """What somebody may do; each account has one of the last three."""

    NOBODY = "nobody"
    VISITOR = "visitor"
    DEPARTMENT = "department"
    READER = "reader"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return _LABELS[self]

    @property
    def is_bureau(self) -> bool:
        """Whether it belongs to the finance bureau, which sees every department."""
        return self in (Role.READER, Role.OFFICER, Role.ADMINISTRATOR)

    @property
    def may_change(self) -> bool:
        """Whether it may change rounds, states, scores and opinions."""
        return self in (Role.OFFICER, Role.ADMINISTRATOR)


_LABELS = {
    Role.NOBODY: "未登录",
    Role.VISITOR: "访客",
    Role.DEPARTMENT: "填报部门",
    Role.READER: "查阅",
    Role.OFFICER: "经办",
    Role.ADMINISTRATOR: "管理员",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        role: what they may do.
        id: of the visit, account or department; "" for nobody.
        name: what they are called.
        address: the network address they ask from.
    """

    role: Role
    id: str = ""
    name: str = ""
    address: str = ""

    @property
    def owner(self) -> str:
        """What stands in ``StoredFile.owner`` for what is theirs."""
        kinds = {Role.VISITOR: "visit", Role.NOBODY: "visit", Role.DEPARTMENT: "department"}
        return f"{kinds.get(self.role, 'account')}:{self.id}"
