"""Merge the rows of one growing table: as printed, as reviewed, and as they are in the workbook now."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from zhengti_zip.review.document_changes import DocumentChanges
from zhengti_zip.review.marks import authors_of, date_of
from zhengti_zip.review.row_order import moved_numbers, placed
from zhengti_zip.review.target_workbook import TargetWorkbook, match_entered
from zhengti_zip.review.workbook_changes import ADDED, MOVED, REMOVED, MovedCell, WorkbookChange, decision_key
from zhengti_zip.submission.inputs import row_name, table_parts
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place
from zhengti_zip.submission.values import shown


class MergedRows:
    """The rows of one table.

    A row has two numbers: the one in the Word file, and a *token*. The token of a row of the workbook is its
    number there; tokens of new rows come behind all of them.

    Args:
        refused: keys of the decisions that are not taken over.

    Attributes:
        table: the table.
    """

    def __init__(
        self, table: str, document: DocumentChanges, workbook: TargetWorkbook, refused: Collection[str] = ()
    ) -> None:
        self.table, self._document, self._workbook = table, document, workbook
        self._known = match_entered(table, document.baseline.submission, workbook.source.submission)
        self._count = workbook.count(table)
        printed = range(len(self._known))
        new = {edit.path.number or 0 for edit in document.edits if edit.path.group == table} - set(printed)
        self._order = document.orders.get(table, (*printed, *sorted(new)))
        self._removed = set(printed) - set(self._order)
        self._moved = moved_numbers(printed, self._order)
        self._wished = self._arranged(set())
        self._final = self._arranged({n for n in (*printed, *self._order) if self._key(n) in refused})
        self._position = {token: place for place, token in enumerate(self._final)}

    def _key(self, number: int) -> str:
        """The key of the decision on a row of the Word file; "" where it is neither new, removed nor moved."""
        kinds = ((ADDED, number >= len(self._known)), (REMOVED, number in self._removed))
        kind = next((kind for kind, holds in kinds if holds), MOVED if number in self._moved else "")
        return kind and decision_key(kind, InputPath.row(self.table, number))

    def _token(self, number: int) -> int | None:
        """The token of a row of the Word file; None when the workbook has it no more."""
        if number < len(self._known):
            return self._known[number]
        return self._count + number - len(self._known)

    def _tokens(self, numbers: Collection[int]) -> list[int]:
        return [token for number in numbers if (token := self._token(number)) is not None]

    def _arranged(self, refused: set[int]) -> list[int]:
        """The rows of the new workbook in order; those the clerk added since stay where they are.

        Args:
            refused: the rows of the Word file whose addition, removal or move is not taken over.
        """
        now = [number for number in self._order if number not in refused]
        gone, moved = (set(self._tokens(numbers - refused)) for numbers in (self._removed, self._moved))
        return placed(range(self._count), self._tokens(now), gone, moved)

    def source(self, path: InputPath) -> InputPath | None:
        """The path in the workbook as it is of an input of the Word file; None where there is no such row."""
        token = self._token(path.number or 0)
        return None if token is None else path.at(token)

    def target(self, path: InputPath) -> InputPath | None:
        """The path in the new workbook; None when its row is not in it."""
        token = self._token(path.number or 0)
        place = None if token is None else self._position.get(token)
        return None if place is None else path.at(place)

    def wished(self, path: InputPath) -> InputPath:
        """The path where every change of the reviewer is taken over, also of a row that is not."""
        token = self._token(path.number or 0)
        return path.at(self._wished.index(token)) if token in self._wished else path

    def decision(self, path: InputPath) -> str:
        """The key of the decision that an edit of an input belongs to: that on its row where the row is new."""
        return self._key(path.number or 0) if self.is_new(path) else str(path)

    def is_new(self, path: InputPath) -> bool:
        """Whether an input stands in a row that the reviewer added."""
        return (path.number or 0) >= len(self._known)

    def changes(self) -> Iterator[WorkbookChange]:
        """The rows that were removed and moved, those of refused decisions included."""
        left = [token for token in self._wished if token < self._count]
        is_ordered = left == sorted(left)  # the workbook has the moved rows where they were moved to
        for number, row in enumerate(self._known):
            if row is None:
                continue
            if number in self._removed:
                yield self._removal(number, row)
            elif number in self._moved and not is_ordered:
                yield self._move(number, row)

    def _move(self, number: int, row: int) -> WorkbookChange:
        place, wished = self._position[row], self._wished.index(row)
        label = f"{row_name(self.table, row)}（移动）"
        words = self._words(row)
        before, after = (f"{row_name(self.table, n)}：{words}" for n in (row, wished))
        return WorkbookChange(
            InputPath.row(self.table, place),
            label,
            before,
            after if row != wished else f"{after}（前后次序改变）",
            place=self._first_cell(place),
            kind=MOVED,
            key=self._key(number),
        )

    def _removal(self, number: int, row: int) -> WorkbookChange:
        marks = self._document.found.removed_by.get((self.table, number), {})
        kept = self._position.get(row)
        return WorkbookChange(
            InputPath.row(self.table, row if kept is None else kept),
            f"{row_name(self.table, row)}（删去）",
            self._words(row),
            "",
            authors_of(marks),
            date_of(marks),
            place=None if kept is None else self._first_cell(kept),
            kind=REMOVED,
            key=self._key(number),
        )

    def cells(self) -> Iterator[MovedCell]:
        """The cells whose content moves with their row, and those that become empty."""
        moved = set(self._tokens(self._moved))
        for place in range(max(self._count, len(self._final))):
            row = self._final[place] if place < len(self._final) else None
            if row == place:
                continue
            is_old = row is not None and row < self._count
            for part in self._parts:
                cell = self._place(place, part)
                source = self._place(row, part) if is_old and row is not None else None
                if cell is not None and (place < self._count or is_old):
                    yield MovedCell(cell, source, is_marked=row in moved)

    @property
    def _parts(self) -> list[str]:
        return [part.id for part in table_parts(self._workbook.form, self.table)]

    def _first_cell(self, number: int) -> Place | None:
        return self._place(number, next(iter(self._parts), ""))

    def _place(self, number: int, part: str) -> Place | None:
        return self._workbook.place(InputPath.cell(self.table, number, part))

    def _words(self, row: int) -> str:
        values = (self._workbook.value(InputPath.cell(self.table, row, part)) for part in self._parts)
        return "；".join(shown(value) for value in values if value not in (None, ""))
