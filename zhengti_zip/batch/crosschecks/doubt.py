"""A doubt: what an officer should look at because departments are compared. It proves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhengti_zip.batch.result import Result
from zhengti_zip.submission.raw import compact

BEGINNING = 60
"""Most characters quoted of a text."""

_SCOPES = ("(本级)", "(汇总)", "(机关)", "本级")


class DoubtKind(StrEnum):
    """What a doubt is about; the value is the stable code in JSON."""

    SAME_TEXT = "same_text"
    NEAR_TEXT = "near_text"
    OTHER_NAME = "other_name"
    OUTLYING_AMOUNT = "outlying_amount"
    OUTLYING_RATIO = "outlying_ratio"
    GROWTH = "growth"

    @property
    def label(self) -> str:
        """The words a user reads."""
        return {
            "same_text": "文字相同",
            "near_text": "文字基本相同",
            "other_name": "写有其他部门的名称",
            "outlying_amount": "金额与其他部门相差悬殊",
            "outlying_ratio": "比例与其他部门相差悬殊",
            "growth": "与上年相差悬殊",
        }[self.value]


class Certainty(StrEnum):
    """How sure it is that something is wrong."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"high": "高", "medium": "中", "low": "低"}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """A department a doubt is about.

    Attributes:
        department: its name as entered.
        file: the input as the user knows it.
        place: sheet and cell; "" where the doubt is about no single cell.
    """

    department: str
    file: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an officer should look at.

    Attributes:
        kind: what it is about.
        parties: the departments, at least one; of one department that is compared with all others only this one.
        label: the input or inputs it is about, as on the form.
        message: what was found, in Chinese, with numbers.
        evidence: the beginnings of the texts, or the numbers, a line each.
        certainty: how sure it is.
    """

    kind: DoubtKind
    parties: tuple[Party, ...]
    label: str
    message: str
    evidence: tuple[str, ...]
    certainty: Certainty

    @property
    def order(self) -> tuple[int, int, tuple[Party, ...], str]:
        """Surest first; then by kind and department."""
        return (
            list(Certainty).index(self.certainty),
            list(DoubtKind).index(self.kind),
            self.parties,
            self.label,
        )


def party(result: Result, place: str = "") -> Party:
    """The department of a result."""
    return Party(result.department, result.name, place)


def department_key(name: str) -> str:
    """What is equal for two ways to write one department: widths, spaces, and a scope behind the name do not count."""
    key = compact(name)
    for scope in _SCOPES:
        key = key.removesuffix(scope) or key
    return key


def quote(text: str, start: int = 0) -> str:
    """A piece of a text in one line, from a position on."""
    piece = " ".join(text[start : start + BEGINNING].split())
    return f"“{'…' if start else ''}{piece}{'…' if start + BEGINNING < len(text) else ''}”"
