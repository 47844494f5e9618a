"""Tracked changes: what differs from an earlier form, as Word shows what a person inserted and deleted.

Accepting all of them gives the new texts, rejecting all gives the earlier ones.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from zhengti_zip.base.align import align
from zhengti_zip.base.originals import EPOCH_VARIABLE, fixed_time
from zhengti_zip.base.textdiff import text_changes
from zhengti_zip.word.content import DELETED, INSERTED, Change, Run, runs

AUTHOR = "zhengti-zip（与上次对比）"


class Revisions:
    """Numbers and signs the changes of one file.

    They carry a date only where SOURCE_DATE_EPOCH gives one: the date of the file is a fixed one
    otherwise, and Word would show it to the reviewer as the day of the change.
    """

    def __init__(self) -> None:
        self.count = 0
        is_dated = EPOCH_VARIABLE in os.environ
        self._date = f"{datetime.fromtimestamp(fixed_time(), UTC):%Y-%m-%dT%H:%M:%SZ}" if is_dated else ""

    def change(self, kind: str) -> Change:
        """The next change: INSERTED or DELETED."""
        self.count += 1
        return Change(kind, self.count, AUTHOR, self._date)


ParagraphChange = tuple[str | None, str | None]
"""What a paragraph said before and says now; None when it was inserted or deleted."""


def tracked_runs(before: str, after: str, revisions: Revisions) -> tuple[Run, ...]:
    """The runs of a text that changed, in their order; none when both are empty. Line breaks stay."""
    written: tuple[Run, ...] = ()
    for edit in text_changes(before, after):
        if edit.removed:
            written += runs(edit.removed, change=revisions.change(DELETED))
        if edit.added:
            written += runs(edit.added, change=revisions.change(INSERTED))
        written += runs(edit.kept)
    return written


def paragraph_changes(before: Sequence[str], after: Sequence[str]) -> list[ParagraphChange]:
    """Both lists of paragraphs in one; none is taken for one empty paragraph, which every cell has.

    One paragraph always stays: the last of both lists, if none else belong together.
    """
    old, new = list(before) or [""], list(after) or [""]
    indices = align(old, new, (str,), str)
    if not any(None not in pair for pair in indices):
        removed, added = range(len(old) - 1), range(len(new) - 1)
        indices = [*((i, None) for i in removed), *((None, j) for j in added), (len(removed), len(added))]
    return [(None if i is None else old[i], None if j is None else new[j]) for i, j in indices]


def paragraph_marks(changes: Sequence[ParagraphChange]) -> list[str]:
    """For every paragraph INSERTED or DELETED when its end was, else ""; one at least must have stayed.

    The end of the last paragraph belongs to the cell and stays. So what was inserted or deleted behind
    the last paragraph that stayed is marked at the end of the paragraph before each.
    """
    own = [INSERTED if was is None else DELETED if now is None else "" for was, now in changes]
    last_kept = max(number for number, mark in enumerate(own) if not mark)
    return [*own[:last_kept], *own[last_kept + 1 :], ""]
