"""Merge three versions of every input: as printed, as reviewed, and as it is in the workbook now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import Remark, ReviewedDocument
from zhengti_zip.review.document_changes import DocumentChanges, find_changes
from zhengti_zip.review.document_problems import word_place
from zhengti_zip.review.edits import Edit
from zhengti_zip.review.embedded import embedded_submission
from zhengti_zip.review.row_merge import MergedRows
from zhengti_zip.review.submission_values import item_at
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.unread_problems import unread_summary
from zhengti_zip.review.workbook_changes import (
    ADDED,
    EDITED,
    REMOVED,
    MergeResult,
    MovedCell,
    UnattachedRemark,
    WorkbookChange,
)
from zhengti_zip.submission.inputs import label_of, single_inputs, table_parts
from zhengti_zip.submission.paths import GOALS, GROUPS, NO_PATH, TABLES, InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.submission.values import MAX_TEXT, Value, ValueProblem, parse, shown


def merge_review(reviewed: ReviewedDocument, workbook: TargetWorkbook) -> MergeResult:
    """Compare a reviewed file with the data it was built from and with the workbook as it is now.

    A file without data inside is compared with the workbook alone.

    Raises:
        InputError: the file is of another form than the workbook, or the data inside are damaged.
    """
    embedded = embedded_submission(reviewed, workbook.form)
    submission = embedded[1] if embedded else workbook.source.submission
    document = find_changes(reviewed, Baseline(workbook.form, submission))
    merger = _Merger(document, workbook)
    changes = list(merger.changes())
    summary = unread_summary(document.unread)
    problems = [*document.problems, *summary, *merger.problems, *merger.changed_since()]
    if embedded is None:
        problems.append(_no_baseline())
    remarks, moved = list(merger.unattached_remarks()), list(merger.moved())
    return MergeResult(document, changes, remarks, problems, moved, document.unread)


MAX_REPLIES = 100
"""Answers to answers that are followed back to a comment on a text."""


class _Merger:
    """Decides for every edit of a reviewer whether it goes into the workbook.

    Attributes:
        problems: what has to be said about the edits; complete after :meth:`changes`.
    """

    def __init__(self, document: DocumentChanges, workbook: TargetWorkbook) -> None:
        self._document, self._workbook = document, workbook
        self._form, self._printed = workbook.form, document.baseline.submission
        self._rows = {table: MergedRows(table, document, workbook) for table in TABLES}
        self._remarks: defaultdict[InputPath, list[Remark]] = defaultdict(list)
        for key, remark in document.reviewed.remarks.items():
            self._remarks[_target(document, key)[0]].append(remark)
        self.problems: list[Problem] = []

    def changes(self) -> Iterator[WorkbookChange]:
        """The edits that go into the workbook, in the order of the form; rows before their inputs."""
        found = [*self._edits(), *(change for rows in self._rows.values() for change in rows.changes())]
        yield from sorted(found, key=_rank)

    def moved(self) -> Iterator[MovedCell]:
        """The cells of rows that get another place."""
        for rows in self._rows.values():
            yield from rows.cells()

    def _edits(self) -> Iterator[WorkbookChange]:
        for edit in self._document.edits:
            path = self._path(edit.path)
            place = self._workbook.place(path) if path else None
            label = self._label(path or edit.path)
            if path is None or place is None:
                self._say(
                    Severity.ERROR,
                    "row_gone",
                    f"“{label}”在工作簿中已没有填写位置，审阅改成的“{shown(edit.after)}”未写入",
                    "请把需要的内容直接填入工作簿",
                    edit,
                    label,
                )
            elif len(edit.after) > MAX_TEXT:
                self._say(
                    Severity.ERROR,
                    "text_too_long",
                    f"“{label}”审阅后有 {len(edit.after)} 个字，单元格最多 {MAX_TEXT} 个字，未写入",
                    f"请删去至少 {len(edit.after) - MAX_TEXT} 个字，或另附材料",
                    edit,
                    label,
                )
            elif self._is_wanted(edit, path, label):
                yield self._change(edit, path, label, place)

    def unattached_remarks(self) -> Iterator[UnattachedRemark]:
        """The comments that hang on no edited input."""
        edited = {edit.path for edit in self._document.edits}
        for key, remark in self._document.reviewed.remarks.items():
            path, words = _target(self._document, key)
            if not path or path not in edited:
                label, place = self._named(path) if path else (shown(words), None)
                yield UnattachedRemark(label, remark, place)

    def changed_since(self) -> list[Problem]:
        """One notice of what was changed in the workbook since the Word file was made and not edited in it."""
        edited = {edit.path for edit in self._document.edits}
        labels = [
            label_of(self._form, now)
            for path, now, before in self._printed_values()
            if path not in edited and not _is_same(before, self._workbook.value(now))
        ]
        before, now = self._printed, self._workbook.source.submission
        labels += [
            name
            for name, one, other in (
                ("年度目标的行数", len(before.goals), len(now.goals)),
                ("绩效指标", before.indicators, now.indicators),
                ("单位明细", before.units, now.units),
            )
            if one != other
        ]
        if not labels:
            return []
        words = "、".join(labels[:5]) + ("等" if len(labels) > 5 else "")
        message = (
            f"工作簿在生成审阅稿之后又改过 {len(labels)} 处（{words}），审阅人没有改这些，保留工作簿的内容"
        )
        return [Problem(Severity.NOTICE, "workbook_changed", message, "请核对审阅人看到的是不是最新的内容")]

    def _path(self, path: InputPath) -> InputPath | None:
        """The path of an input in the new workbook; None when its row was deleted."""
        rows = self._rows.get(path.group)
        return path if rows is None or path.number is None else rows.target(path)

    def _source(self, path: InputPath) -> InputPath | None:
        """The path of an input in the workbook as it is; None when its row was deleted there."""
        rows = self._rows.get(path.group)
        return path if rows is None or path.number is None else rows.source(path)

    def _is_wanted(self, edit: Edit, path: InputPath, label: str) -> bool:
        """Whether an edit is still to be made; notes a problem when the workbook was changed there as well."""
        held_at = self._source(edit.path) or path
        printed, now = self._document.baseline.submission.value(edit.path), self._workbook.value(held_at)
        is_unread = self._workbook.is_unread(held_at)
        if not is_unread and _is_same(printed, now):
            return True
        after = shown(edit.after) or "空白"
        if not is_unread and self._is_made(edit, now):
            message = f"“{label}”在工作簿中已经是“{after}”，与审阅稿一致"
            self._say(Severity.NOTICE, "already_made", message, "不需要处理", edit, label)
            return False
        held = "无法识别的内容" if is_unread else f"“{shown(now)}”" if now not in (None, "") else "空白"
        self._say(
            Severity.WARNING,
            "both_changed",
            f"“{label}”两边都改过：工作簿中现在是{held}，审阅稿改成“{after}”；采用审阅稿的",
            "请核对；如应保留工作簿的内容，请在新工作簿中改回",
            edit,
            label,
        )
        return True

    def _is_made(self, edit: Edit, now: Value | None) -> bool:
        """Whether the workbook has the edited value already."""
        try:
            return _is_same(parse(item_at(self._form, edit.path), edit.after).value, now)
        except ValueProblem:
            return False

    def _change(self, edit: Edit, path: InputPath, label: str, place: Place) -> WorkbookChange:
        authors = dict.fromkeys(revision.author for revision in edit.revisions if revision.author)
        date = max((revision.date for revision in edit.revisions), default="")
        remarks = tuple(sorted(self._remarks[edit.path], key=lambda remark: remark.date))
        rows = self._rows.get(path.group)
        kind = ADDED if rows is not None and rows.is_new(edit.path) else EDITED
        return WorkbookChange(
            path, label, edit.before, edit.after, "、".join(authors), date, remarks, place, kind
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

    def _printed_values(self) -> Iterator[tuple[InputPath, InputPath, Value | None]]:
        """Every input that the workbook still has: path in the Word file and in the workbook, printed value."""
        for slot in single_inputs(self._form):
            yield slot.path, slot.path, self._document.baseline.submission.value(slot.path)
        for number, goal in enumerate(self._printed.goals):
            for part in table_parts(self._form, GOALS):
                path = InputPath.cell(GOALS, number, part.id)
                now = self._source(path)
                if now:
                    yield path, now, goal.part(part.id)

    def _say(self, severity: Severity, code: str, message: str, remedy: str, edit: Edit, label: str) -> None:
        path = self._path(edit.path) or NO_PATH
        place = (self._workbook.place(path) if path else None) or word_place(label)
        self.problems.append(Problem(severity, code, message, remedy, path, label, shown(edit.after), place))


def _rank(change: WorkbookChange) -> tuple[int, bool, int]:
    """Removed rows come first in their table, then row by row."""
    return GROUPS.index(change.path.group), change.kind != REMOVED, change.path.number or 0


def _is_same(one: Value | None, other: Value | None) -> bool:
    return (None if one == "" else one) == (None if other == "" else other)


def _target(document: DocumentChanges, key: str) -> tuple[InputPath, str]:
    """The input a comment hangs on and the text beside it; an answer hangs where the answered comment does."""
    targets, replies = document.found.comment_targets, document.reviewed.replies
    for _ in range(MAX_REPLIES):
        if key in targets or key not in replies:
            break
        key = replies[key]
    return targets.get(key, (NO_PATH, ""))


def _no_baseline() -> Problem:
    return Problem(
        Severity.NOTICE,
        "no_baseline",
        "审阅稿中没有随附的填报数据，按工作簿现在的内容比较",
        "如果工作簿在生成审阅稿之后改过，请核对列出的改动",
    )
