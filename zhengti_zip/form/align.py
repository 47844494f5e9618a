"""Where a text stands in its cell: the one word of a layout that drawing needs too, without the models."""

from __future__ import annotations

from enum import StrEnum


class Align(StrEnum):
    """Horizontal alignment; everything is centred vertically unless it is long text."""

    CENTER = "center"
    LEFT = "left"
