"""Which row of a previous form is which row of the present one, where every entered row has cells of its own."""

from __future__ import annotations

from zhengti_zip.base.align import align
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.paths import TABLES, InputPath

NAMES = ("name", "goal")
"""The parts that name a row."""

RowTexts = dict[int, dict[str, str]]
"""Per number of a row its texts by part."""


def paired_rows(before: FormTable, after: FormTable) -> dict[str, dict[int, int | None]]:
    """Per table with cells for each row: the previous number of every present row, None for a new one.

    A table printed as a list in one cell, as goals can be, is not among them.
    """
    found = {}
    for table in TABLES:
        old, new = _rows(before, table), _rows(after, table)
        if old is None or new is None or max(len(old), len(new)) < 2:
            continue
        numbers = list(old), list(new)
        pairs = align(
            [old[number] for number in numbers[0]],
            [new[number] for number in numbers[1]],
            (lambda row: tuple(row.items()), _name),
            _name,
        )
        found[table] = {
            numbers[1][j]: None if i is None else numbers[0][i] for i, j in pairs if j is not None
        }
    return found


def _name(row: dict[str, str]) -> str:
    return next((row[part] for part in NAMES if part in row), "")


def _rows(table: FormTable, group: str) -> RowTexts | None:
    """The texts of the printed rows; None where a cell shows several of them."""
    found: RowTexts = {}
    for cell in table.cells:
        paths = {paragraph.path for paragraph in cell.paragraphs if paragraph.path.group == group}
        if len({path.number for path in paths}) > 1:
            return None
        for paragraph in cell.paragraphs:
            path: InputPath = paragraph.path
            if path in paths and path.number is not None:
                row = found.setdefault(path.number, {})
                row[path.part] = row.get(path.part, "") + paragraph.value
    return found
