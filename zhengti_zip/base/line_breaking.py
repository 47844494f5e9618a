"""Where a Chinese text breaks into lines: in print, on a terminal and in the cell of a workbook.

Rules after GB/T 15834 and the practice of official forms: no line starts with a closing mark or ends
with an opening one; Latin words and numbers stay whole unless wider than the line; a mark that cannot
start a line takes the character before it along.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

NO_START = frozenset("、。，．；：？！）〕］｝〉》」』】〗”’…—～·％‰℃°!%),.:;?]}¢′″々ー﹚﹜﹞")
"""Characters that start no line."""

NO_END = frozenset("（〔［｛〈《「『【〖“‘([{£¥￥＄$﹙﹛﹝")
"""Characters that end no line."""

TOLERANCE = 1e-6

Width = Callable[[str], float]
"""The width of a text in any unit; of joined texts the sum of their widths."""


def break_lines(text: str, limit: float, width: Width, *, at_hyphens: bool = True) -> list[str]:
    """Break one paragraph into lines no wider than ``limit`` (except a single wider character).

    Args:
        text: the paragraph, without line breaks.
        limit: width of the line, in the unit of ``width``.
        width: measures a part of the text.
        at_hyphens: whether a line may break after the hyphen inside a word.

    Returns:
        At least one line. Joined, they give ``text``: spaces at a break stay at the end of the line and
        do not count for its width.
    """
    limit += TOLERANCE
    lines: list[str] = []
    line, used = "", 0.0
    for whole in _units(text, at_hyphens):
        unit = whole
        shown = unit.rstrip(" ")
        needed = width(shown)
        if line and used + needed > limit:
            lines.append(line)
            line, used = "", 0.0
        if needed > limit:
            *full, unit = _split(unit, limit, width)
            lines += full
        line += unit
        used += needed if unit == shown else width(unit)
    lines.append(line)
    return lines


def half_widths(text: str) -> int:
    """Width of a text in half-width characters: 2 for a character that Unicode calls wide, 1 for any other."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def estimated_lines(text: str, limit: int) -> int:
    """About how many lines another program needs, whose fonts and rules for line breaks are not known.

    Args:
        text: one or more paragraphs, separated by line breaks.
        limit: width of a line in half-width characters.
    """
    return sum(max(1, -(-half_widths(paragraph) // limit)) for paragraph in text.split("\n"))


def is_letter(char: str) -> bool:
    """Whether a character is a letter of an alphabet such as Latin, Greek or Cyrillic."""
    return char.isalpha() and not _is_wide(char)


def _split(unit: str, limit: float, width: Width) -> list[str]:
    """Cut an unbreakable unit that is wider than a line between clusters, but not before a closing mark."""
    parts: list[list[str]] = []
    part: list[str] = []
    used = 0.0
    for cluster in _clusters(unit):
        needed = width(cluster)
        if part and used + needed > limit:
            kept = _last_cut(part, cluster)
            parts.append(part[:kept])
            part = part[kept:]
            used = sum(map(width, part))
        part.append(cluster)
        used += needed
    return ["".join(clusters) for clusters in [*parts, part]]


def _last_cut(part: list[str], following: str) -> int:
    """How many clusters of a full line stay on it, so that the next line starts with none of NO_START."""
    for kept in range(len(part), 0, -1):
        after = part[kept] if kept < len(part) else following
        if after[0] not in NO_START and part[kept - 1][-1] not in NO_END:
            return kept
    return len(part)


def _units(text: str, at_hyphens: bool) -> Iterator[str]:
    """The parts of a text between which a line may break."""
    unit = ""
    for cluster in _clusters(text):
        if unit and _may_break(unit, cluster[0], at_hyphens):
            yield unit
            unit = ""
        unit += cluster
    if unit:
        yield unit


def _clusters(text: str) -> Iterator[str]:
    """Characters together with the combining marks and joiners that belong to them."""
    cluster = ""
    for char in text:
        joined = cluster.endswith("\u200d") or unicodedata.category(char) in ("Mn", "Me", "Cf")
        if cluster and not joined:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _may_break(unit: str, after: str, at_hyphens: bool) -> bool:
    """Whether a line may break between a part of a text and the character after it."""
    if after == " ":
        return False
    before = unit.rstrip(" ")[-1:] or " "
    if after in NO_START or before in NO_END:
        return False
    if unit[-1] == " " or _is_wide(before) or _is_wide(after):
        return True
    # A hyphen joins words and years; after anything else it is a minus sign.
    return at_hyphens and before == "-" and unit[-2:-1].isalnum() and after.isalnum()


def _is_wide(char: str) -> bool:
    """Whether a line may break beside the character: ideographs and full-width forms, not Latin."""
    return unicodedata.east_asian_width(char) in ("W", "F") or char in "“”‘’…—·"
