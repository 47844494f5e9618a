"""Which rows of two lists belong together, so that an inserted row is one row more and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from zhengti_zip.base.matching import Matcher

Item = TypeVar("Item")

Pair = tuple[int | None, int | None]
"""Index before and index after; None where a row was added or removed."""

ALIKE = 0.5
"""Share of common characters from which two rows are taken for one that was reworded."""

MAX_COMPARED = 4_000
"""Pairs of rows compared with each other; beyond, rows are taken in turn."""


def align(
    before: Sequence[Item],
    after: Sequence[Item],
    keys: Sequence[Callable[[Item], Hashable]],
    text: Callable[[Item], str],
) -> list[Pair]:
    """Pair up two lists of rows, in order; a row that changed its place is removed here and added there.

    Args:
        keys: what makes two rows the same, from the strictest to the most lenient; at least one.
        text: the words of a row; rows with many common characters belong together.

    Returns:
        Every index of both lists once, in the order of ``after``; removed rows stand where they were.
    """
    return _Aligner(before, after, keys, text).between(0, len(before), 0, len(after), 0)


class _Aligner:
    def __init__(
        self,
        before: Sequence[Item],
        after: Sequence[Item],
        keys: Sequence[Callable[[Item], Hashable]],
        text: Callable[[Item], str],
    ) -> None:
        self._keys = [([key(item) for item in before], [key(item) for item in after]) for key in keys]
        self._before = [Counter(text(item)) for item in before]
        self._after = [Counter(text(item)) for item in after]
        self._matcher = Matcher()
        old, new = self._keys[0]
        there, here = set(new), set(old)
        self._before_is_elsewhere = [key in there for key in old]
        self._after_is_elsewhere = [key in here for key in new]

    def between(self, i1: int, i2: int, j1: int, j2: int, level: int) -> list[Pair]:
        """The pairs of a stretch of rows, from key number ``level`` on."""
        if i1 == i2 or j1 == j2:
            return _unpaired(i1, i2, j1, j2)
        if level == len(self._keys):
            return self._alike(i1, i2, j1, j2)
        old, new = self._keys[level]
        pairs: list[Pair] = []
        for is_same, a1, a2, b1, b2 in self._matcher.blocks(old[i1:i2], new[j1:j2]):
            if is_same:
                pairs += zip(range(i1 + a1, i1 + a2), range(j1 + b1, j1 + b2), strict=True)
            else:
                pairs += self.between(i1 + a1, i1 + a2, j1 + b1, j1 + b2, level + 1)
        return pairs

    def _alike(self, i1: int, i2: int, j1: int, j2: int) -> list[Pair]:
        """Rows paired so that they have as much in common as possible, in all."""
        height, width = i2 - i1, j2 - j1
        if height * width > MAX_COMPARED:
            return _in_turn(i1, i2, j1, j2)
        common = [[self._likeness(i1 + i, j1 + j) for j in range(width)] for i in range(height)]
        best = [[0.0] * (width + 1) for _ in range(height + 1)]
        for i in reversed(range(height)):
            for j in reversed(range(width)):
                paired = common[i][j] + best[i + 1][j + 1] if common[i][j] else 0.0
                best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
        pairs: list[Pair] = []
        i = j = start_i = start_j = 0
        while i < height and j < width:
            if common[i][j] and best[i][j] == common[i][j] + best[i + 1][j + 1]:
                pairs += self._rest(i1 + start_i, i1 + i, j1 + start_j, j1 + j)
                pairs.append((i1 + i, j1 + j))
                i, j = i + 1, j + 1
                start_i, start_j = i, j
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return pairs + self._rest(i1 + start_i, i2, j1 + start_j, j2)

    def _rest(self, i1: int, i2: int, j1: int, j2: int) -> list[Pair]:
        """As many rows as before in the same place are the same rows, however much was rewritten."""
        moved = any(self._before_is_elsewhere[i1:i2]) or any(self._after_is_elsewhere[j1:j2])
        return _in_turn(i1, i2, j1, j2) if i2 - i1 == j2 - j1 and not moved else _unpaired(i1, i2, j1, j2)

    def _likeness(self, i: int, j: int) -> float:
        """Share of common characters; 0 when it is too small, or one of the two has only moved away."""
        if self._before_is_elsewhere[i] or self._after_is_elsewhere[j]:
            return 0.0
        old, new = self._before[i], self._after[j]
        size = old.total() + new.total()
        share = 2 * (old & new).total() / size if size else 1.0
        return share if share >= ALIKE else 0.0


def _in_turn(i1: int, i2: int, j1: int, j2: int) -> list[Pair]:
    both = min(i2 - i1, j2 - j1)
    pairs: list[Pair] = list(zip(range(i1, i1 + both), range(j1, j1 + both), strict=True))
    return pairs + _unpaired(i1 + both, i2, j1 + both, j2)


def _unpaired(i1: int, i2: int, j1: int, j2: int) -> list[Pair]:
    return [*((i, None) for i in range(i1, i2)), *((None, j) for j in range(j1, j2))]
