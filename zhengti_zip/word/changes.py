"""Tracked changes: the differences from a previous form, as Word shows insertions and deletions.

Accepting all of them gives the present texts, rejecting all gives the previous ones.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from zhengti_zip.base.originals import EPOCH_VARIABLE, fixed_time
from zhengti_zip.base.textdiff import text_changes
from zhengti_zip.grid.content import TICKED
from zhengti_zip.grid.pages import PageParagraph
from zhengti_zip.grid.table import Cell, FormTable, Span
from zhengti_zip.word.body import CellWriter
from zhengti_zip.word.content import DELETED, INSERTED, RunGroup, TrackedChange, WordParagraph, WordRun, runs
from zhengti_zip.word.controls import Controls
from zhengti_zip.word.previous import ComparedParagraph, ParagraphPair, PreviousForm

AUTHOR = "zhengti-zip（与上次对比）"


class TrackedChanges:
    """Makes the tracked changes of one file, each with its number and the author.

    They have a date only if SOURCE_DATE_EPOCH is set. Without it the date of the file is a fixed one,
    which Word would show to the reviewer as the day of the change.
    """

    def __init__(self) -> None:
        self.count = 0
        is_dated = EPOCH_VARIABLE in os.environ
        self._date = f"{datetime.fromtimestamp(fixed_time(), UTC):%Y-%m-%dT%H:%M:%SZ}" if is_dated else ""

    def change(self, kind: str) -> TrackedChange:
        """The next change: INSERTED or DELETED."""
        self.count += 1
        return TrackedChange(kind, self.count, AUTHOR, self._date)


class ComparedWriter(CellWriter):
    """Makes cells that show both the previous and the present text where they differ."""

    def __init__(self, controls: Controls, previous: FormTable, present: FormTable) -> None:
        super().__init__(controls)
        self._previous, self._changes = PreviousForm(previous, present), TrackedChanges()

    def cell(self, source: Cell, found: Sequence[PageParagraph], style: str) -> list[WordParagraph]:
        """The paragraphs of a cell on one page, the deleted ones included."""
        has_no_input = not source.path or any(paragraph.boxes for paragraph in source.paragraphs)
        compared = [] if has_no_input else self._previous.compared(source, found)
        if not any(item.is_changed for item in compared):
            return super().cell(source, found, style)
        marks = paragraph_marks([(item.before, item.after) for item in compared])
        return [self._paragraph(item, mark, style) for item, mark in zip(compared, marks, strict=True)]

    def _titled(self, text: str, span: Span) -> RunGroup:
        before = self._previous.title(span.path)
        return self._controls.inline(span.path, self._runs(before, text), before != text)

    def _boxed(self, text: str, span: Span) -> RunGroup:
        content = self._runs(self._previous.box(span.path, text), text)
        return self._controls.box(span.path, text == TICKED, content)

    def _runs(self, before: str, after: str) -> tuple[WordRun, ...]:
        return tracked_runs(before, after, self._changes)

    def _paragraph(self, item: ComparedParagraph, mark: str, style: str) -> WordParagraph:
        lead = RunGroup(self._runs(item.lead_before, item.lead_after))
        content = self._runs(item.before or "", item.after or "")
        shown = RunGroup(content)
        if item.path and content:
            shown = self._controls.inline(item.path, content, item.before != item.after)
        tail = self._runs(item.tail_before, item.tail_after)
        groups = (lead, shown, RunGroup(tail)) if tail else (lead, shown)
        return WordParagraph(style, groups, self._changes.change(mark) if mark else None)


def tracked_runs(before: str, after: str, changes: TrackedChanges) -> tuple[WordRun, ...]:
    """The runs of a changed text, in order, with its line breaks; none if both texts are empty."""
    written: tuple[WordRun, ...] = ()
    for part in text_changes(before, after):
        if part.removed:
            written += runs(part.removed, change=changes.change(DELETED))
        if part.added:
            written += runs(part.added, change=changes.change(INSERTED))
        written += runs(part.kept)
    return written


def paragraph_marks(pairs: Sequence[ParagraphPair]) -> list[str]:
    """For every paragraph INSERTED or DELETED if its end was, else ""; at least one must be in both forms.

    The end of the last paragraph belongs to the cell and cannot be deleted. For insertions and deletions
    behind the last paragraph that is in both forms, the end of the paragraph before each is marked.
    """
    own = [INSERTED if before is None else DELETED if after is None else "" for before, after in pairs]
    last_kept = max(number for number, mark in enumerate(own) if not mark)
    return [*own[:last_kept], *own[last_kept + 1 :], ""]
