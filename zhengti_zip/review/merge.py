"""Merge three versions of every input: as printed, as reviewed, and as it is in the workbook now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.changed_since import changed_since, is_same, no_baseline
from zhengti_zip.review.decisions import as_decisions, require_known
from zhengti_zip.review.document import Remark, ReviewedDocument
from zhengti_zip.review.document_changes import DocumentChanges, find_changes
from zhengti_zip.review.document_problems import word_place
from zhengti_zip.review.edits import Edit
from zhengti_zip.review.embedded import embedded_submission
from zhengti_zip.review.notes_left import notes_left
from zhengti_zip.review.row_merge import MergedRows
from zhengti_zip.review.submission_values import item_at
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.unread_problems import unread_summary
from zhengti_zip.review.workbook_changes import (
    ADDED,
    DECIDED,
    EDITED,
    MADE,
    NOT_WANTED,
    ROW_GONE,
    TOO_LONG,
    MergeResult,
    RefusedChange,
    UnattachedRemark,
    WorkbookChange,
    in_order,
    place_in_form,
)
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.paths import NO_PATH, TABLES, InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.submission.values import MAX_TEXT, Value, ValueProblem, parse, shown


def merge_review(
    reviewed: ReviewedDocument, workbook: TargetWorkbook, refused: Collection[str] = ()
) -> MergeResult:
    """Compare a reviewed file with the data it was built from and with the workbook as it is now.

    A file without data inside is compared with the workbook alone.

    Args:
        refused: keys of the changes or decisions (:mod:`zhengti_zip.review.decisions`) that are not taken over.

    Raises:
        InputError: the file is of another form than the workbook, or the data inside are damaged.
        UsageProblem: a key in ``refused`` names no decision.
    """
    embedded = embedded_submission(reviewed, workbook.form)
    submission = embedded[1] if embedded else workbook.source.submission
    document = find_changes(reviewed, Baseline(workbook.form, submission))
    refused = as_decisions(refused, submission)
    merger = _Merger(document, workbook, refused)
    merger.merge()
    problems = [*document.problems, *unread_summary(document.unread), *merger.problems]
    problems += changed_since(document, workbook, merger.rows)
    moved = [cell for rows in merger.rows.values() for cell in rows.cells()]
    problems += notes_left(workbook, moved)
    if embedded is None:
        problems.append(no_baseline())
    merged = MergeResult(
        document,
        in_order(merger.adopted),
        list(merger.unattached_remarks()),
        problems,
        moved,
        unread=document.unread,
        refused=sorted(merger.refused, key=lambda item: place_in_form(item.change)),
    )
    require_known(refused, merged)
    return merged


MAX_REPLIES = 100
"""Answers to answers that are followed back to a comment on a text."""


class _Merger:
    """Decides for every edit of a reviewer whether it goes into the workbook.

    Attributes:
        rows: by table, its rows merged.
        adopted: the changes that go into the workbook; complete after :meth:`merge`, as the next two.
        refused: the other ones.
        problems: what has to be said about the edits.
    """

    def __init__(self, document: DocumentChanges, workbook: TargetWorkbook, refused: Collection[str]) -> None:
        self._document, self._workbook, self._declined = document, workbook, refused
        self._form = workbook.form
        self.rows = {table: MergedRows(table, document, workbook, refused) for table in TABLES}
        self._remarks: defaultdict[InputPath, list[Remark]] = defaultdict(list)
        for key, remark in document.reviewed.remarks.items():
            self._remarks[_target(document, key)[0]].append(remark)
        self.adopted: list[WorkbookChange] = []
        self.refused: list[RefusedChange] = []
        self.problems: list[Problem] = []

    def merge(self) -> None:
        """Sort out every edit and every row."""
        for rows in self.rows.values():
            for change in rows.changes():
                if change.decision in self._declined:
                    self._refuse(change, DECIDED, NOT_WANTED)
                else:
                    self.adopted.append(change)
        for edit in self._document.edits:
            self._edit(edit)

    def _edit(self, edit: Edit) -> None:
        path = self._path(edit.path)
        place = self._workbook.place(path) if path else None
        change = self._change(edit, path, place)
        label, length = change.label, len(edit.after)
        if change.decision in self._declined:
            self._refuse(change, DECIDED, NOT_WANTED)
        elif path is None or place is None:
            message = f"“{label}”在工作簿中已没有填写位置，审阅改成的“{shown(edit.after)}”未写入"
            self._say(Severity.ERROR, ROW_GONE, message, "请把需要的内容直接填入工作簿", change)
            self._refuse(change, ROW_GONE, "工作簿中已没有这一行")
        elif length > MAX_TEXT:
            message = f"“{label}”审阅后有 {length} 个字，单元格最多 {MAX_TEXT} 个字，未写入"
            remedy = f"请删去至少 {length - MAX_TEXT} 个字，或另附材料"
            self._say(Severity.ERROR, TOO_LONG, message, remedy, change)
            self._refuse(change, TOO_LONG, f"有 {length} 个字，单元格最多 {MAX_TEXT} 个字")
        elif self._is_wanted(edit, path, change):
            self.adopted.append(change)

    def _refuse(self, change: WorkbookChange, code: str, reason: str) -> None:
        self.refused.append(RefusedChange(change, code, reason))

    def unattached_remarks(self) -> Iterator[UnattachedRemark]:
        """The comments that hang on no edited input."""
        edited = {edit.path for edit in self._document.edits}
        for key, remark in self._document.reviewed.remarks.items():
            path, words = _target(self._document, key)
            if not path or path not in edited:
                label, place = self._named(path) if path else (shown(words), None)
                yield UnattachedRemark(label, remark, place)

    def _path(self, path: InputPath) -> InputPath | None:
        """The path of an input in the new workbook; None when its row was deleted."""
        rows = self.rows.get(path.group)
        return path if rows is None or path.number is None else rows.target(path)

    def _source(self, path: InputPath) -> InputPath | None:
        """The path of an input in the workbook as it is; None when its row was deleted there."""
        rows = self.rows.get(path.group)
        return path if rows is None or path.number is None else rows.source(path)

    def _is_wanted(self, edit: Edit, path: InputPath, change: WorkbookChange) -> bool:
        """Whether an edit is still to be made; notes a problem when the workbook was changed there as well."""
        held_at = self._source(edit.path) or path
        printed, now = self._document.baseline.submission.value(edit.path), self._workbook.value(held_at)
        is_unread = self._workbook.is_unread(held_at)
        if not is_unread and is_same(printed, now):
            return True
        label, after = change.label, shown(edit.after) or "空白"
        if not is_unread and self._is_made(edit, now):
            message = f"“{label}”在工作簿中已经是“{after}”，与审阅稿一致"
            self._say(Severity.NOTICE, MADE, message, "不需要处理", change)
            self._refuse(change, MADE, "工作簿中已经是这样")
            return False
        held = "无法识别的内容" if is_unread else f"“{shown(now)}”" if now not in (None, "") else "空白"
        self._say(
            Severity.WARNING,
            "both_changed",
            f"“{label}”两边都改过：工作簿中现在是{held}，审阅稿改成“{after}”；采用审阅稿的",
            "请核对；如应保留工作簿的内容，请在新工作簿中改回",
            change,
        )
        return True

    def _is_made(self, edit: Edit, now: Value | None) -> bool:
        """Whether the workbook has the edited value already."""
        try:
            return is_same(parse(item_at(self._form, edit.path), edit.after).value, now)
        except ValueProblem:
            return False

    def _change(self, edit: Edit, path: InputPath | None, place: Place | None) -> WorkbookChange:
        authors = dict.fromkeys(revision.author for revision in edit.revisions if revision.author)
        rows = self.rows.get(edit.path.group)
        is_new = rows is not None and rows.is_new(edit.path)
        named = path or (rows.wished(edit.path) if rows else edit.path)
        return WorkbookChange(
            named,
            self._label(named if path or is_new else edit.path),
            edit.before,
            edit.after,
            "、".join(authors),
            max((revision.date for revision in edit.revisions), default=""),
            tuple(sorted(self._remarks[edit.path], key=lambda remark: remark.date)),
            place,
            ADDED if is_new else EDITED,
            key=str(edit.path),
            group=rows.decision(edit.path) if rows and is_new else "",
        )

    def _named(self, path: InputPath) -> tuple[str, Place | None]:
        """Label and cell of an input of the reviewed file."""
        now = self._path(path)
        if now is None:
            return self._document.baseline.label(path), None
        return self._label(now), self._workbook.place(now)

    def _label(self, path: InputPath) -> str:
        label = label_of(self._form, path)
        return self._document.baseline.label(path) if label == path else label

    def _say(self, severity: Severity, code: str, message: str, remedy: str, change: WorkbookChange) -> None:
        place = change.place or word_place(change.label)
        path = change.path if change.place else NO_PATH
        self.problems.append(
            Problem(severity, code, message, remedy, path, change.label, shown(change.after), place)
        )


def _target(document: DocumentChanges, key: str) -> tuple[InputPath, str]:
    """The input a comment hangs on and the text beside it; an answer hangs where the answered comment does."""
    targets, replies = document.found.comment_targets, document.reviewed.replies
    for _ in range(MAX_REPLIES):
        if key in targets or key not in replies:
            break
        key = replies[key]
    return targets.get(key, (NO_PATH, ""))
