"""A previous form beside the present one: the paragraphs of every cell before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from zhengti_zip.base.align import align
from zhengti_zip.base.textdiff import text_changes
from zhengti_zip.grid.pages import PageParagraph
from zhengti_zip.grid.table import Cell, FormTable, Paragraph
from zhengti_zip.submission.paths import NO_PATH, InputPath
from zhengti_zip.word.previous_rows import paired_rows

_ROW_NUMBER = re.compile(r"\.\d+\.")

ParagraphPair = tuple[str | None, str | None]
"""The previous and the present text of a paragraph; None where there is no such paragraph."""


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """One paragraph of a cell, before and after.

    Attributes:
        path: of the input; empty if the present form does not show it.
        before, after: its text without lead and tail; None if that form has no such paragraph.
        lead_before, lead_after: the fixed text in front of it, such as ``1.``.
        tail_before, tail_after: the fixed text behind it, such as a unit.
        number: of the paragraph in the present cell, from 0; -1 if it is not there.
    """

    path: InputPath
    before: str | None
    after: str | None
    lead_before: str = ""
    lead_after: str = ""
    number: int = -1
    tail_before: str = ""
    tail_after: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the two forms differ in it."""
        is_same = self.lead_before == self.lead_after and self.tail_before == self.tail_after
        return self.before != self.after or not is_same


@dataclass(frozen=True, slots=True)
class _InputText:
    """The paragraphs of one input, and the number of the first in its cell."""

    path: InputPath
    paragraphs: tuple[Paragraph, ...]
    first: int

    @property
    def text(self) -> str:
        return "\n".join(paragraph.value for paragraph in self.paragraphs)


class PreviousForm:
    """The texts of a previous form by input path.

    Args:
        table: the previous form.
        present: the present form.
    """

    def __init__(self, table: FormTable, present: FormTable) -> None:
        self._rows = paired_rows(table, present)
        self._by_path: dict[InputPath, _InputText] = {}
        self._inputs: dict[str, list[_InputText]] = {}
        self._boxes: dict[InputPath, str] = {}
        self._titles: dict[InputPath, str] = {}
        self._compared: dict[tuple[int, int], list[ComparedParagraph]] = {}
        for cell in table.cells:
            for item in _inputs(cell):
                self._by_path.setdefault(item.path, item)
            for column, inputs in groupby(_inputs(cell), key=lambda item: _without_number(item.path)):
                self._inputs.setdefault(column, list(inputs))
            for paragraph in cell.paragraphs:
                for box in paragraph.boxes:
                    self._boxes[box.path] = paragraph.text[box.start : box.end]
        for text, spans in zip(table.title, table.title_inputs, strict=False):
            self._titles |= {span.path: text[span.start : span.end] for span in spans}
        for line in table.outside:
            self._titles |= {span.path: line.text[span.start : span.end] for span in line.inputs}

    def title(self, path: InputPath) -> str:
        """The text of an input in the title or another line outside the table; "" if it was not there."""
        return self._titles.get(path, "")

    def box(self, path: InputPath, after: str) -> str:
        """The character of a check box; ``after`` if there was none."""
        return self._boxes.get(path, after)

    def compared(self, cell: Cell, found: Sequence[PageParagraph]) -> list[ComparedParagraph]:
        """The paragraphs of a cell on one page, and the removed ones between them.

        Args:
            cell: the cell of the present form.
            found: its paragraphs on the page.
        """
        key = (cell.row, cell.column)
        if key not in self._compared:
            self._compared[key] = list(self._compare(cell))
        return _with_a_kept_one(_on_page(self._compared[key], found))

    def _compare(self, cell: Cell) -> Iterable[ComparedParagraph]:
        for column, inputs in groupby(_inputs(cell), key=lambda item: _without_number(item.path)):
            new = list(inputs)
            if new[0].path.group in self._rows:
                yield from (item for now in new for item in _compared(self._row_before(now.path), now))
                continue
            old = self._inputs.get(column, []) if column else new
            for before, after in align(old, new, (lambda item: item.text,), lambda item: item.text):
                yield from _compared(
                    None if before is None else old[before], None if after is None else new[after]
                )

    def _row_before(self, path: InputPath) -> _InputText | None:
        """What the previous form had in the same column of the row that this one was."""
        number = self._rows[path.group].get(path.number) if path.number is not None else None
        return None if number is None else self._by_path.get(path.at(number))


def paragraph_pairs(before: Sequence[str], after: Sequence[str]) -> list[ParagraphPair]:
    """Both lists of paragraphs in one; an empty list counts as one empty paragraph, as in a cell.

    At least one pair has both texts: if no paragraphs belong together, the last of both lists are paired.
    """
    old, new = list(before) or [""], list(after) or [""]
    indices = align(old, new, (str,), str)
    if not any(None not in pair for pair in indices):
        removed, added = range(len(old) - 1), range(len(new) - 1)
        indices = [*((i, None) for i in removed), *((None, j) for j in added), (len(removed), len(added))]
    return [(None if i is None else old[i], None if j is None else new[j]) for i, j in indices]


def _without_number(path: str) -> str:
    """A path without the number of its row: the same for all rows of a column."""
    return _ROW_NUMBER.sub(".", path)


def _inputs(cell: Cell) -> list[_InputText]:
    found = []
    numbered = enumerate(cell.paragraphs)
    for path, group in groupby(numbered, key=lambda item: item[1].path):
        items = list(group)
        found.append(_InputText(path, tuple(paragraph for _, paragraph in items), items[0][0]))
    return found


def _compared(old: _InputText | None, new: _InputText | None) -> Iterable[ComparedParagraph]:
    """The previous and the present text of one input, paragraph by paragraph."""
    before = list(old.paragraphs) if old else []
    after = list(enumerate(new.paragraphs, new.first)) if new else []
    path = new.path if new else NO_PATH
    if not before or not after:
        yield from (
            ComparedParagraph(path, item.value, None, _lead(item), tail_before=_tail(item)) for item in before
        )
        yield from (
            ComparedParagraph(path, None, item.value, "", _lead(item), number, "", _tail(item))
            for number, item in after
        )
        return
    pairs = paragraph_pairs([item.value for item in before], [item.value for _, item in after])
    for text_before, text_after in pairs:
        previous = before.pop(0) if text_before is not None else None
        number, present = after.pop(0) if text_after is not None else (-1, None)
        leads, tails = (_lead(previous), _lead(present)), (_tail(previous), _tail(present))
        yield ComparedParagraph(path, text_before, text_after, *leads, number, *tails)


def _lead(paragraph: Paragraph | None) -> str:
    return paragraph.text[: paragraph.lead] if paragraph else ""


def _tail(paragraph: Paragraph | None) -> str:
    return paragraph.text[len(paragraph.text) - paragraph.tail :] if paragraph else ""


def _on_page(
    compared: Iterable[ComparedParagraph], found: Sequence[PageParagraph]
) -> list[ComparedParagraph]:
    """Those compared paragraphs of a cell, or parts of them, that belong to the paragraphs of one page."""
    by_number = {paragraph.number: paragraph for paragraph in found}
    here: list[ComparedParagraph] = []
    removed: list[ComparedParagraph] = []
    ends_here = False
    for item in compared:
        if item.after is None:
            removed.append(item)
            continue
        paragraph = by_number.get(item.number)
        if paragraph is not None:
            here += removed if paragraph.start == 0 else []
            here.append(_cut(item, paragraph))
        removed = []
        ends_here = paragraph is not None and _is_end(paragraph)
    return here + (removed if ends_here else [])


def _is_end(paragraph: PageParagraph) -> bool:
    return paragraph.start + len(paragraph.text) >= len(paragraph.source.text)


def _cut(item: ComparedParagraph, part: PageParagraph) -> ComparedParagraph:
    """The part of a compared paragraph on one page; a change belongs to the page on which it starts."""
    start, end = (max(place - part.source.lead, 0) for place in (part.start, part.start + len(part.text)))
    before, after = item.before, item.after or ""
    if before is not None:
        first = _index_before(before, after, start) if start else 0
        before = before[first : _index_before(before, after, end) if end < len(after) else len(before)]
    return replace(
        item,
        before=before,
        after=after[start:end],
        lead_before="" if part.start else item.lead_before,
        lead_after=part.text[: part.lead],
        tail_before=item.tail_before if _is_end(part) else "",
        tail_after=part.text[len(part.text) - part.tail :],
    )


def _index_before(before: str, after: str, index: int) -> int:
    """The index in ``before`` that corresponds to ``index`` in ``after``."""
    old = new = 0
    for change in text_changes(before, after):
        if index <= new:
            break
        old += len(change.removed)
        new += len(change.added)
        if index <= new:
            break
        kept = min(index - new, len(change.kept))
        old, new = old + kept, new + len(change.kept)
    return old


def _with_a_kept_one(compared: list[ComparedParagraph]) -> list[ComparedParagraph]:
    """The same paragraphs, at least one of them in both forms: a cell's last paragraph cannot be deleted."""
    if not compared or any(item.before is not None and item.after is not None for item in compared):
        return compared
    removed = [item for item in compared if item.after is None]
    added = [item for item in compared if item.before is None]
    if not added:
        return [*removed[:-1], replace(removed[-1], after="")]
    last = replace(added[-1], before="")
    if removed:
        gone = removed[-1]
        last = replace(last, before=gone.before, lead_before=gone.lead_before, tail_before=gone.tail_before)
    return [*removed[:-1], *added[:-1], last]
