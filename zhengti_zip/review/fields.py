"""Fields of Word that have a code and no result: what a reader of the page sees of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengti_zip.base.numbers import whole_number
from zhengti_zip.review.context import Context
from zhengti_zip.review.eq_fields import eq_text
from zhengti_zip.review.symbols import symbol_of
from zhengti_zip.review.unread import UnreadKind

_UNSEEN = ("XE", "TC", "TA", "RD", "SET", "ASK", "NEXT", "NEXTIF", "SKIPIF", "PRIVATE", "ADVANCE")
_SILENT = frozenset((*_UNSEEN, "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"))
"""Fields that show nothing, or nothing but the number of the page."""

MAX_CODE = 1000
"""Characters of a code that is looked into; those of Word's dialogs have some fifty."""

_NAME = re.compile(r"\s*([A-Za-z]+)\s*")
_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')
_FONT = re.compile(r'\\f\s*(?:"([^"]*)"|(\S+))', re.IGNORECASE)


@dataclass(slots=True)
class OpenField:
    """A field that has begun and not ended.

    Attributes:
        around: what is around its code.
        code: what was read of its code.
        is_result: whether its result has begun, which is text like any other.
        has_result: whether there was any text in it.
    """

    around: Context
    code: str = ""
    is_result: bool = False
    has_result: bool = False

    def add_code(self, code: str) -> None:
        """Add to its code, as far as anybody looks into it."""
        if len(self.code) <= MAX_CODE:
            self.code += code


@dataclass(slots=True)
class FieldText:
    """What a reader sees of a field.

    Attributes:
        text: what it is read as.
        told: what of it is not in the text: kind and words.
    """

    text: str = ""
    told: list[tuple[UnreadKind, str]] = field(default_factory=list)


def field_text(code: str) -> FieldText:
    """What a field without a result shows, by its code."""
    match = _NAME.match(code)
    word, rest = (match[1].upper(), code[match.end() :]) if match else ("", code)
    if not code.strip() or word in _SILENT:
        return FieldText()
    if len(code) > MAX_CODE:
        return FieldText("", [(UnreadKind.FIELD, code.strip())])
    if word == "EQ":
        return _equation(rest)
    if word == "SYMBOL":
        return _symbol(rest)
    arguments = list(_arguments(rest))
    if word == "QUOTE" and arguments:
        return FieldText(arguments[0])
    if word in ("MACROBUTTON", "GOTOBUTTON"):
        return FieldText(" ".join(arguments[1:]))
    return FieldText("", [(UnreadKind.FIELD, code.strip())])


def _equation(code: str) -> FieldText:
    found = eq_text(code)
    told = [(UnreadKind.PHONETIC, text) for text in found.phonetics]
    told += [(UnreadKind.FRAMED, text) for text in found.framed]
    if not found.line.is_exact:
        told.append((UnreadKind.EQUATION, found.line.text))
    return FieldText(found.line.text, told)


def _symbol(code: str) -> FieldText:
    font = _FONT.search(code)
    first = next(_arguments(code), "")
    number = int(first, 16) if re.fullmatch("0[xX][0-9A-Fa-f]{1,4}", first) else whole_number(first)
    known = None
    if number is not None and 0 < number < 0xD800:
        known = symbol_of((font[1] or font[2]) if font else "", number)
    return FieldText(known) if known else FieldText("", [(UnreadKind.SYMBOL, f"SYMBOL {code.strip()}")])


def _arguments(code: str) -> Iterator[str]:
    return (quoted or plain for quoted, plain in _ARGUMENT.findall(code))
