"""Changes of a reviewer that are never made: of computed values, of the form's own texts, rejected tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zhengti_zip.grid.table import FormTable
from zhengti_zip.review.document import Remark
from zhengti_zip.review.document_changes import DocumentChanges, overwritten
from zhengti_zip.review.located import AlteredText
from zhengti_zip.review.marks import authors_of, date_of, signed
from zhengti_zip.review.remarks import oldest_first, remarks_on
from zhengti_zip.review.workbook_changes import (
    COMPUTED,
    LOCKED,
    REJECTED,
    MergeResult,
    RefusedChange,
    WorkbookChange,
    place_in_form,
)
from zhengti_zip.submission.values import shown


def with_altered(merged: MergeResult, table: FormTable) -> MergeResult:
    """Add to a review what was changed in computed values and in the form's own texts.

    Args:
        merged: the review.
        table: the form as the changed data print it, which the computed values must follow.
    """
    found = [
        item
        for document in merged.documents
        for item in _altered(document, table, document.reviewed.name if len(merged.documents) > 1 else "")
    ]
    told = {id(remark) for item in found for remark in item.change.comments}
    remarks = [item for item in merged.remarks if id(item.remark) not in told]
    return replace(merged, refused=[*merged.refused, *_joined(found)], remarks=remarks)


def with_rejected(merged: MergeResult, accepted: MergeResult) -> MergeResult:
    """Add to a review of rejected tracked changes what they would have changed.

    Args:
        merged: the review with tracked changes taken as rejected.
        accepted: the review of the same file with tracked changes taken as accepted.
    """
    known = {(change.key, change.after) for change in _all(merged)}
    is_moved = bool(merged.moved or accepted.moved)  # then rows have other cells in the two
    found = [
        RefusedChange(
            replace(change, place=None) if is_moved and change.path.number is not None else change,
            REJECTED,
            "选择了不接受修订",
        )
        for change in _all(accepted)
        if (change.key, change.after) not in known
    ]
    refused = sorted([*merged.refused, *found], key=lambda item: place_in_form(item.change))
    return replace(merged, refused=refused)


def _all(merged: MergeResult) -> Iterator[WorkbookChange]:
    yield from merged.changes
    yield from (item.change for item in merged.refused)


def _joined(found: Iterable[RefusedChange]) -> list[RefusedChange]:
    """What several copies have alike, once and with the authors of all."""
    by_words: dict[tuple[str, str, str], list[RefusedChange]] = {}
    for item in found:
        change = item.change
        by_words.setdefault((change.key, change.before, change.after), []).append(item)
    made = []
    for items in by_words.values():
        changes = [item.change for item in items]
        authors = "、".join(dict.fromkeys(filter(None, (change.author for change in changes))))
        comments = oldest_first(remark for change in changes for remark in change.comments)
        made.append(replace(items[0], change=replace(changes[0], author=authors, comments=comments)))
    return made


def _altered(document: DocumentChanges, table: FormTable, name: str) -> Iterator[RefusedChange]:
    """The texts of a file that are not the reviewer's to change.

    Args:
        document: what was changed in it.
        table: the form as the changed data print it.
        name: of the file where there are several; else "".
    """
    for altered, result in overwritten(document, table):
        label = document.baseline.label(altered.path)
        reason = f"由程序计算，结果是“{shown(result)}”" if result else "由程序计算，尚不能确定"
        change = _change(document, altered, label, f"result:{altered.path}", name)
        yield RefusedChange(change, COMPUTED, reason)
    for altered in document.found.altered:
        if not altered.path:
            change = _change(document, altered, "表中固定的文字", f"label:{shown(altered.printed)}", name)
            yield RefusedChange(change, LOCKED, "固定的文字由表的定义决定")


def _change(
    document: DocumentChanges, altered: AlteredText, label: str, key: str, name: str
) -> WorkbookChange:
    comments: tuple[Remark, ...] = remarks_on(document.reviewed, altered.comments)
    marks = altered.revisions
    return WorkbookChange(
        altered.path,
        label,
        altered.printed,
        altered.now,
        signed(authors_of(marks), name),
        date_of(marks),
        comments,
        key=key,
    )
