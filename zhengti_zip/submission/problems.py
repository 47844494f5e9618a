"""One type for everything that is wrong with an input, and for where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.base.quotes import nested
from zhengti_zip.submission.paths import NO_PATH, InputPath


class InputRefused(ZhengtiError):
    """The input was read but has errors, so the work asked for is not done.

    Args:
        problems: everything found, errors and warnings alike.
    """

    def __init__(self, message: str, problems: list[Problem], remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.problems = problems


class Severity(StrEnum):
    """Errors stop the build, warnings do not, notices say what was silently understood."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input lives: a cell of a workbook, or a key path of a JSON file (``sheet`` is None)."""

    sheet: str | None
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.sheet else self.cell


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an input.

    Attributes:
        severity: how bad it is.
        code: stable ASCII code, see docs/problems.md.
        message: what is wrong, in Chinese.
        remedy: what to do, in Chinese.
        path: the input it concerns, e.g. ``scores.spending_rate.reason``; empty for the whole file.
        field: the label the user knows the input by.
        value: what was found, as typed; "" when empty.
        place: where that is; None until :func:`locate` or when the whole file is meant.
    """

    severity: Severity
    code: str
    message: str
    remedy: str
    path: InputPath = NO_PATH
    field: str = ""
    value: str = ""
    place: Place | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", nested(self.message))

    @property
    def is_error(self) -> bool:
        """Whether it forbids printing the form."""
        return self.severity is Severity.ERROR

    def as_json(self) -> dict[str, str | None]:
        """The stable shape of ``check --json`` (docs/json-output.md)."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "sheet": self.place.sheet if self.place else None,
            "cell": self.place.cell if self.place else None,
            "field": self.field,
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
        }


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of ``problems`` stops the build."""
    return any(problem.is_error for problem in problems)


def locate(problems: Iterable[Problem], places: Mapping[InputPath, Place]) -> list[Problem]:
    """Give each problem the place of the input its path names.

    A path without a place of its own takes the place of the nearest parent that has one, so a
    problem about a whole row or table still points somewhere.
    """
    return [_placed(problem, places) for problem in problems]


def _placed(problem: Problem, places: Mapping[InputPath, Place]) -> Problem:
    if problem.place is not None:
        return problem
    path = problem.path
    while path:
        if place := places.get(path):
            return replace(problem, place=place)
        path = path.parent
    return problem


def in_reading_order(problems: Iterable[Problem], places: Mapping[InputPath, Place]) -> list[Problem]:
    """Problems in the order of the form's inputs; those of the whole file first, ties keep their order."""
    rank = {place: number for number, place in enumerate(places.values())}
    return sorted(problems, key=lambda p: rank.get(p.place, -1) if p.place else -1)
