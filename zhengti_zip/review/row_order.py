"""The order of the rows of a growing table after a review."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence, Set

from zhengti_zip.base.answers import is_dash
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.edits import Edit
from zhengti_zip.review.located import LocatedContent


def row_orders(
    found: LocatedContent, edits: Sequence[Edit], baseline: Baseline
) -> dict[str, tuple[int, ...]]:
    """By table the numbers of its rows in their new order, for every table with another list of rows."""
    orders = {}
    for table, now in found.sequences.items():
        count = len(baseline.submission.rows(table))
        edited = {edit.path.number for edit in edits if edit.path.group == table}
        printed = printed_numbers(baseline, table)
        known = set(printed)
        kept = [n for n in now if (n in edited if n >= count else n in known)]
        rows = [number for number in printed if number < count]
        order = placed(range(count), kept, set(rows) - set(kept), moved_numbers(rows, kept))
        if order != list(range(count)):
            orders[table] = tuple(order)
    return orders


def printed_numbers(baseline: Baseline, table: str) -> list[int]:
    """The numbers of the rows of a table in the order in which they are printed.

    Of rows printed as lists only those that have more than a dash in one of the lists are printed.
    """
    is_list = table not in baseline.tables.tables
    found = (
        part.path.number
        for row in baseline.rows
        for cell in row
        for part in cell.parts
        if part.path.group == table
        and part.path.number is not None
        and (not is_list or not is_dash(part.text))
    )
    numbers = dict.fromkeys(found)
    return sorted(numbers) if is_list else list(numbers)


def placed(
    entered: Sequence[int],
    now: Sequence[int],
    gone: Set[int] = frozenset(),
    moved: Set[int] = frozenset(),
    others: Set[int] = frozenset(),
) -> list[int]:
    """The rows in the order in which they are to be entered.

    Rows that kept their order on paper keep their places in the list, which may have another order where the
    form prints them by group. A moved or new row comes behind the one that stands above it on paper.

    Args:
        entered: the rows as they were entered.
        now: the rows in their order on paper now; rows that are absent keep their places too.
        gone: the rows that were removed.
        moved: the rows of ``now`` that have another place than before.
        others: rows that other lists have put behind a row of this one, which come first.
    """
    kept = [number for number in entered if number not in gone and number not in moved]
    steady = set(kept)
    first = next((number for number in now if number in steady), None)
    behind: defaultdict[int | None, list[int]] = defaultdict(list)
    above: int | None = None
    for number in now:
        if number in steady:
            above = number
        else:
            behind[above].append(number)
    order: list[int] = []
    waiting: list[int] = []
    for number in kept:
        if number not in others:
            order += waiting
            waiting = []
        order += [*(behind[None] if number == first else ()), number]
        waiting += behind[number]
    return [*order, *waiting, *(behind[None] if first is None else ())]


def moved_numbers(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """The rows that are not in the order they had, as few as possible."""
    rank = {number: place for place, number in enumerate(before)}
    common = [number for number in after if number in rank]
    return set(common) - set(_longest_rising(common, rank))


def _longest_rising(numbers: Sequence[int], rank: dict[int, int]) -> list[int]:
    """The most of some numbers that have rising ranks."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, rank[number])
        previous.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(rank[number])
            ends.append(place)
        else:
            tails[at], ends[at] = rank[number], place
    found: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(numbers[place])
        place = previous[place]
    return found[::-1]
