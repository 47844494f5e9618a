"""The automatic numbers of paragraphs, as a reader of the page sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from zhengti_zip.base.numbers import whole_number
from zhengti_zip.review.wordfile import Element, word

LEVELS = 9
"""Levels of a numbering in a Word file."""

_PLACE = re.compile(r"%([1-9])")
_DIGITS, _UNITS = "零一二三四五六七八九", ("", "十", "百", "千")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CIRCLED, _BRACKETED = 0x2460, 0x2474
"""Code points of ① and ⑴; there are 20 of each."""

_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Characters of symbol fonts, which mean nothing in another font."""


def _chinese(number: int) -> str:
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        value = int(digit)
        text = (_DIGITS[value] + _UNITS[place] if value else _DIGITS[0]) + text
    text = re.sub("零+", _DIGITS[0], text).rstrip(_DIGITS[0]) or _DIGITS[0]
    return text.removeprefix("一") if 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(first: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "decimalEnclosedCircle": _from(_CIRCLED),
    "decimalEnclosedCircleChinese": _from(_CIRCLED),
    "decimalEnclosedParen": _from(_BRACKETED),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}
"""How the numbers of a format are written; those of any other format are decimal."""

MAX_BASES = 20
"""Styles based on each other that are followed."""

MAX_NUMBER = 999
"""Numbers beyond it are written with digits, whatever their format."""


@dataclass
class _Level:
    """A level of a numbering: first number, format, and text with ``%1`` for the number of level 1."""

    start: int = 1
    format: str = "decimal"
    text: str = ""

    def written(self, number: int) -> str:
        """A number in the format of the level."""
        if not 0 < number <= MAX_NUMBER:
            return str(number)
        return _FORMATS.get(self.format, str)(number)


@dataclass
class _List:
    """A numbering: its levels, and the number that each has reached."""

    levels: dict[int, _Level]
    reached: dict[int, int] = field(default_factory=dict)


class _Styles:
    """The numberings that styles give their paragraphs.

    Args:
        root: the root element of the styles; None without them.
    """

    def __init__(self, root: Element | None) -> None:
        known = () if root is None else root.iter(word("style"))
        found = {style.get(word("styleId"), ""): style for style in known}
        self._properties = {name: style.find(word("pPr")) for name, style in found.items()}
        self._bases = {name: _value(style.find(word("basedOn"))) for name, style in found.items()}

    def numbered(self, properties: Element | None) -> tuple[str, int]:
        """Numbering and level of a paragraph with these properties: its own, else those of its style.

        A numbering of "0" takes that of the style away.
        """
        style = "" if properties is None else _value(properties.find(word("pStyle")))
        number, level = "", ""
        for _ in range(MAX_BASES):
            numbers = None if properties is None else properties.find(word("numPr"))
            if numbers is not None:
                number = number or _value(numbers.find(word("numId")))
                level = level or _value(numbers.find(word("ilvl")))
            if number or style not in self._properties:
                break
            properties, style = self._properties[style], self._bases[style]
        return number, whole_number(level) or 0


class Numbering:
    """The automatic numbers of one document; ask for them in the order of its text.

    Args:
        root: the root element of the numbering part; None without one.
        styles: the root element of the styles, whose paragraphs may be numbered; None without them.
    """

    def __init__(self, root: Element | None, styles: Element | None = None) -> None:
        self._lists: dict[str, _List] = {}
        self._styles = _Styles(styles)
        if root is None:
            return
        shared = {
            item.get(word("abstractNumId"), ""): _List(_levels(item))
            for item in root.iter(word("abstractNum"))
        }
        for item in root.iter(word("num")):
            found = shared.get(_value(item.find(word("abstractNumId"))))
            if found is None:
                continue
            overrides = list(item.iter(word("lvlOverride")))
            if overrides:
                found = _List(dict(found.levels))
                for override in overrides:
                    _override(found, override)
            self._lists[item.get(word("numId"), "")] = found

    def number(self, paragraph: Element) -> str:
        """The number of the next paragraph, e.g. ``（1）``; "" when it has none."""
        number, level = self._styles.numbered(paragraph.find(word("pPr")))
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        here = found.levels[level]
        found.reached[level] = found.reached.get(level, here.start - 1) + 1
        for deeper in [other for other in found.reached if other > level]:
            del found.reached[deeper]
        if here.format == "bullet":
            return _PRIVATE.sub("", here.text)

        def written(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            known = found.levels.get(other, here)
            return known.written(found.reached.get(other, known.start))

        return _PLACE.sub(written, here.text)


def _levels(parent: Element) -> dict[int, _Level]:
    found = {}
    for item in parent.findall(word("lvl")):
        level = whole_number(item.get(word("ilvl"), "0"))
        if level is not None and 0 <= level < LEVELS:
            start = whole_number(_value(item.find(word("start")), "1"))
            kind = _value(item.find(word("numFmt")), "decimal")
            found[level] = _Level(1 if start is None else start, kind, _value(item.find(word("lvlText"))))
    return found


def _override(found: _List, override: Element) -> None:
    """Take what one use of a numbering changes: a level, or where it starts."""
    found.levels |= _levels(override)
    level = whole_number(override.get(word("ilvl"), "0")) or 0
    start = whole_number(_value(override.find(word("startOverride"))))
    if start is not None and level in found.levels:
        known = found.levels[level]
        found.levels[level] = _Level(start, known.format, known.text)


def _value(element: Element | None, default: str = "") -> str:
    return default if element is None else element.get(word("val"), default)
