"""The changes between two versions of a text, divided as a reader of Chinese would mark them.

Texts are compared sentence by sentence, and sentences that differ unit by unit. A unit is a number, a word
of another script or one Chinese character. A few unchanged characters between two changes count as changed.
What exceeds the bound of work is replaced as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from zhengti_zip.base.matching import Matcher

ISLAND = 4
"""Up to this many unchanged characters between two changes count as changed."""

COUNTED = 64
"""Characters of a change that are counted to compare its size with an island."""

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
_HAN_AND_KANA = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = re.compile(
    r"\d+(?:[.,．]\d+)*[%％‰]?"  # a number with its separators
    rf"|[^\W\d_{_HAN_AND_KANA}]+"  # a word
    "|[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    r"|.",
    re.DOTALL,
)
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class TextChange:
    """One change of a text: ``removed`` was replaced by ``added``; ``kept`` follows it in both versions."""

    removed: str
    added: str
    kept: str


def text_changes(before: str, after: str) -> list[TextChange]:
    """The changes from ``before`` to ``after``.

    Joining ``removed + kept`` of all changes gives ``before``, joining ``added + kept`` gives ``after``. The
    first may have only ``kept``; every other has something removed or added. Equal texts give one change
    with ``kept`` alone, two empty texts give none.
    """
    found: list[TextChange] = []
    matcher = Matcher()
    for is_same, old, new in _blocks(matcher, _SENTENCE.findall(before), _SENTENCE.findall(after)):
        if is_same:
            _append(found, TextChange("", "", old))
            continue
        for is_kept, removed, added in _blocks(matcher, _units(old), _units(new)):
            _append(found, TextChange("", "", removed) if is_kept else TextChange(removed, added, ""))
    return _without_islands(found)


def _blocks(matcher: Matcher, before: list[str], after: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Blocks of units: whether they are the same in both, their text before, their text after."""
    for is_same, i1, i2, j1, j2 in matcher.blocks(before, after):
        yield is_same, "".join(before[i1:i2]), "".join(after[j1:j2])


def _units(text: str) -> list[str]:
    """Divide a text into numbers, words and characters. Combining marks stay with their character."""
    units: list[str] = []
    for unit in _UNIT.findall(text):
        if units and (_attaches(unit[0]) or units[-1].endswith(_JOINER)):
            units[-1] += unit
        else:
            units.append(unit)
    return units


def _attaches(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char == _JOINER or ord(char) in _SKIN_TONES


def _append(found: list[TextChange], change: TextChange) -> None:
    """Add a change; join it with the one before when it only keeps text or follows it directly."""
    last = found[-1] if found else None
    if last and not (change.removed or change.added):
        found[-1] = TextChange(last.removed, last.added, last.kept + change.kept)
    elif last and not last.kept:
        found[-1] = TextChange(last.removed + change.removed, last.added + change.added, change.kept)
    else:
        found.append(change)


def _without_islands(found: list[TextChange]) -> list[TextChange]:
    """Join changes when the text kept between them is short and not longer than either of them."""
    joined: list[TextChange] = []
    for change in found:
        joined.append(change)
        while len(joined) > 1 and _is_island(*joined[-2:]):
            left, right = joined[-2:]
            removed = left.removed + left.kept + right.removed
            joined[-2:] = [TextChange(removed, left.added + left.kept + right.added, right.kept)]
    return joined


def _is_island(left: TextChange, right: TextChange) -> bool:
    size = len(left.kept)
    return size <= ISLAND and all(size <= _weight(change) for change in (left, right))


def _weight(change: TextChange) -> int:
    """The size of a change in units, so that a long number counts like one character."""
    return max(len(_units(text[:COUNTED])) for text in (change.removed, change.added))


def excerpt(before: str, after: str, context: int = 8) -> tuple[str, str]:
    """Both texts cut to the changes and ``context`` characters around them; … stands for what is left out."""
    found = text_changes(before, after)
    old, new = "", ""
    for number, change in enumerate(found):
        is_last = number == len(found) - 1
        kept = change.kept
        starts = number == 0 and not (change.removed or change.added)
        if starts and not is_last:
            kept = kept if len(kept) <= context + 1 else "…" + kept[-context:]
        elif is_last and not starts:
            kept = kept if len(kept) <= context + 1 else kept[:context] + "…"
        elif len(kept) > 2 * context + 1:
            kept = f"{kept[:context]}…{kept[-context:]}"
        old, new = old + change.removed + kept, new + change.added + kept
    return old, new
