"""Quotation marks inside quotation marks, as GB/T 15834 has them: “ ‘ ’ ” by turns."""

from __future__ import annotations


def nested(text: str) -> str:
    """The text with inner “ ” turned into ‘ ’; a name such as “三公”经费 is often quoted whole."""
    if text.count("“") < 2:
        return text
    depth, written = 0, []
    for char in text:
        if char == "“":
            depth += 1
            written.append("“" if depth % 2 else "‘")
        elif char == "”" and depth:
            written.append("”" if depth % 2 else "’")
            depth -= 1
        else:
            written.append(char)
    return "".join(written)
