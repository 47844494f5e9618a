"""What every check looks at, and how it reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from zhengti_zip.form.base import Input
from zhengti_zip.form.checks import OFF
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.derived import derived_sums
from zhengti_zip.form.rules.answers import path_of
from zhengti_zip.form.tree import RowContext
from zhengti_zip.scoring.evaluation import Evaluation
from zhengti_zip.submission.inputs import indicator_parts, label_of, score_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import DERIVED, InputPath
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

    @property
    def is_scope_wrong(self) -> bool:
        """Whether the scope says one unit and the number of units says more."""
        check, fields = self.form.checks.scope_with_units, self.submission.fields
        count = fields.get(self.form.roles.unit_count or "")
        if check.field is None or not check.is_on or fields.get(check.field) != check.single:
            return False
        return isinstance(count, int) and count > 1

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
            path: the input to look at; of a derived value it is the first behind it.
            value: what stands there.
            is_error: the finding is the cause of something that is an error anyway.
        """
        if path.group == DERIVED:
            path = self.place_of(path)
        if self.is_on(code):
            level = "error" if is_error else self.form.checks.severity(code)
            yield Problem(Severity(level), code, message, remedy, path, label_of(self.form, path), value)

    def amount(self, reference: str | None) -> Decimal | None:
        """The amount a form's check refers to, e.g. ``funds.total.spent``; None without one."""
        path = InputPath(reference or "")
        if path.group == DERIVED:
            return derived_sums(self.form.derived, self.evaluation.derived).get(path)
        value = self.submission.value(path) if path else None
        return value if isinstance(value, Decimal) else None

    def is_empty(self, path: InputPath) -> bool:
        """Whether nothing was entered at an input that exists once."""
        return self.submission.value(path) is None

    def inputs_of(self, key: str) -> frozenset[InputPath]:
        """The inputs behind what a rule or a check looks at: of a derived value those it is worked out from."""
        by_path = {item.path: item for item in self.form.derived}
        found, waiting = set[InputPath](), [path_of(key)]
        while waiting:
            path = waiting.pop()
            if path in by_path:
                waiting += by_path.pop(path).operands
            elif path not in {item.path for item in self.form.derived}:
                found.add(InputPath(path))
        return frozenset(found)

    def in_order(self, paths: frozenset[InputPath]) -> list[InputPath]:
        """Inputs that exist once, in the order of the form."""
        return [InputPath(path) for path in self.form.values if path in paths]

    def place_of(self, key: str) -> InputPath:
        """The input to look at for what a rule or a check looks at: of a derived value the first behind it."""
        return next(iter(self.in_order(self.inputs_of(key))), InputPath(path_of(key)))

    def score_path(self, context: RowContext) -> InputPath:
        """The input of a row's score; of an entered row of a form that asks for none, its name."""
        is_named = context.is_entered and self.asked(context, "score") is None
        return InputPath.of_row(context, "name" if is_named else "score")

    def asked(self, context: RowContext, part: str) -> Input | None:
        """What the form asks for beside a scored row by that id; None where it does not ask for it."""
        parts = indicator_parts(self.form) if context.is_entered else score_parts(self.form)
        return next((item for item in parts if item.id == part), None)
