"""Texts that nearly equal a text of another department.

No text is compared with all others. Each is entered in an index by a few of its pieces, always the same ones of the
same words; a text is compared with the few that share most of these, and texts that are alike make one group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from heapq import nsmallest
from zlib import crc32

from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind
from zhengti_zip.batch.crosschecks.equal_texts import doubt_about, equal_groups
from zhengti_zip.batch.crosschecks.thresholds import ALMOST_SHARE, NEAR_CHARACTERS, NEAR_SHARE, SHINGLE
from zhengti_zip.batch.crosschecks.wording import Writing, departments_of

KEYS = 32
"""Pieces by which a text stands in the index. Of texts that share 70%, the chance that none is shared is 0.3³²."""

LONG = 80
"""Characters from which on a quarter of the pieces is enough to choose from, so that long texts take less time."""

MAX_ENTRIES = 20
"""Most texts at one key of the index, so that a piece that many have takes no more time than others."""

LEAST_SHARED = 4
"""Texts that share less than one in so many of their keys are not compared: those that are alike share about 70%."""

MAX_COMPARED = 5
"""Most texts that one is compared with."""


def near_texts(writings: Iterable[Writing]) -> Iterator[Doubt]:
    """A doubt for every group of texts of several departments that are alike but not all equal."""
    equal = [group for group in equal_groups(writings).values() if len(group[0].masked) >= NEAR_CHARACTERS]
    groups = _Groups(len(equal))
    index: defaultdict[int, list[int]] = defaultdict(list)
    for number, (writing, *_) in enumerate(equal):
        keys = _keys(writing.masked)
        shared = Counter(other for key in keys for other in index[key])
        for other, count in shared.most_common(MAX_COMPARED):
            if count * LEAST_SHARED < len(keys):
                break
            if not groups.are_one(number, other) and not _are_of_one(equal[number], equal[other]):
                groups.unite(number, other, similarity(writing.masked, equal[other][0].masked))
        for key in keys:
            if len(index[key]) < MAX_ENTRIES:
                index[key].append(number)
    for numbers, share in groups.several():
        group = [writing for number in numbers for writing in equal[number]]
        yield _doubt(group, share)


@lru_cache(maxsize=4096)
def _pieces(text: str) -> frozenset[str]:
    return frozenset(text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1))


def similarity(one: str, other: str) -> Fraction:
    """The pieces that two texts share, as a share of those of the text that has more."""
    first, second = _pieces(one), _pieces(other)
    most = max(len(first), len(second))
    return Fraction(len(first & second), most) if most else Fraction(0)


def _keys(text: str) -> list[int]:
    """The pieces a text is entered by: those with the smallest checksums, which depends on nothing but the piece.

    Of a long text only the pieces count that begin with certain characters, a quarter of all.
    """
    starts: Iterable[int] = range(len(text) - SHINGLE + 1)
    if len(text) > LONG:
        starts = (start for start in starts if ord(text[start]) % 4 == 0)
    pieces = {text[start : start + SHINGLE] for start in starts}
    return nsmallest(KEYS, {crc32(piece.encode("utf-8", "surrogatepass")) for piece in pieces})


def _are_of_one(one: Sequence[Writing], other: Sequence[Writing]) -> bool:
    return departments_of((*one, *other)) == 1


class _Groups:
    """Numbers in disjoint groups."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))
        self._share: dict[int, Fraction] = {}

    def _head(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def are_one(self, one: int, other: int) -> bool:
        return self._head(one) == self._head(other)

    def unite(self, one: int, other: int, share: Fraction) -> None:
        """Join the groups of two texts if they are nearly equal; a group keeps its smallest share."""
        if share < NEAR_SHARE:
            return
        low, high = sorted((self._head(one), self._head(other)))
        self._above[high] = low
        self._share[low] = min(share, self._share.get(low, share), self._share.pop(high, share))

    def several(self) -> Iterator[tuple[list[int], Fraction]]:
        """The groups of more than one, each with its share."""
        members: defaultdict[int, list[int]] = defaultdict(list)
        for number in range(len(self._above)):
            members[self._head(number)].append(number)
        yield from ((numbers, self._share[head]) for head, numbers in members.items() if len(numbers) > 1)


def _doubt(group: Sequence[Writing], share: Fraction) -> Doubt:
    count = departments_of(group)
    if share == 1:
        words = f"{count} 个部门的这段文字只有数字不同"
    else:
        words = f"{count} 个部门的这段文字有 {int(share * 100)}% 相同，只改了个别字句"
    certainty = Certainty.MEDIUM if share >= ALMOST_SHARE else Certainty.LOW
    return doubt_about(DoubtKind.NEAR_TEXT, group, f"{words}（不计标点、部门名称和套话）", certainty)
