"""Tracked changes: what differs from an earlier form, as Word shows what a person inserted and deleted.

Accepting all of them gives the new texts, rejecting all gives the earlier ones.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from zhengti_zip.aligning import align
from zhengti_zip.originals import EPOCH_VARIABLE, fixed_time
from zhengti_zip.render.docx_xml import escaped, quoted, run
from zhengti_zip.textdiff import edits

AUTHOR = "zhengti-zip（与上次对比）"

INSERTED, DELETED = "ins", "del"
"""Elements around what was inserted or deleted, and inside the mark of a paragraph that was."""


class Revisions:
    """Numbers and signs the changes of one file.

    They carry a date only where SOURCE_DATE_EPOCH gives one: the date of the file is a fixed one
    otherwise, and Word would show it to the reviewer as the day of the change.
    """

    def __init__(self) -> None:
        self.count = 0
        self._signature = f" w:author={quoted(AUTHOR)}"
        if EPOCH_VARIABLE in os.environ:
            self._signature += f' w:date="{datetime.fromtimestamp(fixed_time(), UTC):%Y-%m-%dT%H:%M:%SZ}"'

    def mark(self, tag: str, content: str = "") -> str:
        """The next change: INSERTED or DELETED, around runs or, without content, in a paragraph's mark."""
        self.count += 1
        start = f'<w:{tag} w:id="{self.count}"{self._signature}'
        return f"{start}>{content}</w:{tag}>" if content else f"{start}/>"


ParagraphChange = tuple[str | None, str | None]
"""What a paragraph said before and says now; None when it was inserted or deleted."""


def tracked_runs(before: str, after: str, revisions: Revisions) -> str:
    """The runs of a text that changed, in their order; "" when both are empty. Line breaks stay."""
    written = ""
    for edit in edits(before, after):
        if edit.removed:
            written += revisions.mark(DELETED, _deleted_run(edit.removed))
        if edit.added:
            written += revisions.mark(INSERTED, run(edit.added))
        written += run(edit.kept)
    return written


def tracked_paragraph(style: str, content: str, mark: str, revisions: Revisions) -> str:
    """A paragraph holding runs and controls, its end INSERTED or DELETED as ``mark`` says."""
    properties = f"<w:rPr>{revisions.mark(mark)}</w:rPr>" if mark else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


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


def _deleted_run(text: str) -> str:
    words = '</w:delText><w:br/><w:delText xml:space="preserve">'.join(escaped(text).split("\n"))
    return f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
