"""What two sequences have in common, found within a bound of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

MAX_EQUAL_PAIRS = 60_000
"""Bound of a :class:`Matcher`: pairs of equal items in the two sequences, because the time grows with them.
Two paragraphs of 2,500 characters without a common sentence have about as many."""

COMPARED = 300
"""Characters of each text that :func:`likeness` compares."""

Block = tuple[bool, int, int, int, int]
"""Whether the items are the same, start and end in the first sequence, start and end in the second."""


class Matcher:
    """Compares sequences; all comparisons of one matcher share one bound of work."""

    def __init__(self) -> None:
        self._pairs_left = MAX_EQUAL_PAIRS

    def blocks(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Block]:
        """Divide both sequences into blocks that are the same and blocks that differ, in order.

        What is the same at the start and at the end is found first. The rest is one differing block when
        comparing it would exceed the bound.
        """
        shorter = min(len(old), len(new))
        head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
        tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
        old_end, new_end = len(old) - tail, len(new) - tail
        if head:
            yield True, 0, head, 0, head
        before, after = old[head:old_end], new[head:new_end]
        if self._is_affordable(before, after):
            for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
                yield tag == "equal", head + i1, head + i2, head + j1, head + j2
        elif before or after:
            yield False, head, old_end, head, new_end
        if tail:
            yield True, old_end, len(old), new_end, len(new)

    def _is_affordable(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
        counts = Counter(new)
        pairs = sum(count * counts[item] for item, count in Counter(old).items())
        if not 0 < pairs <= self._pairs_left:
            return False
        self._pairs_left -= pairs
        return True


def best_pairs(scores: Sequence[Sequence[float]], width: int) -> list[tuple[int, int]]:
    """The pairs whose scores have the greatest sum, in order on both sides.

    Only a score above 0 makes a pair. Of several equal choices the first item is paired first. The work
    grows with the number of scores; the caller bounds it.

    Args:
        scores: how alike item i of the first sequence and item j of the second are, at ``[i][j]``.
        width: length of the second sequence.

    Returns:
        Index in the first sequence and index in the second of every pair, in order.
    """
    height = len(scores)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in reversed(range(height)):
        for j in reversed(range(width)):
            paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] > 0 else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < height and j < width:
        if scores[i][j] > 0 and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def likeness(one: str, other: str) -> float:
    """How alike the beginnings of two texts are, from 0 to 1."""
    return SequenceMatcher(None, one[:COMPARED], other[:COMPARED], autojunk=False).ratio()
