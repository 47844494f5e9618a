"""Records of what was located in a reviewed file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zhengti_zip.review.reviewed_text import ReviewedRun, Revision
from zhengti_zip.submission.paths import NO_PATH, InputPath
from zhengti_zip.submission.problems import Problem

ABOVE, BELOW = "表格上方", "表格下方"
"""Places outside of the table."""

JOINT = 12
"""Characters on both sides of a page break that tell whether a paragraph ended there."""


@dataclass(slots=True)
class LocatedInput:
    """An input in one place of the form, joined over page breaks.

    Attributes:
        path: the input.
        printed: its text as it was printed.
        text: its text now; None when it was not found.
        revisions: the tracked changes in it.
    """

    path: InputPath
    printed: str
    text: str | None
    revisions: dict[Revision, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlteredText:
    """A locked text that differs.

    Attributes:
        printed, now: the text as printed and as it is now.
        path: of a computed value; else empty.
        revisions: the tracked changes in it.
        comments: ids of the comments on it.
    """

    printed: str
    now: str
    path: InputPath = NO_PATH
    revisions: tuple[Revision, ...] = ()
    comments: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, printed: str, now: str, runs: Sequence[ReviewedRun], path: InputPath = NO_PATH
    ) -> AlteredText:
        """A text with the tracked changes and comments of the runs it stands in."""
        marks = dict.fromkeys(mark for run in runs for mark in run.revisions)
        comments = dict.fromkeys(comment for run in runs for comment in run.comments)
        return cls(printed, now, path, tuple(marks), tuple(comments))


@dataclass(frozen=True, slots=True)
class LooseText:
    """A text that belongs to no input and no label: its place in words, and the last tracked change in it."""

    text: str
    place: str
    by: Revision | None = None


@dataclass(slots=True)
class LocatedContent:
    """The content of a reviewed file.

    Attributes:
        inputs: every printed input, once for each place it is printed in.
        altered: labels and computed values that differ.
        surplus: texts that belong to no input and no label.
        problems: what of an entered row could not be read.
        sequences: by growing table the numbers of its rows in their order; a number behind all printed ones
            is that of a new row. Tables whose rows could not be followed are absent.
        removed_by: by table and number, the tracked changes that removed a row.
        comment_targets: by comment id, the input the comment hangs on (empty for none) and the text beside it.
    """

    inputs: list[LocatedInput] = field(default_factory=list)
    altered: list[AlteredText] = field(default_factory=list)
    surplus: list[LooseText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sequences: dict[str, list[int]] = field(default_factory=dict)
    removed_by: dict[tuple[str, int], dict[Revision, None]] = field(default_factory=dict)
    comment_targets: dict[str, tuple[InputPath, str]] = field(default_factory=dict)


def last_revision(runs: Iterable[ReviewedRun]) -> Revision | None:
    """The last tracked change in some runs."""
    return next((mark for run in reversed(list(runs)) for mark in reversed(run.revisions)), None)


def join_over_pages(texts: Sequence[str], were: Sequence[str], full: str) -> str:
    """Join the parts of a text that page breaks divide.

    A line break is added only where a paragraph ended at the end of a page.

    Args:
        texts: the parts now, at least one.
        were: the same parts as printed.
        full: the whole text as printed.
    """
    joined, position = texts[0], len(were[0])
    for text, was in zip(texts[1:], were[1:], strict=True):
        tail, head = joined[-JOINT:], text[:JOINT]
        if not tail or not head:
            mark = ""
        elif f"{tail}\n{head}" in full:
            mark = "\n"
        elif tail + head in full:
            mark = ""
        else:
            mark = "\n" if full[position : position + 1] == "\n" else ""
        joined += mark + text
        position += len(was) + (full[position : position + 1] == "\n")
    return joined
