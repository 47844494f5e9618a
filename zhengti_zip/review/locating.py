"""What is being located in a reviewed file, shared by the parts that go through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from zhengti_zip.base.answers import is_dash
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.cell_values import FoundValue
from zhengti_zip.review.comment_targets import CommentTargets
from zhengti_zip.review.document import ReviewedDocument
from zhengti_zip.review.located import LocatedContent, LooseText, last_revision
from zhengti_zip.review.reviewed_text import ReviewedRun
from zhengti_zip.submission.paths import NO_PATH, InputPath

Key = tuple[int, int]
"""A cell of the form by row and column; (-1, n) is line n of the title, (NEW_ROWS, n) row n of a table."""

NEW_ROWS = -3


class Locating:
    """What was located so far."""

    def __init__(self, reviewed: ReviewedDocument, baseline: Baseline) -> None:
        self._body, self._baseline = reviewed.body, baseline
        self._found = LocatedContent()
        self._comments = CommentTargets(self._path_of)
        self._parts: dict[tuple[InputPath, Key], list[tuple[str, FoundValue]]] = {}
        self._strays: defaultdict[InputPath, list[FoundValue]] = defaultdict(list)

    def _path_of(self, run: ReviewedRun) -> InputPath:
        """The input of the innermost control: by tag, else by title where a program dropped the tags."""
        for control in reversed(run.controls):
            path = self._baseline.paths.get(control.tag)
            if path is None and not control.tag:
                path = self._baseline.titles.get(control.alias)
            if path is not None:
                return path
        return NO_PATH

    def _loose(self, text: str, place: str, runs: Iterable[ReviewedRun] = ()) -> None:
        """Note a text that belongs to no input and no label, unless there is none."""
        if text.strip():
            self._found.surplus.append(LooseText(text, place, last_revision(runs)))

    def _held(self) -> set[InputPath]:
        """The inputs in which anything but a dash stands, in any place where they are printed."""
        here = [(path, found) for (path, _), parts in self._parts.items() for _, found in parts]
        here += [(path, found) for path, parts in self._strays.items() for found in parts]
        return {path for path, found in here if found.text and not is_dash(found.text)}
