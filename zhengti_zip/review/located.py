"""What was found in a reviewed file, and how texts that a page break divides become whole again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhengti_zip.review.reviewed_text import Revision
from zhengti_zip.review.row_matching import without_space
from zhengti_zip.submission.paths import NO_PATH, InputPath

JOINT = 12
"""Characters on both sides of a page break that tell whether a paragraph ended there."""


@dataclass(slots=True)
class LocatedInput:
    """An input in one place of the form, put together over page breaks.

    Attributes:
        path: the input.
        printed: its text as it was printed.
        text: its text now; None when nothing says what became of it.
        revisions, comments: what hangs on it.
    """

    path: InputPath
    printed: str
    text: str | None
    revisions: list[Revision] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AlteredText:
    """A text nobody is meant to edit: as printed and as it is now; ``path`` names a computed value."""

    printed: str
    now: str
    path: InputPath = NO_PATH


@dataclass(slots=True)
class LocatedContent:
    """What there is in a reviewed file.

    Attributes:
        inputs: every printed input, once for each place it is printed in.
        altered: labels and computed values that read differently.
        surplus: texts outside of everything.
        comment_targets: for each comment the path of the input it hangs on, or else the text beside it.
    """

    inputs: list[LocatedInput] = field(default_factory=list)
    altered: list[AlteredText] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    comment_targets: dict[str, tuple[InputPath, str]] = field(default_factory=dict)


def comparable_result(text: str) -> str:
    """A computed text without blanks, its check boxes in one shape whatever program drew them."""
    return without_space(text).translate(str.maketrans("☒✓✔√■□", "☑☑☑☑☑☐"))


def join_over_pages(texts: Sequence[str], were: Sequence[str], full: str) -> str:
    """Parts of a text with a line break where a paragraph ended at the end of a page, and none elsewhere."""
    joined, position = texts[0], len(were[0])
    for text, was in zip(texts[1:], were[1:], strict=True):
        tail, head = joined[-JOINT:], text[:JOINT]
        if not tail or not head:
            mark = ""
        elif f"{tail}\n{head}" in full:
            mark = "\n"
        elif tail + head in full:
            mark = ""
        else:
            mark = "\n" if full[position : position + 1] == "\n" else ""
        joined += mark + text
        position += len(was) + (full[position : position + 1] == "\n")
    return joined
