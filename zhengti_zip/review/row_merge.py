"""Merge the rows of one growing table: as printed, as each reviewer's copy has them, and as they are in the workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from zhengti_zip.review.copied_rows import CopiedRows, copied_rows
from zhengti_zip.review.copies import ReviewedCopy
from zhengti_zip.review.marks import authors_of, date_of
from zhengti_zip.review.row_order import placed
from zhengti_zip.review.target_workbook import TargetWorkbook
from zhengti_zip.review.workbook_changes import ADDED, MOVED, REMOVED, MovedCell, WorkbookChange, decision_key
from zhengti_zip.submission.inputs import row_name, table_parts
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Place
from zhengti_zip.submission.values import shown


class MergedRows:
    """The rows of one table.

    Every row has a *token*: that of a row of the workbook is its number there, those of new rows follow.

    Args:
        refused: keys of the decisions that are not taken over.

    Attributes:
        table: the table.
        conflicts: by token of a row that the copies disagree about, why neither is right, in words.
    """

    def __init__(
        self, table: str, copies: Sequence[ReviewedCopy], workbook: TargetWorkbook, refused: Collection[str]
    ) -> None:
        self.table, self._workbook = table, workbook
        self._count = workbook.count(table)
        self._copies = copied_rows(table, copies, self._count)
        self._removed = self._by_token(rows.removed for rows in self._copies)
        self._moved = self._by_token(rows.moved for rows in self._copies)
        self.conflicts = dict(self._found_conflicts())
        declined = {token for token in self._tokens() if self.decision(token) in refused}
        self._refused = declined | set(self.conflicts)
        self._wished = self._arranged(set(self.conflicts))
        self._final = self._arranged(self._refused)
        self._position = {token: place for place, token in enumerate(self._final)}

    def _by_token(self, found: Iterable[Collection[int]]) -> dict[int, list[CopiedRows]]:
        """For each row, the copies that did something with it."""
        by: dict[int, list[CopiedRows]] = {}
        for rows, tokens in zip(self._copies, found, strict=True):
            for token in sorted(tokens):
                by.setdefault(token, []).append(rows)
        return by

    def _tokens(self) -> set[int]:
        return {*range(self._count), *(token for rows in self._copies for token in rows.order)}

    def _found_conflicts(self) -> Iterator[tuple[int, str]]:
        """The rows removed in one copy and edited or moved in another, and those moved to different places."""
        for token, removers in self._removed.items():
            others = [rows for rows in self._copies if rows not in removers and token in rows.touched]
            if others:
                removing, editing = (_names(found) for found in (removers, others))
                yield token, f"冲突：{removing} 删去了这一行，{editing} 改了这一行"
        unsteady = {*self._moved, *self._removed}
        for token, movers in self._moved.items():
            if token not in self._removed and len({rows.above(token, unsteady) for rows in movers}) > 1:
                yield token, f"冲突：{_names(movers)} 移到的位置不同"

    def decision(self, token: int) -> str:
        """The key of the decision on a row; "" where it is neither new, removed nor moved."""
        kinds = (
            (ADDED, token >= self._count),
            (REMOVED, token in self._removed),
            (MOVED, token in self._moved),
        )
        kind = next((kind for kind, holds in kinds if holds), "")
        return kind and decision_key(kind, InputPath.row(self.table, token))

    def _arranged(self, refused: set[int]) -> list[int]:
        """The rows of the new workbook in order; those the clerk added since stay where they are.

        Args:
            refused: the rows whose addition, removal or move is not taken over.
        """
        gone = set(self._removed) - refused
        moved = set(self._moved) - refused - gone
        order = [token for token in range(self._count) if token not in gone and token not in moved]
        steady = set(order)
        for rows in self._copies:
            known = set(order) | ((rows.moved | rows.added) - refused - gone)
            now = [token for token in rows.order if token in known]
            order = placed(order, now, others=set(order) - steady)
        return order

    def token_of(self, copy: ReviewedCopy, path: InputPath) -> int | None:
        """The token of the row an input of a copy stands in; None when the workbook has it no more."""
        return next(rows for rows in self._copies if rows.copy is copy).token(path.number or 0)

    def target(self, path: InputPath) -> InputPath | None:
        """The path in the new workbook of an input of a row given by its token; None when it is not in it."""
        place = self._position.get(path.number or 0)
        return None if place is None else path.at(place)

    def wished(self, path: InputPath) -> InputPath:
        """The path where every change is taken over, also of a row that is not."""
        token = path.number or 0
        return path.at(self._wished.index(token)) if token in self._wished else path

    def is_new(self, token: int) -> bool:
        """Whether reviewers added a row."""
        return token >= self._count

    def changes(self) -> Iterator[tuple[WorkbookChange, int]]:
        """The rows that were removed and moved, each with its token, also where that is not taken over."""
        left = [token for token in self._wished if token < self._count]
        is_ordered = left == sorted(left)  # the workbook has the moved rows where they were moved to
        for token in range(self._count):
            if token in self._removed:
                yield self._removal(token), token
            elif token in self._moved and (not is_ordered or token in self.conflicts):
                yield self._move(token), token

    def _move(self, token: int) -> WorkbookChange:
        place, wished = self._position[token], self._wished.index(token)
        words = self._words(token)
        before, after = (f"{row_name(self.table, n)}：{words}" for n in (token, wished))
        if token in self.conflicts:
            after = self._told_places(token)
        return WorkbookChange(
            InputPath.row(self.table, place),
            f"{row_name(self.table, token)}（移动）",
            before,
            after if after != before else f"{after}（前后次序改变）",
            "、".join(filter(None, (rows.copy.signed("") for rows in self._moved[token]))),
            place=self._first_cell(place),
            kind=MOVED,
            key=self.decision(token),
        )

    def _told_places(self, token: int) -> str:
        """Where each copy has a row."""
        rows = ((rows.copy.name, rows.order.index(token)) for rows in self._moved[token])
        return "\n".join(f"{name}：{row_name(self.table, place)}" for name, place in rows)

    def _removal(self, token: int) -> WorkbookChange:
        signed, marks = [], []
        for rows in self._removed[token]:
            own = rows.marks_on(token)
            signed.append(rows.copy.signed(authors_of(own)))
            marks += own
        kept = self._position.get(token)
        return WorkbookChange(
            InputPath.row(self.table, token if kept is None else kept),
            f"{row_name(self.table, token)}（删去）",
            self._words(token),
            "",
            "、".join(dict.fromkeys(filter(None, signed))),
            date_of(marks),
            place=None if kept is None else self._first_cell(kept),
            kind=REMOVED,
            key=self.decision(token),
        )

    def cells(self) -> Iterator[MovedCell]:
        """The cells whose content moves with their row, and those that become empty."""
        marked = set(self._moved) - self._refused
        for place in range(max(self._count, len(self._final))):
            row = self._final[place] if place < len(self._final) else None
            if row == place:
                continue
            is_old = row is not None and row < self._count
            for part in self._parts:
                cell = self._place(place, part)
                source = self._place(row, part) if is_old and row is not None else None
                if cell is not None and (place < self._count or is_old):
                    yield MovedCell(cell, source, is_marked=row in marked)

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


def _names(found: Iterable[CopiedRows]) -> str:
    return "、".join(rows.copy.name for rows in found)
