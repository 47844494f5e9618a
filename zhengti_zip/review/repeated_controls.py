"""Undoing what LibreOffice 7.4 does to controls it knows only by name: it writes their text several times.

A control with the text F, made of runs p1 … pn, comes back as controls of the same title side by side:
F, p1 F, p2 F, …, pn F, at times without p1 F, at times with one more F. Left as it is, a file merely saved would seem rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from zhengti_zip.review.reviewed_text import ReviewedRun

Group = list[ReviewedRun]


def without_repeats(runs: Sequence[ReviewedRun]) -> list[ReviewedRun]:
    """The runs of a paragraph with every such control taken once."""
    groups = [list(group) for _, group in groupby(runs, key=_control)]
    kept: list[Group] = []
    start = 0
    while start < len(groups):
        length = _doubled(groups, start)
        kept.append(groups[start])
        marks = [run for group in groups[start + 1 : start + length] for run in group if run.comments]
        kept.append([ReviewedRun("", p.controls, p.revisions, p.comments) for p in marks])
        start += length
    made = [run for group in kept for run in group]
    return made if len(made) == len(runs) else without_repeats(made)


def _control(run: ReviewedRun) -> tuple[int, ...]:
    return tuple(control.number for control in run.controls)


def _doubled(groups: Sequence[Group], start: int) -> int:
    """How many groups from one on are one control written several times; 1 when only itself."""
    first = groups[start][0]
    whole = _text(groups[start])
    if not whole or not first.controls:
        return 1
    parts: list[str] = []
    length = 0
    for number in range(start + 1, len(groups)):
        text = _text(groups[number])
        if not _are_siblings(first, groups[number][0]) or not text.endswith(whole):
            break
        parts.append(text[: len(text) - len(whole)])
        length += len(parts[-1])
        if not parts[-1] or length > len(whole):
            break  # only the last one has no part of its own
    for count in range(len(parts), 0, -1):
        joined = "".join(parts[:count])
        if joined and whole.endswith(joined):  # the first part is at times left out
            return count + 1
    return 1


def _text(group: Group) -> str:
    return "".join(run.text for run in group)


def _are_siblings(one: ReviewedRun, other: ReviewedRun) -> bool:
    """Whether two runs are in controls of the same title, side by side in the same surroundings."""
    if len(one.controls) != len(other.controls) or _control(one)[:-1] != _control(other)[:-1]:
        return False
    return (one.controls[-1].alias, one.controls[-1].tag) == (
        other.controls[-1].alias,
        other.controls[-1].tag,
    )
