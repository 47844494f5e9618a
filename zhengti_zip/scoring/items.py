"""What the scores of several departments can be compared by: fixed rows, and levels with entered rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.tree import LevelPath, fixed_rows, level_paths, points_level
from zhengti_zip.scoring.evaluation import Evaluation, RowResult


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """A fixed row, or the rows a department entered under one level.

    Every department enters other rows; they have only the level in common that has points for them.

    Attributes:
        key: the id of a fixed row, ``level.<id>`` for a level.
        name: what it is called.
        weight: its points.
        levels: the levels above it; of a level, itself included.
    """

    key: str
    name: str
    weight: Decimal
    levels: LevelPath


def scored_items(form: FormDefinition) -> tuple[ScoredItem, ...]:
    """The items of a form in printed order."""
    found: dict[str, ScoredItem] = {}
    for path in level_paths(form.indicators):
        for context in fixed_rows(path):
            found[context.row.id] = ScoredItem(context.row.id, context.name, context.row.weight, path)
        if path[-1].entered:
            holder = points_level(path)
            key = _key(holder)
            found.setdefault(key, ScoredItem(key, holder[-1].name, holder[-1].points, holder))
    return tuple(found.values())


def item_scores(evaluation: Evaluation) -> dict[str, Decimal | None]:
    """The points of each item that has rows, by key; None while a row of it has no score."""
    rows: dict[str, list[RowResult]] = {}
    for row in evaluation.rows:
        context = row.context
        key = _key(points_level(context.levels)) if context.is_entered else context.row.id
        rows.setdefault(key, []).append(row)
    return {key: _sum(row.score for row in held) for key, held in rows.items()}


def _key(path: LevelPath) -> str:
    return f"level.{path[-1].id}"


def _sum(scores: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for score in scores:
        if score is None:
            return None
        total += score
    return total
