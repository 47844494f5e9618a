"""Cell names and numbers: A1 ↔ row 1, column 1. Small, and without importing an Excel library for it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""The size of a sheet (ECMA-376)."""

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")

KNOWN_PLACES = 16_384
"""Names of cells remembered: the workbooks of a form have the same some 3,000."""

Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom, from 1."""


@cache
def letters(column: int) -> str:
    """The letters of a column from 1: 1 → A, 28 → AB."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@cache
def column_number(name: str) -> int:
    """The column of some letters: A → 1, AB → 28."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """``B5`` for row 5, column 2."""
    return f"{letters(column)}{row}"


@lru_cache(KNOWN_PLACES)
def position(name: str) -> tuple[int, int]:
    """Row and column of a cell name, with or without dollar signs.

    Raises:
        ValueError: it names no cell of a sheet.
    """
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(name)
    row, column = int(match.group(2)), column_number(match.group(1))
    if row > MAX_ROW or column > MAX_COLUMN:
        raise ValueError(name)
    return row, column


def rectangle(reference: str) -> Rectangle:
    """The rectangle of ``B5`` or ``B5:C9``.

    Raises:
        ValueError: it names none; whole rows and whole columns (``B:B``) are none.
    """
    first, _, last = reference.partition(":")
    top, left = position(first)
    bottom, right = position(last or first)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
