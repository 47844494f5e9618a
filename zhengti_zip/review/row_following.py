"""Follow the rows of the printed tables into the reviewed file: which are where, which are new or gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhengti_zip.review.baseline import PrintedCell, PrintedRow
from zhengti_zip.review.cell_values import PathOf
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.placeholders import HINTS
from zhengti_zip.review.printed_tables import PrintedTables, RowKey, TableBlock
from zhengti_zip.review.reviewed_text import ReviewedCell, ReviewedRow
from zhengti_zip.review.row_matching import is_intact, match_by_text


@dataclass(frozen=True)
class AddedRow:
    """A row of a table that was not printed.

    Attributes:
        key: its table and the number it is given, behind all printed rows.
        block: the block of the form it stands in.
        printed: a printed row of that block with the same cells.
        row: the row of the reviewed file.
        copied: the number of the row it is a copy of; None when it was typed.
    """

    key: RowKey
    block: TableBlock
    printed: PrintedRow
    row: ReviewedRow
    copied: int | None = None


@dataclass(frozen=True)
class StandingRow:
    """A row of the reviewed file in a block of entered rows: the row it shows, and its printed cells."""

    number: int
    block: TableBlock
    printed: PrintedRow
    row: ReviewedRow


@dataclass
class FollowedRows:
    """Where the rows of a form are in the reviewed file.

    Attributes:
        rows: for every printed row the one in the reviewed file; None where it is gone.
        added: the new rows of tables.
        standing: the rows of tables from top to bottom, the new ones included.
    """

    rows: list[ReviewedRow | None]
    added: list[AddedRow] = field(default_factory=list)
    standing: list[StandingRow] = field(default_factory=list)

    def sequence(self, table: str) -> list[int]:
        """The numbers of the rows of a table from top to bottom, each once."""
        return list(dict.fromkeys(row.number for row in self.standing if row.block.table == table))


class RowFollower:
    """Follows the rows of one form.

    Args:
        tables: the tables of the form.
        printed: all printed rows.
        path_of: gives the input of a run.
        next_numbers: by table, the number that the first new row gets.
    """

    def __init__(
        self,
        tables: PrintedTables,
        printed: Sequence[PrintedRow],
        path_of: PathOf,
        next_numbers: Mapping[str, int],
    ) -> None:
        self._tables, self._printed, self._path_of = tables, printed, path_of
        self._next = dict(next_numbers)
        self._grid_rows = [max(cell.key[0] for cell in row) for row in printed]
        self._keys = [tables.key(number) for number in self._grid_rows]

    def follow(self, rows: Sequence[ReviewedRow]) -> FollowedRows:
        """Find every printed row and every new one."""
        keys = [self.key(row) for row in rows]
        if (
            len(rows) == len(self._printed)
            and all(map(is_intact, self._printed, rows))
            and all(key in (None, known) for key, known in zip(keys, self._keys, strict=True))
        ):
            places: list[int | None] = list(range(len(rows)))
        else:
            places = self._places(rows, keys)
        followed = FollowedRows([None if place is None else rows[place] for place in places])
        self._stand(followed, places, rows, keys)
        return followed

    def key(self, row: ReviewedRow) -> RowKey | None:
        """The entered row whose controls are in a row of the reviewed file; None without any."""
        if not self._tables.tables:
            return None
        paths = {self._path_of(run) for cell in row for run in cell.runs}
        found = Counter(key for path in paths if path and (key := self._tables.key_of(path)) is not None)
        return found.most_common(1)[0][0] if found else None

    def _places(self, rows: Sequence[ReviewedRow], keys: Sequence[RowKey | None]) -> list[int | None]:
        """For every printed row the index of the reviewed one: by controls, else by what stands in it."""
        places: list[int | None] = [None] * len(self._printed)
        pieces: defaultdict[RowKey, list[int]] = defaultdict(list)
        copies: defaultdict[RowKey, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            if key is not None:
                pieces[key].append(number)
        for place, key in enumerate(keys):
            if key is not None:
                copies[key].append(place)
        for key, found in copies.items():
            wanted = pieces.get(key, [])
            for number, place in zip(wanted, self._originals(wanted, found, rows), strict=False):
                places[number] = place
        controlled = {key[0] for key in copies}
        left = [number for number, place in enumerate(places) if place is None]
        free = [place for place, key in enumerate(keys) if key is None]
        is_sure = [(key := self._keys[number]) is not None and key[0] in controlled for number in left]
        matched = match_by_text([self._printed[n] for n in left], [rows[p] for p in free], is_sure)
        for number, match in zip(left, matched, strict=True):
            places[number] = None if match is None else free[match]
        return places

    def _originals(
        self, pieces: Sequence[int], found: Sequence[int], rows: Sequence[ReviewedRow]
    ) -> list[int]:
        """Of several rows with the same controls those that are no copies: the most like what was printed."""
        if len(found) <= len(pieces):
            return list(found)
        texts = [[_entered_text(cell) for cell in self._printed[number]] for number in pieces]

        def likeness(place: int) -> int:
            here = [_shown_text(cell) for cell in rows[place]]
            return max((sum(a == b for a, b in zip(one, here, strict=False)) for one in texts), default=0)

        best = sorted(found, key=likeness, reverse=True)[: len(pieces)]
        return sorted(best)

    def _stand(
        self,
        followed: FollowedRows,
        places: Sequence[int | None],
        rows: Sequence[ReviewedRow],
        keys: Sequence[RowKey | None],
    ) -> None:
        """Note which row of a table stands where, and the new ones among them."""
        printed_at = {place: number for number, place in enumerate(places) if place is not None}
        above, below = _neighbours(printed_at, len(rows))
        for place, row in enumerate(rows):
            number = printed_at.get(place)
            if number is not None:
                key, block = self._keys[number], self._tables.block(self._grid_rows[number])
                is_blank = self._tables.is_blank(self._grid_rows[number])
                if key is not None and block is not None:
                    followed.standing.append(StandingRow(key[1], block, self._printed[number], row))
                elif not is_blank or block is None or not _has_parts(row, self._printed[number], block):
                    continue
                else:
                    self._add(followed, block, self._printed[number], row, None)
                continue
            template = self._template(above[place], below[place], len(row))
            if template is None:
                continue
            block = self._tables.block(self._grid_rows[template])
            if block is not None and _has_parts(row, self._printed[template], block):
                key = keys[place]
                copied = key[1] if key is not None and key[0] == block.table else None
                self._add(followed, block, self._printed[template], row, copied)

    def _add(
        self,
        followed: FollowedRows,
        block: TableBlock,
        printed: PrintedRow,
        row: ReviewedRow,
        copied: int | None,
    ) -> None:
        number = self._next[block.table]
        self._next[block.table] += 1
        followed.added.append(AddedRow((block.table, number), block, printed, row, copied))
        followed.standing.append(StandingRow(number, block, printed, row))

    def _template(self, above: int | None, below: int | None, width: int) -> int | None:
        """The printed row whose cells a new row has; None where it stands in no table of entered rows.

        Args:
            above, below: the nearest printed rows.
            width: the cells of the new row.
        """
        fitting = [
            number
            for number in (above, below)
            if number is not None
            and self._tables.block(self._grid_rows[number]) is not None
            and not (number == below and self._tables.is_head(self._grid_rows[number]))
            and len(self._printed[number]) == width
        ]
        return next((n for n in fitting if self._keys[n] is not None), next(iter(fitting), None))


def _entered_text(cell: PrintedCell) -> str | None:
    """The text of a cell to compare; None for a label, which may begin in another row."""
    return without_space(cell.text) if cell.parts else None


def _shown_text(cell: ReviewedCell) -> str:
    """The text of a cell to compare, without the placeholder of a control that a program dropped."""
    text = without_space(cell.text)
    return "" if text in HINTS else text


def _neighbours(printed_at: Mapping[int, int], count: int) -> tuple[list[int | None], list[int | None]]:
    """For every row of the reviewed file the printed rows nearest above and below it."""
    above: list[int | None] = []
    below: list[int | None] = []
    for found, places in ((above, range(count)), (below, range(count - 1, -1, -1))):
        known = None
        for place in places:
            found.append(known)
            known = printed_at.get(place, known)
    return above, below[::-1]


def _has_parts(row: ReviewedRow, printed: PrintedRow, block: TableBlock) -> bool:
    """Whether something is entered in a new row."""
    return any(
        now.text.strip() for cell, now in zip(printed, row, strict=False) if cell.key[1] in block.parts
    )
