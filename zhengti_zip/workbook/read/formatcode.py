"""Number format codes taken apart: sections, their conditions and the pieces they are made of."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from zhengti_zip.workbook.read.builtincodes import LONG_DATE, LONG_TIME, SYSTEM_CODES

MAX_CODE = 255
"""Excel takes no longer code."""


class Piece(StrEnum):
    """What a piece of a code stands for."""

    LITERAL = "literal"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    EXPONENT = "exponent"
    SLASH = "slash"
    TEXT = "text"
    GENERAL = "general"
    DATE = "date"
    ELAPSED = "elapsed"
    HALF_DAY = "half_day"
    FILL = "fill"


Pieces = tuple[tuple[Piece, str], ...]
"""Pieces with their text: a literal's is what it shows."""

Condition = tuple[str, Decimal]
"""A comparison sign and what is compared with."""


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One of the up to four parts of a code.

    Attributes:
        pieces: what it shows, in order.
        condition: the numbers it is for, when it says so itself.
        numerals: 0 for Arabic digits, 1 and 2 for 一二三 and 壹贰叁.
        locale: the language it names, e.g. "804"; "" for the user's own.
        is_understood: False when something in it means nothing known here.
    """

    pieces: Pieces
    condition: Condition | None = None
    numerals: int = 0
    locale: str = ""
    is_understood: bool = True

    def has(self, *kinds: Piece) -> bool:
        """Whether a piece of one of these kinds is in it."""
        return any(kind in kinds for kind, _ in self.pieces)

    @property
    def is_moment(self) -> bool:
        """Whether it shows dates, times or durations."""
        return self.has(Piece.DATE, Piece.ELAPSED, Piece.HALF_DAY)


_PIECE = re.compile(
    r"""
      (?P<quoted>"[^"]*"?)
    | (?P<escaped>[\\!][\s\S])
    | (?P<pad>_[\s\S])
    | (?P<fill>\*[\s\S])
    | (?P<bracket>\[[^\]]*\])
    | (?P<general>General|G/通用格式|常规)
    | (?P<half_day>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>yyyy|yy|y|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|aaaa|aaa|e+)
    | (?P<digit>[0#?])
    | (?P<other>[\s\S])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SINGLE = {
    ".": Piece.POINT,
    ",": Piece.COMMA,
    "%": Piece.PERCENT,
    "/": Piece.SLASH,
    "@": Piece.TEXT,
}
_CONDITION = re.compile(r"(>=|<=|<>|>|<|=)\s*(-?[\d.]+(?:E[+-]?\d+)?)", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<>": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|黑色|蓝色|青色|蓝绿色|绿色|洋红色?|红色|白色|黄色|颜色\s*\d+",
    re.IGNORECASE,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_OWN_LOCALES = frozenset(("", "804", "0804", "zh-cn"))
_SYSTEM_LOCALES = {"f800": LONG_DATE, "x-sysdate": LONG_DATE, "f400": LONG_TIME, "x-systime": LONG_TIME}
_ENGLISH = frozenset(("409", "0409", "809", "0809", "en-us", "en-gb", "1009", "c09"))


def meets(number: Decimal, condition: Condition) -> bool:
    """Whether a number is one that a section is for."""
    sign, limit = condition
    return _COMPARE[sign](number, limit)


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a code, at least one; more than four, or one too long, are not understood."""
    if len(code) > MAX_CODE:
        return (FormatSection(((Piece.GENERAL, ""),), is_understood=False),)
    code = SYSTEM_CODES.get(code.strip(), code)
    builders = [_Builder()]
    for match in _PIECE.finditer(code):
        if match.group() == ";":
            builders.append(_Builder())
        else:
            builders[-1].add(str(match.lastgroup), match.group())
    found = tuple(builder.section() for builder in builders[:4])
    if len(builders) > 4:
        return (FormatSection(found[0].pieces, is_understood=False),)
    return found


class _Builder:
    """Collects the pieces of one section."""

    def __init__(self) -> None:
        self._pieces: list[tuple[Piece, str]] = []
        self._condition: Condition | None = None
        self._numerals, self._locale, self._is_understood = 0, "", True

    def add(self, group: str, text: str) -> None:
        """Take the next piece of the code."""
        match group:
            case "quoted":
                self._add(Piece.LITERAL, text.strip('"'))
            case "escaped":
                self._add(Piece.LITERAL, text[1])
            case "pad":
                self._add(Piece.LITERAL, " ")
            case "fill":
                self._add(Piece.FILL, text[1])
            case "bracket":
                self._bracket(text[1:-1])
            case "other":
                self._other(text)
            case _:
                self._add(Piece(group), text.lower() if group == "date" else text)

    def section(self) -> FormatSection:
        """What was collected."""
        if system := _SYSTEM_LOCALES.get(self._locale):
            return sections(system)[0]
        found = FormatSection(
            tuple(self._pieces), self._condition, self._numerals, self._locale, self._is_understood
        )
        if not found.is_moment or self._fits_moments(found):
            return found
        return FormatSection(found.pieces, found.condition, found.numerals, found.locale, False)

    def _add(self, kind: Piece, text: str) -> None:
        self._pieces.append((kind, text))

    def _other(self, char: str) -> None:
        if char in _SINGLE:
            self._add(_SINGLE[char], char)
            return
        if char.isascii() and (char.isalnum() and char not in "123456789"):
            self._is_understood = False
        self._add(Piece.LITERAL, char)

    def _bracket(self, inside: str) -> None:
        if match := _CONDITION.fullmatch(inside):
            try:
                self._condition = (match.group(1), Decimal(match.group(2)))
            except InvalidOperation:
                self._is_understood = False
        elif _ELAPSED.fullmatch(inside):
            self._add(Piece.ELAPSED, inside.lower())
        elif inside.startswith("$"):
            symbol, _, locale = inside[1:].partition("-")
            if symbol:
                self._add(Piece.LITERAL, symbol)
            self._locale = locale.lower()
        elif inside.upper() in ("DBNUM1", "DBNUM2"):
            self._numerals = int(inside[-1])
        elif not _COLOUR.fullmatch(inside):
            self._is_understood = False

    @staticmethod
    def _fits_moments(section: FormatSection) -> bool:
        """Whether a date section holds only what dates are made of, in a language known here."""
        has_names = any(
            kind is Piece.HALF_DAY or text in ("ddd", "dddd", "mmm", "mmmm", "mmmmm")
            for kind, text in section.pieces
        )
        names_known = section.locale in _ENGLISH or section.locale == ""
        if has_names and not names_known and not any(text == "上午/下午" for _, text in section.pieces):
            return False
        is_known = section.locale in _OWN_LOCALES | _ENGLISH
        return is_known and not section.has(Piece.EXPONENT, Piece.GENERAL, Piece.TEXT, Piece.PERCENT)
