"""Decides for every edit of the reviewers whether it goes into the workbook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from zhengti_zip.review.changed_since import is_same
from zhengti_zip.review.document import Remark
from zhengti_zip.review.document_problems import word_place
from zhengti_zip.review.merged_tables import MergedTables
from zhengti_zip.review.remarks import oldest_first
from zhengti_zip.review.said_edits import SaidEdits, meant
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.workbook_changes import (
    ADDED,
    CONFLICT,
    DECIDED,
    EDITED,
    MADE,
    NOT_WANTED,
    ROW_GONE,
    TOO_LONG,
    RefusedChange,
    WorkbookChange,
)
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import NO_PATH
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import MAX_TEXT, shown


class EditMerger:
    """Sorts edits out.

    Args:
        remarks: the comments by the key of the input they hang on.
        declined: keys of the decisions that are not taken over.

    Attributes:
        adopted: the changes that go into the workbook.
        refused: the other ones.
        problems: what has to be said about them.
    """

    def __init__(
        self,
        workbook: TargetWorkbook,
        tables: MergedTables,
        remarks: Mapping[str, list[Remark]],
        declined: Collection[str],
    ) -> None:
        self._workbook, self._tables = workbook, tables
        self._remarks, self._declined = remarks, declined
        self.adopted: list[WorkbookChange] = []
        self.refused: list[RefusedChange] = []
        self.problems: list[Problem] = []

    def rows(self) -> None:
        """Take the rows that were removed and moved."""
        for rows in self._tables.rows.values():
            for change, token in rows.changes():
                if reason := rows.conflicts.get(token, ""):
                    self._conflict(change, reason)
                elif change.decision in self._declined:
                    self._refuse(change, DECIDED, NOT_WANTED)
                else:
                    self.adopted.append(change)

    def edits(self, found: SaidEdits) -> None:
        """Take the edits of one input."""
        versions = found.versions(self._workbook.form)
        reason = self._tables.conflict(found.path) if not found.is_gone else ""
        if len(versions) > 1:
            names = "、".join(copy.name for copy, _ in found.said)
            reason = f"冲突：{names} 改得不一样"
        if reason:
            for version in versions:
                self._conflict(self.change(version), reason)
        else:
            self._edit(versions[0])

    def unused(self, found: SaidEdits, code: str, reason: str) -> None:
        """Take an edit that cannot be taken over."""
        self._refuse(self.change(found), code, reason)

    def change(self, found: SaidEdits) -> WorkbookChange:
        """The edits of an input with one value as a change of the workbook."""
        edit, path = found.edit, found.path
        target = None if found.is_gone else self._tables.target(path)
        is_new = not found.is_gone and self._tables.is_new(path)
        label = found.said[0][0].document.baseline.label(edit.path)
        if not found.is_gone:
            named = target or self._tables.wished(path)
            known = label_of(self._workbook.form, named)
            label = label if known == named else known
        return WorkbookChange(
            target or (self._tables.wished(path) if is_new else edit.path),
            label,
            edit.before,
            edit.after,
            found.authors(),
            found.date(),
            oldest_first(self._remarks.get(found.key, [])),
            self._workbook.place(target) if target else None,
            ADDED if is_new else EDITED,
            key=found.key,
            group="" if found.is_gone else self._tables.decision(path),
        )

    def _edit(self, found: SaidEdits) -> None:
        change = self.change(found)
        label, length = change.label, len(change.after)
        if change.decision in self._declined:
            self._refuse(change, DECIDED, NOT_WANTED)
        elif change.place is None:
            message = f"“{label}”在工作簿中已没有填写位置，审阅改成的“{shown(change.after)}”未写入"
            self._say(Severity.ERROR, ROW_GONE, message, "请把需要的内容直接填入工作簿", change)
            self._refuse(change, ROW_GONE, "工作簿中已没有这一行")
        elif length > MAX_TEXT:
            message = f"“{label}”审阅后有 {length} 个字，单元格最多 {MAX_TEXT} 个字，未写入"
            remedy = f"请删去至少 {length - MAX_TEXT} 个字，或另附材料"
            self._say(Severity.ERROR, TOO_LONG, message, remedy, change)
            self._refuse(change, TOO_LONG, f"有 {length} 个字，单元格最多 {MAX_TEXT} 个字")
        else:
            self._adopt(found, change)

    def _adopt(self, found: SaidEdits, change: WorkbookChange) -> None:
        """Adopt a change unless the workbook has it; notes a problem when it was changed there as well."""
        now, is_unread = self._workbook.value(found.path), self._workbook.is_unread(found.path)
        is_as_printed = any(
            is_same(copy.document.baseline.submission.value(edit.path), now) for copy, edit in found.said
        )
        notes = [
            problem.message
            for copy, edit in found.said
            for problem in copy.document.problems
            if problem.path == edit.path
        ]
        if is_unread or not is_as_printed:
            label, after = change.label, shown(change.after) or "空白"
            if not is_unread and is_same(meant(self._workbook.form, found.edit), now):
                message = f"“{label}”在工作簿中已经是“{after}”，与审阅稿一致"
                self._say(Severity.NOTICE, MADE, message, "不需要处理", change)
                self._refuse(change, MADE, "工作簿中已经是这样")
                return
            held = "无法识别的内容" if is_unread else f"“{shown(now)}”" if now not in (None, "") else "空白"
            message = f"“{label}”两边都改过：工作簿中现在是{held}，审阅稿改成“{after}”；采用审阅稿的"
            remedy = "请核对；如应保留工作簿的内容，请在新工作簿中改回"
            self._say(Severity.WARNING, "both_changed", message, remedy, change)
            notes.append(f"工作簿中原来是{held}，也改过；采用审阅稿的")
        self.adopted.append(replace(change, note="；".join(dict.fromkeys(notes))))

    def _conflict(self, change: WorkbookChange, reason: str) -> None:
        """Refuse a change that copies contradict each other about."""
        after = shown(change.after) or "空白"
        by = f"（{change.author}）" if change.author else ""
        message = f"“{change.label}”改成“{after}”{by}未采用，{reason}"
        remedy = "请商定后在工作簿中改成正确的内容，或只用一份审阅稿写回"
        self._say(Severity.ERROR, CONFLICT, message, remedy, change)
        self._refuse(change, CONFLICT, reason)

    def _refuse(self, change: WorkbookChange, code: str, reason: str) -> None:
        self.refused.append(RefusedChange(change, code, reason))

    def _say(self, severity: Severity, code: str, message: str, remedy: str, change: WorkbookChange) -> None:
        place = change.place or word_place(change.label)
        path = change.path if change.place else NO_PATH
        self.problems.append(
            Problem(severity, code, message, remedy, path, change.label, shown(change.after), place)
        )
