"""Quotation marks inside quotation marks: “ ” and ‘ ’ alternate, as GB/T 15834 requires."""

from __future__ import annotations


def nested(text: str) -> str:
    """The text with inner “ ” replaced by ‘ ’, e.g. where a message quotes the name “三公”经费."""
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
