"""Every printed input found again in a reviewed file, and what there is in the file besides inputs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from zhengti_zip.grid.table import Span
from zhengti_zip.review.alignment import in_order, paired_rows, squeezed
from zhengti_zip.review.baseline import Baseline, PrintedCell, PrintedRow
from zhengti_zip.review.cellparts import CellReader, FoundPart, own_text
from zhengti_zip.review.document import Reviewed
from zhengti_zip.review.found import Altered, Findings, Seen, boxed, joined
from zhengti_zip.review.hints import HINTS
from zhengti_zip.review.passages import Passage, Piece, WordCell, WordRow
from zhengti_zip.review.titles import values_in_title
from zhengti_zip.submission.paths import NO_PATH, InputPath

Key = tuple[int, int]
"""A cell of the form by row and column; (-1, n) is line n of the title."""


def findings(reviewed: Reviewed, baseline: Baseline) -> Findings:
    """Look for everything that was printed from ``baseline``."""
    return _Finder(reviewed, baseline).find()


class _Finder:
    """Goes through title, rows and the rest of one file."""

    def __init__(self, reviewed: Reviewed, baseline: Baseline) -> None:
        self._body, self._baseline = reviewed.body, baseline
        self._found = Findings()
        self._parts: dict[tuple[InputPath, Key], list[tuple[str, FoundPart]]] = {}
        self._strays: defaultdict[InputPath, list[FoundPart]] = defaultdict(list)

    def find(self) -> Findings:
        self._title()
        rows = paired_rows(self._baseline.rows, self._body.rows)
        for printed, row in zip(self._baseline.rows, rows, strict=True):
            self._row(printed, row)
        self._others()
        self._unmatched_rows({id(row) for row in rows})
        for (path, key), parts in self._parts.items():
            self._found.inputs.append(self._together(path, key, parts))
        self._found.surplus += [
            part.text for parts in self._strays.values() for part in parts if part.text and part.text.strip()
        ]
        return self._found

    def _path_of(self, piece: Piece) -> InputPath:
        """The input of the innermost control of ours; by tag, else by title where a program dropped tags."""
        for control in reversed(piece.controls):
            path = self._baseline.paths.get(control.tag)
            if path is None and not control.tag:
                path = self._baseline.titles.get(control.alias)
            if path is not None:
                return path
        return NO_PATH

    def _row(self, printed: PrintedRow, row: WordRow | None) -> None:
        for cell, now in self._cells(printed, row):
            if now is not None:
                self._stray_parts(cell, now)
                self._homes_of(cell, now)
            if not cell.parts:
                self._label(cell, now)
            elif cell.parts[0].path.is_result:
                self._computed(cell, now)
            else:
                self._inputs(cell, now)

    def _cells(self, printed: PrintedRow, row: WordRow | None) -> list[tuple[PrintedCell, WordCell | None]]:
        if row is None:
            return [(cell, None) for cell in printed]
        if len(row) == len(printed):
            return list(zip(printed, row, strict=True))
        places = in_order(printed, row, self._cell_likeness)
        self._found.surplus += [
            cell.text for n, cell in enumerate(row) if n not in places and self._is_loose(cell)
        ]
        return [
            (cell, None if place is None else row[place]) for cell, place in zip(printed, places, strict=True)
        ]

    def _cell_likeness(self, printed: PrintedCell, now: WordCell) -> float:
        here = {self._path_of(piece) for passage in now.passages for piece in passage.pieces}
        if any(part.path in here for part in printed.parts):
            return 3.0
        return 2.0 if squeezed(printed.text) == squeezed(now.text) else 0.1

    def _is_loose(self, cell: WordCell) -> bool:
        pieces = [piece for passage in cell.passages for piece in passage.pieces]
        return bool(cell.text.strip()) and not any(map(self._path_of, pieces))

    def _label(self, printed: PrintedCell, now: WordCell | None) -> None:
        if now is None:
            return
        own = "\n".join(self._without_controls(passage) for passage in now.passages)
        if squeezed(own) != squeezed(printed.text):
            if printed.is_continued:
                self._found.surplus.append(own)
            else:
                self._found.altered.append(Altered(printed.text, own))

    def _without_controls(self, passage: Passage) -> str:
        return "".join(piece.text for piece in passage.pieces if not self._path_of(piece))

    def _computed(self, printed: PrintedCell, now: WordCell | None) -> None:
        if now is None or boxed(now.text) == boxed(printed.text):
            return
        if not printed.text and now.text in HINTS:
            return  # the control of a total that is not known yet was dropped, its hint left
        self._found.altered.append(Altered(printed.text, now.text, printed.parts[0].path))

    def _inputs(self, printed: PrintedCell, now: WordCell | None) -> None:
        parts = [FoundPart(part.path) for part in printed.parts]
        if now is not None:
            reader = CellReader(printed, now, self._path_of)
            parts = reader.read()
            for path, added in reader.added.items():
                self._added(path, printed.key, added)
        for part, was in zip(parts, printed.parts, strict=True):
            self._parts.setdefault((part.path, printed.key), []).append((was.text, part))
            for comment in part.comments:
                if not self._found.homes[comment][0]:  # found by its place: no control told the input
                    self._found.homes[comment] = (part.path, printed.text)

    def _added(self, path: InputPath, key: Key, part: FoundPart) -> None:
        """An entry under a new number: of a row that is there, or the first of the row after the last."""
        number, count = path.number or 0, len(self._baseline.submission.goals)
        if number < count or (number == count and path.part == "goal"):
            self._parts.setdefault((path, key), []).append(("", part))
        else:
            self._found.surplus.append(part.text or "")

    def _stray_parts(self, printed: PrintedCell, now: WordCell) -> None:
        """Controls that stand where they do not belong."""
        here = {part.path for part in printed.parts}
        self._collect_strays(now, here)

    def _collect_strays(self, now: WordCell, here: set[InputPath]) -> None:
        found: dict[InputPath, list[str]] = {}
        pieces: defaultdict[InputPath, list[Piece]] = defaultdict(list)
        for passage in now.passages:
            for path in dict.fromkeys(map(self._path_of, passage.pieces)):
                if path and path not in here and not path.is_result:
                    own = [piece for piece in passage.pieces if self._path_of(piece) == path]
                    found.setdefault(path, []).append("".join(map(own_text, own)))
                    pieces[path] += own
        for path, lines in found.items():
            part = FoundPart(path, "\n".join(lines))
            part.note(pieces[path])
            self._strays[path].append(part)

    def _unmatched_rows(self, paired: set[int]) -> None:
        """Rows that were put in: their controls may be moved ones, their other text belongs nowhere."""
        for row in self._body.rows:
            if id(row) not in paired:
                for cell in row:
                    self._collect_strays(cell, set())
                    self._note_homes(NO_PATH, cell.text, cell.passages)
                    own = "\n".join(self._without_controls(passage) for passage in cell.passages)
                    if own.strip():
                        self._found.surplus.append(own)

    def _title(self) -> None:
        lines = [
            line for line in self._body.title if line.text.strip() or any(map(self._path_of, line.pieces))
        ]
        printed = self._baseline.title
        places: list[int | None] = list(range(len(lines)))
        if len(lines) != len(printed):
            places = in_order(printed, lines, self._title_likeness)
        for number, ((text, spans), place) in enumerate(zip(printed, places, strict=True)):
            self._title_line(text, spans, (-1, number), None if place is None else lines[place])
        self._found.surplus += [
            line.text for n, line in enumerate(lines) if n not in places and line.text.strip()
        ]

    def _title_likeness(self, printed: tuple[str, tuple[Span, ...]], line: Passage) -> float:
        text, spans = printed
        here = set(map(self._path_of, line.pieces))
        if any(span.path in here for span in spans) or squeezed(text) == squeezed(line.text):
            return 2.0
        return 0.1

    def _title_line(self, text: str, spans: tuple[Span, ...], key: Key, line: Passage | None) -> None:
        values: Mapping[InputPath, str] = {}
        if line is not None:
            self._note_homes(NO_PATH, text, [line])
            values, is_intact = values_in_title(text, spans, line, self._path_of)
            if not is_intact:
                self._found.altered.append(Altered(text, line.text))
        for span in spans:
            was = text[span.start : span.end]
            part = FoundPart(span.path, values.get(span.path))
            pieces = [] if line is None else line.pieces
            own = [piece for piece in pieces if self._path_of(piece) == span.path]
            if not own and part.text != was:
                own = [piece for piece in pieces if not self._path_of(piece)]
            part.note(own)
            self._parts[span.path, key] = [(was, part)]

    def _others(self) -> None:
        signature = squeezed("".join(f"{label}：" for label in self._baseline.table.signature))
        for passage in self._body.others:
            text = passage.text.strip()
            self._note_homes(NO_PATH, text, [passage])
            if text and squeezed(text) != signature:
                self._found.surplus.append(text)

    def _together(self, path: InputPath, key: Key, parts: list[tuple[str, FoundPart]]) -> Seen:
        """The parts of a text that page breaks divide, joined as they were divided."""
        full = self._baseline.texts.get((path, key)) or parts[0][0]
        seen = Seen(path, full, None)
        texts: list[str] = []
        for _, found in parts:
            part = found
            if part.text is None and self._strays[path]:
                part = self._strays[path].pop(0)
            seen.revisions += part.revisions
            seen.comments += part.comments
            if part.text is None:
                return seen
            texts.append(part.text)
        seen.text = joined(texts, [was for was, _ in parts], full)
        return seen

    def _homes_of(self, printed: PrintedCell, now: WordCell) -> None:
        only = printed.parts[0].path if len(printed.parts) == 1 else NO_PATH
        self._note_homes(only, printed.text or now.text, now.passages)

    def _note_homes(self, only: InputPath, label: str, passages: Sequence[Passage]) -> None:
        """Give each comment the first input it touches; without any, the words it stands beside."""
        for passage in passages:
            owners = {path for path in map(self._path_of, passage.pieces) if path}
            beside = only or (owners.pop() if len(owners) == 1 else NO_PATH)
            for piece in passage.pieces:
                path = self._path_of(piece) or beside
                for comment in piece.comments:
                    if not self._found.homes.get(comment, (NO_PATH, ""))[0]:
                        known = self._found.homes.get(comment, (NO_PATH, ""))[1]
                        self._found.homes[comment] = (path, known or label)
