"""The edits of a reviewer: the located texts compared with the printed ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from zhengti_zip.base.answers import is_dash
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document_problems import document_problem
from zhengti_zip.review.located import LocatedContent, LocatedInput
from zhengti_zip.review.normalize import comparable_value, unescaped
from zhengti_zip.review.office_errors import office_error
from zhengti_zip.review.placeholders import HINTS, PROGRAM_HINTS
from zhengti_zip.review.reviewed_text import Revision
from zhengti_zip.review.submission_values import item_at
from zhengti_zip.submission.paths import GROUPS, InputPath
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.submission.values import ValueProblem, clean_text, parse, shown


@dataclass(frozen=True, slots=True)
class Edit:
    """What a reviewer changed in one input.

    Attributes:
        path: the input.
        before: what was printed; "" for nothing and for the dash printed for nothing.
        after: what stands there now, as typed; "" for nothing.
        revisions: the tracked changes it consists of; empty when it was not tracked.
    """

    path: InputPath
    before: str
    after: str
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class UnusedEdit:
    """An edit that cannot be taken over.

    Attributes:
        edit: the edit; ``after`` is everything that was entered, one line for each place.
        code: of the problem that tells it.
        reason: why it is not taken over, in words for the user.
    """

    edit: Edit
    code: str
    reason: str


@dataclass(slots=True)
class FoundEdits:
    """The edits of a file in the order of the form, those that cannot be taken over, and problems that tell them."""

    edits: list[Edit] = field(default_factory=list)
    unused: list[UnusedEdit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def edits_in(found: LocatedContent, baseline: Baseline) -> FoundEdits:
    """The edits in the order of the form, and what cannot be taken as an edit."""
    by_path: defaultdict[InputPath, list[LocatedInput]] = defaultdict(list)
    for located in found.inputs:
        by_path[located.path].append(located)
    order = {path: number for number, path in enumerate(baseline.table.prompts)}

    def rank(path: InputPath) -> tuple[int, int, int]:
        return GROUPS.index(path.group), path.number or 0, order.get(path, len(order))

    made = FoundEdits()
    for path in sorted(by_path, key=rank):
        _take_edit(made, path, by_path[path], baseline)
    return made


def _take_edit(made: FoundEdits, path: InputPath, places: list[LocatedInput], baseline: Baseline) -> None:
    """Add what was changed in one input."""
    label = baseline.label(path)
    if all(located.text is None for located in places):
        made.problems.append(_lost(path, label))
        return
    changed = {}
    for located in places:
        after = _entered(located, baseline)
        if after is not None:
            changed[after] = located
    if not changed:
        return
    before = _printed(places[0], baseline)
    marks = tuple(dict.fromkeys(mark for located in changed.values() for mark in located.revisions))
    edit = Edit(path, before, "\n".join(changed), marks)
    if len(changed) > 1:
        made.problems.append(_contradiction(path, label, list(changed)))
        made.unused.append(UnusedEdit(edit, "edited_differently", "同一项印在几处，改得不一样"))
    elif not _means_the_same(path, edit.after, before, baseline):
        made.edits.append(edit)
        error = office_error(path, label, before, edit.after)
        made.problems += [error] if error else []
    elif not edit.after and before:
        made.problems.append(_removed_score(path, label, before))
        made.unused.append(UnusedEdit(edit, "computed_edited", "按评分数据计算，不能删去"))


def _lost(path: InputPath, label: str) -> Problem:
    return document_problem(
        Severity.ERROR,
        "lost_value",
        f"审阅稿中找不到“{label}”，不知道它是否改过；保留原来的内容",
        "请打开审阅稿核对这一处；如要修改或清空，请直接在工作簿中改",
        path,
        label,
    )


def _contradiction(path: InputPath, label: str, texts: list[str]) -> Problem:
    words = "，".join(f"一处是“{shown(text)}”" for text in texts)
    return document_problem(
        Severity.ERROR,
        "edited_differently",
        f"“{label}”在审阅稿中有几处，改得不一样：{words}；保留原来的内容",
        "请核对后在工作簿中改成正确的内容",
        path,
        label,
    )


def _entered(located: LocatedInput, baseline: Baseline) -> str | None:
    """What the reviewer entered, "" for nothing; None when nothing was changed."""
    if located.text is None:
        return None
    text = unescaped(located.text, located.printed)
    if comparable_value(text) == comparable_value(legal_text(located.printed)):
        return None
    after = clean_text(text)
    was_empty = not _printed(located, baseline)
    is_hint = after in HINTS or after in PROGRAM_HINTS  # left over where a program dropped the control
    if is_hint or is_dash(after) or after == baseline.none_word(located.path):
        after = ""
    return None if not after and was_empty else after


def _printed(located: LocatedInput, baseline: Baseline) -> str:
    """What was printed, "" for nothing."""
    text = clean_text(located.printed)
    if is_dash(text) or text == baseline.none_word(located.path):
        entered = baseline.submission.value(located.path)
        return "" if entered in (None, "", text) else text
    return text


def _means_the_same(path: InputPath, after: str, before: str, baseline: Baseline) -> bool:
    """Whether both texts stand for the same value, e.g. ``1297.59`` and ``1,297.59``."""
    item = item_at(baseline.form, path)
    try:
        value = parse(item, after).value
        known = baseline.submission.value(path)
        return (value or None) == (known or None) or (bool(before) and value == parse(item, before).value)
    except ValueProblem:
        return False


def _removed_score(path: InputPath, label: str, before: str) -> Problem:
    """The problem that the reviewer deleted a computed score: the program computes it again."""
    return document_problem(
        Severity.WARNING,
        "computed_edited",
        f"“{label}”{before} 是按评分数据计算的，在审阅稿中删去了；仍按数据计算",
        "如要改变得分，请填写自评分，或修改评分数据",
        path,
        label,
    )
