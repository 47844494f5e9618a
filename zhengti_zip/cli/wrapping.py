"""Text on a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

from zhengti_zip.base.line_breaking import break_lines, half_widths


def cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes."""
    return half_widths(text)


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells; names of options and files are not cut at a hyphen."""
    return [line.strip() for line in break_lines(text, width, half_widths, at_hyphens=False)]


def padded(text: str, width: int) -> str:
    """``text`` padded with spaces to ``width`` cells."""
    return text + " " * (width - cells(text))
