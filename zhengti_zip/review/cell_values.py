"""Read the inputs printed in one cell: by their controls, else by the place of the paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from zhengti_zip.review.baseline import PrintedCell, PrintedPart
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.number_marks import is_mark, number_mark, only_mark
from zhengti_zip.review.paragraph_owners import assign_paragraphs
from zhengti_zip.review.reviewed_text import ReviewedParagraph, ReviewedRun, Revision
from zhengti_zip.submission.paths import NO_PATH, InputPath

PathOf = Callable[[ReviewedRun], InputPath]
"""Gives the path of the input whose control is around a run; empty when there is none."""


@dataclass(slots=True)
class FoundValue:
    """What was found of an input in one cell; ``text`` is None when it was not found.

    ``revisions`` are the tracked changes in it, ``comments`` the ids of the comments on it, each once and in order.
    """

    path: InputPath
    text: str | None = None
    revisions: dict[Revision, None] = field(default_factory=dict)
    comments: dict[str, None] = field(default_factory=dict)

    def note(self, runs: Sequence[ReviewedRun]) -> None:
        """Add the tracked changes and comments of some runs."""
        for run in runs:
            self.revisions |= dict.fromkeys(run.revisions)
            self.comments |= dict.fromkeys(run.comments)


def own_text(run: ReviewedRun) -> str:
    """The text of a run; "" for the placeholder of an empty control."""
    return "" if run.is_placeholder else run.text


class CellReader:
    """Reads one cell.

    Args:
        printed: the cell as printed.
        paragraphs: the paragraphs of the cell now.
        path_of: gives the input of a run.

    Attributes:
        found: the printed inputs by path; complete after :meth:`read`.
    """

    def __init__(
        self, printed: PrintedCell, paragraphs: Sequence[ReviewedParagraph], path_of: PathOf
    ) -> None:
        self._parts = {part.path: part for part in printed.parts}
        self._paragraphs, self._path_of = paragraphs, path_of
        self._lines: dict[InputPath, list[str]] = {}
        self._controlled: set[InputPath] = set()
        self.found = {path: FoundValue(path) for path in self._parts}

    def read(self) -> list[FoundValue]:
        """One value for every input printed in the cell, in order."""
        owned = [self._owners(paragraph) for paragraph in self._paragraphs]
        before: PrintedPart | None = None
        number = 0
        for is_loose, group in groupby(owned, key=lambda owners: not owners):
            owners = list(group)
            paragraphs = self._paragraphs[number : number + len(owners)]
            number += len(owners)
            if is_loose:
                after = owned[number][0] if number < len(owned) else NO_PATH
                self._loose(paragraphs, before, after)
            else:
                for paragraph, paths in zip(paragraphs, owners, strict=True):
                    self._take(paragraph, paths)
                before = self._parts[owners[-1][-1]]
        for path, part in self.found.items():
            part.text = self._whole(path)
        return list(self.found.values())

    def _owners(self, paragraph: ReviewedParagraph) -> list[InputPath]:
        """The inputs whose controls are in a paragraph."""
        paths = dict.fromkeys(map(self._path_of, paragraph.runs))
        return [path for path in paths if path in self._parts]

    def _take(self, paragraph: ReviewedParagraph, paths: list[InputPath]) -> None:
        self._controlled.update(paths)
        if len(paths) == 1:
            # Text typed beside a control belongs to it.
            self._add(paths[0], paragraph.runs)
            return
        current = paths[0]
        for path, group in groupby(paragraph.runs, key=self._path_of):
            runs = list(group)
            current = path if path in self._parts else current
            has_mark = not path and is_mark("".join(map(own_text, runs)))
            self._add(current, [] if has_mark else runs)

    def _add(self, path: InputPath, runs: Sequence[ReviewedRun]) -> None:
        part = self._parts[path]
        here = [run for run in runs if self._path_of(run) in ("", path)]
        text = "".join(map(own_text, here))
        lines = self._lines.setdefault(path, [])
        lines.append(text if lines or not self._has_lead(path, here) else without_lead(text, part.lead))
        self.found[path].note(here)

    def _has_lead(self, path: InputPath, runs: Sequence[ReviewedRun]) -> bool:
        """Whether the printed lead is still there: before the control, or moved into it."""
        part = self._parts[path]
        front = "".join(own_text(p) for p in takewhile(lambda run: self._path_of(run) != path, runs))
        inside = without_space("".join(map(own_text, runs))).startswith(without_space(part.lead))
        return bool(front.strip()) or (
            inside and not without_space(part.text).startswith(without_space(part.lead))
        )

    def _loose(
        self, paragraphs: Sequence[ReviewedParagraph], before: PrintedPart | None, after: InputPath
    ) -> None:
        """Assign paragraphs without a control to the inputs printed between the inputs before and after them."""
        order = list(self._parts)
        start = order.index(before.path) + 1 if before else 0
        stop = order.index(after) if after else len(order)
        candidates = [self._parts[path] for path in order[start:stop]]
        texts = [paragraph.text for paragraph in paragraphs]
        if not any(texts) and before:
            candidates = []
        elif not candidates and not before and after:
            candidates = [self._parts[after]]
        for paragraph, owner in zip(paragraphs, assign_paragraphs(texts, candidates, before), strict=True):
            if owner:
                self._add(owner.path, paragraph.runs)

    def _whole(self, path: InputPath) -> str | None:
        """The text of an input; None when it is gone and no tracked change or empty control shows a deletion."""
        part = self._parts[path]
        lines = self._lines.get(path)
        if lines is None:
            return "" if not part.text.strip() else None
        text = without_tail("\n".join(lines), part.tail)
        is_known = path in self._controlled or any(r.is_deletion for r in self.found[path].revisions)
        if not text.strip() and part.text.strip() and not is_known:
            return None
        return text


def without_lead(text: str, lead: str) -> str:
    """A text without the lead printed in front of it, also when white space in the lead was changed."""
    position = 0
    for char in without_space(lead):
        while position < len(text) and text[position].isspace():
            position += 1
        if position == len(text) or text[position] != char:
            mark = number_mark(text, only_mark(lead) or 0) if is_mark(lead) else None
            return text[mark.end() :] if mark else text
        position += 1
    return text[position:].lstrip() if lead != lead.rstrip() else text[position:]


def without_tail(text: str, tail: str) -> str:
    """A text without the fixed text printed behind it, such as a unit."""
    mark, found = tail.strip(), text.rstrip()
    return found[: len(found) - len(mark)].rstrip() if mark and found.endswith(mark) else text
