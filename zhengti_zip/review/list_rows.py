"""Put the columns of a table together whose rows are printed as numbered lists, a cell for each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhengti_zip.review.cell_values import FoundValue
from zhengti_zip.review.list_entries import ListEntry
from zhengti_zip.submission.paths import InputPath


@dataclass
class ListRows:
    """The rows of one table.

    Attributes:
        table: the table.
        sequence: the numbers of its rows in order; those behind all printed ones are new.
        values: what stands in new entries.
        unplaced: texts of entries whose row is not known.
    """

    table: str
    sequence: list[int] = field(default_factory=list)
    values: list[FoundValue] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def joined_lists(
    table: str,
    columns: Sequence[tuple[str, Sequence[ListEntry]]],
    printed: Sequence[int],
    held: set[int],
    next_number: int,
) -> ListRows:
    """The rows of a table from the entries of its columns.

    The first column gives the order. A new entry of another column belongs to the row that has its number there.

    Args:
        columns: part and entries of every column, from left to right.
        printed: the numbers of all rows that were printed in any column, in order.
        held: those of them in which anything still stands.
        next_number: the number that the first new row gets.
    """
    found = ListRows(table)
    (first, entries), *others = columns
    shown: dict[int, int | None] = {}
    for entry in entries:
        number = entry.path.number if entry.path else None
        if number is None:
            number, next_number = next_number, next_number + 1
            found.values.append(entry.value(InputPath.cell(table, number, first)))
        shown.setdefault(number, entry.shown)
    found.sequence = [number for number in shown if number in held or number not in printed]
    _put_in(found.sequence, held, printed)
    for part, column in others:
        _take(found, part, column, shown, printed)
    return found


def _put_in(sequence: list[int], held: set[int], printed: Sequence[int]) -> None:
    """Add the rows that have no entry in the first column, each behind the row that was printed before it."""
    for place, number in enumerate(printed):
        if number in held and number not in sequence:
            before = next((n for n in reversed(printed[:place]) if n in sequence), None)
            sequence.insert(0 if before is None else sequence.index(before) + 1, number)


def _take(
    found: ListRows,
    part: str,
    column: Sequence[ListEntry],
    shown: dict[int, int | None],
    printed: Sequence[int],
) -> None:
    """Take the new entries of a column that does not give the order."""
    taken = {entry.path.number for entry in column if entry.path}
    for place, entry in enumerate(column):
        if entry.path:
            continue
        above = next((e.path.number for e in reversed(column[:place]) if e.path), None)
        rows = list(_rows_for(entry, above, found.sequence, shown, set(printed)))
        row = next((row for row in rows if row not in taken), None)
        if row is None:
            found.unplaced.append(entry.text)
        else:
            taken.add(row)
            found.values.append(entry.value(InputPath.cell(found.table, row, part)))


def _rows_for(
    entry: ListEntry,
    above: int | None,
    sequence: Sequence[int],
    shown: dict[int, int | None],
    printed: set[int],
) -> Iterator[int]:
    """The rows an entry may belong to, the likeliest first."""
    named = [row for row in sequence if entry.shown is not None and shown.get(row) == entry.shown]
    yield from sorted(named, key=lambda row: row in printed)
    if entry.shown is not None and 0 < entry.shown <= len(sequence):
        yield sequence[entry.shown - 1]
    start = sequence.index(above) + 1 if above in sequence else 0
    yield from (row for row in sequence[start:] if row not in printed)
