"""How much of a text a message quotes."""

from __future__ import annotations

MAX_SHOWN = 60
"""Characters of a value that a message quotes."""


def shortened(text: str) -> str:
    """A text as far as a message quotes it: at most 60 characters."""
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
