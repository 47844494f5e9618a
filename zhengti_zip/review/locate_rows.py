"""Take the rows that were added, moved and removed, in tables and in numbered lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhengti_zip.review.cell_values import FoundValue, own_text
from zhengti_zip.review.list_entries import ListEntry
from zhengti_zip.review.list_rows import joined_lists
from zhengti_zip.review.locating import NEW_ROWS, Locating
from zhengti_zip.review.new_rows import guessed_group, new_row
from zhengti_zip.review.reviewed_text import ReviewedRow, Revision
from zhengti_zip.review.row_following import AddedRow, FollowedRows, RowFollower
from zhengti_zip.review.row_groups import grouped_rows
from zhengti_zip.review.row_order import printed_numbers
from zhengti_zip.submission.inputs import table_parts
from zhengti_zip.submission.paths import INDICATORS, InputPath

NEW_ROW, LISTED = "新增的一行", "编号的条目"
"""Places of texts that belong to no part of a row."""

TYPE = "type"
"""The part of a row of 绩效指标 that says which group it stands in."""


class RowLocator(Locating):
    """Takes the rows of all growing tables."""

    def _take_rows(
        self,
        rows: FollowedRows,
        follower: RowFollower,
        lists: Mapping[InputPath, Sequence[ListEntry]],
    ) -> None:
        """Take new rows and the order of all rows; forget what was in rows that are gone."""
        for added in rows.added:
            self._new_row(added)
        self._groups(rows)
        for table in self._baseline.tables.tables:
            self._found.sequences[table] = rows.sequence(table)
        self._gone_rows(follower)
        self._join_lists(lists)
        self._drop_removed()

    def _new_row(self, added: AddedRow) -> None:
        """Take the values of a row that was not printed."""
        made = new_row(added, self._baseline)
        key = (NEW_ROWS, added.key[1])
        for path, value in made.values.items():
            self._parts[path, key] = [("", value)]
            for comment in value.comments:
                self._comments.found.setdefault(comment, (path, value.text or ""))
        for cell in added.row:
            self._comments.note(cell.paragraphs, cell.text)
        for text in made.unplaced:
            self._loose(text, NEW_ROW)

    def _set_aside_deleted(self) -> None:
        """Take out the rows whose deletion LibreOffice 7.4 saved in part.

        It drops the mark on the row and keeps what stands in controls of plain text; all else is deleted.
        """
        gone = {id(row) for row in self._body.rows if self._is_deleted(row)}
        self._body.gone_rows += [row for row in self._body.rows if id(row) in gone]
        self._body.rows[:] = [row for row in self._body.rows if id(row) not in gone]

    def _is_deleted(self, row: ReviewedRow) -> bool:
        runs = [run for cell in row for run in cell.runs]
        left = [run for run in runs if own_text(run).strip()]
        is_tracked = any(mark.is_deletion for run in runs if not run.text for mark in run.revisions)
        return is_tracked and all(
            run.controls
            and not run.controls[-1].tag
            and self._baseline.tables.key_of(self._path_of(run)) is not None
            for run in left
        )

    def _gone_rows(self, follower: RowFollower) -> None:
        """Note who removed which rows of tables; rows without controls are taken in order."""
        unknown: list[dict[Revision, None]] = []
        for gone in self._body.gone_rows:
            runs = (run for cell in gone for run in cell.runs)
            marks = dict.fromkeys(mark for run in runs for mark in run.revisions if mark.is_deletion)
            key = follower.key(gone)
            if key is None:
                unknown.append(marks)
            else:
                self._found.removed_by[key] = marks
        left = [
            (table, number)
            for table in sorted(self._baseline.tables.tables)
            for number in printed_numbers(self._baseline, table)
            if number not in self._found.sequences[table] and (table, number) not in self._found.removed_by
        ]
        if len(left) == len(unknown):
            self._found.removed_by |= zip(left, unknown, strict=True)

    def _groups(self, rows: FollowedRows) -> None:
        """Take the type of every row that stands in another group than printed, and of every new one."""
        form, printed = self._baseline.form, self._baseline.submission.indicators
        if form.own is None or not form.asks_type:
            return
        types = [row.type for row in printed]
        for row in grouped_rows(form, rows.standing, types):
            path = InputPath.cell(INDICATORS, row.number, TYPE)
            was = types[row.number] if row.number < len(types) else ""
            if (path, (NEW_ROWS, row.number)) not in self._parts:
                self._parts[path, (NEW_ROWS, row.number)] = [(was, FoundValue(path, row.type))]
            if row.is_guessed:
                self._found.problems.append(guessed_group(form, path, row.type))

    def _drop_removed(self) -> None:
        """Forget the inputs of rows that are gone as a whole, which is no loss of each of them."""
        held = self._held()
        for table, numbers in self._found.sequences.items():
            kept = set(numbers)
            for path, key in list(self._parts):
                if path.group != table or path.number in kept:
                    continue
                if path not in held:
                    marks = self._found.removed_by.setdefault((table, path.number or 0), {})
                    for _, found in self._parts[path, key]:
                        marks |= found.revisions
                    del self._parts[path, key]

    def _join_lists(self, lists: Mapping[InputPath, Sequence[ListEntry]]) -> None:
        """Take the new entries of lists, and the order of the rows that they give."""
        for table in {path.group for path in lists}:
            columns = [
                (part.id, lists[path])
                for part in table_parts(self._baseline.form, table)
                if (path := InputPath.column(table, part.id)) in lists
            ]
            held = {path.number or 0 for path in self._held() if path.group == table}
            printed = printed_numbers(self._baseline, table)
            made = joined_lists(table, columns, printed, held, self._baseline.next_numbers[table])
            for value in made.values:
                self._parts[value.path, (NEW_ROWS, value.path.number or 0)] = [("", value)]
            for text in made.unplaced:
                self._loose(text, LISTED)
            self._found.sequences[table] = made.sequence
