"""The cells of a file that can be filled in, as fields of a page, and what somebody typed into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhengti_zip.form.base import ValueKind
from zhengti_zip.web.desk.marking import Piece, marked

FIELD = "cell:"
"""What the name of a form field begins with; the cell follows, ``cell:基本情况!B5``."""

SHORT = 16
"""Characters that fit into a field of one line."""

LINE = 36
MAX_LINES = 8
"""Characters in a line of a larger field, and most lines it shows at a time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that can be filled in.

    Attributes:
        cell: sheet and cell, ``基本情况!B5``.
        label: what it is called.
        value: what stands there; "" for nothing.
        kind: a :class:`ValueKind`.
        unit, choices, help: of the input.
        typed: what somebody typed and could not be saved; None for nothing.
    """

    cell: str
    label: str
    value: str
    kind: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""
    typed: str | None = None

    @property
    def shown(self) -> str:
        """What its field shows."""
        return self.value if self.typed is None else self.typed

    @property
    def is_number(self) -> bool:
        """Whether it takes a number."""
        return ValueKind(self.kind).is_number

    @property
    def is_long(self) -> bool:
        """Whether it gets a field of several lines: a text that is not known to be short."""
        is_short = 0 < len(self.shown) <= SHORT and "\n" not in self.shown
        return self.kind == ValueKind.TEXT and not is_short

    @property
    def lines(self) -> int:
        """Lines its field has."""
        needed = sum(1 + len(line) // LINE for line in self.shown.split("\n"))
        return min(max(needed, 2), MAX_LINES)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook with its entries."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs between two files, with the differences marked."""

    cell: str
    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def entries_of(examination: Mapping[str, Any]) -> dict[str, Entry]:
    """The cells of an examined file by their names, in the order of the form."""
    return {cell: entry_of(cell, data) for cell, data in examination.get("inputs", {}).items()}


def entry_of(cell: str, data: Mapping[str, Any]) -> Entry:
    """A cell as the examination has it."""
    return Entry(
        cell=cell,
        label=data["label"],
        value=data["value"],
        kind=data["kind"],
        unit=data["unit"],
        choices=tuple(data["choices"]),
        help=data["help"],
    )


def sheets_of(entries: Iterable[Entry]) -> list[Sheet]:
    """The entries by sheet."""
    sheets: dict[str, list[Entry]] = {}
    for entry in entries:
        sheets.setdefault(entry.cell.rpartition("!")[0], []).append(entry)
    return [Sheet(name, tuple(each)) for name, each in sheets.items()]


def edits_of(fields: Iterable[tuple[str, Any]], entries: Mapping[str, Entry]) -> dict[str, str]:
    """What somebody changed: the typed value of each cell whose field has another value than the file.

    Args:
        fields: of a form; those that name no cell are passed over.
        entries: the cells of the file. A cell that is none of them counts as changed: whoever writes the file says
            that it cannot be filled in.
    """
    edits = {}
    for name, value in fields:
        if not name.startswith(FIELD) or not isinstance(value, str):
            continue
        cell, typed = name.removeprefix(FIELD), _lines(value)
        if cell not in entries or typed != _lines(entries[cell].value):
            edits[cell] = typed
    return edits


def typed_over(entries: Mapping[str, Entry], edits: Mapping[str, str]) -> list[Entry]:
    """The cells that somebody changed, with what was typed."""
    return [replace(entry, typed=edits[cell]) for cell, entry in entries.items() if cell in edits]


def changes_between(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> list[CellChange]:
    """The cells whose values differ, in the order of the later file."""
    changes = []
    empty = Entry("", "", "", ValueKind.TEXT)
    for cell in dict.fromkeys((*after, *before)):
        old, new = before.get(cell, empty), after.get(cell, empty)
        if old.value != new.value:
            changes.append(CellChange(cell, new.label or old.label, *marked(old.value, new.value)))
    return changes


def _lines(text: str) -> str:
    """A text with the line ends of a workbook; browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
