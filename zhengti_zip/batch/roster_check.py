"""应报未报: the departments of a roster compared with those that handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhengti_zip.batch.result import Result
from zhengti_zip.batch.roster import Roster, RosterEntry, same_name


class Handed(StrEnum):
    """Whether a department has handed in."""

    MISSING = "missing"
    FAILED = "failed"
    DONE = "done"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"missing": "未报", "failed": "已报，没有通过", "done": "已报"}[self.value]


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One department of the list.

    Attributes:
        entry: as it stands on the list.
        handed: whether it has handed in.
        files: what it handed in.
    """

    entry: RosterEntry
    handed: Handed
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """A list compared with what was handed in.

    Attributes:
        name: file name of the list.
        lines: the departments in the order of the list.
        unlisted: what was handed in by departments that are not on the list.
        unnamed: files whose department could not be read; each may be of a department that seems missing.
        notices: what of the list was not read.
    """

    name: str
    lines: tuple[RosterLine, ...]
    unlisted: tuple[Result, ...] = ()
    unnamed: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def of(self, handed: Handed) -> tuple[RosterLine, ...]:
        """The departments of which this holds."""
        return tuple(line for line in self.lines if line.handed is handed)


def compared(roster: Roster, name: str, results: Sequence[Result]) -> RosterCheck:
    """Compare a list with the results that count.

    A department has handed in when there is any file of it, of whichever form. Names are compared without blanks and
    in half-width forms.

    Args:
        name: file name of the list.
    """
    given: dict[str, list[Result]] = {}
    for result in results:
        given.setdefault(same_name(result.department), []).append(result)
    unnamed = given.pop("", [])
    lines = tuple(_line(entry, given.pop(same_name(entry.name), [])) for entry in roster.entries)
    unlisted = sorted((result for left in given.values() for result in left), key=lambda result: result.name)
    notices = tuple(
        f"{problem.place}：{problem.message}" if problem.place else problem.message
        for problem in roster.problems
    )
    return RosterCheck(name, lines, tuple(unlisted), tuple(result.name for result in unnamed), notices)


def _line(entry: RosterEntry, results: Sequence[Result]) -> RosterLine:
    if not results:
        return RosterLine(entry, Handed.MISSING)
    is_done = any(result.is_done for result in results)
    return RosterLine(
        entry, Handed.DONE if is_done else Handed.FAILED, tuple(result.name for result in results)
    )
