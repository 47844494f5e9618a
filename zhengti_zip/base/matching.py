"""What two sequences have in common, found within a bound of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

MAX_PAIRS = 60_000
"""Pairs of equal units looked at in two sequences, since time grows with them. Two paragraphs of 2,500
characters without a common sentence have about as many; what is beyond is taken as different."""

Block = tuple[bool, int, int, int, int]
"""Whether the units are the same, where they begin and end in the first sequence, and in the second."""


class Matcher:
    """Compares sequences; remembers how much it may still do."""

    def __init__(self) -> None:
        self._pairs_left = MAX_PAIRS

    def blocks(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Block]:
        """The two sequences in stretches, those that are the same and those that are not by turns."""
        shorter = min(len(old), len(new))
        head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
        tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
        end, other_end = len(old) - tail, len(new) - tail
        if head:
            yield True, 0, head, 0, head
        before, after = old[head:end], new[head:other_end]
        if self._is_affordable(before, after):
            for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
                yield tag == "equal", head + i1, head + i2, head + j1, head + j2
        elif before or after:
            yield False, head, end, head, other_end
        if tail:
            yield True, end, len(old), other_end, len(new)

    def _is_affordable(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
        counts = Counter(new)
        pairs = sum(count * counts[unit] for unit, count in Counter(old).items())
        if not 0 < pairs <= self._pairs_left:
            return False
        self._pairs_left -= pairs
        return True
