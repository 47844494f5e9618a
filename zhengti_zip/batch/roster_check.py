"""应报未报: the departments of a roster compared with those that handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

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
        is_by_name: whether only the names of these files tell whose they are, because they cannot be read.
    """

    entry: RosterEntry
    handed: Handed
    files: tuple[str, ...] = ()
    is_by_name: bool = False


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """A list compared with what was handed in.

    Attributes:
        name: file name of the list.
        lines: the departments in the order of the list.
        unlisted: what was handed in by departments that are not on the list.
        unnamed: files whose department neither they nor their names tell; each may be of a department that seems
            missing.
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

    @property
    def told_by_name(self) -> dict[str, str]:
        """The departments of the files that only their names tell, by file."""
        return {file: line.entry.name for line in self.lines if line.is_by_name for file in line.files}


def compared(roster: Roster, name: str, results: Sequence[Result]) -> RosterCheck:
    """Compare a list with the results that count.

    A department has handed in when there is any file of it, of whichever form, or one that cannot be read and has
    its name in the file name: nobody is to be asked for what lies here. Names are compared without blanks and in
    half-width forms.

    Args:
        name: file name of the list.
    """
    given: dict[str, list[Result]] = {}
    for result in results:
        given.setdefault(same_name(result.department), []).append(result)
    unnamed = given.pop("", [])
    by_name = _by_file_name(roster, unnamed)
    lines = tuple(
        _line(entry, given.pop(same_name(entry.name), []), by_name.get(same_name(entry.name), []))
        for entry in roster.entries
    )
    told = {name for line in lines if line.is_by_name for name in line.files}
    unlisted = sorted((result for left in given.values() for result in left), key=lambda result: result.name)
    notices = tuple(
        f"{problem.place}：{problem.message}" if problem.place else problem.message
        for problem in roster.problems
    )
    untold = tuple(result.name for result in unnamed if result.name not in told)
    return RosterCheck(name, lines, tuple(unlisted), untold, notices)


def _by_file_name(roster: Roster, unnamed: Sequence[Result]) -> dict[str, list[str]]:
    """The files that cannot be read by the longest name of the list that stands in their names."""
    names = sorted({same_name(entry.name) for entry in roster.entries}, key=len, reverse=True)
    found: dict[str, list[str]] = {}
    for result in unnamed:
        stem = same_name(PurePosixPath(result.name).stem)
        if name := next((name for name in names if name and name in stem), ""):
            found.setdefault(name, []).append(result.name)
    return found


def _line(entry: RosterEntry, results: Sequence[Result], by_name: Sequence[str]) -> RosterLine:
    if not results and by_name:
        return RosterLine(entry, Handed.FAILED, tuple(by_name), is_by_name=True)
    if not results:
        return RosterLine(entry, Handed.MISSING)
    is_done = any(result.is_done for result in results)
    return RosterLine(
        entry, Handed.DONE if is_done else Handed.FAILED, tuple(result.name for result in results)
    )
