"""The lines a paragraph is printed in. PDF, Word file and page breaks all use these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zhengti_zip.base.line_breaking import break_lines, is_letter
from zhengti_zip.grid.metrics import FontMetrics
from zhengti_zip.submission.paths import NO_PATH, InputPath

_PIECE = re.compile(r"[(（][^()（）]*[)）]|[0-9A-Za-z.,%]+|.", re.DOTALL)
"""What is printed in one line of a label that runs downwards."""

_PART = re.compile(r"[0-9A-Za-z.,%]+|.", re.DOTALL)

MAX_CACHED = 600
"""Length in characters of the longest paragraph whose lines are cached."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line.

    Attributes:
        text: what is printed.
        path: of the input it shows; empty for a label.
        paragraph: number of the paragraph of the cell it belongs to, from 0.
        start: index in that paragraph's text at which it starts.
    """

    text: str
    path: InputPath = NO_PATH
    paragraph: int = 0
    start: int = 0


def lines_of(
    text: str, width_pt: float, size_pt: float, bold: bool = False, metrics: FontMetrics | None = None
) -> tuple[str, ...]:
    """The lines of one paragraph, none wider than ``width_pt`` (except a single wider character).

    Joined, they give ``text``: spaces at a break stay at the end of the line, where they take no room.
    Digits count with their wider form in a paragraph that has letters (see :class:`FontMetrics`).

    Args:
        text: the paragraph, without line breaks.
        width_pt: width of the line in pt.
        size_pt: type size in pt.
        metrics: of the fonts; the bundled ones if left out.
    """
    find = _cached if len(text) <= MAX_CACHED else _broken
    return find(text, width_pt, size_pt, bold, metrics or FontMetrics.bundled())


def lines_down(
    text: str, width_pt: float, size_pt: float, bold: bool = False, metrics: FontMetrics | None = None
) -> tuple[str, ...]:
    """The lines of a label printed downwards: a character a line.

    Numbers and what stands in brackets, such as ``（10分）``, stay in one line where they fit.
    """
    known = metrics or FontMetrics.bundled()
    lines: list[str] = []
    for piece in _PIECE.findall(text):
        if known.width(piece, size_pt, bold) <= width_pt:
            lines.append(piece)
            continue
        # What stands in brackets and does not fit: as few lines as numbers that stay whole allow.
        line = ""
        for part in _PART.findall(piece):
            if line and known.width(line + part, size_pt, bold) > width_pt:
                lines.append(line)
                line = ""
            line += part
        lines.append(line)
    return tuple(lines) or ("",)


def _broken(text: str, width_pt: float, size_pt: float, bold: bool, metrics: FontMetrics) -> tuple[str, ...]:
    latin = any(map(is_letter, text))
    return tuple(
        break_lines(text, width_pt * 1000 / size_pt, lambda part: metrics.advances(part, bold, latin))
    )


# PDF and Word file need the same lines, and all departments have the same labels.
_cached = lru_cache(maxsize=1024)(_broken)
