"""What a review changes in a workbook: the changes, the other comments of the reviewers, the problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from zhengti_zip.review.document import Remark
from zhengti_zip.review.document_changes import DocumentChanges
from zhengti_zip.review.unread import UnreadContent
from zhengti_zip.submission.paths import GROUPS, InputPath
from zhengti_zip.submission.problems import Place, Problem

EDITED, ADDED, REMOVED, MOVED = "edited", "added", "removed", "moved"
"""Kinds of changes: of one input, and of a row of a table."""

DECIDED, ROW_GONE, TOO_LONG, MADE = "decided", "row_gone", "text_too_long", "already_made"
"""Why a change does not go into the workbook: whoever reviews refused it; its row is gone; a cell cannot hold the
text; the workbook has it already."""

COMPUTED, LOCKED, REJECTED = "computed_edited", "label_edited", "rejected"
"""More reasons: the program works the value out; the form's own text; tracked changes are taken as rejected."""

CONFLICT = "conflict"
"""Reason where several copies were reviewed: they say different things."""

NOT_WANTED = "核对时选择不采用"


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
        place: the cell of the workbook; None for a row that is removed and for one that is not added.
        kind: EDITED; ADDED for an input of a new row; REMOVED or MOVED for a row.
        key: names the change among those of one review, the same each time the same files are reviewed.
        group: the key of the decision it belongs to. All inputs of a new row are one decision; "" means that
            the change is a decision of its own.
        note: what has to be known about it, in words for the user; "" for nothing.
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
    key: str = ""
    group: str = ""
    note: str = ""

    @property
    def decision(self) -> str:
        """The key of the decision it belongs to."""
        return self.group or self.key

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``review --json`` (docs/json-output.md)."""
        return {
            "key": self.key,
            "decision": self.decision,
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
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class RefusedChange:
    """A change of a reviewer that is not made in the workbook.

    Attributes:
        change: the change; its place is where what was there stands.
        code: why, e.g. DECIDED.
        reason: why, in words for the user.
    """

    change: WorkbookChange
    code: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``review --json``."""
        return {**self.change.as_json(), "code": self.code, "reason": self.reason}


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
        documents: the reviewed files compared with what they were built from, at least one.
        changes: to be made in the workbook, in the order of the form.
        refused: changes that are not made, in the same order.
        remarks: comments on what was not edited.
        problems: of the reviewed file and of the merge.
        moved: the cells of rows that get another place, before the changes are made.
        unread: what stands in the file and was not read into any input, in its order.
    """

    documents: list[DocumentChanges]
    changes: list[WorkbookChange]
    remarks: list[UnattachedRemark]
    problems: list[Problem]
    moved: list[MovedCell] = field(default_factory=list)
    unread: list[UnreadContent] = field(default_factory=list)
    refused: list[RefusedChange] = field(default_factory=list)


def decision_key(kind: str, row: InputPath) -> str:
    """The key of the decision whether a row is added, removed or moved."""
    return f"{kind}:{row}"


def in_order(changes: Iterable[WorkbookChange]) -> list[WorkbookChange]:
    """Changes in the order of the form."""
    return sorted(changes, key=place_in_form)


def place_in_form(change: WorkbookChange) -> tuple[int, bool, int]:
    """Sorts changes in the order of the form: in a table removed rows first, then row by row."""
    return GROUPS.index(change.path.group), change.kind != REMOVED, change.path.number or 0


def refused_in_order(refused: Iterable[RefusedChange]) -> list[RefusedChange]:
    """Refused changes in the order of the form; those that share a key, as several versions of one input, get their own."""
    counts: Counter[str] = Counter()
    made = []
    for item in sorted(refused, key=lambda item: place_in_form(item.change)):
        key = item.change.key
        counts[key] += 1
        again = replace(item.change, key=f"{key}#{counts[key]}") if counts[key] > 1 else item.change
        made.append(replace(item, change=again))
    return made
