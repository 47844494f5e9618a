"""Small signs beside numbers and words: raised and lowered characters, note marks, and folding around them."""

from __future__ import annotations

import re
import unicodedata

from zhengti_zip.base.charactertables import UNIFIED, is_invisible

_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MINUS = {"−": "-", "\u2010": "-", "\u2011": "-"}

_WHITE_SPACE = re.compile(r"\s+")
_CIRCLED = "⓪①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴⓵-⓾➀-➓⑴-⒇"
_POWERS = "⁰¹²³⁴-⁹"
_NUMBER = r"[+\-−－]?\d[\d,，.．]*"
_MARK = rf"""
    (?P<circled>[{_CIRCLED}]+)
  | (?P<raised>[{_POWERS}]+(?:[,，、][{_POWERS}]+)*)
  | (?P<sign>[*＊※†‡]+)
  | (?P<bracketed>[\[［〔【(（]\s?(?:注\s?)?\d{{1,2}}\s?[)）\]］〕】] | [(（]?注\d{{0,2}}[)）]?)
"""
_NOTED = re.compile(
    rf"(?P<text>{_NUMBER}[ \u3000]?(?P<unit>[%％‰]|[\u4e00-\u9fff]{{1,4}}?|[A-Za-z]{{1,3}}[²³]?|[㎡㎥])?)[ \u3000]*(?:{_MARK})",
    re.VERBOSE,
)


def raised(text: str) -> str | None:
    """A superscript as plain characters: ``3`` is ³; None when a character has no such form."""
    return _shifted(text, _RAISED)


def lowered(text: str) -> str | None:
    """A subscript as plain characters: ``2`` is ₂; None when a character has no such form."""
    return _shifted(text, _LOWERED)


def _shifted(text: str, forms: dict[str, str]) -> str | None:
    found = [char if char.isspace() else forms.get(char, "") for char in text.translate(_HALF_WIDTH)]
    return "".join(found) if all(found) else None


def without_note_mark(text: str) -> tuple[str, str]:
    """A number without the note mark behind it, and the mark; ("326.5", "①") for ``326.5①``.

    A mark is a circled or raised digit, a star, 注, or a number of one or two digits in brackets, behind a
    number and its unit. What is raised behind a Latin unit is a power and stays: ``100m²``. A text that is
    no number with a mark comes back whole. Raised digits right behind a number may also be a power meant
    as such (10³): whoever calls this has to say what was left out.
    """
    match = _NOTED.fullmatch(text.strip())
    if match is None or (
        match["raised"] and (match["unit"] or "")[:1].isascii() and match["unit"] not in (None, "%")
    ):
        return text, ""
    mark = next(match[name] for name in ("circled", "raised", "sign", "bracketed") if match[name])
    return match["text"].rstrip(" \u3000"), mark


def folded(text: str) -> str:
    """A text for reading numbers and choices: half-width, without invisible characters and white space.

    Unlike NFKC it makes no digit out of what is none: ², ①, ½ and ㏠ stay. Two digits with white space
    between them are not joined: a line break or one blank stays there.
    """
    return _WHITE_SPACE.sub(_between_digits, text.translate(_FOLDED))


def _between_digits(match: re.Match[str]) -> str:
    """What is left of white space: a line break or a blank between digits, else nothing."""
    text, start, end = match.string, match.start(), match.end()
    if not (start and text[start - 1].isdecimal() and text[end : end + 1].isdecimal()):
        return ""
    return "\n" if "\n" in match.group() else " "


class _Folding(dict[int, str]):
    """What each character becomes, for ``str.translate``; worked out when a character is met first."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded(chr(code))
        return found


def _folded(char: str) -> str:
    if is_invisible(char):
        return ""
    plain = UNIFIED.get(char) or unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    if category == "No" or (plain[:1].isdecimal() and category != "Nd"):
        plain = char
    return "".join(_MINUS.get(part, part) for part in plain)


_FOLDED = _Folding()
