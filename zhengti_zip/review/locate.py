"""Locate every printed input in a reviewed file, and the texts of the file that are no inputs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from zhengti_zip.review.baseline import Baseline, PrintedCell, PrintedRow
from zhengti_zip.review.cell_values import CellReader, FoundValue, own_text
from zhengti_zip.review.document import ReviewedDocument
from zhengti_zip.review.list_entries import ListEntry, ListReader
from zhengti_zip.review.locate_lines import LineLocator
from zhengti_zip.review.locate_rows import NEW_ROW, RowLocator
from zhengti_zip.review.located import (
    AlteredText,
    LocatedContent,
    LocatedInput,
    join_over_pages,
)
from zhengti_zip.review.locating import Key
from zhengti_zip.review.lost_controls import ListColumn, restore_controls
from zhengti_zip.review.new_rows import (
    dropped_marks,
    is_measured,
    measured,
)
from zhengti_zip.review.normalize import comparable_result, without_space
from zhengti_zip.review.placeholders import HINTS
from zhengti_zip.review.reviewed_text import ReviewedCell, ReviewedRow, ReviewedRun
from zhengti_zip.review.row_following import RowFollower
from zhengti_zip.review.row_matching import match_in_order
from zhengti_zip.submission.paths import INDICATORS, NO_PATH, TABLES, InputPath
from zhengti_zip.submission.values import shown

CellPairs = list[tuple[PrintedCell, ReviewedCell | None]]
"""Cells as printed and as they are now; None where a cell is gone."""

MAX_CELLS_OF_A_ROW = 500
"""Bound of work: cells of a row with more are matched by position."""


def locate(reviewed: ReviewedDocument, baseline: Baseline) -> LocatedContent:
    """Locate everything that was printed of ``baseline``: by controls, else by place and surrounding text."""
    return _Locator(reviewed, baseline).locate()


class _Locator(LineLocator, RowLocator):
    """Goes through the title, the rows and the other paragraphs of one file."""

    def __init__(self, reviewed: ReviewedDocument, baseline: Baseline) -> None:
        super().__init__(reviewed, baseline)
        self._lists: defaultdict[InputPath, list[ListEntry]] = defaultdict(list)
        self._taken: set[int] = set()

    def locate(self) -> LocatedContent:
        self._title()
        self._set_aside_deleted()
        baseline = self._baseline
        follower = RowFollower(baseline.tables, baseline.rows, self._path_of, baseline.next_numbers)
        rows = follower.follow(self._body.rows)
        self._taken = {id(added.row) for added in rows.added}
        cells = [self._cells(p, row) for p, row in zip(baseline.rows, rows.rows, strict=True)]
        self._restore_lists(cell for row in cells for cell in row)
        for found, row in zip(cells, rows.rows, strict=True):
            self._row(found, is_taken=row is not None and id(row) in self._taken)
        self._others()
        self._unmatched_rows({id(row) for row in rows.rows} | self._taken)
        self._take_rows(rows, follower, self._lists)
        for (path, key), parts in self._parts.items():
            self._found.inputs.append(self._together(path, key, parts))
        for path, strays in self._strays.items():
            for part in strays:
                self._loose(part.text or "", self._baseline.label(path))
        self._found.comment_targets = self._comments.found
        return self._found

    def _row(self, cells: CellPairs, is_taken: bool) -> None:
        for cell, now in cells:
            if now is not None:
                self._collect_strays(now, {part.path for part in cell.parts})
                only = cell.parts[0].path if len(cell.parts) == 1 else NO_PATH
                self._comments.note(now.paragraphs, cell.text or now.text, only)
            if not cell.parts:
                if not is_taken:
                    self._label(cell, now)
            elif cell.parts[0].path.is_result:
                self._computed(cell, now)
            else:
                self._inputs(cell, now)

    def _restore_lists(self, cells: Iterable[tuple[PrintedCell, ReviewedCell | None]]) -> None:
        """Find the entries of numbered lists again that have lost their controls."""
        columns: defaultdict[str, defaultdict[str, ListColumn]] = defaultdict(lambda: defaultdict(list))
        for cell, now in cells:
            path = cell.parts[0].path if cell.parts else NO_PATH
            if now is not None and self._is_list(path):
                columns[path.group][path.part].append((cell, now))
        texts: defaultdict[str, defaultdict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for (path, _), text in self._baseline.texts.items():
            if self._is_list(path):
                texts[path.group][path.number or 0][path.part] = text
        for table, found in columns.items():
            restore_controls(table, found, texts[table], self._path_of)

    def _is_list(self, path: InputPath) -> bool:
        """Whether an input is an entry of a numbered list."""
        return path.group in TABLES and path.group not in self._baseline.tables.tables

    def _cells(self, printed: PrintedRow, row: ReviewedRow | None) -> CellPairs:
        if row is None:
            return [(cell, None) for cell in printed]
        if len(row) == len(printed):
            return list(zip(printed, row, strict=True))
        if len(row) > MAX_CELLS_OF_A_ROW:
            self._loose_cells(row[len(printed) :], printed)
            return list(zip(printed, row, strict=False))
        places = match_in_order(printed, row, self._cell_likeness)
        self._loose_cells([cell for n, cell in enumerate(row) if n not in places], printed)
        return [
            (cell, None if place is None else row[place]) for cell, place in zip(printed, places, strict=True)
        ]

    def _cell_likeness(self, printed: PrintedCell, now: ReviewedCell) -> float:
        here = set(map(self._path_of, now.runs))
        if any(part.path in here for part in printed.parts):
            return 3.0
        return 2.0 if without_space(printed.text) == without_space(now.text) else 0.1

    def _loose_cells(self, cells: Sequence[ReviewedCell], printed: PrintedRow) -> None:
        """Note the texts of cells that a row was not printed with, unless they hold controls."""
        label = next((cell.text for cell in printed if cell.text.strip()), "")
        for cell in cells:
            if not any(map(self._path_of, cell.runs)):
                self._loose(cell.text, f"“{shown(label)}”一行", cell.runs)

    def _label(self, printed: PrintedCell, now: ReviewedCell | None) -> None:
        """Compare a label; that of merged cells may begin in another of their rows."""
        if now is None:
            return
        own = self._locked_text(now)
        label = self._baseline.labels.get(printed.key, "")
        if without_space(own) == without_space(label) or (now.is_continued and not own.strip()):
            return
        if not own.strip() and self._baseline.tables.is_row_number(printed.key):
            return  # a new row stands there, to which nobody gave a number
        if not printed.is_continued:
            self._found.altered.append(AlteredText.of(printed.text, own, now.runs))
        else:
            self._loose(own, f"“{shown(label)}”一格", now.runs)

    def _locked_text(self, cell: ReviewedCell) -> str:
        """The text of a cell outside of the controls of inputs."""
        return "\n".join(
            "".join(run.text for run in paragraph.runs if not self._path_of(run))
            for paragraph in cell.paragraphs
        )

    def _computed(self, printed: PrintedCell, now: ReviewedCell | None) -> None:
        if now is None or comparable_result(now.text) == comparable_result(printed.text):
            return
        if not printed.text and now.text in HINTS:
            return  # a program dropped the control of an unknown total and left its placeholder
        path = printed.parts[0].path
        self._found.altered.append(AlteredText.of(printed.text, now.text, now.runs, path))

    def _inputs(self, printed: PrintedCell, now: ReviewedCell | None) -> None:
        parts = [FoundValue(part.path) for part in printed.parts]
        if now is not None and self._is_measured(printed):
            self._measured(printed, now)
            return
        if now is not None:
            paragraphs = now.paragraphs
            path = printed.parts[0].path
            if self._is_list(path):
                count = len(self._baseline.submission.rows(path.group))
                entries = ListReader(printed, paragraphs, self._path_of, count)
                self._lists[path.of_every_row].extend(entries.entries)
                paragraphs = entries.rest
            parts = CellReader(printed, paragraphs, self._path_of).read()
        for part, was in zip(parts, printed.parts, strict=True):
            self._parts.setdefault((part.path, printed.key), []).append((was.text, part))
            for comment in part.comments:
                self._comments.note_by_place(comment, part.path, printed.text)

    def _is_measured(self, printed: PrintedCell) -> bool:
        """Whether a cell prints a number with its sign or its unit."""
        block = self._baseline.tables.block(printed.key[0])
        column = block.columns.get(printed.key[1]) if block and block.table == INDICATORS else None
        part = printed.parts[0].path.part if len(printed.parts) == 1 else ""
        return column is not None and is_measured(column, part)

    def _measured(self, printed: PrintedCell, now: ReviewedCell) -> None:
        path = printed.parts[0].path
        here = set(map(self._path_of, now.runs))
        if not now.text.strip() and printed.text.strip() and path not in here:
            self._parts.setdefault((path, printed.key), []).append((printed.text, FoundValue(path)))
            return
        for value, was in measured(printed, now, self._baseline, self._path_of):
            self._parts.setdefault((value.path, printed.key), []).append((was, value))
            for comment in value.comments:
                self._comments.note_by_place(comment, path, printed.text)
        problem = dropped_marks(printed, now, self._baseline.label(path))
        self._found.problems += [problem] if problem else []

    def _collect_strays(self, now: ReviewedCell, here: set[InputPath]) -> None:
        found: dict[InputPath, list[str]] = {}
        runs: defaultdict[InputPath, list[ReviewedRun]] = defaultdict(list)
        for paragraph in now.paragraphs:
            by_path: defaultdict[InputPath, list[ReviewedRun]] = defaultdict(list)
            for run in paragraph.runs:
                by_path[self._path_of(run)].append(run)
            for path, own in by_path.items():
                if path and path not in here and not path.is_result:
                    found.setdefault(path, []).append("".join(map(own_text, own)))
                    runs[path] += own
        for path, lines in found.items():
            part = FoundValue(path, "\n".join(lines))
            part.note(runs[path])
            self._strays[path].append(part)

    def _unmatched_rows(self, paired: set[int]) -> None:
        """Inserted rows: their controls may have been moved there, their other text belongs to no input."""
        for row in self._body.rows:
            if id(row) not in paired:
                for cell in row:
                    self._collect_strays(cell, set())
                    self._comments.note(cell.paragraphs, cell.text)
                    self._loose(self._locked_text(cell), NEW_ROW, cell.runs)

    def _together(self, path: InputPath, key: Key, parts: list[tuple[str, FoundValue]]) -> LocatedInput:
        """Join the parts of an input that page breaks divide."""
        full = self._baseline.texts.get((path, key)) or parts[0][0]
        located = LocatedInput(path, full, None)
        texts: list[str] = []
        for _, found in parts:
            part = found
            if part.text is None and self._strays[path]:
                part = self._strays[path].pop(0)
            located.revisions |= part.revisions
            if part.text is None:
                return located
            texts.append(part.text)
        located.text = join_over_pages(texts, [was for was, _ in parts], full)
        return located
