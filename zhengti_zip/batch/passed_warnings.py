"""Warnings of the forms that passed: nothing forbade it, but an officer should look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhengti_zip.batch.result import ListedProblem, Result
from zhengti_zip.submission.problems import Severity


@dataclass(frozen=True, slots=True)
class PassedWarnings:
    """The warnings of one form without errors.

    Attributes:
        result: of the form.
        warnings: in the order of the form.
        unlisted: how many more there are.
    """

    result: Result
    warnings: tuple[ListedProblem, ...]
    unlisted: int

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.warnings) + self.unlisted


def passed_warnings(results: Iterable[Result]) -> tuple[PassedWarnings, ...]:
    """The forms without errors that have warnings, in the order of the results."""
    found = (
        PassedWarnings(
            result,
            tuple(problem for problem in result.problems if problem.severity == Severity.WARNING),
            result.unlisted.get(Severity.WARNING, 0),
        )
        for result in results
        if result.is_done
    )
    return tuple(each for each in found if each.count)
