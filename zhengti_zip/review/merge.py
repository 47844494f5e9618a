"""A reviewed Word file against a workbook: which changes to make in it, and what has to be said about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import Remark, ReviewedDocument
from zhengti_zip.review.document_changes import DocumentChanges, embedded_submission, find_changes
from zhengti_zip.review.edits import Edit, word_place
from zhengti_zip.review.submission_values import item_at, value_at
from zhengti_zip.review.target_workbook import TargetWorkbook, current_path, match_goals
from zhengti_zip.submission.inputs import label_of, single_inputs
from zhengti_zip.submission.paths import GOALS, NO_PATH, InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.submission.values import MAX_TEXT, Value, ValueProblem, parse, shown


@dataclass(frozen=True, slots=True)
class WorkbookChange:
    """A change a reviewer made, as it goes into the workbook.

    Attributes:
        path: the input, as the workbook has it.
        label: the name the user knows it by.
        before: what was printed in the reviewed file; "" for nothing.
        after: what stands there now, as typed; "" for nothing.
        author, date: of the tracked change, the date as the file has it; "" when it was not tracked.
        comments: the reviewers' comments on it, oldest first.
        place: the cell of the workbook.
    """

    path: InputPath
    label: str
    before: str
    after: str
    author: str = ""
    date: str = ""
    comments: tuple[Remark, ...] = ()
    place: Place | None = None

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``review --json`` (docs/json-output.md)."""
        return {
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
    """A comment on something that was not changed: beside what it stands, and the cell if it is an input."""

    label: str
    remark: Remark
    place: Place | None = None

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``review --json``."""
        place = self.place
        where = {"sheet": place.sheet if place else None, "cell": place.cell if place else None}
        return {"field": self.label, **where, **self.remark.as_json()}


@dataclass(frozen=True)
class MergeResult:
    """What a review comes to.

    Attributes:
        review: the reviewed file against what it was built from.
        changes: to be made in the workbook, in the order of the form.
        remarks: comments on what was not changed.
        problems: what is no change but has to be said.
    """

    review: DocumentChanges
    changes: list[WorkbookChange]
    remarks: list[UnattachedRemark]
    problems: list[Problem]


def merge_review(reviewed: ReviewedDocument, book: TargetWorkbook) -> MergeResult:
    """Compare a reviewed file with the data it was built from and with the workbook as it is now.

    Raises:
        InputError: the file is of another form than the workbook.
    """
    embedded = embedded_submission(reviewed, book.form)
    submission = embedded[1] if embedded else book.source.submission
    review = find_changes(reviewed, Baseline(book.form, submission))
    merge = _Merger(review, book)
    changes = list(merge.changes())
    said = [*merge.problems, *merge.moved_on({change.path for change in changes})]
    if embedded is None:
        said.append(_no_baseline())
    remarks = list(_unattached_remarks(review, merge, {edit.path for edit in review.edits}))
    return MergeResult(review, changes, remarks, [*review.problems, *said])


class _Merger:
    """Three versions of every input: as printed, as the workbook has it now, as reviewed."""

    def __init__(self, review: DocumentChanges, book: TargetWorkbook) -> None:
        self._review, self._book = review, book
        self._form, self._printed = book.form, review.baseline.submission
        self._goals = match_goals(self._printed, book.source.submission)
        self.problems: list[Problem] = []

    def path(self, path: InputPath) -> InputPath | None:
        """The path of an input in the workbook; None when its row was deleted."""
        return current_path(path, self._goals, self._book.count(GOALS))

    def changes(self) -> Iterator[WorkbookChange]:
        """The edits that are to be made."""
        for edit in self._review.edits:
            path = self.path(edit.path)
            place = self._book.place(path) if path else None
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
                    "请精简文字",
                    edit,
                    label,
                )
            elif self._is_wanted(edit, path, label):
                yield self._change(edit, path, label, place)

    def _is_wanted(self, edit: Edit, path: InputPath, label: str) -> bool:
        """Whether a change is still to be made; says so when the workbook was changed there as well."""
        printed, now = value_at(self._form, self._printed, edit.path), self._book.value(path)
        is_unread = self._book.is_unread(path)
        if not is_unread and _same(printed, now):
            return True
        wanted = _parsed(self._review.baseline, edit)
        if not is_unread and wanted is not None and _same(wanted.value, now):
            self._say(
                Severity.NOTICE,
                "already_made",
                f"“{label}”在工作簿中已经是“{shown(edit.after) or '空白'}”，与审阅稿一致",
                "不需要处理",
                edit,
                label,
            )
            return False
        held = "无法识别的内容" if is_unread else f"“{shown(now)}”" if now not in (None, "") else "空白"
        self._say(
            Severity.WARNING,
            "both_changed",
            f"“{label}”两边都改过：工作簿中现在是{held}，审阅稿改成“{shown(edit.after) or '空白'}”；采用审阅稿的",
            "请核对；如应保留工作簿的内容，请在新工作簿中改回",
            edit,
            label,
        )
        return True

    def _change(self, edit: Edit, path: InputPath, label: str, place: Place) -> WorkbookChange:
        authors = dict.fromkeys(revision.author for revision in edit.revisions if revision.author)
        date = max((revision.date for revision in edit.revisions), default="")
        remarks = [
            remark for key, remark in self._review.reviewed.remarks.items() if self.home(key) == edit.path
        ]
        comments = tuple(sorted(remarks, key=lambda remark: remark.date))
        return WorkbookChange(path, label, edit.before, edit.after, "、".join(authors), date, comments, place)

    def named(self, path: InputPath) -> tuple[str, Place | None]:
        """Label and cell of an input of the reviewed file."""
        now = self.path(path)
        if now is None:
            return self._review.baseline.label(path), None
        return self._label(now), self._book.place(now)

    def _label(self, path: InputPath) -> str:
        label = label_of(self._form, path)
        return self._review.baseline.label(path) if label == path else label

    def home(self, key: str) -> InputPath:
        """The input a comment hangs on; an answer hangs where what it answers hangs. Empty for none."""
        return _home(self._review, key)[0]

    def moved_on(self, changed: set[InputPath]) -> list[Problem]:
        """One notice of what was changed in the workbook since, and not by the reviewer."""
        labels = [
            label_of(self._form, path)
            for path, before in self._values()
            if path not in changed and not _same(before, self._book.value(path))
        ]
        before, now = self._printed, self._book.source.submission
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

    def _values(self) -> Iterator[tuple[InputPath, Value | None]]:
        """Every input of the reviewed data that the workbook has as well: its path there, its value then."""
        for slot in single_inputs(self._form):
            yield slot.path, value_at(self._form, self._printed, slot.path)
        for number, goal in enumerate(self._printed.goals):
            for part in ("goal", "completion", "reason"):
                path = self.path(InputPath.cell(GOALS, number, part))
                if path:
                    yield path, getattr(goal, part)

    def _say(self, severity: Severity, code: str, message: str, remedy: str, edit: Edit, label: str) -> None:
        path = self.path(edit.path) or NO_PATH
        place = (self._book.place(path) if path else None) or word_place(label)
        self.problems.append(Problem(severity, code, message, remedy, path, label, shown(edit.after), place))


@dataclass(frozen=True, slots=True)
class _Parsed:
    value: Value | None


def _parsed(baseline: Baseline, edit: Edit) -> _Parsed | None:
    try:
        return _Parsed(parse(item_at(baseline.form, edit.path), edit.after).value)
    except ValueProblem:
        return None


def _same(one: Value | None, other: Value | None) -> bool:
    return (None if one == "" else one) == (None if other == "" else other)


def _home(review: DocumentChanges, key: str) -> tuple[InputPath, str]:
    """The input a comment hangs on and the words beside it."""
    comment_targets, replies = review.found.comment_targets, review.reviewed.replies
    for _ in range(len(replies) + 1):
        if key in comment_targets or key not in replies:
            break
        key = replies[key]
    return comment_targets.get(key, (NO_PATH, ""))


def _unattached_remarks(
    review: DocumentChanges, merge: _Merger, edited: set[InputPath]
) -> Iterator[UnattachedRemark]:
    for key, remark in review.reviewed.remarks.items():
        path, words = _home(review, key)
        if path and path in edited:
            continue
        label, place = merge.named(path) if path else (shown(words), None)
        yield UnattachedRemark(label, remark, place)


def _no_baseline() -> Problem:
    return Problem(
        Severity.NOTICE,
        "no_baseline",
        "审阅稿中没有随附的填报数据，按工作簿现在的内容比较",
        "如果工作簿在生成审阅稿之后改过，请核对列出的改动",
    )
