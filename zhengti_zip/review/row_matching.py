"""Which row and which line of the reviewed file is which of the printed ones, also after insertions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from zhengti_zip.review.baseline import PrintedPart, PrintedRow
from zhengti_zip.review.reviewed_text import ReviewedRow

Left = TypeVar("Left")
Right = TypeVar("Right")

MAX_PAIRS = 200_000
"""More rows than this times each other are not compared; such a file is not one of ours any more."""

COMPARED = 300
"""Characters of a text that are looked at to tell how much it resembles another."""


def without_space(text: str) -> str:
    """Text without white space of any kind, for comparing what nobody is meant to edit."""
    return "".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def paired_rows(printed: Sequence[PrintedRow], found: Sequence[ReviewedRow]) -> list[ReviewedRow | None]:
    """For every printed row the row it is now; None where it is gone."""
    if len(printed) == len(found) and all(map(_is_intact, printed, found)):
        return list(found)
    if len(printed) * len(found) > MAX_PAIRS:
        return [*found, *[None] * len(printed)][: len(printed)]
    known = [[without_space(cell.text) for cell in row] for row in found]
    places = best_matches([_marks(row) for row in printed], known, _likeness)
    return [None if place is None else found[place] for place in places]


def _is_intact(printed: PrintedRow, found: ReviewedRow) -> bool:
    """Whether a row has all its cells and labels."""
    return len(printed) == len(found) and all(
        without_space(cell.text) == without_space(now.text)
        for cell, now in zip(printed, found, strict=True)
        if cell.is_label and not cell.is_continued
    )


def _marks(row: PrintedRow) -> list[tuple[str, float]]:
    """What tells a row: the texts of its cells and how much each says."""
    return [
        (without_space(cell.text), 0.0 if cell.is_continued else 2.0 if cell.is_label else 1.0)
        for cell in row
    ]


def _likeness(printed: Sequence[tuple[str, float]], found: Sequence[str]) -> float:
    score = 0.5 if len(printed) == len(found) else -0.5
    return score + sum(weight for (text, weight), now in zip(printed, found, strict=False) if text == now)


def best_matches(
    left: Sequence[Left], right: Sequence[Right], likeness: Callable[[Left, Right], float]
) -> list[int | None]:
    """The pairs, in order on both sides, that are most alike together; only likeness above 0 makes a pair."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    alike = [[likeness(one, other) for other in right] for one in left]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            both = alike[i][j] + best[i + 1][j + 1] if alike[i][j] > 0 else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: list[int | None] = []
    j = 0
    for i in range(len(left)):
        while j < len(right) and best[i][j] == best[i][j + 1] and best[i][j] > best[i + 1][j]:
            j += 1
        fits = j < len(right) and alike[i][j] > 0
        if fits and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append(j)
            j += 1
        else:
            pairs.append(None)
    return pairs


def assign_paragraphs(
    lines: Sequence[str], parts: Sequence[PrintedPart], before: PrintedPart | None
) -> list[PrintedPart | None]:
    """Which of several inputs of one cell each line without a control belongs to.

    Args:
        lines: the lines, in order.
        parts: the inputs they may be of, in order.
        before: the input that ends above the lines, which may go on.
    """
    found = _unchanged_owners(lines, parts)
    rank = {part.path: number for number, part in enumerate(parts)}
    current = before
    for number, line in enumerate(lines):
        known = found[number]
        if known is None:
            following = next((owner for owner in found[number:] if owner), None)
            first = rank[current.path] + 1 if current and current.path in rank else 0
            last = rank[following.path] + 1 if following else len(parts)
            known = next((part for part in parts[first:last] if _begins(part, line)), current)
        found[number] = current = known or (parts[0] if parts else None)
    return found


def _unchanged_owners(lines: Sequence[str], parts: Sequence[PrintedPart]) -> list[PrintedPart | None]:
    """The owners of lines that read as printed, and of changed ones where as many stand between those."""
    printed = [
        (part, without_space(line if number else part.lead + line))
        for part in parts
        for number, line in enumerate(part.text.split("\n"))
    ]
    found: list[PrintedPart | None] = [None] * len(lines)
    if len(printed) * len(lines) > MAX_PAIRS:
        return found
    now = [without_space(line) for line in lines]
    matcher = SequenceMatcher(None, [line for _, line in printed], now, autojunk=False)
    for _, start, stop, first, last in matcher.get_opcodes():
        if stop - start == last - first:
            found[first:last] = [part for part, _ in printed[start:stop]]
    return found


def _begins(part: PrintedPart, line: str) -> bool:
    """Whether a line is the first one of an input, by its number or else by its words."""
    mark = without_space(part.lead)
    return without_space(line).startswith(mark) if mark else _resembles(part, line) > 0


def _resembles(part: PrintedPart, line: str) -> float:
    """How much a line is like the first line of an input; 0 when hardly."""
    first = part.text.partition("\n")[0]
    if first == line:
        return 1.0
    ratio = SequenceMatcher(None, first[:COMPARED], line[:COMPARED], autojunk=False).ratio()
    return ratio if ratio > 0.3 else 0.0
