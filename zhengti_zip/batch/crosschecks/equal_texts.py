"""Texts that equal a text of another department, word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind, quote
from zhengti_zip.batch.crosschecks.thresholds import SURE_CHARACTERS, TEXT_CHARACTERS
from zhengti_zip.batch.crosschecks.wording import Writing, departments_of

SHOWN = 10
"""Most texts of a doubt that are quoted."""

BEFORE = 15
"""Characters quoted before the first difference of two texts."""


def equal_texts(writings: Iterable[Writing]) -> Iterator[Doubt]:
    """A doubt for every text that several departments have."""
    for group in equal_groups(writings).values():
        if (count := departments_of(group)) > 1:
            words = f"{count} 个部门的这段文字逐字相同（不计标点、部门名称和许多部门都写的套话）"
            is_long = len(group[0].exact) >= SURE_CHARACTERS
            certainty = Certainty.HIGH if is_long else Certainty.MEDIUM
            yield doubt_about(DoubtKind.SAME_TEXT, group, words, certainty)


def equal_groups(writings: Iterable[Writing]) -> dict[str, list[Writing]]:
    """The texts that are long enough, by their own words."""
    groups: defaultdict[str, list[Writing]] = defaultdict(list)
    for writing in writings:
        if len(writing.exact) >= TEXT_CHARACTERS:
            groups[writing.exact].append(writing)
    return groups


def doubt_about(kind: DoubtKind, group: Sequence[Writing], message: str, certainty: Certainty) -> Doubt:
    """A doubt about the texts of several departments."""
    ordered = sorted(group, key=lambda writing: writing.party)
    labels = list(dict.fromkeys(writing.label for writing in ordered))
    shown = ordered[:SHOWN]
    start = _first_difference([writing.text for writing in shown]) if kind is DoubtKind.NEAR_TEXT else 0
    quotes = [f"{writing.party.department}：{quote(writing.text, start)}" for writing in shown]
    if len(ordered) > SHOWN:
        quotes.append(f"另有 {len(ordered) - SHOWN} 段")
    parties = tuple(writing.party for writing in ordered)
    return Doubt(kind, parties, "、".join(labels[:SHOWN]), message, tuple(quotes), certainty)


def _first_difference(texts: Sequence[str]) -> int:
    """Where to quote texts from, so that what differs is seen; 0 when that is near the beginning anyway."""
    same = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*texts, strict=False)))
    return same - BEFORE if same > 2 * BEFORE else 0
