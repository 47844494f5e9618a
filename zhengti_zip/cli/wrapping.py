"""Width and line breaking of text on a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

NOT_FIRST = "，。、；：？！）》】」”’…％%,.;:?!)"
"""Characters that may not begin a line."""

NOT_LAST = "（《【「“‘("
"""Characters that may not end a line."""

_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)


def cells(text: str) -> int:
    """Width of ``text`` in cells."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells; an ASCII word is cut only when it is wider than a line."""
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
    """``text`` padded with spaces to ``width`` cells."""
    return text + " " * (width - cells(text))


def _pieces(text: str, width: int) -> Iterator[str]:
    """ASCII words, and all other characters one by one."""
    for word in _PIECE.findall(text):
        if len(word) <= width:
            yield word
        else:
            yield from (word[start : start + width] for start in range(0, len(word), width))


def _break(line: list[str], following: str) -> int:
    """Number of pieces that stay on ``line`` when ``following`` does not fit."""
    end = len(line)
    while end > 0 and (following[0] in NOT_FIRST or line[end - 1] in NOT_LAST):
        end -= 1
        following = line[end]
    return end or len(line)
