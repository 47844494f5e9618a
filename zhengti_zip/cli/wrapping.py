"""Text on a terminal: Chinese characters take two cells, and lines may break between most of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

NOT_FIRST = "，。、；：？！）》】」”’…％%,.;:?!)"
"""Marks that never begin a line."""

NOT_LAST = "（《【「“‘("
"""Marks that never end a line."""

_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)


def cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells; a word of ASCII is cut only where no line could hold it."""
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(text, width):
        if line and cells("".join([*line, piece]).strip()) > width:
            end = _break(line, piece)
            lines.append("".join(line[:end]).strip())
            line = line[end:]
        line.append(piece)
    return [*lines, "".join(line).strip()]


def padded(text: str, width: int) -> str:
    """``text`` followed by blanks up to ``width`` cells."""
    return text + " " * (width - cells(text))


def _pieces(text: str, width: int) -> Iterator[str]:
    """Words of ASCII, and every other character by itself."""
    for word in _PIECE.findall(text):
        if len(word) <= width:
            yield word
        else:
            yield from (word[start : start + width] for start in range(0, len(word), width))


def _break(line: list[str], following: str) -> int:
    """How many pieces of ``line`` stay on it when ``following`` no longer fits."""
    end = len(line)
    while end > 0 and (following[0] in NOT_FIRST or line[end - 1] in NOT_LAST):
        end -= 1
        following = line[end]
    return end or len(line)
