"""Assign the paragraphs of a cell that have no content control to the inputs printed in the cell."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.base.matching import Matcher, likeness
from zhengti_zip.review.baseline import PrintedPart
from zhengti_zip.review.normalize import without_space

ALIKE = 0.3
"""A line more alike than this to the first line of an input begins that input."""

BEGINNING = 100
"""Characters of both lines that are compared for that."""

MAX_COMPARED = 500
"""Lines of a cell compared with inputs, counted once for each input; what is behind continues the input before it."""


def assign_paragraphs(
    lines: Sequence[str], parts: Sequence[PrintedPart], before: PrintedPart | None
) -> list[PrintedPart | None]:
    """The input that each line belongs to; None only when there is no input at all.

    Args:
        lines: the texts of the paragraphs, in order.
        parts: the inputs they may belong to, in order.
        before: the input that ends above the lines and may continue in them.
    """
    owners = _owners_by_text(lines, parts)
    rank = {part.path: number for number, part in enumerate(parts)}
    following = _following(owners)
    current = before
    comparisons = 0
    for number, line in enumerate(lines):
        owner = owners[number]
        if owner is None:
            next_known = following[number]
            first = rank[current.path] + 1 if current and current.path in rank else 0
            last = rank[next_known.path] + 1 if next_known else len(parts)
            last = min(last, first + MAX_COMPARED - comparisons)
            comparisons += max(last - first, 0)
            owner = next((part for part in parts[first:last] if _begins(part, line)), current)
        owners[number] = current = owner or (parts[0] if parts else None)
    return owners


def _following(owners: Sequence[PrintedPart | None]) -> list[PrintedPart | None]:
    """For each line the owner of the next line that has one, itself included."""
    found: list[PrintedPart | None] = []
    known = None
    for owner in reversed(owners):
        known = owner or known
        found.append(known)
    return found[::-1]


def _owners_by_text(lines: Sequence[str], parts: Sequence[PrintedPart]) -> list[PrintedPart | None]:
    """The owners of unchanged lines, and of changed lines where as many lines were printed between those."""
    printed = [
        (part, without_space(line if number else part.lead + line))
        for part in parts
        for number, line in enumerate(part.text.split("\n"))
    ]
    owners: list[PrintedPart | None] = [None] * len(lines)
    before, now = [line for _, line in printed], [without_space(line) for line in lines]
    for _, start, stop, first, last in Matcher().blocks(before, now):
        if stop - start == last - first:
            owners[first:last] = [part for part, _ in printed[start:stop]]
    return owners


def _begins(part: PrintedPart, line: str) -> bool:
    """Whether a line is the first line of an input: by the number in front of it, else by its words."""
    lead = without_space(part.lead)
    if lead:
        return without_space(line).startswith(lead)
    first = part.text.partition("\n")[0]
    return first == line or likeness(first[:BEGINNING], line[:BEGINNING]) > ALIKE
