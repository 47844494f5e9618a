"""A reviewed Word file compared with what was printed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhengti_zip.grid.table import FormTable
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import ReviewedDocument
from zhengti_zip.review.document_problems import document_problem, word_place
from zhengti_zip.review.edits import Edit, UnusedEdit, edits_in
from zhengti_zip.review.locate import locate
from zhengti_zip.review.located import AlteredText, LocatedContent
from zhengti_zip.review.normalize import comparable_result
from zhengti_zip.review.row_order import row_orders
from zhengti_zip.review.unread import UnreadContent
from zhengti_zip.review.unread_places import unread_contents
from zhengti_zip.submission.paths import NO_PATH
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import shown

MAX_UNPLACED = 200
"""Texts that belong to no input, told one by one; further ones are counted."""


@dataclass(frozen=True)
class DocumentChanges:
    """What was changed in a reviewed file.

    Attributes:
        reviewed: the file.
        baseline: what it was built from.
        found: where everything is in it.
        edits: the edits of inputs, in the order of the form.
        problems: changes that cannot be taken over, each with its place in the Word file.
        unread: what stands in it and goes into no input; computed values that were written over are not
            among them.
        orders: by growing table, the numbers of its rows in their new order, for every table with rows
            added, removed or moved. Numbers behind those of all printed rows are new rows.
        unused: the edits of inputs that cannot be taken over.
    """

    reviewed: ReviewedDocument
    baseline: Baseline
    found: LocatedContent
    edits: list[Edit]
    problems: list[Problem]
    orders: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unused: list[UnusedEdit] = field(default_factory=list)
    unread: list[UnreadContent] = field(default_factory=list)


def find_changes(reviewed: ReviewedDocument, baseline: Baseline) -> DocumentChanges:
    """Locate everything that was printed and find what was changed in it."""
    found = locate(reviewed, baseline)
    made = edits_in(found, baseline)
    problems = [*made.problems, *found.problems, *_changed_labels(found), *_unplaced_texts(found)]
    orders = row_orders(found, made.edits, baseline)
    unread = unread_contents(reviewed, found, baseline)
    return DocumentChanges(reviewed, baseline, found, made.edits, problems, orders, made.unused, unread)


def computed_problems(document: DocumentChanges, table: FormTable) -> list[Problem]:
    """Totals and grades that the reviewer overwrote with something else than the result of the changed data.

    Args:
        document: what was changed.
        table: the form as the changed data print it.
    """
    problems = []
    for altered, result in overwritten(document, table):
        label = document.baseline.label(altered.path)
        now, right = shown(altered.now) or "空白", shown(result) or "尚不能确定"
        message = f"“{label}”由程序计算，审阅稿中改成了“{now}”，与计算结果“{right}”不符，未采纳"
        remedy = "请改各指标的自评分或评分数据，总分和等级随之重新计算"
        problems.append(
            document_problem(Severity.ERROR, "computed_edited", message, remedy, altered.path, label, now)
        )
    return problems


def overwritten(document: DocumentChanges, table: FormTable) -> Iterator[tuple[AlteredText, str]]:
    """The totals and grades that do not say what the changed data print, each with the right text."""
    results = {cell.path: cell.text for cell in table.cells if cell.path.is_result}
    for altered in document.found.altered:
        result = results.get(altered.path)
        if result is not None and comparable_result(altered.now) != comparable_result(result):
            yield altered, result


def _changed_labels(found: LocatedContent) -> Iterator[Problem]:
    """Changes of the form's own texts. Computed values are compared with the new scores instead."""
    for altered in found.altered:
        if altered.path:
            continue
        printed, now = shown(altered.printed), shown(altered.now)
        what = f"改成了“{now}”" if now else "删去了"
        message = f"表中固定的文字“{printed}”{what}，未采纳"
        remedy = "固定的文字由表的定义决定；如确有错误，请告知维护表定义的人"
        yield document_problem(Severity.WARNING, "label_edited", message, remedy, NO_PATH, printed, now)


def _unplaced_texts(found: LocatedContent) -> Iterator[Problem]:
    """Texts that belong to no input."""
    place = word_place("填写项以外")
    remedy = "请把需要的内容填到工作簿的相应单元格；对内容的意见请写成批注"
    if len(found.surplus) > MAX_UNPLACED:
        message = (
            f"审阅稿中还有 {len(found.surplus) - MAX_UNPLACED} 处文字不属于任何填写项，未采纳，没有逐一列出"
        )
        yield Problem(Severity.WARNING, "unplaced_text", message, remedy, NO_PATH, "", "", place)
    for loose in found.surplus[:MAX_UNPLACED]:
        words = shown(loose.text)
        message = f"审阅稿中“{words}”不属于任何填写项，未采纳"
        yield Problem(Severity.WARNING, "unplaced_text", message, remedy, NO_PATH, "", words, place)
