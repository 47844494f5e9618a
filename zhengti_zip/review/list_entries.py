"""The entries of a numbered list printed in one cell: which are where now, and which are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from zhengti_zip.review.baseline import PrintedCell, PrintedPart
from zhengti_zip.review.cell_values import FoundValue, PathOf, own_text
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.number_marks import is_mark, number_mark, only_mark
from zhengti_zip.review.reviewed_text import ReviewedControl, ReviewedParagraph, ReviewedRun, lines_of
from zhengti_zip.submission.paths import NO_PATH, InputPath
from zhengti_zip.word.controls import tag_of


@dataclass
class ListEntry:
    """An entry of a list.

    Attributes:
        path: the printed input it is; empty for a new entry.
        shown: the number in front of it; None without one.
        paragraphs: its paragraphs.
        is_copy: whether it has the control of another entry.
    """

    path: InputPath
    shown: int | None
    paragraphs: list[ReviewedParagraph] = field(default_factory=list)
    is_copy: bool = False

    @property
    def text(self) -> str:
        """Its text without the number in front of it."""
        lines = [paragraph.text for paragraph in self.paragraphs]
        mark = number_mark(lines[0], self.shown) if self.shown is not None else None
        return "\n".join([lines[0][mark.end() :] if mark else lines[0], *lines[1:]]).strip()

    def value(self, path: InputPath) -> FoundValue:
        """A new entry as the value of an input."""
        found = FoundValue(path, self.text)
        found.note([run for paragraph in self.paragraphs for run in paragraph.runs])
        return found


class ListReader:
    """Divides the paragraphs of a numbered list into its entries.

    Args:
        printed: the cell as printed.
        paragraphs: the paragraphs of the cell now.
        path_of: gives the input of a run.
        count: the rows of the table as printed.
    """

    def __init__(
        self, printed: PrintedCell, paragraphs: Sequence[ReviewedParagraph], path_of: PathOf, count: int
    ) -> None:
        self._parts = {part.path: part for part in printed.parts}
        self._path_of, self._count = path_of, count
        self._paragraphs = [line for paragraph in paragraphs for line in lines_of(_in_order(paragraph))]
        self._lines = {
            without_space(text)
            for part in printed.parts
            for line in part.text.split("\n")
            for text in (line, part.lead + line)
        }
        self._controlled = {self._owner(paragraph) for paragraph in self._paragraphs}
        self._outside = [self._mark_outside(paragraph) for paragraph in self._paragraphs]
        self.entries: list[ListEntry] = []
        self._loose: list[ReviewedParagraph] = []
        self._divide()

    @property
    def rest(self) -> list[ReviewedParagraph]:
        """The paragraphs of the printed entries and those that cannot be told apart from them."""
        kept = [paragraph for entry in self.entries if entry.path for paragraph in entry.paragraphs]
        return [*self._loose, *kept]

    def _divide(self) -> None:
        last, control = 0, NO_PATH
        for paragraph, mark in zip(self._paragraphs, self._outside, strict=True):
            owner = self._owner(paragraph)
            begins = bool(owner) and (owner != control or mark is not None)
            path, shown = owner, mark
            if not begins:
                shown = (
                    self._mark_inside(paragraph, owner, last) if owner else self._new_number(paragraph, last)
                )
                path = NO_PATH
            elif shown is None:
                shown = self._printed_number(owner, paragraph)
            if begins or shown is not None:
                self.entries.append(ListEntry(path, shown, [paragraph]))
                last = last + 1 if shown is None else shown
                control = owner
            elif self.entries:
                self.entries[-1].paragraphs.append(paragraph)
            else:
                self._loose.append(paragraph)
        self._find_copies()
        for entry in self.entries:
            self._claim(entry)

    def _claim(self, entry: ListEntry) -> None:
        """Put the lines typed below a printed entry into its control, up to what may be another entry."""
        control = ReviewedControl(0, tag_of(entry.path), "")
        for place, line in enumerate(entry.paragraphs if entry.path else ()):
            if not place or self._owner(line):
                continue
            if number_mark(line.text, self._count) or without_space(line.text) in self._lines:
                return
            runs = [replace(run, controls=(*run.controls, control)) for run in line.runs]
            entry.paragraphs[place] = replace(line, runs=runs)

    def _find_copies(self) -> None:
        """Of several entries with the control of one input, the one most like what was printed is that input."""
        by_path: dict[InputPath, list[ListEntry]] = {}
        for entry in self.entries:
            if entry.path:
                by_path.setdefault(entry.path, []).append(entry)
        for path, entries in by_path.items():
            numbered = [entry for entry in entries if entry.shown is not None]
            if len(entries) == 1 or len(numbered) < 2:
                continue
            text = without_space(self._parts[path].text)
            original = next((entry for entry in numbered if without_space(entry.text) == text), numbered[0])
            for entry in numbered:
                if entry is not original:
                    entry.path, entry.is_copy = NO_PATH, True

    def _owner(self, paragraph: ReviewedParagraph) -> InputPath:
        paths = (self._path_of(run) for run in paragraph.runs)
        return next((path for path in paths if path in self._parts), NO_PATH)

    def _mark_outside(self, paragraph: ReviewedParagraph) -> int | None:
        """The number in front of the control of a paragraph; None without one."""
        front = takewhile(lambda run: self._path_of(run) not in self._parts, paragraph.runs)
        found = only_mark("".join(map(own_text, front)))
        return found if self._owner(paragraph) else None

    def _mark_inside(self, paragraph: ReviewedParagraph, owner: InputPath, last: int) -> int | None:
        """The number of a new entry that was typed into the control of the entry before it.

        A text that had numbers of its own goes on with them.
        """
        text = paragraph.text
        mark = number_mark(text, self._count)
        lines = self._parts[owner].text.split("\n")
        if (
            not mark
            or without_space(text) in self._lines
            or any(number_mark(line, self._count) for line in lines)
        ):
            return None
        number = int(mark.group(1))
        is_free = number > self._count and number not in self._outside and text[mark.end() :].strip()
        return number if number == last + 1 and is_free else None

    def _new_number(self, paragraph: ReviewedParagraph, last: int) -> int | None:
        """The number of a new entry that was typed as a paragraph; None where it continues an entry."""
        text = paragraph.text
        mark = number_mark(text, self._count)
        if not mark or without_space(text) in self._lines or not self._is_numbered():
            return None
        number, follows = int(mark.group(1)), text[mark.end() :]
        if number == 0 or not follows:
            return None
        if any(path.number == number - 1 for path in self._parts):
            return number if number == last + 1 and any(self._controlled) else None
        return number if number == last + 1 or not follows[0].isdigit() else None

    def _is_numbered(self) -> bool:
        return all(part.lead.strip() and is_mark(part.lead) for part in self._parts.values() if part.text)

    def _printed_number(self, owner: InputPath, paragraph: ReviewedParagraph) -> int | None:
        """The number of an entry whose number was moved into its control."""
        part: PrintedPart | None = self._parts.get(owner)
        text = paragraph.text
        mark = number_mark(text, self._count) if part is not None and text not in self._lines else None
        return int(mark.group(1)) if mark and part and not part.text.startswith(mark.group(0)) else None


def _in_order(paragraph: ReviewedParagraph) -> ReviewedParagraph:
    """An automatic number of a text behind the typed number of its entry, as ``1.`` and ``（1）``."""
    number, *others = paragraph.runs or [ReviewedRun("")]
    typed = next((place for place, run in enumerate(others) if run.text), None)
    if not paragraph.is_numbered or is_mark(number.text) or typed is None:
        return paragraph
    if only_mark(others[typed].text) is None:
        return paragraph
    return ReviewedParagraph([*others[: typed + 1], number, *others[typed + 1 :]])
