"""What changed between two wordings, in pieces a reader of Chinese would mark.

Numbers and words of other scripts change as a whole, Chinese characters one by one; a character or two
that happen to stay between two changes are not left standing alone. Texts are compared sentence by
sentence, and what is left unit by unit; what is too much work is replaced as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from zhengti_zip.base.matching import Matcher

ISLAND = 4
"""Characters that may stay between two changes and are counted as changed all the same."""

LOOKED_AT = 64
"""Characters of a change that tell whether it outweighs an island."""

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
    """A stretch of two texts: ``removed`` stood there before, ``added`` now; ``kept`` follows in both."""

    removed: str
    added: str
    kept: str


def text_changes(before: str, after: str) -> list[TextChange]:
    """How ``before`` becomes ``after``.

    Joining ``removed + kept`` of all gives ``before``, joining ``added + kept`` gives ``after``. The
    first may have nothing but ``kept``; every other has something removed or added. Equal texts give
    one edit, two empty ones none.
    """
    found: list[TextChange] = []
    matcher = Matcher()
    for is_same, old, new in _stretches(matcher, _SENTENCE.findall(before), _SENTENCE.findall(after)):
        if is_same:
            _append(found, TextChange("", "", old))
            continue
        for is_kept, removed, added in _stretches(matcher, _units(old), _units(new)):
            _append(found, TextChange("", "", removed) if is_kept else TextChange(removed, added, ""))
    return _without_islands(found)


def _stretches(matcher: Matcher, before: list[str], after: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Whether a stretch of units is the same in both, what was, what is."""
    for is_same, i1, i2, j1, j2 in matcher.blocks(before, after):
        yield is_same, "".join(before[i1:i2]), "".join(after[j1:j2])


def _units(text: str) -> list[str]:
    """Numbers, words and characters; a mark stays with the character it belongs to."""
    units: list[str] = []
    for unit in _UNIT.findall(text):
        if units and (_attaches(unit[0]) or units[-1].endswith(_JOINER)):
            units[-1] += unit
        else:
            units.append(unit)
    return units


def _attaches(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char == _JOINER or ord(char) in _SKIN_TONES


def _append(found: list[TextChange], edit: TextChange) -> None:
    """Add an edit; one that only keeps, or follows a change directly, goes on with the one before it."""
    last = found[-1] if found else None
    if last and not (edit.removed or edit.added):
        found[-1] = TextChange(last.removed, last.added, last.kept + edit.kept)
    elif last and not last.kept:
        found[-1] = TextChange(last.removed + edit.removed, last.added + edit.added, edit.kept)
    else:
        found.append(edit)


def _without_islands(found: list[TextChange]) -> list[TextChange]:
    """Changes joined where what stays between them is short, and shorter than either."""
    joined: list[TextChange] = []
    for edit in found:
        joined.append(edit)
        while len(joined) > 1 and _is_island(*joined[-2:]):
            left, right = joined[-2:]
            removed = left.removed + left.kept + right.removed
            joined[-2:] = [TextChange(removed, left.added + left.kept + right.added, right.kept)]
    return joined


def _is_island(left: TextChange, right: TextChange) -> bool:
    size = len(left.kept)
    return size <= ISLAND and all(size <= _weight(edit) for edit in (left, right))


def _weight(edit: TextChange) -> int:
    """Units that changed, as far as an island may have: a long number is one, like a character."""
    return max(len(_units(text[:LOOKED_AT])) for text in (edit.removed, edit.added))


def excerpt(before: str, after: str, context: int = 8) -> tuple[str, str]:
    """Both texts cut down to what changed and a few characters around it; … stands for what is left out."""
    found = text_changes(before, after)
    old, new = "", ""
    for number, edit in enumerate(found):
        is_last = number == len(found) - 1
        kept = edit.kept
        starts = number == 0 and not (edit.removed or edit.added)
        if starts and not is_last:
            kept = kept if len(kept) <= context + 1 else "…" + kept[-context:]
        elif is_last and not starts:
            kept = kept if len(kept) <= context + 1 else kept[:context] + "…"
        elif len(kept) > 2 * context + 1:
            kept = f"{kept[:context]}…{kept[-context:]}"
        old, new = old + edit.removed + kept, new + edit.added + kept
    return old, new
