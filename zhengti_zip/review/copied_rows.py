"""The rows of one growing table in one copy, numbered as all copies number them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from zhengti_zip.review.copies import ReviewedCopy
from zhengti_zip.review.reviewed_text import Revision
from zhengti_zip.review.row_order import moved_numbers


@dataclass(eq=False)
class CopiedRows:
    """The rows of one copy, by their tokens (:class:`zhengti_zip.review.row_merge.MergedRows`).

    Attributes:
        copy: the copy.
        table: the table.
        order: the rows that the workbook has and the new ones, as they stand in the copy.
        removed, moved: what the reviewer did with rows.
        edited: rows in which inputs were changed.
    """

    copy: ReviewedCopy
    table: str
    order: list[int] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    edited: set[int] = field(default_factory=set)
    _new: dict[int, int] = field(default_factory=dict)

    @property
    def added(self) -> set[int]:
        """The new rows."""
        return set(self._new.values())

    @property
    def touched(self) -> set[int]:
        """The rows that the reviewer changed and kept."""
        return self.edited | self.moved

    def token(self, number: int) -> int | None:
        """The token of a row by its number in the copy; None when the workbook has it no more."""
        known = self.copy.known[self.table]
        return known[number] if number < len(known) else self._new.get(number)

    def above(self, token: int, moved: Container[int]) -> int:
        """The row of the workbook above a row, moved ones left out; -1 at the top."""
        before = self.order[: self.order.index(token)]
        added = self.added
        steady = (row for row in reversed(before) if row not in added and row not in moved)
        return next(steady, -1)

    def marks_on(self, token: int) -> list[Revision]:
        """The tracked changes that removed a row."""
        number = self.copy.known[self.table].index(token)
        return list(self.copy.document.found.removed_by.get((self.table, number), {}))


def copied_rows(table: str, copies: Sequence[ReviewedCopy], count: int) -> list[CopiedRows]:
    """The rows of all copies. A new row that several copies have with the same words is one row.

    Args:
        table: the table.
        copies: the copies.
        count: how many rows the workbook has.
    """
    by_words: dict[frozenset[tuple[str, str]], list[int]] = {}
    made: list[CopiedRows] = []
    following = count
    for copy in copies:
        rows = CopiedRows(copy, table)
        taken: set[int] = set()
        for number, words in sorted(_new_rows(copy, table).items()):
            alike = by_words.setdefault(words, [])
            token = next((token for token in alike if token not in taken), following)
            if token == following:
                following += 1
                alike.append(token)
            taken.add(token)
            rows._new[number] = token
        _fill(rows)
        made.append(rows)
    return made


def _fill(rows: CopiedRows) -> None:
    """Note what was done with the rows of a copy."""
    document, table = rows.copy.document, rows.table
    printed = range(len(rows.copy.known[table]))
    order = document.orders.get(table, (*printed, *sorted(rows._new)))

    def tokens(numbers: Sequence[int]) -> list[int]:
        return [token for number in numbers if (token := rows.token(number)) is not None]

    rows.order = tokens(order)
    rows.removed = set(tokens(sorted(set(printed) - set(order))))
    rows.moved = set(tokens(sorted(moved_numbers(printed, order))))
    edits = (edit.path for edit in document.edits if edit.path.group == table)
    rows.edited = set(tokens([path.number or 0 for path in edits])) - rows.added


def _new_rows(copy: ReviewedCopy, table: str) -> dict[int, frozenset[tuple[str, str]]]:
    """By number, what stands in each new row."""
    printed = len(copy.known[table])
    words: dict[int, set[tuple[str, str]]] = {}
    for edit in copy.document.edits:
        number = edit.path.number
        if edit.path.group == table and number is not None and number >= printed:
            words.setdefault(number, set()).add((edit.path.part, edit.after))
    return {number: frozenset(found) for number, found in words.items()}
