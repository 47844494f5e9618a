"""The group of the indicator tree that a row stands in, by the labels beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.tree import LevelPath
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.row_following import StandingRow
from zhengti_zip.submission.paths import INDICATORS

Labels = dict[int, str]
"""By the depth of a level, its name without white space."""


@dataclass(frozen=True)
class GroupedRow:
    """A row and the type of the group it stands in; ``type`` is "" when no group has the labels beside it."""

    number: int
    type: str
    is_guessed: bool = False


def grouped_rows(
    form: FormDefinition, standing: Sequence[StandingRow], printed_types: Sequence[str]
) -> Iterator[GroupedRow]:
    """The rows of 绩效指标 that stand in another group than printed, and all new ones, from top to bottom.

    A row belongs to the group whose merged label is beside it. A printed row whose own label is gone, as when
    the first row of its group was deleted, keeps its group.

    Args:
        form: the form; its rows name their type.
        standing: the rows in the reviewed file.
        printed_types: the type of every printed row by its number.
    """
    rows = [row for row in standing if row.block.table == INDICATORS and row.block.levels]
    labels = [_labels(row) for row in rows]
    begun = {name for found in labels for name in found.values()}
    beside = list(_beside(rows, labels))
    below = _types_below(rows, printed_types)
    before = ""
    for place, row in enumerate(rows):
        candidates = _candidates(form, row, beside[place])
        if row.number < len(printed_types):
            own = printed_types[row.number]
            path = form.leaf_groups.get(own)
            is_elsewhere = path is not None and _label_of(path, row) in begun
            before = own
            if own not in candidates and len(candidates) == 1 and is_elsewhere:
                before = candidates[0]
                yield GroupedRow(row.number, before)
            continue
        choice = _chosen(candidates, before, below[place], _is_inserted_above(rows, place))
        before = choice or before
        yield GroupedRow(row.number, choice, len(candidates) != 1)


def _types_below(rows: Sequence[StandingRow], printed_types: Sequence[str]) -> list[str]:
    """For every row the type of the nearest printed row below it; "" without one."""
    found, known = [], ""
    for row in reversed(rows):
        found.append(known)
        known = printed_types[row.number] if row.number < len(printed_types) else known
    return found[::-1]


def _labels(row: StandingRow) -> Labels:
    """The labels that begin in a row."""
    found = {}
    for cell, now in zip(row.printed, row.row, strict=False):
        depth = row.block.levels.get(cell.key[1])
        text = without_space(now.text)
        if depth is not None and not now.is_continued and text:
            found[depth] = text
    return found


def _beside(rows: Sequence[StandingRow], labels: Sequence[Labels]) -> Iterator[Labels]:
    """For every row the labels beside it, where it is known."""
    current: Labels = {}
    head = None
    for row, own in zip(rows, labels, strict=True):
        if row.block is not head:
            current, head = {}, row.block
        for cell, now in zip(row.printed, row.row, strict=False):
            depth = row.block.levels.get(cell.key[1])
            if depth is None or now.is_continued:
                continue
            current.pop(depth, None)
            if depth in own:
                current[depth] = own[depth]
        yield dict(current)


def _candidates(form: FormDefinition, row: StandingRow, labels: Labels) -> list[str]:
    """The types of all groups with these labels.

    An outer label is that of another group where the row in which its own began was deleted: then the
    innermost label alone counts.
    """
    found = _with_labels(form, row, labels)
    if found or len(labels) < 2:
        return found
    innermost = max(labels)
    return _with_labels(form, row, {innermost: labels[innermost]})


def _with_labels(form: FormDefinition, row: StandingRow, labels: Labels) -> list[str]:
    depths = set(row.block.levels.values())
    return [
        name
        for name, path in form.leaf_groups.items()
        if all(
            depth < len(path) and without_space(path[depth].name) == label
            for depth, label in labels.items()
            if depth in depths
        )
    ]


def _label_of(path: LevelPath, row: StandingRow) -> str:
    """The printed label that tells a group from its neighbours: that of the deepest level printed."""
    depths = [depth for depth in row.block.levels.values() if depth < len(path)]
    return without_space(path[max(depths)].name) if depths else ""


def _chosen(candidates: Sequence[str], before: str, after: str, is_above: bool) -> str:
    """The type of a new row, of those its labels allow: that of a neighbour where there are several."""
    nearer = (after, before) if is_above else (before, after)
    return next(
        (name for name in nearer if name in candidates), candidates[0] if len(candidates) == 1 else ""
    )


def _is_inserted_above(rows: Sequence[StandingRow], place: int) -> bool:
    """Whether a new row with blank labels was inserted above the first row of a group.

    Office programs copy the row beside which they insert: below the last of several rows of a group the
    label cell continues, above the first one it begins anew.
    """
    row, above = rows[place], rows[place - 1] if place else None
    for number, (cell, now) in enumerate(zip(row.printed, row.row, strict=False)):
        if cell.key[1] in row.block.levels and not now.is_continued and not now.text.strip():
            if above is None or above.block is not row.block:
                return True
            return number < len(above.row) and above.row[number].is_continued
    return False
