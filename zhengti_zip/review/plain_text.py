"""Elements of a Word file that stand for text by themselves."""

from __future__ import annotations

from zhengti_zip.review.wordfile import Element, word

_CHARACTERS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}


def plain_text(element: Element, name: str) -> str | None:
    """The text of an element; None when it is no text.

    Args:
        name: its name without namespace.
    """
    if name in ("t", "delText"):
        return element.text or ""
    if name == "br":
        return "" if element.get(word("type")) in ("page", "column") else "\n"
    return _CHARACTERS.get(name)
