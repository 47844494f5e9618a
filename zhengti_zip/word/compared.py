"""Cells with what changed since an earlier form as tracked changes."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.grid.table import Cell, FormTable, Span
from zhengti_zip.word.cells import TICKED, CellWriter, Piece
from zhengti_zip.word.changes import Revisions, paragraph_marks, tracked_runs
from zhengti_zip.word.content import Part, Run, WordParagraph
from zhengti_zip.word.controls import Controls
from zhengti_zip.word.earlier import Earlier, Entry


class ComparedWriter(CellWriter):
    """Makes cells that show, where they changed, both wordings."""

    def __init__(self, controls: Controls, previous: FormTable) -> None:
        super().__init__(controls)
        self._earlier, self._revisions = Earlier(previous), Revisions()

    def cell(self, source: Cell, found: Sequence[Piece], style: str) -> list[WordParagraph]:
        """The paragraphs of a cell on one page, those deleted among them."""
        is_plain = not source.path or any(paragraph.boxes for paragraph in source.paragraphs)
        entries = [] if is_plain else self._earlier.entries(source, found)
        if not any(entry.is_changed for entry in entries):
            return super().cell(source, found, style)
        marks = paragraph_marks([(entry.was, entry.now) for entry in entries])
        return [self._entry(entry, mark, style) for entry, mark in zip(entries, marks, strict=True)]

    def _titled(self, text: str, span: Span) -> Part:
        before = self._earlier.title(span.path)
        return self._controls.inline(span.path, self._runs(before, text), before != text)

    def _boxed(self, text: str, span: Span) -> Part:
        content = self._runs(self._earlier.box(span.path, text), text)
        return self._controls.box(span.path, text == TICKED, content)

    def _runs(self, before: str, after: str) -> tuple[Run, ...]:
        return tracked_runs(before, after, self._revisions)

    def _entry(self, entry: Entry, mark: str, style: str) -> WordParagraph:
        lead = Part(self._runs(entry.was_lead, entry.now_lead))
        content = self._runs(entry.was or "", entry.now or "")
        shown = Part(content)
        if entry.path and content:
            shown = self._controls.inline(entry.path, content, entry.was != entry.now)
        return WordParagraph(style, (lead, shown), self._revisions.change(mark) if mark else None)
