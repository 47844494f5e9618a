"""Where in a reviewed Word file something stands, in words, and the list of all that was not read."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import ReviewedDocument
from zhengti_zip.review.located import ABOVE, BELOW, LocatedContent
from zhengti_zip.review.reviewed_text import ReviewedParagraph, Revision
from zhengti_zip.review.unread import UnreadContent, UnreadKind
from zhengti_zip.submission.paths import NO_PATH, InputPath
from zhengti_zip.submission.values import shown

SOMEWHERE = "正文"


def unread_contents(
    reviewed: ReviewedDocument, found: LocatedContent, baseline: Baseline
) -> list[UnreadContent]:
    """What stands in a file and goes into no input: what is no text, then loose texts.

    Changed labels and computed values are not among them: they are changes that are not made
    (:mod:`zhengti_zip.review.refusals`).
    """
    places = _Places(reviewed, found, baseline)
    marks = [
        _content(mark.kind, mark.place or places.of_anchor(mark.anchor), mark.text, mark.by)
        for mark in reviewed.unread
    ]
    loose = [_content(UnreadKind.LOOSE, text.place, text.text, text.by) for text in found.surplus]
    return [*marks, *loose]


def _content(kind: UnreadKind, place: str, text: str, by: Revision | None) -> UnreadContent:
    return UnreadContent(kind, place, text.strip(), by.author if by else "", by.date if by else "")


def _input_place(path: InputPath, baseline: Baseline) -> str:
    page = baseline.page_of.get(path)
    return f"第 {page} 页 {baseline.label(path)}" if page else baseline.label(path)


class _Places:
    """Finds the place of an anchor."""

    def __init__(self, reviewed: ReviewedDocument, found: LocatedContent, baseline: Baseline) -> None:
        self._targets, self._baseline = found.comment_targets, baseline
        self._outside = {
            **_anchors_in(reviewed.body.title, ABOVE),
            **_anchors_in(reviewed.body.others, BELOW),
        }

    def of_anchor(self, anchor: str) -> str:
        """The input beside an anchor, else the words beside it, else whether it is above or below the table."""
        path, words = self._targets.get(anchor, (NO_PATH, ""))
        if path:
            return _input_place(path, self._baseline)
        outside = self._outside.get(anchor)
        return outside or self.of_text(words)

    def of_text(self, words: str) -> str:
        """The place beside some words."""
        return f"“{shown(words)}”一格" if words.strip() else SOMEWHERE


def _anchors_in(paragraphs: Sequence[ReviewedParagraph], place: str) -> dict[str, str]:
    runs = (run for paragraph in paragraphs for run in paragraph.runs)
    return {anchor: place for run in runs for anchor in run.comments}
