"""The problems of a file as a page shows them: by severity, each with the field of its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhengti_zip.submission.problems import Severity
from zhengti_zip.web.desk.cells import Entry
from zhengti_zip.web.remedies import remedy_on_page

MEANINGS = {
    Severity.ERROR: "必须更正，否则不能报送",
    Severity.WARNING: "请核对，属实的可以不改",
    Severity.NOTICE: "程序是这样理解的，请看一眼",
}

FEW = 3
"""So many notices are shown without being asked for."""


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem on the page.

    Attributes:
        id: of its element.
        severity, severity_label: ``error`` and 错误.
        message, remedy: what is wrong and what to do.
        field: what the input is called; "" for the whole file.
        place: sheet and cell, or the key path in a JSON file; "" for the whole file.
        entry: the cell to mend; None when there is none.
        has_field: whether its field stands here; only the first problem of a cell has it.
        field_at: id of the problem that has the field.
    """

    id: str
    severity: str
    severity_label: str
    message: str
    remedy: str
    field: str
    place: str
    entry: Entry | None = None
    has_field: bool = False
    field_at: str = ""


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The problems of one severity; ``unlisted`` more are not shown."""

    severity: str
    label: str
    meaning: str
    problems: tuple[ProblemView, ...]
    unlisted: int
    is_folded: bool

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return len(self.problems) + self.unlisted


def grouped(
    problems: Sequence[Mapping[str, Any]], unlisted: Mapping[str, int], entries: Mapping[str, Entry]
) -> list[ProblemGroup]:
    """Problems as the examination lists them, errors first; a severity without any is left out."""
    owners: dict[str, str] = {}
    groups = []
    for severity in Severity:
        mine = [each for each in problems if each["severity"] == severity]
        views = tuple(
            problem_view(f"{severity}-{number}", each, entries, owners)
            for number, each in enumerate(mine, start=1)
        )
        left = unlisted.get(severity, 0)
        if views or left:
            is_folded = severity is Severity.NOTICE and len(views) > FEW
            groups.append(ProblemGroup(severity, severity.label, MEANINGS[severity], views, left, is_folded))
    return groups


def problem_view(
    identity: str, problem: Mapping[str, Any], entries: Mapping[str, Entry], owners: dict[str, str]
) -> ProblemView:
    """One problem.

    Args:
        identity: of its element.
        problem: as the examination lists it.
        entries: the cells that can be mended.
        owners: the problem that has the field of a cell; the first that asks gets it.
    """
    place = place_of(problem)
    entry = entries.get(place)
    owner = owners.setdefault(place, identity) if entry else ""
    severity = Severity(problem["severity"])
    return ProblemView(
        id=identity,
        severity=severity.value,
        severity_label=severity.label,
        message=problem["message"],
        remedy=remedy_on_page(problem["remedy"]),
        field=problem.get("field") or "",
        place=place,
        entry=entry,
        has_field=owner == identity,
        field_at=owner,
    )


def place_of(problem: Mapping[str, Any]) -> str:
    """Sheet and cell of a problem; the key path in a JSON file; "" for the whole file."""
    cell = problem.get("cell") or ""
    return f"{problem['sheet']}!{cell}" if problem.get("sheet") else cell
