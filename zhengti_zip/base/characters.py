"""Entered text as it is meant: invisible characters removed, look-alikes replaced, every change told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from zhengti_zip.base.charactertables import (
    HYPHENS,
    UNIFIED,
    is_control,
    is_ideograph,
    is_invisible,
    is_variation_selector,
    name_of,
)
from zhengti_zip.base.xmltext import ILLEGAL

ORDINARY = re.compile("[ -~\n¡-¬®-ʯ\u2012-\u2027\u2030-\u205e\u2070-\u27ff\u3000-\u3163\u3165-\u9fff！-ﾟ]*")
"""Texts in which nothing special can be, which nearly all are: told without looking at each character."""

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WIDE_BLANK = "\u3000"
_BLANKS = " \n" + _WIDE_BLANK
_PRESENTATION = "\ufe0e\ufe0f"
"""Chooses between a plain and a coloured picture, which makes no difference in print."""

_JOINERS = frozenset("\u200c\u200d")
TURNING = frozenset("\u061c\u200f\u202b\u202e\u2067")
"""Marks that have what follows read from right to left. The other marks of direction turn nothing in Chinese."""
_JOINING_SCRIPTS = ((0x0600, 0x08FF), (0x0900, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x18AF), (0xA840, 0xA87F))
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}_)|{ILLEGAL.pattern}")


class CharacterKind(StrEnum):
    """What was found in a text."""

    INVISIBLE_AROUND = "invisible_around"
    """Invisible characters before or behind the text, removed."""

    INVISIBLE_INSIDE = "invisible_inside"
    """Invisible characters within the text, removed."""

    DIRECTION = "direction"
    """Marks of the writing direction, removed wherever they are: what they make a reader see is not what is stored,
    and a PDF and a Word file would show it differently."""

    INVISIBLE_KEPT = "invisible_kept"
    """Invisible characters that a rare form of a character, an emoji or a script needs."""

    BLANK = "blank"
    """Tabs and special blanks, made ordinary blanks."""

    LINE_BREAK = "line_break"
    """Vertical tabs, form feeds and separators, made line breaks."""

    LOOK_ALIKE = "look_alike"
    """Radicals, compatibility ideographs and hyphens, made the ordinary character that looks the same."""

    CONTROL = "control"
    """Control characters, left in the text: nobody knows what they stood for."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What was found in a text.

    Attributes:
        kind: what it is and what was done.
        characters: the characters, each once, in the order of the text.
        became: what each became; empty texts where it was removed.
    """

    kind: CharacterKind
    characters: tuple[str, ...]
    became: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """The characters as a message names them: ``零宽空格（U+200B）``."""
        return "、".join(name_of(char) for char in self.characters)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it is meant, and what had to be understood."""

    text: str
    notices: tuple[Notice, ...] = ()


def cleaned(text: str) -> Cleaned:
    """A text without invisible characters and look-alikes, with one kind of blank and of line break.

    The ends are trimmed, and blanks before line breaks. Full-width letters, digits and the full-width
    blank stay as typed. ``cleaned(cleaned(text).text)`` changes nothing more.
    """
    found: dict[CharacterKind, dict[str, str]] = {}
    for match in _LINE_BREAKS.finditer(text):
        if not match.group().startswith("\r"):
            found.setdefault(CharacterKind.LINE_BREAK, {})[match.group()] = "\n"
    text = _LINE_BREAKS.sub("\n", text)
    if not ORDINARY.fullmatch(text):
        text = _without_special(text, found)
    trimmed = "\n".join(line.rstrip(_BLANKS) for line in text.split("\n")).strip(_BLANKS)
    notices = (
        Notice(kind, tuple(found[kind]), tuple(found[kind].values()))
        for kind in CharacterKind
        if kind in found
    )
    return Cleaned(trimmed, tuple(notices))


def _without_special(text: str, found: dict[CharacterKind, dict[str, str]]) -> str:
    """The text with its special characters replaced; what they were is added to ``found``."""
    visible = [place for place, char in enumerate(text) if not (char.isspace() or is_invisible(char))]
    first, last = (visible[0], visible[-1]) if visible else (len(text), -1)
    result = []
    for place, char in enumerate(text):
        kind, became = None, char
        if char in TURNING:
            kind, became = CharacterKind.DIRECTION, ""
        elif is_invisible(char):
            if _is_needed(text, place):
                kind = CharacterKind.INVISIBLE_KEPT
            else:
                kind = (
                    CharacterKind.INVISIBLE_INSIDE if first < place < last else CharacterKind.INVISIBLE_AROUND
                )
                became = ""
        elif char == "\t" or (unicodedata.category(char) == "Zs" and char not in _BLANKS):
            kind, became = CharacterKind.BLANK, " "
        elif is_control(char):
            kind = CharacterKind.CONTROL
        elif char in UNIFIED or char in HYPHENS:
            kind, became = CharacterKind.LOOK_ALIKE, UNIFIED.get(char) or HYPHENS[char]
        if kind is not None:
            found.setdefault(kind, {})[char] = became
        result.append(became)
    return "".join(result)


def _is_needed(text: str, place: int) -> bool:
    """Whether the invisible character at a place changes how the text looks."""
    char = text[place]
    before = text[place - 1] if place else ""
    after = text[place + 1] if place + 1 < len(text) else ""
    if before and is_variation_selector(char):
        return char not in _PRESENTATION and is_ideograph(before) and before not in UNIFIED
    if char in _JOINERS and before and after:
        if is_variation_selector(before) and place > 1:
            before = text[place - 2]
        return (char == "\u200d" and _is_picture(before) and _is_picture(after)) or (
            _joins(before) and _joins(after)
        )
    return char == "\u180e" and bool(before) and bool(after) and _joins(before)


def _is_picture(char: str) -> bool:
    """Whether a character is an emoji or part of one."""
    return unicodedata.category(char) in ("So", "Sk") and char not in UNIFIED


def _joins(char: str) -> bool:
    """Whether a character belongs to a script whose letters join."""
    return any(first <= ord(char) <= last for first, last in _JOINING_SCRIPTS) and char.isprintable()


def unescaped(text: str) -> str:
    """The text of a workbook's XML with every ``_xHHHH_`` replaced by the character it stands for.

    ``_x005F_`` stands for an underscore that would otherwise begin an escape: ``_x005F_x2022_`` is the
    text ``_x2022_``. Two halves of a character beyond U+FFFF are put together.

    openpyxl 3.1 undoes no escape when it reads cells, but deletes ``x005F_`` from some texts: whoever reads
    with it has to keep it from doing so.
    """
    if "_x" not in text:
        return text
    return _paired(_ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text))


def escaped(text: str) -> str:
    """The text as a workbook's XML has it, so that :func:`unescaped` gives it back."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def _paired(text: str) -> str:
    """Halves of characters put together where they stand side by side."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
