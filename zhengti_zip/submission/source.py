"""What reading an input gives, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhengti_zip.base.originals import Original
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem


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
        withheld: inputs whose value is not known, for a reason that a problem of another input tells.
    """

    form: FormDefinition
    submission: Submission
    places: Mapping[InputPath, Place]
    reading_problems: list[Problem] = field(default_factory=list)
    original: Original | None = None
    fonts: tuple[Path, ...] = ()
    withheld: frozenset[InputPath] = frozenset()

    @property
    def unread(self) -> frozenset[InputPath]:
        """Inputs that may be filled in but could not be read; they are not to be called missing."""
        return self.withheld | {problem.path for problem in self.reading_problems if problem.is_error}
