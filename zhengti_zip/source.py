"""What reading an input gives, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhengti_zip.checks import check
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.originals import Original
from zhengti_zip.paths import InputPath
from zhengti_zip.problems import Place, Problem, in_reading_order, locate
from zhengti_zip.scoring import Evaluation, evaluate
from zhengti_zip.submission import Submission


@dataclass(frozen=True)
class Source:
    """An input that was read.

    Attributes:
        form: the form it is of.
        submission: what was entered, as far as it could be understood.
        places: where each input path stands, in the order of the form.
        reading_problems: values that could not be understood, with their places.
        original: the file itself; None when it was made in memory.
        fonts: font files for characters no bundled font has.
    """

    form: FormDefinition
    submission: Submission
    places: Mapping[InputPath, Place]
    reading_problems: list[Problem] = field(default_factory=list)
    original: Original | None = None
    fonts: tuple[Path, ...] = ()

    def evaluate(self) -> Evaluation:
        """Score it."""
        return evaluate(self.form, self.submission)

    def problems(self, evaluation: Evaluation | None = None) -> list[Problem]:
        """Everything wrong with it, each problem with its place, in the order of the form."""
        unread = frozenset(problem.path for problem in self.reading_problems if problem.is_error)
        found = check(self.form, self.submission, evaluation or self.evaluate(), unread, self.fonts)
        return in_reading_order(locate([*self.reading_problems, *found], self.places), self.places)
