"""A line of a list that is higher than a row can be goes on in the next rows, so that nothing of it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from zhengti_zip.base.line_breaking import break_lines, half_widths
from zhengti_zip.workbook.write import style

MAX_HEIGHT = 409
"""The tallest row Excel allows, in pt."""

LEAST_HEIGHT = 24
PADDING = 6
MAX_LINES = (MAX_HEIGHT - PADDING) // style.LINE_HEIGHT
"""Lines of text in the tallest row."""


def row_height(words: Sequence[str], widths: Sequence[float]) -> float:
    """The height in pt of a row with these texts in columns of these widths (in characters)."""
    needed = max(style.lines_needed(word, width) for word, width in zip(words, widths, strict=True))
    return min(max(LEAST_HEIGHT, needed * style.LINE_HEIGHT + PADDING), MAX_HEIGHT)


def row_parts(words: Sequence[str], widths: Sequence[float]) -> list[tuple[str, ...]]:
    """The texts of one line of the list, divided among as many rows as they need; joined they are the texts."""
    columns = [_parts(word, width) for word, width in zip(words, widths, strict=True)]
    return list(zip_longest(*columns, fillvalue=""))


def _parts(text: str, width: float) -> list[str]:
    if style.lines_needed(text, width) <= MAX_LINES:
        return [text]
    limit = style.text_width(width)
    parts, part, used = [], "", 0
    for line in (line for paragraph in text.splitlines(keepends=True) for line in _lines(paragraph, limit)):
        if used == MAX_LINES:
            parts.append(part)
            part, used = "", 0
        part, used = part + line, used + 1
    return [*parts, part]


def _lines(paragraph: str, limit: int) -> list[str]:
    """The lines of a paragraph, the last with its line break."""
    bare = paragraph.rstrip("\r\n")
    lines = break_lines(bare, limit, half_widths)
    return [*lines[:-1], lines[-1] + paragraph[len(bare) :]]
