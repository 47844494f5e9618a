"""One difference between two submissions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhengti_zip.submission.paths import InputPath


class DifferenceKind(StrEnum):
    """What happened to an input or to a row of a growing table."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One input that differs, or one row that was added, removed or moved.

    Attributes:
        kind: CHANGED for an input, the others for a row.
        path: of the input or the row; a removed row has its number before, all others the number after.
        label: the name the user knows it by.
        before, after: the value as text; "" when empty. A value that could not be understood is as it was
            typed, with （无法识别）. For a row: its inputs in words; for a moved row: its numbers.
        unit: of the value, e.g. 万元; may be "".
    """

    kind: DifferenceKind
    path: InputPath
    label: str
    before: str
    after: str
    unit: str = ""
