"""Merge the rows of one growing table: as printed, as reviewed, and as they are in the workbook now."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.review.document_changes import DocumentChanges
from zhengti_zip.review.row_order import moved_numbers
from zhengti_zip.review.target_workbook import TargetWorkbook, match_entered
from zhengti_zip.review.workbook_changes import MOVED, REMOVED, MovedCell, WorkbookChange
from zhengti_zip.submission.inputs import row_name, table_parts
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place
from zhengti_zip.submission.values import shown


class MergedRows:
    """The rows of one table.

    Attributes:
        table: the table.
    """

    def __init__(self, table: str, document: DocumentChanges, workbook: TargetWorkbook) -> None:
        self.table, self._document, self._workbook = table, document, workbook
        printed = document.baseline.submission
        self._known = match_entered(table, printed, workbook.source.submission)
        self._count = workbook.count(table)
        self._order = document.orders.get(table)
        self._moved = set() if self._order is None else moved_numbers(range(len(self._known)), self._order)
        self._final: list[int] = list(self._tokens())
        self._position = {token: place for place, token in enumerate(self._final)}

    def _token(self, number: int) -> int | None:
        """A row of the Word file: its number in the workbook, or one behind all of them for a new row."""
        if number < len(self._known):
            return self._known[number]
        return self._count + number - len(self._known)

    def _tokens(self) -> Iterator[int]:
        """The rows of the new workbook in order; those the clerk added since stay behind their neighbours."""
        if self._order is None:
            yield from range(self._count)
            return
        known = set(self._known)
        followers: dict[int, list[int]] = {}
        anchor = -1
        for row in range(self._count):
            if row in known:
                anchor = row
            else:
                followers.setdefault(anchor, []).append(row)
        placed = [token for number in self._order if (token := self._token(number)) is not None]
        yield from followers.pop(-1, ())
        for token in placed:
            yield token
            yield from followers.pop(token, ())
        for rows in followers.values():
            yield from rows

    def source(self, path: InputPath) -> InputPath | None:
        """The path in the workbook as it is of an input of the Word file; None where there is no such row."""
        token = self._token(path.number or 0)
        if token is None:
            return None
        return path.at(token)

    def target(self, path: InputPath) -> InputPath | None:
        """The path in the new workbook; None when its row was deleted in the workbook or by the reviewer."""
        token = self._token(path.number or 0)
        if token is None:
            return None
        if self._order is None and token >= self._count:
            return path.at(token)
        place = self._position.get(token)
        return None if place is None else path.at(place)

    def is_new(self, path: InputPath) -> bool:
        """Whether an input stands in a row that the reviewer added."""
        return (path.number or 0) >= len(self._known)

    def changes(self) -> Iterator[WorkbookChange]:
        """The rows that were removed and moved."""
        if self._order is None:
            return
        for number, row in enumerate(self._known):
            if row is None:
                continue
            if number not in self._order:
                yield self._removed(number, row)
            elif number in self._moved and (place := self._position[row]) != row:
                path = InputPath.row(self.table, place)
                label = f"{row_name(self.table, row)}（移动）"
                first = self._place(place, next(iter(self._parts), ""))
                words = self._words(row)
                before, after = (f"{row_name(self.table, n)}：{words}" for n in (row, place))
                yield WorkbookChange(path, label, before, after, place=first, kind=MOVED)

    def _removed(self, number: int, row: int) -> WorkbookChange:
        marks = self._document.found.removed_by.get((self.table, number), {})
        authors = dict.fromkeys(mark.author for mark in marks if mark.author)
        date = max((mark.date for mark in marks), default="")
        label = f"{row_name(self.table, row)}（删去）"
        path = InputPath.row(self.table, row)
        return WorkbookChange(
            path, label, self._words(row), "", "、".join(authors), date, place=None, kind=REMOVED
        )

    def cells(self) -> Iterator[MovedCell]:
        """The cells whose content moves with their row, and those that become empty."""
        if self._order is None:
            return
        moved = {self._known[number] for number in self._moved}
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

    def _place(self, number: int, part: str) -> Place | None:
        return self._workbook.place(InputPath.cell(self.table, number, part))

    def _words(self, row: int) -> str:
        values = (self._workbook.value(InputPath.cell(self.table, row, part)) for part in self._parts)
        return "；".join(shown(value) for value in values if value not in (None, ""))
