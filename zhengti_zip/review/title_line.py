"""Read the inputs in a title line: by their controls, else by the words around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from zhengti_zip.grid.table import Span
from zhengti_zip.review.cell_values import PathOf, own_text
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.placeholders import HINTS
from zhengti_zip.review.reviewed_text import ReviewedParagraph
from zhengti_zip.submission.paths import NO_PATH, InputPath

MAX_LINE = 1000
"""Bound of work: longer lines are read by their controls only."""


def fixed_text(text: str, spans: Sequence[Span]) -> str:
    """The text of a title line outside of its inputs."""
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return text


def values_in_title(
    text: str, spans: Sequence[Span], line: ReviewedParagraph, path_of: PathOf
) -> tuple[Mapping[InputPath, str], bool]:
    """Read the inputs in a title line.

    Args:
        text, spans: the line as printed and the inputs in it.
        line: the line now.
        path_of: gives the input of a run.

    Returns:
        The values found, by path, and whether the words around them are as printed.
    """
    by_control: defaultdict[InputPath, str] = defaultdict(str)
    for run in line.runs:
        by_control[path_of(run)] += own_text(run)
    loose = by_control.pop(NO_PATH, "")
    is_intact = without_space(loose) == without_space(fixed_text(text, spans))
    if is_intact and all(span.path in by_control for span in spans):
        return by_control, True
    now = line.text.strip()
    for pattern in _patterns(text, spans) if len(now) <= MAX_LINE else ():
        match = re.fullmatch(pattern, now, re.DOTALL)
        if match:
            return {span.path: value for span, value in zip(spans, match.groups(), strict=True)}, True
    return by_control, False


def _patterns(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """Patterns of the line, the strictest first: no input changed, one changed, any changed."""
    free = "(.*?)"
    fixed = [_fixed(text[span.start : span.end]) for span in spans]
    choices = [fixed, *([*fixed[:n], free, *fixed[n + 1 :]] for n in range(len(spans))), [free] * len(spans)]
    for values in choices:
        ends = [*(span.start for span in spans[1:]), len(text)][: len(spans)]
        pattern = _tolerant(text[: spans[0].start] if spans else text)
        for span, value, end in zip(spans, values, ends, strict=True):
            following = text[span.end : end]
            piece = value + _tolerant(following)
            # The first place where the next words stand is the right one, so that no other is tried again.
            is_decided = value == free and end < len(text) and without_space(following)
            pattern += f"(?>{piece})" if is_decided else piece
        yield pattern


def _fixed(text: str) -> str:
    """A group for an unchanged value; an empty one may show the placeholder of a dropped control."""
    return f"({'|'.join(map(re.escape, (text,) if text else ('', *sorted(HINTS))))})"


def _tolerant(text: str) -> str:
    """A pattern of a text whose white space may have changed."""
    return r"\s*" + r"\s*".join(re.escape(char) for char in without_space(text)) + r"\s*"
