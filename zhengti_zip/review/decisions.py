"""What a person decides of a review: one decision for each edit and for each row added, removed or moved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zhengti_zip.base.errors import UsageProblem
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.workbook_changes import (
    ADDED,
    DECIDED,
    MergeResult,
    WorkbookChange,
    decision_key,
    in_order,
)
from zhengti_zip.submission.inputs import row_name
from zhengti_zip.submission.paths import InputPath


@dataclass(frozen=True, slots=True)
class Decision:
    """Changes that are taken over or refused together.

    Attributes:
        key: what ``review`` takes in ``refused``.
        changes: at least one; several only for a new row.
    """

    key: str
    changes: tuple[WorkbookChange, ...]

    @property
    def kind(self) -> str:
        """EDITED, ADDED, REMOVED or MOVED."""
        return self.changes[0].kind

    @property
    def label(self) -> str:
        """The input or the row, as the user knows it."""
        first = self.changes[0]
        return f"{_row_label(first)}（新增）" if self.kind == ADDED else first.label

    @property
    def before(self) -> str:
        """What stood there; "" for nothing."""
        return self.changes[0].before

    @property
    def after(self) -> str:
        """What stands there with the changes; "" for nothing. Of a new row one line for each input."""
        if self.kind != ADDED:
            return self.changes[0].after
        labels = (change.label.removeprefix(_row_label(change)).strip() for change in self.changes)
        return "\n".join(
            f"{label}：{change.after}" for label, change in zip(labels, self.changes, strict=True)
        )


def _row_label(change: WorkbookChange) -> str:
    return row_name(change.path.group, change.path.number or 0)


def decisions_of(merged: MergeResult) -> list[Decision]:
    """The decisions of a review in the order of the form, those that were refused included.

    What could not be taken over anyway is none: nobody can decide that.
    """
    refused = [item.change for item in merged.refused if item.code == DECIDED]
    groups: dict[str, list[WorkbookChange]] = {}
    for change in in_order([*merged.changes, *refused]):
        groups.setdefault(change.decision, []).append(change)
    return [Decision(key, tuple(changes)) for key, changes in groups.items()]


def as_decisions(keys: Collection[str], workbook: TargetWorkbook) -> frozenset[str]:
    """The keys of the decisions that some changes belong to, given by their own keys or those of the decisions.

    Args:
        workbook: what the changes go into: rows behind its rows are new.
    """
    return frozenset(
        decision_key(ADDED, InputPath.row(path.group, path.number))
        if path is not None and path.number is not None and path.number >= workbook.count(path.group)
        else key
        for key, path in ((key, InputPath.parse(key)) for key in keys)
    )


def require_known(refused: Collection[str], merged: MergeResult) -> None:
    """Refuse keys that name no decision of a review: the files are others than those the keys are of.

    Raises:
        UsageProblem: accordingly.
    """
    known = {decision.key for decision in decisions_of(merged)}
    unknown = sorted(set(refused) - known)
    if unknown:
        words = "、".join(unknown[:5])
        raise UsageProblem(f"审阅稿中没有这些改动：{words}", "文件可能已经换过，请重新审阅后再选择")
