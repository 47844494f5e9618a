"""Two versions of a text with what differs marked, for the two sides of a page."""

from __future__ import annotations

from dataclasses import dataclass

from zhengti_zip.base.textdiff import text_changes


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether the other version has it not."""

    text: str
    is_changed: bool


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; an empty text has none."""
    old: list[Piece] = []
    new: list[Piece] = []
    for change in text_changes(before, after):
        for pieces, text in ((old, change.removed), (new, change.added)):
            if text:
                pieces.append(Piece(text, is_changed=True))
            if change.kept:
                pieces.append(Piece(change.kept, is_changed=False))
    return tuple(old), tuple(new)
