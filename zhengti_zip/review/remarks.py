"""The comments of a reviewed file by what they hang on; an answer hangs where the answered comment does."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from zhengti_zip.review.document import Remark, ReviewedDocument
from zhengti_zip.review.document_changes import DocumentChanges
from zhengti_zip.submission.paths import NO_PATH, InputPath

MAX_REPLIES = 100
"""Answers to answers that are followed back to a comment on a text."""


def remark_target(document: DocumentChanges, key: str) -> tuple[InputPath, str]:
    """The input a comment hangs on (empty for none) and the text beside it."""
    targets = document.found.comment_targets
    return targets.get(_answered(document.reviewed.replies, key, targets), (NO_PATH, ""))


def remarks_on(reviewed: ReviewedDocument, comments: Container[str]) -> tuple[Remark, ...]:
    """Some comments given by their ids, and the answers to them; oldest first."""
    found = [
        remark
        for key, remark in reviewed.remarks.items()
        if _answered(reviewed.replies, key, comments) in comments
    ]
    return oldest_first(found)


def oldest_first(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Comments in the order of their dates, each once."""
    return tuple(sorted(dict.fromkeys(remarks), key=lambda remark: remark.date))


def _answered(replies: Mapping[str, str], key: str, wanted: Container[str]) -> str:
    for _ in range(MAX_REPLIES):
        if key in wanted or key not in replies:
            break
        key = replies[key]
    return key
