"""Characters that the XML of a Word file, a workbook or a web page cannot hold."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\u0020-\u007e\u0080-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""One character outside the production Char of XML 1.0, a carriage return or a delete character.

XML allows the last two, but a parser reads a carriage return as a line feed, and a delete is no text.
"""

GETA = "〓"
"""Stands for a character that cannot be printed, as in Chinese typesetting."""


def legal_text(text: str) -> str:
    """The text with 〓 in place of every illegal character."""
    return ILLEGAL.sub(GETA, text)
