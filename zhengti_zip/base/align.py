"""Align the rows of two lists: which are the same row, which were inserted, which were removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from zhengti_zip.base.matching import Matcher, best_pairs

Item = TypeVar("Item")

Pair = tuple[int | None, int | None]
"""Index before and index after; None where a row was inserted or removed."""

ALIKE = 0.5
"""Share of common characters from which two rows count as one row that was reworded."""

MAX_COMPARED = 4_000
"""Bound of work: with more pairs of rows than this, rows are paired by their position."""


def align(
    before: Sequence[Item],
    after: Sequence[Item],
    keys: Sequence[Callable[[Item], Hashable]],
    text: Callable[[Item], str],
) -> list[Pair]:
    """Pair the rows of two lists, in order. A row that moved is removed in one place and inserted in another.

    Args:
        keys: rows with an equal key are the same row; from the strictest key to the most lenient, at least one.
        text: the words of a row; rows with many common characters are the same row, reworded.

    Returns:
        Every index of both lists once, in the order of ``after``; removed rows stand where they were before.
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
        """The pairs in a range of rows, compared by key number ``level`` and the ones after it."""
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
        """Pair reworded rows so that all pairs together have as much in common as possible."""
        height, width = i2 - i1, j2 - j1
        if height * width > MAX_COMPARED:
            return _in_turn(i1, i2, j1, j2)
        shares = [[self._share(i, j) for j in range(j1, j2)] for i in range(i1, i2)]
        pairs: list[Pair] = []
        next_i, next_j = i1, j1
        for i, j in best_pairs(shares, width):
            pairs += self._rest(next_i, i1 + i, next_j, j1 + j)
            pairs.append((i1 + i, j1 + j))
            next_i, next_j = i1 + i + 1, j1 + j + 1
        return pairs + self._rest(next_i, i2, next_j, j2)

    def _rest(self, i1: int, i2: int, j1: int, j2: int) -> list[Pair]:
        """Pair rows by position where as many stand as before: they were rewritten as a whole."""
        moved = any(self._before_is_elsewhere[i1:i2]) or any(self._after_is_elsewhere[j1:j2])
        return _in_turn(i1, i2, j1, j2) if i2 - i1 == j2 - j1 and not moved else _unpaired(i1, i2, j1, j2)

    def _share(self, i: int, j: int) -> float:
        """Share of common characters; 0 when it is below ALIKE or one of the rows only moved."""
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
