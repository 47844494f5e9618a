"""A submission seen by input path, as the writer needs it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import table_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import InputPath

Written = Decimal | int | str | None


class Filling:
    """What goes into each input; everything is None for a blank template.

    Args:
        as_typed: texts written in place of the submission's value, by path.
    """

    def __init__(
        self,
        form: FormDefinition,
        submission: Submission | None,
        as_typed: Mapping[InputPath, str] | None = None,
    ) -> None:
        self.form, self.as_typed = form, as_typed or {}
        self.submission = submission or Submission(form=form.id)
        self.is_blank = submission is None

    def single(self, path: InputPath) -> Written:
        """The value of an input that exists once."""
        if path in self.as_typed:
            return self.as_typed[path]
        if self.is_blank and path == InputPath.field(self.form.roles.year):
            return self.form.year
        return self.submission.value(path)

    def rows(self, table: str) -> list[dict[str, Written]]:
        """The rows of a growing table, by part id."""
        parts = [part.id for part in table_parts(self.form, table)]
        found: list[dict[str, Written]] = [
            {part: entry.part(part) for part in parts} for entry in self.submission.rows(table)
        ]
        for number, row in enumerate(found):
            for part in parts:
                if typed := self.as_typed.get(InputPath.cell(table, number, part)):
                    row[part] = typed
        return found
