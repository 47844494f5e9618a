"""The part of a long text that a message, a cell or a line of a table shows."""

from __future__ import annotations

MAX_SHOWN = 60
"""Characters of a value that a message quotes."""


def shortened(text: str, limit: int = MAX_SHOWN) -> str:
    """A text of at most ``limit`` characters, the last one … where the text is cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
