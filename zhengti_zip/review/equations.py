"""Equations of Word (Office Math) as one line of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengti_zip.base.marks import lowered, raised
from zhengti_zip.review.wordfile import Element, word

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@dataclass(frozen=True, slots=True)
class LinearText:
    """Something set in several lines or over each other, as one line.

    Attributes:
        text: the line.
        is_exact: whether it says what a reader of the page sees.
    """

    text: str = ""
    is_exact: bool = True


def joined(parts: Sequence[LinearText]) -> LinearText:
    """Some lines one after another."""
    return LinearText("".join(part.text for part in parts), all(part.is_exact for part in parts))


def math(tag: str) -> str:
    """The qualified name of an element of an equation."""
    return f"{{{MATH}}}{tag}"


def linear(element: Element, accept: bool = True) -> LinearText:
    """An equation as one line: ``m²``, ``(a+b)/c``.

    Args:
        element: the equation, or a part of it.
        accept: take tracked changes as accepted; else as rejected.
    """
    return joined([_part(child, accept) for child in element.iterchildren(tag="{*}*")])


def _part(element: Element, accept: bool) -> LinearText:
    name = str(element.tag).rpartition("}")[2]
    gone = ("del", "moveFrom") if accept else ("ins", "moveTo")
    if element.tag in map(word, gone) or name.endswith("Pr"):
        return LinearText()
    if name in ("t", "delText"):
        return LinearText(element.text or "")
    made = _SHAPES[name](element, accept) if element.tag == math(name) and name in _SHAPES else None
    return linear(element, accept) if made is None else made


def _child(element: Element, tag: str, accept: bool) -> LinearText:
    found = element.find(math(tag))
    return LinearText() if found is None else linear(found, accept)


def _bracketed(part: LinearText) -> str:
    """A part that is one thing beside a sign: in brackets unless it is one word or number."""
    return part.text if part.text.replace(".", "").isalnum() else f"({part.text})"


def _shifted(element: Element, accept: bool) -> LinearText:
    """A base with what is raised and lowered behind it."""
    made = [_child(element, "e", accept)]
    for tag, forms, sign in (("sub", lowered, "_"), ("sup", raised, "^")):
        part = _child(element, tag, accept)
        if not part.text:
            continue
        plain = forms(part.text)
        made.append(LinearText(f"{sign}{_bracketed(part)}", False) if plain is None else LinearText(plain))
    return joined(made)


def _fraction(element: Element, accept: bool) -> LinearText:
    above, below = (_child(element, tag, accept) for tag in ("num", "den"))
    return LinearText(f"{_bracketed(above)}/{_bracketed(below)}", False)


def _root(element: Element, accept: bool) -> LinearText:
    degree, inside = (_child(element, tag, accept) for tag in ("deg", "e"))
    index = (raised(degree.text) or f"[{degree.text}]") if degree.text else ""
    return LinearText(f"{index}√{_bracketed(inside)}", False)


def _delimited(element: Element, accept: bool) -> LinearText:
    signs = _value(element, "begChr", "("), _value(element, "sepChr", "|"), _value(element, "endChr", ")")
    parts = [linear(part, accept) for part in element.findall(math("e"))]
    text = signs[0] + signs[1].join(part.text for part in parts) + signs[2]
    return LinearText(text, all(part.is_exact for part in parts))


def _rows(element: Element, accept: bool) -> LinearText:
    """What is set in several rows: a matrix or an array of equations."""
    tags = (math("mr"), math("e"))
    lines = [linear(row, accept).text for row in element if row.tag in tags]
    return LinearText("；".join(lines), False)


def _over_each_other(element: Element, accept: bool) -> LinearText:
    """A sum, an integral, an accent or a limit: its sign and its parts one after another."""
    sign = _value(element, "chr", "∫" if element.tag == math("nary") else "")
    return LinearText(sign + linear(element, accept).text, False)


def _value(element: Element, tag: str, default: str) -> str:
    """What the properties of an element say: the sign it is drawn with."""
    for found in _properties(element):
        sign = found.find(math(tag))
        if sign is not None:
            return str(sign.get(math("val"), ""))
    return default


def _properties(element: Element) -> Iterator[Element]:
    return (child for child in element.iterchildren(tag="{*}*") if str(child.tag).endswith("Pr"))


_SHAPES = {
    "sSup": _shifted,
    "sSub": _shifted,
    "sSubSup": _shifted,
    "f": _fraction,
    "rad": _root,
    "d": _delimited,
    "m": _rows,
    "eqArr": _rows,
    **dict.fromkeys(
        ("nary", "acc", "bar", "limLow", "limUpp", "groupChr", "sPre", "phant"), _over_each_other
    ),
}
"""How each shape of an equation is written; of any other its parts one after another."""
