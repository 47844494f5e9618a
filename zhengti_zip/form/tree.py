"""The tree of indicators: levels, indicators and scored rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from zhengti_zip.form.base import Ident, Label, Part, Points
from zhengti_zip.form.rules import Rule, RuleSpec

MAX_LEVELS = 3
"""Levels above the third-level indicator; with it a tree has up to four."""


class ScoredRow(Part):
    """One line of the form that is given a score.

    Attributes:
        id: stable id; the key of its score everywhere.
        aspect: what tells it from the other rows of the same indicator, e.g. 完整性; not printed.
        weight: 分值.
        rules: dated versions of its rule, oldest first.
    """

    id: Ident
    aspect: str = ""
    weight: Points
    rules: Annotated[tuple[RuleSpec, ...], Field(min_length=1)]

    def rule_for(self, year: int | None) -> Rule:
        """The version in force: the last whose ``since`` is not after ``year``."""
        return rule_of_year(self.rules, year)


def rule_of_year(rules: tuple[Rule, ...], year: int | None) -> Rule:
    """The last version whose ``since`` is not after ``year``; the first where none applies yet."""
    valid = [rule for rule in rules if rule.since is None or year is None or rule.since <= year]
    return valid[-1] if valid else rules[0]


class Indicator(Part):
    """An indicator: one name and one explanation over one or several scored rows.

    Attributes:
        explanation: 指标解释.
        standard: 评分标准 as the form prints it; how a row is scored is said by its rules alone.
    """

    id: Ident
    name: Label
    explanation: str = ""
    standard: str = ""
    rows: Annotated[tuple[ScoredRow, ...], Field(min_length=1)]


class Level(Part):
    """A level of the tree. It holds further levels, indicators of the form, or rows the department enters.

    Attributes:
        weight: 分值; None where the form gives no points to this level. The points of entered rows are
            then checked against the nearest level above that has some.
        groups: the levels under it.
        indicators: its indicators, with fixed rows.
        entered: whether the department enters its rows (``own`` says with which columns).
    """

    id: Ident
    name: Label
    weight: Points | None = None
    groups: tuple[Level, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    entered: bool = False

    @property
    def points(self) -> Decimal:
        """Its weight, or the sum of what is under it where it has none of its own."""
        if self.weight is not None:
            return self.weight
        rows = (row.weight for indicator in self.indicators for row in indicator.rows)
        return sum((*rows, *(group.points for group in self.groups)), Decimal(0))


LevelPath = tuple[Level, ...]
"""A level with all levels above it, the first level first."""


@dataclass(frozen=True, slots=True)
class RowContext:
    """A scored row with everything above it in the tree.

    Attributes:
        levels: the levels above it, first level first; at least one.
        indicator, row: the indicator and its row; made from what was entered for an entered row.
        number: the row of 绩效指标, from 0, of an entered row; None for a fixed row.
    """

    levels: LevelPath
    indicator: Indicator
    row: ScoredRow
    number: int | None = None

    @property
    def name(self) -> str:
        """Its name, told apart from sibling rows: ``采购意向公开合规性（完整性）``."""
        return f"{self.indicator.name}（{self.row.aspect}）" if self.row.aspect else self.indicator.name

    @property
    def is_entered(self) -> bool:
        """Whether the department entered the row itself."""
        return self.number is not None


def level_paths(levels: tuple[Level, ...], above: LevelPath = ()) -> Iterator[LevelPath]:
    """Every level of the tree with the levels above it, in printed order, parents first."""
    for level in levels:
        path = (*above, level)
        yield path
        yield from level_paths(level.groups, path)


def points_level(path: LevelPath) -> LevelPath:
    """The nearest level, from the last of ``path`` upwards, that has points; the first level where none has."""
    for end in range(len(path), 0, -1):
        if path[end - 1].weight is not None:
            return path[:end]
    return path[:1]


def fixed_rows(path: LevelPath) -> Iterator[RowContext]:
    """The rows of the indicators of the last level of ``path``."""
    for indicator in path[-1].indicators:
        for row in indicator.rows:
            yield RowContext(path, indicator, row)
