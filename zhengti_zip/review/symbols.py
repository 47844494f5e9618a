"""The characters of symbol fonts, in which a code stands for a picture, as ordinary characters."""

from __future__ import annotations

import re

from zhengti_zip.base.xmltext import ILLEGAL

_CODE = re.compile("[0-9A-CEFa-cef][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2}")
"""Four hexadecimal digits, surrogates excepted."""

SYMBOLS = 0xF000
"""Added to the code of a character in a symbol font."""

_SYMBOL_ASCII = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_UPPER = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"
_SYMBOL_MORE = "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"


def _from(first: int, characters: str) -> dict[int, str]:
    return dict(enumerate(characters, start=first))


_FONTS: dict[str, dict[int, str]] = {
    "symbol": _from(0x20, _SYMBOL_ASCII) | _from(0xA1, _SYMBOL_UPPER) | _from(0xC0, _SYMBOL_MORE),
    "wingdings": {
        **_from(0x28, "☎"),
        **_from(0x2A, "✉"),
        **_from(0x4A, "☺"),
        **_from(0x4C, "☹"),
        **_from(0x6C, "●❍■□"),
        **_from(0x75, "◆❖"),
        **_from(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
        **_from(0x9F, "•"),
        **_from(0xA1, "○"),
        **_from(0xA7, "▪☐"),
        **_from(0xAB, "★"),
        **_from(0xD8, "➢"),
        **_from(0xDF, "←→↑↓"),
        **_from(0xE8, "➔"),
        **_from(0xF0, "⇨"),
        **_from(0xFB, "✗✓☒☑"),
    },
    "wingdings 2": {
        **_from(0x4F, "✗✓☒☑☒☒"),
        **_from(0x6A, "①②③④⑤⑥⑦⑧⑨⑩"),
        **_from(0xA3, "☐"),
    },
}
"""By font in small letters and code below 256. What is missing is told to the user, not guessed."""

_BOXES = {0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0xA8: "☐", 0xA3: "☐", 0x6F: "☐"}
"""Check boxes, when a file does not say of which font."""


def is_symbol_font(font: str) -> bool:
    """Whether the characters of a font are pictures that this module knows."""
    return font.lower() in _FONTS


def symbol(font: str, code: str) -> str | None:
    """The character with a code of a font.

    Args:
        font: its name.
        code: four hexadecimal digits, as Word writes them.

    Returns:
        None when nobody can tell what it looks like.
    """
    return symbol_of(font, int(code, 16)) if _CODE.fullmatch(code) else None


def symbol_of(font: str, number: int) -> str | None:
    """The character with a number, with or without what is added to it in a symbol font; None as above."""
    low = number - SYMBOLS if SYMBOLS <= number < SYMBOLS + 256 else number
    known = _FONTS.get(font.lower())
    if known is not None and low < 256:
        return known.get(low)
    if low != number:
        return _BOXES.get(low)
    char = chr(number)
    return None if ILLEGAL.match(char) or 0xE000 <= number <= 0xF8FF else char
