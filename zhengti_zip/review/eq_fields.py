"""EQ fields of Word (带圈字符, 拼音指南, fractions) as text: their code says what is drawn."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from zhengti_zip.base.marks import lowered, raised
from zhengti_zip.review.equations import LinearText, joined

_FORMAT = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\]+)')
"""A switch that only says how the result looks, e.g. ``\\* hps10``."""

_SWITCH = re.compile(r"\\([a-z]+)\s*(-?\d*)\s*", re.IGNORECASE)
_CIRCLES = frozenset("○◯〇⚪⃝")
_FRAMES = frozenset("□◻△▲◇◆■☐")
MAX_DEPTH = 20
"""Fields within fields; Word's dialogs make two."""


def _circled() -> dict[str, str]:
    """By what stands in it, each circled character."""
    found: dict[str, str] = {}
    for number in (*range(0x2460, 0x2500), *range(0x3200, 0x3300)):
        meaning = unicodedata.decomposition(chr(number))
        if meaning.startswith("<circle>"):
            inside = "".join(chr(int(code, 16)) for code in meaning.split()[1:])
            found.setdefault(inside, chr(number))
    return found


_CIRCLED = _circled()


@dataclass(slots=True)
class EqText:
    """What an EQ field shows.

    Attributes:
        line: as text in one line.
        phonetics: what stands over the text in small letters.
        framed: what stands in a frame no character has.
    """

    line: LinearText = field(default_factory=LinearText)
    phonetics: list[str] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)


def eq_text(code: str) -> EqText:
    """What the code of an EQ field draws.

    Args:
        code: without the word EQ, e.g. ``\\o\\ac(○,1)``.
    """
    found = EqText()
    found.line = _Drawing(_FORMAT.sub("", code).strip(), found).read()
    return found


@dataclass
class _Drawing:
    """Reads a code from left to right, and the elements in its brackets by further ones."""

    code: str
    found: EqText
    depth: int = 0

    def read(self) -> LinearText:
        made: list[LinearText] = []
        place = 0
        while place < len(self.code):
            switch = _SWITCH.match(self.code, place)
            if switch is None:
                place += self.code[place] == "\\"  # what follows is a plain character, such as a bracket
                made.append(LinearText(self.code[place : place + 1]))
                place += 1
                continue
            name, options = switch[1].lower(), []
            place = switch.end()
            while more := _SWITCH.match(self.code, place):
                options.append(more[1].lower())
                place = more.end()
            elements, place = self._elements(place)
            made.append(self._drawn(name, options, elements))
        return joined(made)

    def _elements(self, place: int) -> tuple[list[str], int]:
        """The elements in the brackets that begin at a place, and where they end."""
        if self.code[place : place + 1] != "(":
            return [], place
        elements, level, start = [], 0, place + 1
        while place < len(self.code):
            char = self.code[place]
            if char == "\\" and self.code[place + 1 : place + 2] in ("(", ")", ",", ";", "\\"):
                place += 2
                continue
            level += (char == "(") - (char == ")")
            if level == 0 or (level == 1 and char in ",;"):
                elements.append(self.code[start:place])
                start = place + 1
            place += 1
            if level == 0:
                return elements, place
        return [*elements, self.code[start:]], place

    def _inside(self, code: str) -> LinearText:
        if self.depth >= MAX_DEPTH:
            return LinearText(code, False)
        return _Drawing(code.strip(), self.found, self.depth + 1).read()

    def _drawn(self, name: str, options: list[str], elements: list[str]) -> LinearText:
        if name == "o":
            return self._overprinted(elements)
        parts = [self._inside(element) for element in elements]
        if name == "s":
            shift = lowered if "do" in options else raised
            text = "".join(part.text for part in parts)
            plain = shift(text)
            return LinearText(text, not text) if plain is None else LinearText(plain)
        if name in ("x", "d"):  # a border, or room
            return joined(parts)
        if name == "l":
            return LinearText("，".join(part.text for part in parts), all(part.is_exact for part in parts))
        sign = {"f": "/", "a": "；"}.get(name, "，")
        before = {"r": "√", "i": "∫"}.get(name, "")
        return LinearText(before + sign.join(part.text for part in parts), False)

    def _overprinted(self, elements: list[str]) -> LinearText:
        """Elements over each other: a character in a circle, or one with its reading above it."""
        bases, frame = [], ""
        for element in elements:
            lifted = re.fullmatch(r"\s*\\s\s*\\up\s*\d*\s*\((.*)\)\s*", element, re.DOTALL | re.IGNORECASE)
            if lifted:
                self.found.phonetics.append(lifted[1].strip())
            elif element.strip() in _CIRCLES | _FRAMES and not frame:
                frame = element.strip()
            elif element.strip():
                bases.append(self._inside(element))
        if not frame:
            made = joined(bases)
            return LinearText(made.text, made.is_exact and len(bases) <= 1)
        inside = "".join(base.text for base in bases)
        if frame in _CIRCLES and inside in _CIRCLED:
            return LinearText(_CIRCLED[inside])
        if inside:
            self.found.framed.append(inside)
        return LinearText(inside or frame)
