"""A text as a reader of the page sees it: nothing of what is crossed out or hidden, raised digits as such."""

from __future__ import annotations

from collections.abc import Callable

from zhengti_zip.base.marks import lowered, raised
from zhengti_zip.review.run_looks import Look
from zhengti_zip.review.unread import UnreadKind

_SHIFTED: dict[str, tuple[UnreadKind, Callable[[str], str | None] | None]] = {
    "superscript": (UnreadKind.RAISED, raised),
    "subscript": (UnreadKind.LOWERED, lowered),
    "up": (UnreadKind.RAISED, None),
    "down": (UnreadKind.LOWERED, None),
}
"""By how a run stands: what is told of it, and what makes plain characters of it. How far something was raised by
hand says nothing of its size, so that it may be an ordinary word."""

GONE = (UnreadKind.STRUCK, UnreadKind.HIDDEN)


def seen(text: str, look: Look) -> tuple[str, UnreadKind | None]:
    """What is read of a text with a look, and what has to be told of it."""
    if look.is_hidden or look.is_struck:
        return "", UnreadKind.HIDDEN if look.is_hidden else UnreadKind.STRUCK
    if not text.strip():
        return text, None
    if look.vertical:
        kind, shift = _SHIFTED[look.vertical]
        plain = shift(text) if shift else None
        if plain is None:
            return text, kind
        text = plain
    return text, UnreadKind.MARKED if look.is_marked else None
