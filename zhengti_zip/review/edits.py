"""What a reviewer changed: the reviewed texts against the printed ones, and what cannot be taken as a change."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.found import Findings, Seen
from zhengti_zip.review.hints import HINTS
from zhengti_zip.review.passages import Revision
from zhengti_zip.review.standing import item_at, value_at
from zhengti_zip.submission.paths import GROUPS, InputPath
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.submission.values import ValueProblem, clean_text, parse, says_nothing, shown

_ESCAPED = re.compile(r"(?:_x005F)+(?=_x[0-9A-Fa-f]{4}_)")
_SPACES = str.maketrans({"\xa0": " ", "\t": " ", "\xad": None})


@dataclass(frozen=True, slots=True)
class Edit:
    """A change a reviewer made to one input.

    Attributes:
        path: the input.
        before: what was printed; "" for nothing and for the dash that stands for it.
        after: what stands there now, as typed; "" for nothing.
        revisions: the tracked changes it was made by; empty when it was not tracked.
    """

    path: InputPath
    before: str
    after: str
    revisions: tuple[Revision, ...] = ()


def edits_in(found: Findings, baseline: Baseline) -> tuple[list[Edit], list[Problem]]:
    """The changes, in the order of the form, and what is no change but has to be said."""
    by_path: defaultdict[InputPath, list[Seen]] = defaultdict(list)
    for seen in found.inputs:
        by_path[seen.path].append(seen)
    edits: list[Edit] = []
    problems: list[Problem] = []
    for path in sorted(by_path, key=lambda path: _rank(path, baseline)):
        edit, problem = _examined(path, by_path[path], baseline)
        edits += [edit] if edit else []
        problems += [problem] if problem else []
    return edits, problems


def _rank(path: InputPath, baseline: Baseline) -> tuple[int, int, int]:
    """Where an input stands in the order of the form."""
    order = list(baseline.table.prompts)
    return GROUPS.index(path.group), path.number or 0, order.index(path) if path in order else len(order)


def word_place(label: str) -> Place:
    """Where a value of a Word file stands."""
    return Place(None, f"Word 文件：{label}")


def _examined(path: InputPath, places: list[Seen], baseline: Baseline) -> tuple[Edit | None, Problem | None]:
    label = baseline.label(path)
    if all(seen.text is None for seen in places):
        return None, _problem(
            Severity.ERROR,
            "lost_value",
            f"审阅稿中找不到“{label}”，不知道它是否改过；保留原来的内容",
            "请打开审阅稿核对这一处；如要修改或清空，请直接在工作簿中改",
            path,
            label,
        )
    changed = {}
    for seen in places:
        after = _entered(seen, baseline)
        if after is not None:
            changed[after] = seen
    if not changed:
        return None, None
    if len(changed) > 1:
        words = "，".join(f"一处是“{shown(text)}”" for text in changed)
        return None, _problem(
            Severity.ERROR,
            "edited_differently",
            f"“{label}”在审阅稿中有几处，改得不一样：{words}；保留原来的内容",
            "请核对后在工作簿中改成正确的内容",
            path,
            label,
        )
    (after, seen), *_ = changed.items()
    before = _printed(seen, baseline)
    if _means_the_same(path, after, before, baseline):
        return None, _removed_score(path, label, after, before)
    return Edit(path, before, after, tuple(seen.revisions)), None


def _unescaped(seen: Seen) -> str:
    """The text now, without the ``_x005F`` LibreOffice puts before what looks like a code of Excel's."""
    text = seen.text or ""
    return text if "_x005F_x" in seen.printed else _ESCAPED.sub("", text)


def _entered(seen: Seen, baseline: Baseline) -> str | None:
    """What was put in; None when it reads as it was printed."""
    if seen.text is None or _folded(_unescaped(seen)) == _folded(legal_text(seen.printed)):
        return None
    after = clean_text(_unescaped(seen))
    was_empty = not _printed(seen, baseline)
    if says_nothing(after) or after == baseline.none_word(seen.path) or (was_empty and after in HINTS):
        after = ""
    return None if not after and was_empty else after


def _printed(seen: Seen, baseline: Baseline) -> str:
    """What was printed, "" for nothing."""
    text = clean_text(seen.printed)
    is_none = says_nothing(text) or text == baseline.none_word(seen.path)
    return (
        ""
        if is_none and value_at(baseline.form, baseline.submission, seen.path) in (None, "", text)
        else text
    )


def _folded(text: str) -> str:
    """A text without the differences programs make on their own."""
    return clean_text(text.translate(_SPACES))


def _means_the_same(path: InputPath, after: str, before: str, baseline: Baseline) -> bool:
    """Whether only the writing differs, e.g. ``1297.59`` for ``1,297.59``."""
    item = item_at(baseline.form, path)
    try:
        value = parse(item, after).value
        known = value_at(baseline.form, baseline.submission, path)
        return (value or None) == (known or None) or (bool(before) and value == parse(item, before).value)
    except ValueProblem:
        return False


def _removed_score(path: InputPath, label: str, after: str, before: str) -> Problem | None:
    """A score that was worked out comes back however often it is taken out."""
    if after or not before:
        return None
    return _problem(
        Severity.WARNING,
        "computed_edited",
        f"“{label}”{before} 是按评分数据计算的，在审阅稿中删去了；仍按数据计算",
        "如要改变得分，请填写自评分，或修改评分数据",
        path,
        label,
    )


def _problem(
    severity: Severity, code: str, message: str, remedy: str, path: InputPath, label: str
) -> Problem:
    return Problem(severity, code, message, remedy, path, label, "", word_place(label))
