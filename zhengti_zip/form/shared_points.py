"""Points that a department shares out among the rows it enters: how many, and under which levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.tree import Level


@dataclass(frozen=True, slots=True)
class SharedPoints:
    """Points that the entered rows of some levels add up to.

    Attributes:
        name: the level that has the points; the title of the entered rows where it is the whole form.
        types: the types of these rows, as the clerk picks them.
        points: what their weights add up to.
    """

    name: str
    types: tuple[str, ...]
    points: Decimal


def shared_points(form: FormDefinition) -> tuple[SharedPoints, ...]:
    """What the weights of the entered rows must add up to, in printed order.

    The rows of a level share the points of the nearest level above that has some, less what fixed rows
    and levels with points of their own take of them.
    """
    if form.own is None:
        return ()
    holders: dict[str, tuple[Level | None, list[str]]] = {}
    for name, path in form.leaf_groups.items():
        holder = next((level for level in reversed(path) if level.weight is not None), None)
        holders.setdefault(holder.id if holder else "", (holder, []))[1].append(name)
    return tuple(
        SharedPoints(form.own.title, tuple(types), form.full_score - _given(form.indicators))
        if holder is None
        else SharedPoints(holder.name, tuple(types), (holder.weight or Decimal(0)) - _inside(holder))
        for holder, types in holders.values()
    )


def _given(levels: Sequence[Level]) -> Decimal:
    """Points that fixed rows and levels with points of their own take."""
    return sum((_inside(level) if level.weight is None else level.weight for level in levels), Decimal(0))


def _inside(level: Level) -> Decimal:
    rows = (row.weight for indicator in level.indicators for row in indicator.rows)
    return sum(rows, Decimal(0)) + _given(level.groups)
