"""Texts without the differences that office programs make on their own, for comparing two of them."""

from __future__ import annotations

import re

from zhengti_zip.submission.values import clean_text

_ESCAPED_CODE = re.compile(r"(?:_x005F)+(?=_x[0-9A-Fa-f]{4}_)")
_SPACES = str.maketrans({"\xa0": " ", "\t": " ", "\xad": None})
_BOXES = str.maketrans("☒✓✔√■□", "☑☑☑☑☑☐")


def without_space(text: str) -> str:
    """A text without white space of any kind, for comparing what is not meant to be edited."""
    return "".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def comparable_result(text: str) -> str:
    """A computed text without white space, with one shape of check box whatever program drew it."""
    return without_space(text).translate(_BOXES)


def comparable_value(text: str) -> str:
    """An entered text with plain spaces and without soft hyphens."""
    return clean_text(text.translate(_SPACES))


def unescaped(text: str, printed: str) -> str:
    """A text without the ``_x005F`` that LibreOffice writes before what looks like an escape code of Excel.

    Args:
        text: the text in the reviewed file.
        printed: the text as it was printed; when it has such a code itself, nothing is removed.
    """
    return text if "_x005F_x" in printed else _ESCAPED_CODE.sub("", text)
