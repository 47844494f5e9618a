"""What every check looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import Evaluation
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import InputPath
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
