"""Differences between the rows of a table: changed, added, removed and moved."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from zhengti_zip.base.align import Pair, align
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.comparing.difference import Difference, DifferenceKind
from zhengti_zip.form.base import Input
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.inputs import row_label, row_name, sheet_title, table_parts
from zhengti_zip.submission.paths import EVIDENCE, GOALS, INDICATORS, UNITS, InputPath

KEY_PARTS = {GOALS: ("goal",), INDICATORS: ("type", "name"), UNITS: ("name",), EVIDENCE: ("name",)}
"""The inputs that identify a row."""

EMPTY_ROW = "（空行）"

TextRow = dict[str, str]


def row_differences(
    form: FormDefinition, table: str, old: list[TextRow], new: list[TextRow]
) -> Iterator[Difference]:
    """Compare aligned rows input by input; the others were added, removed or moved.

    Args:
        old, new: the rows as texts by part.
    """
    parts, title = table_parts(form, table), sheet_title(form, table)
    pairs = _split(table, old, new, align(old, new, (_content, partial(_key, table)), _words))
    origins = _moved(table, old, new, pairs)
    for i, j in pairs:
        if i is not None and j is not None:
            yield from _cells(table, parts, j, old[i], new[j])
        elif i is not None and i not in origins.values():
            yield _row(DifferenceKind.REMOVED, title, table, i, _described(parts, old[i]), "")
        elif j is not None and j in origins:
            yield _moved_row(title, table, origins[j], j, new[j])
            yield from _cells(table, parts, j, old[origins[j]], new[j])
        elif j is not None:
            yield _row(DifferenceKind.ADDED, title, table, j, "", _described(parts, new[j]))


def _cells(
    table: str, parts: Sequence[Input], number: int, old: TextRow, new: TextRow
) -> Iterator[Difference]:
    """The inputs of one row that differ."""
    for part in parts:
        before, after = old.get(part.id, ""), new.get(part.id, "")
        if before != after:
            path, label = InputPath.cell(table, number, part.id), row_label(table, number, part)
            yield Difference(DifferenceKind.CHANGED, path, label, before, after, part.unit)


def _key(table: str, row: TextRow) -> tuple[str, ...]:
    """What identifies a row."""
    return tuple(row.get(part, "") for part in KEY_PARTS[table])


def _split(table: str, old: list[TextRow], new: list[TextRow], pairs: list[Pair]) -> list[Pair]:
    """The same pairs, but an indicator of another type and name is another indicator, not a changed one."""
    found: list[Pair] = []
    for i, j in pairs:
        is_other = table == INDICATORS and i is not None and j is not None and _differ(old[i], new[j])
        found += [(i, None), (None, j)] if is_other else [(i, j)]
    return found


def _differ(old: TextRow, new: TextRow) -> bool:
    """Whether all that identifies an indicator differs; a row without a name may be any."""
    names = old.get("name", ""), new.get("name", "")
    is_renamed = all(names) and names[0] != names[1]
    return is_renamed and old.get("type", "") != new.get("type", "")


def _moved(table: str, old: list[TextRow], new: list[TextRow], pairs: list[Pair]) -> dict[int, int]:
    """The rows that were moved, unchanged or, for an indicator, under its name: index before by index after."""
    found: dict[int, int] = {}
    keys = (_content, partial(_key, table)) if table == INDICATORS else (_content,)
    for key in keys:
        taken = set(found.values())
        removed: dict[Hashable, list[int]] = {}
        for i, j in pairs:
            if i is not None and j is None and i not in taken:
                removed.setdefault(key(old[i]), []).append(i)
        for i, j in pairs:
            if i is None and j is not None and j not in found and (same := removed.get(key(new[j]))):
                found[j] = same.pop(0)
    return found


def _row(kind: DifferenceKind, title: str, table: str, number: int, before: str, after: str) -> Difference:
    label = f"{title} {row_name(table, number)}"
    return Difference(kind, InputPath.row(table, number), label, before, after)


def _moved_row(title: str, table: str, origin: int, number: int, row: TextRow) -> Difference:
    """A moved row; its label has its name, because numbers alone do not identify it."""
    moved = _row(DifferenceKind.MOVED, title, table, number, row_name(table, origin), row_name(table, number))
    return replace(moved, label=f"{moved.label}“{shortened(row.get(KEY_PARTS[table][-1], ''))}”")


def _content(row: TextRow) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(item for item in row.items() if item[1]))


def _words(row: TextRow) -> str:
    return "".join(row.values())


def _described(parts: Sequence[Input], row: TextRow) -> str:
    """A row as one line, e.g. ``绩效目标：…；完成情况：…``."""
    filled = [f"{part.label}：{row[part.id]}{part.unit}" for part in parts if row.get(part.id)]
    return "；".join(filled) or EMPTY_ROW
