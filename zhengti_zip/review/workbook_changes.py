"""What a review changes in a workbook: the changes, the other comments of the reviewers, the problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zhengti_zip.review.document import Remark
from zhengti_zip.review.document_changes import DocumentChanges
from zhengti_zip.review.unread import UnreadContent
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place, Problem

EDITED, ADDED, REMOVED, MOVED = "edited", "added", "removed", "moved"
"""Kinds of changes: of one input, and of a row of a table."""


@dataclass(frozen=True, slots=True)
class WorkbookChange:
    """An edit of a reviewer as it goes into the workbook.

    Attributes:
        path: the input, as the workbook has it.
        label: the name the user knows it by.
        before: what was printed in the reviewed file; "" for nothing.
        after: what stands there now, as typed; "" for nothing.
        author, date: of the tracked change, the date as the file has it; "" when it was not tracked.
        comments: the reviewers' comments on it, oldest first.
        place: the cell of the workbook; None for a removed row.
        kind: EDITED; ADDED for an input of a new row; REMOVED or MOVED for a row.
    """

    path: InputPath
    label: str
    before: str
    after: str
    author: str = ""
    date: str = ""
    comments: tuple[Remark, ...] = ()
    place: Place | None = None
    kind: str = EDITED

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``review --json`` (docs/json-output.md)."""
        return {
            "kind": self.kind,
            "path": self.path,
            "field": self.label,
            "sheet": self.place.sheet if self.place else None,
            "cell": self.place.cell if self.place else None,
            "before": self.before,
            "after": self.after,
            "author": self.author,
            "date": self.date,
            "comments": [remark.as_json() for remark in self.comments],
        }


@dataclass(frozen=True, slots=True)
class UnattachedRemark:
    """A comment on what was not edited.

    Attributes:
        label: the input it hangs on, else the text beside it.
        remark: the comment.
        place: the cell of the input; None without one.
    """

    label: str
    remark: Remark
    place: Place | None = None

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``review --json``."""
        place = self.place
        where = {"sheet": place.sheet if place else None, "cell": place.cell if place else None}
        return {"field": self.label, **where, **self.remark.as_json()}


@dataclass(frozen=True, slots=True)
class MovedCell:
    """A cell of a growing table that gets the content of another cell; None empties it."""

    place: Place
    source: Place | None
    is_marked: bool = False


@dataclass(frozen=True)
class MergeResult:
    """What a review changes in a workbook.

    Attributes:
        document: the reviewed file compared with what it was built from.
        changes: to be made in the workbook, in the order of the form.
        remarks: comments on what was not edited.
        problems: of the reviewed file and of the merge.
        moved: the cells of rows that get another place, before the changes are made.
        unread: what stands in the file and was not read into any input, in its order.
    """

    document: DocumentChanges
    changes: list[WorkbookChange]
    remarks: list[UnattachedRemark]
    problems: list[Problem]
    moved: list[MovedCell] = field(default_factory=list)
    unread: list[UnreadContent] = field(default_factory=list)
