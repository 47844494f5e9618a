"""The pieces of a report: plain texts with names, which a template puts together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A text and what it is called; ``id`` is the id of its input."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal as entered; "" where nothing was."""

    goal: str
    completion: str
    reason: str


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Amounts in 万元: heads, and rows that begin with their label."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A scored row.

    Attributes:
        level: the level it stands under.
        name: what it is called.
        weight, score: points as texts, or that there is no score.
        target, actual: of a row the department entered.
        reason, improvement: as entered; "" for nothing.
        is_below: whether points were lost.
        asks_reason, asks_improvement: whether the form asks beside this row why, and what will be done.
    """

    level: str
    name: str
    weight: str
    score: str
    target: str
    actual: str
    reason: str
    improvement: str
    is_below: bool
    asks_reason: bool
    asks_improvement: bool


@dataclass(frozen=True, slots=True)
class OutcomeText:
    """A performance indicator that is not itself a scored row."""

    type: str
    name: str
    target: str
    actual: str
    reason: str
