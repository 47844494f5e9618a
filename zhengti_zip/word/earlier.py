"""An earlier form beside the present one: what each cell printed then and prints now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from zhengti_zip.base.align import align
from zhengti_zip.base.textdiff import text_changes
from zhengti_zip.grid.table import Cell, FormTable, Paragraph
from zhengti_zip.submission.paths import NO_PATH, InputPath
from zhengti_zip.word.cells import Piece
from zhengti_zip.word.changes import paragraph_changes

_ROW_NUMBER = re.compile(r"\.\d+\.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph of a cell, then and now.

    Attributes:
        path: of the input; "" when it is not there any more.
        was, now: its text without what stands in front; None when there was or is no such paragraph.
        was_lead, now_lead: what stands in front of it.
        number: of the paragraph in the cell as it is now, from 0; -1 when there is none.
    """

    path: InputPath
    was: str | None
    now: str | None
    was_lead: str = ""
    now_lead: str = ""
    number: int = -1

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to show."""
        return self.was != self.now or self.was_lead != self.now_lead


@dataclass(frozen=True, slots=True)
class _Group:
    """The paragraphs of one input, and the number of the first."""

    path: InputPath
    paragraphs: tuple[Paragraph, ...]
    first: int

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text[paragraph.lead :] for paragraph in self.paragraphs)


class Earlier:
    """What an earlier form printed, by input path."""

    def __init__(self, table: FormTable) -> None:
        self._groups: dict[str, list[_Group]] = {}
        self._boxes: dict[InputPath, str] = {}
        self._titles: dict[InputPath, str] = {}
        self._entries: dict[tuple[int, int], list[Entry]] = {}
        for cell in table.cells:
            for kind, groups in groupby(_groups(cell), key=lambda group: _kind(group.path)):
                self._groups.setdefault(kind, list(groups))
            for paragraph in cell.paragraphs:
                for box in paragraph.boxes:
                    self._boxes[box.path] = paragraph.text[box.start : box.end]
        for text, spans in zip(table.title, table.title_inputs, strict=False):
            self._titles |= {span.path: text[span.start : span.end] for span in spans}

    def title(self, path: InputPath) -> str:
        """What the title said of an input; "" when it said nothing."""
        return self._titles.get(path, "")

    def box(self, path: InputPath, now: str) -> str:
        """How a check box looked; as it does now when there was none."""
        return self._boxes.get(path, now)

    def entries(self, cell: Cell, found: Sequence[Piece]) -> list[Entry]:
        """The paragraphs that stand on one page of a cell, and those that stood between them."""
        key = (cell.row, cell.column)
        if key not in self._entries:
            self._entries[key] = list(self._compared(cell))
        return _closed(_on_page(self._entries[key], found))

    def _compared(self, cell: Cell) -> Iterable[Entry]:
        for kind, groups in groupby(_groups(cell), key=lambda group: _kind(group.path)):
            old, new = self._groups.get(kind, []) if kind else [], list(groups)
            if not kind:
                old = new
            for before, after in align(old, new, (lambda group: group.text,), lambda group: group.text):
                yield from _entries(
                    None if before is None else old[before], None if after is None else new[after]
                )


def _kind(path: str) -> str:
    """A path without the number of its row."""
    return _ROW_NUMBER.sub(".", path)


def _groups(cell: Cell) -> list[_Group]:
    found = []
    numbered = enumerate(cell.paragraphs)
    for path, group in groupby(numbered, key=lambda item: item[1].path):
        items = list(group)
        found.append(_Group(path, tuple(paragraph for _, paragraph in items), items[0][0]))
    return found


def _entries(old: _Group | None, new: _Group | None) -> Iterable[Entry]:
    """Both wordings of one input, paragraph by paragraph."""
    before = list(old.paragraphs) if old else []
    after = list(enumerate(new.paragraphs, new.first)) if new else []
    path = new.path if new else NO_PATH
    if not before or not after:
        yield from (Entry(path, _value(was), None, _lead(was)) for was in before)
        yield from (Entry(path, None, _value(now), "", _lead(now), number) for number, now in after)
        return
    for said, says in paragraph_changes([_value(was) for was in before], [_value(now) for _, now in after]):
        was = before.pop(0) if said is not None else None
        number, now = after.pop(0) if says is not None else (-1, None)
        yield Entry(path, said, says, _lead(was), _lead(now), number)


def _value(paragraph: Paragraph) -> str:
    return paragraph.text[paragraph.lead :]


def _lead(paragraph: Paragraph | None) -> str:
    return paragraph.text[: paragraph.lead] if paragraph else ""


def _on_page(entries: Iterable[Entry], found: Sequence[Piece]) -> list[Entry]:
    """The part of a cell's entries that belongs to the pieces of one page."""
    pieces = {piece.number: piece for piece in found}
    here: list[Entry] = []
    waiting: list[Entry] = []
    ends_here = False
    for entry in entries:
        if entry.now is None:
            waiting.append(entry)
            continue
        piece = pieces.get(entry.number)
        if piece is not None:
            here += waiting if piece.start == 0 else []
            here.append(_cut(entry, piece))
        waiting = []
        ends_here = piece is not None and piece.start + len(piece.text) >= len(piece.source.text)
    return here + (waiting if ends_here else [])


def _cut(entry: Entry, piece: Piece) -> Entry:
    """The part of a paragraph that stands on one page; a change stands where it begins."""
    lead = piece.source.lead
    start, end = (max(place - lead, 0) for place in (piece.start, piece.start + len(piece.text)))
    was, now = entry.was, entry.now or ""
    if was is not None:
        first = _place_before(was, now, start) if start else 0
        was = was[first : _place_before(was, now, end) if end < len(now) else len(was)]
    was_lead = "" if piece.start else entry.was_lead
    return replace(entry, was=was, now=now[start:end], was_lead=was_lead, now_lead=piece.text[: piece.lead])


def _place_before(before: str, after: str, place: int) -> int:
    """The place in the earlier text where ``place`` of the present one was."""
    old = new = 0
    for edit in text_changes(before, after):
        if place <= new:
            break
        old += len(edit.removed)
        new += len(edit.added)
        if place <= new:
            break
        kept = min(place - new, len(edit.kept))
        old, new = old + kept, new + len(edit.kept)
    return old


def _closed(entries: list[Entry]) -> list[Entry]:
    """Entries of which one at least was and is there: the end of a cell's last paragraph always stays."""
    if not entries or any(entry.was is not None and entry.now is not None for entry in entries):
        return entries
    old = [entry for entry in entries if entry.now is None]
    new = [entry for entry in entries if entry.was is None]
    if not new:
        return [*old[:-1], replace(old[-1], now="")]
    last = replace(new[-1], was="")
    if old:
        last = replace(last, was=old[-1].was, was_lead=old[-1].was_lead)
    return [*old[:-1], *new[:-1], last]
