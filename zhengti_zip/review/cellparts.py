"""What one reviewed cell holds of each input printed in it: by its controls, else by where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from zhengti_zip.review.alignment import owners_of, squeezed
from zhengti_zip.review.baseline import PrintedCell, PrintedPart
from zhengti_zip.review.passages import Passage, Piece, Revision, WordCell
from zhengti_zip.submission.paths import NO_PATH, InputPath

_NUMBER_MARK = re.compile(r"\s*(\d{1,3})\s*[.．、]\s*")

PathOf = Callable[[Piece], InputPath]
"""Input path of the innermost control of ours around a piece; empty when there is none."""


@dataclass(slots=True)
class FoundPart:
    """What was found of an input in one cell; ``text`` is None when nothing says what became of it."""

    path: InputPath
    text: str | None = None
    revisions: list[Revision] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def note(self, pieces: Sequence[Piece]) -> None:
        """Take the circumstances of some pieces."""
        for piece in pieces:
            self.revisions += [revision for revision in piece.revisions if revision not in self.revisions]
            self.comments += [key for key in piece.comments if key not in self.comments]


def own_text(piece: Piece) -> str:
    """The text of a piece, unless it is the hint of an empty control."""
    return "" if piece.is_placeholder else piece.text


class CellReader:
    """Reads one cell.

    Args:
        printed: what it printed.
        cell: what it is now.
        path_of: names the input of a piece.
    """

    def __init__(self, printed: PrintedCell, cell: WordCell, path_of: PathOf) -> None:
        self._parts = {part.path: part for part in printed.parts}
        self._cell, self._path_of = cell, path_of
        self._lines: dict[InputPath, list[str]] = {}
        self._controlled: set[InputPath] = set()
        self.found = {path: FoundPart(path) for path in self._parts}
        self.added: dict[InputPath, FoundPart] = {}

    def read(self) -> list[FoundPart]:
        """One entry for every input printed in the cell; ``added`` has what was put in under a new number."""
        owned = [self._owners(passage) for passage in self._cell.passages]
        before: PrintedPart | None = None
        number = 0
        for is_loose, group in groupby(owned, key=lambda owners: not owners):
            owners = list(group)
            passages = self._cell.passages[number : number + len(owners)]
            number += len(owners)
            if is_loose:
                self._loose(passages, before, self._next_owner(owned[number:]))
            else:
                for passage, paths in zip(passages, owners, strict=True):
                    self._take(passage, paths)
                before = self._parts[owners[-1][-1]]
        for path, part in self.found.items():
            part.text = self._whole(path)
        return list(self.found.values())

    def _owners(self, passage: Passage) -> list[InputPath]:
        """The inputs whose controls are in a paragraph."""
        paths = dict.fromkeys(map(self._path_of, passage.pieces))
        return [path for path in paths if path in self._parts]

    def _next_owner(self, following: Sequence[list[InputPath]]) -> InputPath:
        return next((owners[0] for owners in following if owners), NO_PATH)

    def _take(self, passage: Passage, paths: list[InputPath]) -> None:
        self._controlled.update(paths)
        if len(paths) == 1:
            # What is typed right beside a control is meant for it.
            self._add(paths[0], passage.pieces)
            return
        current = paths[0]
        for path, group in groupby(passage.pieces, key=self._path_of):
            pieces = list(group)
            current = path if path in self._parts else current
            is_mark = not path and _is_mark("".join(map(own_text, pieces)))
            self._add(current, [] if is_mark else pieces)

    def _add(self, path: InputPath, pieces: Sequence[Piece]) -> None:
        part = self._parts[path]
        here = [piece for piece in pieces if self._path_of(piece) in ("", path)]
        text = "".join(map(own_text, here))
        lines = self._lines.setdefault(path, [])
        lines.append(text if lines or not self._has_lead(path, here) else without_lead(text, part.lead))
        self.found[path].note(here)

    def _has_lead(self, path: InputPath, pieces: Sequence[Piece]) -> bool:
        """Whether what is printed in front of a value is still there; it may have slipped into the control."""
        part = self._parts[path]
        front = "".join(own_text(p) for p in takewhile(lambda piece: self._path_of(piece) != path, pieces))
        inside = squeezed("".join(map(own_text, pieces))).startswith(squeezed(part.lead))
        return bool(front.strip()) or (inside and not squeezed(part.text).startswith(squeezed(part.lead)))

    def _loose(self, passages: Sequence[Passage], before: PrintedPart | None, after: InputPath) -> None:
        """Paragraphs without a control: of the inputs that should stand between the two around them."""
        order = list(self._parts)
        start = order.index(before.path) + 1 if before else 0
        stop = order.index(after) if after else len(order)
        candidates = [self._parts[path] for path in order[start:stop]]
        passages = [passage for passage in passages if not self._is_added(passage)]
        texts = ["".join(map(own_text, passage.pieces)) for passage in passages]
        if not any(texts) and before:
            candidates = []
        elif not candidates and not before and after:
            candidates = [self._parts[after]]
        for passage, owner in zip(passages, owners_of(texts, candidates, before), strict=True):
            if owner:
                self._add(owner.path, passage.pieces)

    def _is_added(self, passage: Passage) -> bool:
        """Whether a paragraph begins with the number of an entry that was not printed; it is taken then."""
        text = "".join(map(own_text, passage.pieces))
        mark = _NUMBER_MARK.match(text)
        parts = self._parts.values()
        if not mark or not all(part.lead.strip() and _is_mark(part.lead) for part in parts):
            return False
        if any(text in (line, part.lead + line) for part in parts for line in part.text.split("\n")):
            return False
        first, number = next(iter(self._parts)), int(mark.group(1))
        path = first.at(number - 1)
        if first.number is None or number == 0 or path in self._parts:
            return False
        part = self.added.setdefault(path, FoundPart(path, ""))
        part.text = text[mark.end() :] if not part.text else f"{part.text}\n{text}"
        part.note(passage.pieces)
        return True

    def _whole(self, path: InputPath) -> str | None:
        """The text of an input; None if it is gone and nobody is known to have taken it out."""
        part = self._parts[path]
        lines = self._lines.get(path)
        if lines is None:
            return "" if not part.text.strip() else None
        text = "\n".join(lines)
        is_known = path in self._controlled or any(r.is_deletion for r in self.found[path].revisions)
        if not text.strip() and part.text.strip() and not is_known:
            return None
        return text


def without_lead(text: str, lead: str) -> str:
    """A text without the number or words printed in front of it, also if blanks in them were changed."""
    position = 0
    for char in squeezed(lead):
        while position < len(text) and text[position].isspace():
            position += 1
        if position == len(text) or text[position] != char:
            mark = _NUMBER_MARK.match(text) if _is_mark(lead) else None
            return text[mark.end() :] if mark else text
        position += 1
    return text[position:].lstrip() if lead != lead.rstrip() else text[position:]


def _is_mark(text: str) -> bool:
    return not text.strip() or _NUMBER_MARK.fullmatch(text) is not None
