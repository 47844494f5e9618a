"""A small fixed subset of Markdown: headings, paragraphs, lists and tables, each line one of them.

``#`` to ``###`` begin a heading, ``- `` and ``1. `` an entry of a list, ``|`` a row of a table whose second row says
how its columns are aligned (``:--``, ``:-:``, ``--:``). Every other line is a paragraph. A backslash takes its meaning
from the mark behind it, so that :func:`marked` can put any text anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import punctuation

MAX_HEADING = 3


class Side(StrEnum):
    """Where the texts of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list. ``mark`` is what stands before it: ``1.``, or "" for a list without numbers."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sides: tuple[Side, ...]


Block = Heading | Text | Entry | Table

_HEADING = re.compile(rf"(#{{1,{MAX_HEADING}}}) +(.*)")
_ENTRY = re.compile(r"(-|[0-9]+\.) +(.*)")
_CELL = re.compile(r"((?:\\.|[^\\|])*)\|")
_SIDE = re.compile(r"(:?)-+(:?)")
_MARK = re.compile(f"[{re.escape(punctuation)}]")
_ESCAPE = re.compile(r"\\(.)")


class MarkupMistake(ValueError):
    """A table that is none.

    Attributes:
        line: its number, from 1.
        words: what is wrong, in Chinese.
    """

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line, self.words = line, words


def marked(text: str) -> str:
    """A text as Markdown that means nothing but itself, in one line; :func:`blocks_of` gives its line breaks back."""
    return _MARK.sub(r"\\\g<0>", text).replace("\n", "\\n")


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a document.

    Raises:
        MarkupMistake: a row of a table has not as many cells as its heads, or there are no alignments.
    """
    return tuple(_blocks(markdown.split("\n")))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        number += 1
        if line.startswith("|"):
            end = number
            while end < len(lines) and lines[end].strip().startswith("|"):
                end += 1
            yield _table(lines[number - 1 : end], number)
            number = end
        elif found := _HEADING.fullmatch(line):
            yield Heading(len(found[1]), _unmarked(found[2]))
        elif found := _ENTRY.fullmatch(line):
            yield Entry("" if found[1] == "-" else found[1], _unmarked(found[2]))
        elif line:
            yield Text(_unmarked(line))


def _table(lines: Sequence[str], first: int) -> Table:
    heads, *others = (_cells(line, first + place) for place, line in enumerate(lines))
    sides = [_SIDE.fullmatch(cell) for cell in others[0]] if others else []
    if len(sides) != len(heads) or not all(sides):
        raise MarkupMistake(first + 1, "表头下面一行应写明各栏怎样对齐，例如 |:--|:-:|--:|")
    for place, row in enumerate(others):
        if len(row) != len(heads):
            raise MarkupMistake(first + 1 + place, f"这一行有 {len(row)} 栏，表头有 {len(heads)} 栏")
    rows = (tuple(map(_unmarked, row)) for row in others[1:])
    return Table(tuple(map(_unmarked, heads)), tuple(rows), tuple(map(_side, others[0])))


def _cells(line: str, number: int) -> list[str]:
    inside = line.strip()[1:]
    found = list(_CELL.finditer(inside))
    if not found or found[-1].end() != len(inside):
        raise MarkupMistake(number, "表格的每一行都应以“|”开头、以“|”结尾")
    return [match[1].strip() for match in found]


def _side(cell: str) -> Side:
    left, right = cell.startswith(":"), cell.endswith(":")
    return Side.CENTER if left and right else Side.RIGHT if right else Side.LEFT


def _unmarked(text: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


WHOLE_ROWS = 12
"""Most rows of a table that is not divided between two pages."""

ROOM = 42.0
"""Characters of table text that stand beside each other on a page of an official paper."""

FEWEST = 5.0
"""Characters of a longer text that a column holds at least."""

_PADDING = 1.2
_UNBROKEN = re.compile(r"[!-~]+")


def widths(table: Table) -> tuple[float, ...]:
    """The share of each column in the width of a table; they add up to 1.

    No number is broken where there is room for all; what is left goes to the columns with longer texts.
    """
    columns = list(zip(table.heads, *table.rows, strict=True))
    least = [max(map(_longest_unbroken, column)) + _PADDING for column in columns]
    wished = [
        max(_width(line) for cell in column for line in cell.split("\n")) + _PADDING for column in columns
    ]
    wished = [max(pair) for pair in zip(wished, least, strict=True)]
    more = [wish - needed for wish, needed in zip(wished, least, strict=True)]
    left = max(ROOM - sum(least), 0.0)
    factor = min(left / sum(more), 1.0) if sum(more) else 0.0
    made = [needed + factor * extra for needed, extra in zip(least, more, strict=True)]
    return tuple(width / sum(made) for width in made)


def _longest_unbroken(text: str) -> float:
    """The widest word or number of a cell, and at least some characters of any other text."""
    return max([min(_width(text), FEWEST), *map(_width, _UNBROKEN.findall(text))])


def _width(line: str) -> float:
    """Characters of a line; Latin letters and digits count little more than half."""
    return sum(0.6 if char < "\u2000" else 1.0 for char in line)
