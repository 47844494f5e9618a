"""Where a Chinese text breaks into lines, decided here so that PDF, Word and page breaks agree.

Rules after GB/T 15834 and the practice of official forms: a line never starts with a closing mark and
never ends with an opening one; Latin words and numbers stay whole unless wider than the line; a mark
that cannot start a line takes the character before it along.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from zhengti_zip.grid.metrics import FontMetrics

NO_START = frozenset("、。，．；：？！）〕］｝〉》」』】〗”’…—～·％‰℃°!%),.:;?]}¢′″々ー﹚﹜﹞")
NO_END = frozenset("（〔［｛〈《「『【〖“‘([{£¥￥＄$﹙﹛﹝")
TOLERANCE = 1e-6


class Advances(Protocol):
    """Something that knows how wide text is, as :class:`FontMetrics` does."""

    def advances(self, text: str, bold: bool = False, latin: bool = False) -> int:
        """Width of a text in 1/1000 em."""


def wrap(
    text: str, width_pt: float, size_pt: float, bold: bool = False, metrics: Advances | None = None
) -> list[str]:
    """Break one paragraph into lines no wider than ``width_pt`` (a single wider character excepted).

    Spaces at a break are kept at the end of the line, where they take no room.
    """
    measure = _Measure(metrics or FontMetrics.bundled(), bold, any(map(_is_letter, text)))
    limit = width_pt * 1000 / size_pt + TOLERANCE
    lines: list[str] = []
    line, used = "", 0
    for whole in _units(text):
        unit = whole
        shown = unit.rstrip(" ")
        width = measure(shown)
        if line and used + width > limit:
            lines.append(line)
            line, used = "", 0
        if width > limit:
            *full, unit = _split(unit, limit, measure)
            lines += full
        line += unit
        used += width if unit == shown else measure(unit)
    lines.append(line)
    return lines


@dataclass(frozen=True, slots=True)
class _Measure:
    """Widths in 1/1000 em; digits are taken at their wider form in paragraphs that have letters."""

    metrics: Advances
    bold: bool
    latin: bool

    def __call__(self, text: str) -> int:
        return self.metrics.advances(text, self.bold, self.latin)


def _is_letter(char: str) -> bool:
    """Whether a character is a letter of an alphabet such as Latin, Greek or Cyrillic."""
    return char.isalpha() and not _is_wide(char)


def _split(unit: str, limit: float, measure: _Measure) -> list[str]:
    """Cut an unbreakable unit that is wider than a line between clusters, but not before a closing mark."""
    pieces: list[list[str]] = []
    piece: list[str] = []
    used = 0
    for cluster in _clusters(unit):
        width = measure(cluster)
        if piece and used + width > limit:
            kept = _last_cut(piece, cluster)
            pieces.append(piece[:kept])
            piece = piece[kept:]
            used = sum(map(measure, piece))
        piece.append(cluster)
        used += width
    return ["".join(part) for part in [*pieces, piece]]


def _last_cut(piece: list[str], following: str) -> int:
    """How many clusters of a full line stay on it, so that the next line starts with none of NO_START."""
    for kept in range(len(piece), 0, -1):
        after = piece[kept] if kept < len(piece) else following
        if after[0] not in NO_START and piece[kept - 1][-1] not in NO_END:
            return kept
    return len(piece)


def _units(text: str) -> Iterator[str]:
    """The text in pieces between which a line may break."""
    unit = ""
    for cluster in _clusters(text):
        if unit and _may_break(unit, cluster[0]):
            yield unit
            unit = ""
        unit += cluster
    if unit:
        yield unit


def _clusters(text: str) -> Iterator[str]:
    """Characters together with the marks and joiners that belong to them."""
    cluster = ""
    for char in text:
        joined = cluster.endswith("\u200d") or unicodedata.category(char) in ("Mn", "Me", "Cf")
        if cluster and not joined:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _may_break(unit: str, after: str) -> bool:
    """Whether a line may break between a piece of text and the character after it."""
    if after == " ":
        return False
    before = unit.rstrip(" ")[-1:] or " "
    if after in NO_START or before in NO_END:
        return False
    if unit[-1] == " " or _is_wide(before) or _is_wide(after):
        return True
    # A hyphen joins words and years; after anything else it is a minus sign.
    return before == "-" and unit[-2:-1].isalnum() and after.isalnum()


def _is_wide(char: str) -> bool:
    """Whether a line may break beside the character: ideographs and full-width forms, not Latin."""
    return unicodedata.east_asian_width(char) in ("W", "F") or char in "“”‘’…—·"
