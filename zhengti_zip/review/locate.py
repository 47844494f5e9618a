"""Locate every printed input in a reviewed file, and the texts of the file that are no inputs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from zhengti_zip.base.answers import is_dash
from zhengti_zip.grid.table import Span
from zhengti_zip.review.baseline import Baseline, PrintedCell, PrintedRow
from zhengti_zip.review.cell_values import CellReader, FoundValue, own_text
from zhengti_zip.review.comment_targets import CommentTargets
from zhengti_zip.review.document import ReviewedDocument
from zhengti_zip.review.list_entries import ListEntry, ListReader
from zhengti_zip.review.list_rows import joined_lists
from zhengti_zip.review.located import (
    AlteredText,
    LocatedContent,
    LocatedInput,
    join_over_pages,
)
from zhengti_zip.review.new_rows import (
    dropped_marks,
    guessed_group,
    is_measured,
    measured,
    new_row,
    shown_text,
)
from zhengti_zip.review.normalize import comparable_result, without_space
from zhengti_zip.review.placeholders import HINTS
from zhengti_zip.review.reviewed_text import ReviewedCell, ReviewedParagraph, ReviewedRow, ReviewedRun
from zhengti_zip.review.row_following import AddedRow, FollowedRows, RowFollower
from zhengti_zip.review.row_groups import grouped_rows
from zhengti_zip.review.row_matching import match_in_order
from zhengti_zip.review.row_order import printed_numbers
from zhengti_zip.review.title_line import fixed_text, values_in_title
from zhengti_zip.submission.inputs import table_parts
from zhengti_zip.submission.paths import INDICATORS, NO_PATH, TABLES, InputPath

MAX_CELLS_OF_A_ROW = 500
"""Bound of work: cells of a row with more are matched by position."""

Key = tuple[int, int]
"""A cell of the form by row and column; (-1, n) is line n of the title, (NEW_ROWS, n) row n of a table."""

NEW_ROWS = -3
TYPE = "type"
"""The part of a row of 绩效指标 that says which group it stands in."""


def locate(reviewed: ReviewedDocument, baseline: Baseline) -> LocatedContent:
    """Locate everything that was printed of ``baseline``: by controls, else by place and surrounding text."""
    return _Locator(reviewed, baseline).locate()


class _Locator:
    """Goes through the title, the rows and the other paragraphs of one file."""

    def __init__(self, reviewed: ReviewedDocument, baseline: Baseline) -> None:
        self._body, self._baseline = reviewed.body, baseline
        self._found = LocatedContent()
        self._comments = CommentTargets(self._path_of)
        self._parts: dict[tuple[InputPath, Key], list[tuple[str, FoundValue]]] = {}
        self._lists: defaultdict[InputPath, list[ListEntry]] = defaultdict(list)
        self._taken: set[int] = set()
        self._strays: defaultdict[InputPath, list[FoundValue]] = defaultdict(list)

    def locate(self) -> LocatedContent:
        self._title()
        baseline = self._baseline
        follower = RowFollower(baseline.tables, baseline.rows, self._path_of, baseline.next_numbers)
        rows = follower.follow(self._body.rows)
        self._taken = {id(added.row) for added in rows.added}
        for printed, row in zip(baseline.rows, rows.rows, strict=True):
            self._row(printed, row)
        for added in rows.added:
            self._new_row(added)
        self._others()
        self._unmatched_rows({id(row) for row in rows.rows} | self._taken)
        self._groups(rows)
        for table in baseline.tables.tables:
            self._found.sequences[table] = rows.sequence(table)
        for gone in self._body.gone_rows:
            gone_key = follower.key(gone)
            if gone_key is not None:
                marks = (
                    mark for cell in gone for p in cell.paragraphs for run in p.runs for mark in run.revisions
                )
                self._found.removed_by[gone_key] = dict.fromkeys(mark for mark in marks if mark.is_deletion)
        self._join_lists()
        self._drop_removed()
        for (path, key), parts in self._parts.items():
            self._found.inputs.append(self._together(path, key, parts))
        self._found.surplus += [
            part.text for parts in self._strays.values() for part in parts if part.text and part.text.strip()
        ]
        self._found.comment_targets = self._comments.found
        return self._found

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
        self._found.surplus += made.unplaced

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

    def _held(self) -> set[InputPath]:
        """The inputs in which anything but a dash stands, in any place where they are printed."""
        here = [(path, found) for (path, _), parts in self._parts.items() for _, found in parts]
        here += [(path, found) for path, parts in self._strays.items() for found in parts]
        return {path for path, found in here if found.text and not is_dash(found.text)}

    def _path_of(self, run: ReviewedRun) -> InputPath:
        """The input of the innermost control: by tag, else by title where a program dropped the tags."""
        for control in reversed(run.controls):
            path = self._baseline.paths.get(control.tag)
            if path is None and not control.tag:
                path = self._baseline.titles.get(control.alias)
            if path is not None:
                return path
        return NO_PATH

    def _row(self, printed: PrintedRow, row: ReviewedRow | None) -> None:
        for cell, now in self._cells(printed, row):
            if now is not None:
                self._collect_strays(now, {part.path for part in cell.parts})
                only = cell.parts[0].path if len(cell.parts) == 1 else NO_PATH
                self._comments.note(now.paragraphs, cell.text or now.text, only)
            if not cell.parts:
                if row is None or id(row) not in self._taken:
                    self._label(cell, now)
            elif cell.parts[0].path.is_result:
                self._computed(cell, now)
            else:
                self._inputs(cell, now)

    def _cells(
        self, printed: PrintedRow, row: ReviewedRow | None
    ) -> list[tuple[PrintedCell, ReviewedCell | None]]:
        if row is None:
            return [(cell, None) for cell in printed]
        if len(row) == len(printed):
            return list(zip(printed, row, strict=True))
        if len(row) > MAX_CELLS_OF_A_ROW:
            self._found.surplus += [cell.text for cell in row[len(printed) :] if self._is_loose(cell)]
            return list(zip(printed, row, strict=False))
        places = match_in_order(printed, row, self._cell_likeness)
        self._found.surplus += [
            cell.text for n, cell in enumerate(row) if n not in places and self._is_loose(cell)
        ]
        return [
            (cell, None if place is None else row[place]) for cell, place in zip(printed, places, strict=True)
        ]

    def _cell_likeness(self, printed: PrintedCell, now: ReviewedCell) -> float:
        here = {self._path_of(run) for paragraph in now.paragraphs for run in paragraph.runs}
        if any(part.path in here for part in printed.parts):
            return 3.0
        return 2.0 if without_space(printed.text) == without_space(now.text) else 0.1

    def _is_loose(self, cell: ReviewedCell) -> bool:
        runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
        return bool(cell.text.strip()) and not any(map(self._path_of, runs))

    def _label(self, printed: PrintedCell, now: ReviewedCell | None) -> None:
        """Compare a label; that of merged cells may begin in another of their rows."""
        if now is None:
            return
        own = self._locked_text(now)
        label = self._baseline.labels.get(printed.key, "")
        if without_space(own) == without_space(label) or (now.is_continued and not own.strip()):
            return
        if not printed.is_continued:
            self._found.altered.append(AlteredText(printed.text, own))
        elif own.strip():
            self._found.surplus.append(own)

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
        self._found.altered.append(AlteredText(printed.text, now.text, printed.parts[0].path))

    def _inputs(self, printed: PrintedCell, now: ReviewedCell | None) -> None:
        parts = [FoundValue(part.path) for part in printed.parts]
        if now is not None and self._is_measured(printed):
            self._measured(printed, now)
            return
        if now is not None:
            paragraphs = now.paragraphs
            table = printed.parts[0].path.group
            if table in TABLES and table not in self._baseline.tables.tables:
                entries = ListReader(printed, paragraphs, self._path_of)
                self._lists[printed.parts[0].path.of_every_row].extend(entries.entries)
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
        here = {self._path_of(run) for paragraph in now.paragraphs for run in paragraph.runs}
        if not shown_text(now).strip() and printed.text.strip() and path not in here:
            self._parts.setdefault((path, printed.key), []).append((printed.text, FoundValue(path)))
            return
        for value, was in measured(printed, now, self._baseline, self._path_of):
            self._parts.setdefault((value.path, printed.key), []).append((was, value))
            for comment in value.comments:
                self._comments.note_by_place(comment, path, printed.text)
        problem = dropped_marks(printed, now, self._baseline.label(path))
        self._found.problems += [problem] if problem else []

    def _join_lists(self) -> None:
        """Take the new entries of lists, and the order of the rows that they give."""
        for table in {path.group for path in self._lists}:
            columns = [
                (part.id, self._lists[path])
                for part in table_parts(self._baseline.form, table)
                if (path := InputPath.column(table, part.id)) in self._lists
            ]
            held = {path.number or 0 for path in self._held() if path.group == table}
            printed = printed_numbers(self._baseline, table)
            made = joined_lists(table, columns, printed, held, self._baseline.next_numbers[table])
            for value in made.values:
                self._parts[value.path, (NEW_ROWS, value.path.number or 0)] = [("", value)]
            self._found.surplus += made.unplaced
            self._found.sequences[table] = made.sequence

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
                    text = self._locked_text(cell)
                    if text.strip():
                        self._found.surplus.append(text)

    def _title(self) -> None:
        lines = [line for line in self._body.title if line.text.strip() or any(map(self._path_of, line.runs))]
        printed = self._baseline.title
        places: list[int | None] = list(range(len(lines)))
        if len(lines) != len(printed):
            places = match_in_order(printed, lines, self._title_likeness)
        for number, ((text, spans), place) in enumerate(zip(printed, places, strict=True)):
            self._title_line(text, spans, (-1, number), None if place is None else lines[place])
        self._found.surplus += [
            line.text for n, line in enumerate(lines) if n not in places and line.text.strip()
        ]

    def _title_likeness(self, printed: tuple[str, tuple[Span, ...]], line: ReviewedParagraph) -> float:
        text, spans = printed
        here = set(map(self._path_of, line.runs))
        if any(span.path in here for span in spans) or without_space(text) == without_space(line.text):
            return 2.0
        return 0.1

    def _title_line(
        self, text: str, spans: tuple[Span, ...], key: Key, line: ReviewedParagraph | None
    ) -> None:
        values: Mapping[InputPath, str] = {}
        if line is not None:
            self._comments.note([line], text)
            values, is_intact = values_in_title(text, spans, line, self._path_of)
            if not is_intact:
                self._found.altered.append(AlteredText(text, line.text))
        for span in spans:
            was = text[span.start : span.end]
            part = FoundValue(span.path, values.get(span.path))
            runs = [] if line is None else line.runs
            own = [run for run in runs if self._path_of(run) == span.path]
            if not own and part.text != was:
                own = [run for run in runs if not self._path_of(run)]
            part.note(own)
            self._parts[span.path, key] = [(was, part)]

    def _is_signature(self, text: str, spans: tuple[Span, ...], line: ReviewedParagraph) -> bool:
        """Whether a paragraph is the signature line: by its controls or its text, else by its fixed words."""
        if self._title_likeness((text, spans), line) > 1:
            return True
        has_words = bool(without_space(fixed_text(text, spans)))
        return has_words and bool(spans) and values_in_title(text, spans, line, self._path_of)[1]

    def _others(self) -> None:
        text, spans = self._baseline.signature
        others = self._body.others
        place = next((n for n, line in enumerate(others) if self._is_signature(text, spans, line)), None)
        if spans:
            self._title_line(text, spans, (-2, 0), None if place is None else others[place])
        for number, paragraph in enumerate(others):
            typed = paragraph.text.strip()
            if number != place or not spans:
                self._comments.note([paragraph], typed)
            if typed and number != place:
                self._found.surplus.append(typed)

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
