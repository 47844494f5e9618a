"""The edits of a reviewer: the located texts compared with the printed ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from zhengti_zip.base.answers import is_dash
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document_problems import document_problem
from zhengti_zip.review.located import LocatedContent, LocatedInput
from zhengti_zip.review.normalize import comparable_value, unescaped
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


def edits_in(found: LocatedContent, baseline: Baseline) -> tuple[list[Edit], list[Problem]]:
    """The edits in the order of the form, and problems for what cannot be taken as an edit."""
    by_path: defaultdict[InputPath, list[LocatedInput]] = defaultdict(list)
    for located in found.inputs:
        by_path[located.path].append(located)
    order = {path: number for number, path in enumerate(baseline.table.prompts)}

    def rank(path: InputPath) -> tuple[int, int, int]:
        return GROUPS.index(path.group), path.number or 0, order.get(path, len(order))

    edits: list[Edit] = []
    problems: list[Problem] = []
    for path in sorted(by_path, key=rank):
        edit, problem = _edit_of(path, by_path[path], baseline)
        edits += [edit] if edit else []
        problems += [problem] if problem else []
    return edits, problems


def _edit_of(
    path: InputPath, places: list[LocatedInput], baseline: Baseline
) -> tuple[Edit | None, Problem | None]:
    label = baseline.label(path)
    if all(located.text is None for located in places):
        return None, document_problem(
            Severity.ERROR,
            "lost_value",
            f"审阅稿中找不到“{label}”，不知道它是否改过；保留原来的内容",
            "请打开审阅稿核对这一处；如要修改或清空，请直接在工作簿中改",
            path,
            label,
        )
    changed = {}
    for located in places:
        after = _entered(located, baseline)
        if after is not None:
            changed[after] = located
    if not changed:
        return None, None
    if len(changed) > 1:
        words = "，".join(f"一处是“{shown(text)}”" for text in changed)
        return None, document_problem(
            Severity.ERROR,
            "edited_differently",
            f"“{label}”在审阅稿中有几处，改得不一样：{words}；保留原来的内容",
            "请核对后在工作簿中改成正确的内容",
            path,
            label,
        )
    (after, located), *_ = changed.items()
    before = _printed(located, baseline)
    if _means_the_same(path, after, before, baseline):
        return None, _removed_score(path, label, after, before)
    return Edit(path, before, after, tuple(located.revisions)), None


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


def _removed_score(path: InputPath, label: str, after: str, before: str) -> Problem | None:
    """A problem when the reviewer deleted a computed score: the program computes it again."""
    if after or not before:
        return None
    return document_problem(
        Severity.WARNING,
        "computed_edited",
        f"“{label}”{before} 是按评分数据计算的，在审阅稿中删去了；仍按数据计算",
        "如要改变得分，请填写自评分，或修改评分数据",
        path,
        label,
    )
