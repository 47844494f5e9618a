"""Undo how LibreOffice 7.4 saves some content controls: it writes their text several times.

A control with the text F, made of runs p1 … pn, is saved as controls of the same title side by side:
F, p1 F, p2 F, …, pn F, sometimes without p1 F, sometimes with one more F.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from zhengti_zip.review.reviewed_text import ReviewedRun

Group = list[ReviewedRun]

MAX_REPEATS = 200
"""Copies of a control looked at; a control is repeated once for each of its runs."""

MAX_PASSES = 10
"""Repetitions within repetitions: one more each time the file is saved."""


def without_repeats(runs: Sequence[ReviewedRun]) -> list[ReviewedRun]:
    """The runs of a paragraph, where every repeated control is kept once."""
    made = list(runs)
    if len(made) < 2:
        return made
    for _ in range(MAX_PASSES):
        before, made = made, _one_pass(made)
        if len(made) == len(before):
            break
    return made


def _one_pass(runs: Sequence[ReviewedRun]) -> list[ReviewedRun]:
    """The same for repetitions that hold no other repetitions."""
    groups = [list(group) for _, group in groupby(runs, key=_control)]
    kept: list[Group] = []
    start = 0
    while start < len(groups):
        length = _repetitions(groups, start)
        kept.append(groups[start])
        marks = [run for group in groups[start + 1 : start + length] for run in group if run.comments]
        kept.append([ReviewedRun("", p.controls, p.revisions, p.comments) for p in marks])
        start += length
    return [run for group in kept for run in group]


def _control(run: ReviewedRun) -> tuple[int, ...]:
    return tuple(control.number for control in run.controls)


def _repetitions(groups: Sequence[Group], start: int) -> int:
    """How many groups from ``start`` on are the same control repeated; 1 when it is not repeated."""
    first = groups[start][0]
    whole = _text(groups[start])
    if not whole or not first.controls:
        return 1
    parts: list[str] = []
    length = 0
    for number in range(start + 1, min(start + MAX_REPEATS, len(groups))):
        text = _text(groups[number])
        if not _are_siblings(first, groups[number][0]) or not text.endswith(whole):
            break
        parts.append(text[: len(text) - len(whole)])
        length += len(parts[-1])
        if not parts[-1] or length > len(whole):
            break  # only the last repetition may be F alone
    for count in range(len(parts), 0, -1):
        joined = "".join(parts[:count])
        if joined and whole.endswith(joined):  # the first part is sometimes left out
            return count + 1
    return 1


def _text(group: Group) -> str:
    return "".join(run.text for run in group)


def _are_siblings(one: ReviewedRun, other: ReviewedRun) -> bool:
    """Whether two runs are in controls of the same title and tag, both within the same outer controls."""
    if len(one.controls) != len(other.controls) or _control(one)[:-1] != _control(other)[:-1]:
        return False
    return (one.controls[-1].alias, one.controls[-1].tag) == (
        other.controls[-1].alias,
        other.controls[-1].tag,
    )
