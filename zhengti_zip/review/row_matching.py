"""Match the printed rows with the rows of the reviewed file, also after rows were inserted or deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from zhengti_zip.base.matching import best_pairs
from zhengti_zip.review.baseline import PrintedRow
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.reviewed_text import ReviewedRow

Printed = TypeVar("Printed")
Now = TypeVar("Now")

MAX_COMPARED = 200_000
"""Bound of work: with more pairs of rows than this, rows are matched by position."""


def match_by_text(
    printed: Sequence[PrintedRow], rows: Sequence[ReviewedRow], is_sure: Sequence[bool]
) -> list[int | None]:
    """For every printed row the index of the row in the reviewed file; None where it was deleted.

    Args:
        is_sure: for every printed row, whether only a row with mostly the same texts can be it.
    """
    if len(printed) == len(rows) and all(map(is_intact, printed, rows)) and not any(is_sure):
        return list(range(len(rows)))
    if len(printed) * len(rows) > MAX_COMPARED:
        return [*range(len(rows)), *[None] * len(printed)][: len(printed)]
    texts = [[without_space(cell.text) for cell in row] for row in rows]
    wanted = [(_weighted_texts(row), sure) for row, sure in zip(printed, is_sure, strict=True)]
    return match_in_order(wanted, texts, _likeness)


def match_in_order(
    printed: Sequence[Printed], now: Sequence[Now], likeness: Callable[[Printed, Now], float]
) -> list[int | None]:
    """For every printed item the index of the most alike one now, in order on both sides; None without one.

    Args:
        likeness: how alike two items are; only above 0 do they match.
    """
    scores = [[likeness(one, other) for other in now] for one in printed]
    found: list[int | None] = [None] * len(printed)
    for i, j in best_pairs(scores):
        found[i] = j
    return found


def is_intact(printed: PrintedRow, row: ReviewedRow) -> bool:
    """Whether a row has all its cells and all its labels."""
    return len(printed) == len(row) and all(
        without_space(cell.text) == without_space(now.text)
        for cell, now in zip(printed, row, strict=True)
        if cell.is_label and not cell.is_continued
    )


def _weighted_texts(row: PrintedRow) -> list[tuple[str, float]]:
    """The texts of the cells and how much each says about which row it is."""
    return [
        (without_space(cell.text), 0.0 if cell.is_continued else 2.0 if cell.is_label else 1.0)
        for cell in row
    ]


def _likeness(wanted: tuple[Sequence[tuple[str, float]], bool], texts: Sequence[str]) -> float:
    printed, is_sure = wanted
    score = 0.5 if len(printed) == len(texts) else -0.5
    score += sum(weight for (text, weight), now in zip(printed, texts, strict=False) if text == now)
    return score if not is_sure or score > sum(weight for _, weight in printed) / 2 else 0.0
