"""Texts that equal a text of another department, word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind, beginning
from zhengti_zip.batch.crosschecks.thresholds import SURE_CHARACTERS, TEXT_CHARACTERS
from zhengti_zip.batch.crosschecks.wording import Writing, departments_of

SHOWN = 10
"""Most departments of a doubt that are named or quoted."""


def equal_texts(writings: Iterable[Writing]) -> Iterator[Doubt]:
    """A doubt for every text that several departments have."""
    for group in equal_groups(writings).values():
        if (count := departments_of(group)) > 1:
            words = f"{count} 个部门的这段文字逐字相同（不计标点、部门名称和多数部门都写的套话）"
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
    quotes = [f"{writing.party.department}：“{beginning(writing.text)}”" for writing in ordered[:SHOWN]]
    if len(ordered) > SHOWN:
        quotes.append(f"另有 {len(ordered) - SHOWN} 段")
    parties = tuple(writing.party for writing in ordered)
    return Doubt(kind, parties, "、".join(labels[:SHOWN]), message, tuple(quotes), certainty)
