"""What every check looks at, and how it reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from zhengti_zip.form.checks import OFF
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import Evaluation
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import BUDGET, InputPath
from zhengti_zip.submission.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Subject:
    """What is being checked: the form, what was entered, its scores, and paths that could not be read."""

    form: FormDefinition
    submission: Submission
    evaluation: Evaluation
    unread: frozenset[InputPath] = field(default_factory=frozenset)

    def missing(self, path: InputPath, label: str, remedy: str) -> Iterator[Problem]:
        """A missing input, unless something unreadable stands there."""
        if path not in self.unread:
            yield Problem(Severity.ERROR, "missing", f"“{label}”没有填写", remedy, path, label)

    def is_on(self, code: str) -> bool:
        """Whether the form asks for the check of that code."""
        return self.form.checks.severity(code) != OFF

    def report(
        self,
        code: str,
        message: str,
        remedy: str,
        path: InputPath,
        value: str = "",
        *,
        is_error: bool = False,
    ) -> Iterator[Problem]:
        """What a check found, as severe as the form has it; nothing when the form has it off.

        Args:
            code: the key of the check under ``checks`` of the form.
            message, remedy: in Chinese.
            path: the input to look at.
            value: what stands there.
            is_error: the finding is the cause of something that is an error anyway.
        """
        if self.is_on(code):
            level = "error" if is_error else self.form.checks.severity(code)
            yield Problem(Severity(level), code, message, remedy, path, label_of(self.form, path), value)

    def amount(self, reference: str | None) -> Decimal | None:
        """The amount a form's check refers to, ``data.<id>`` or ``budget.<column>``; None without one."""
        path = InputPath(reference or "")
        values = self.submission.budget if path.group == BUDGET else self.submission.data
        value = values.get(path.item)
        return value if isinstance(value, Decimal) else None
