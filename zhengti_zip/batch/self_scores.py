"""Rows where a department gave itself more than its own data say, with sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from zhengti_zip.batch.result import Result, RowScore


class BothScores(Protocol):
    """A row with its two scores, in points; None where there is none."""

    @property
    def self_score(self) -> Decimal | None:
        """自评得分."""

    @property
    def computed(self) -> Decimal | None:
        """What the data give."""


Row = TypeVar("Row", bound=BothScores)


@dataclass(frozen=True, slots=True)
class HigherRow(Generic[Row]):
    """A row whose self-score exceeds the computed one, and by how many points."""

    row: Row
    excess: Decimal


@dataclass(frozen=True, slots=True)
class HigherSelfScores:
    """What a department gave itself beyond its data.

    Attributes:
        result: of the department.
        rows: in printed order.
    """

    result: Result
    rows: tuple[HigherRow[RowScore], ...]

    @property
    def excess(self) -> Decimal:
        """Points of all rows."""
        return excess_of(self.rows)


def higher_rows(rows: Iterable[Row]) -> tuple[HigherRow[Row], ...]:
    """The rows whose self-score exceeds the computed one, in their order; rows without either do not count."""
    return tuple(
        HigherRow(row, row.self_score - row.computed)
        for row in rows
        if row.self_score is not None and row.computed is not None and row.self_score > row.computed
    )


def excess_of(rows: Iterable[HigherRow[Row]]) -> Decimal:
    """Points of all rows together."""
    return sum((row.excess for row in rows), Decimal(0))


def higher_self_scores(results: Iterable[Result]) -> tuple[HigherSelfScores, ...]:
    """The forms without errors that have such rows, most points first; equal ones by name."""
    found = (HigherSelfScores(result, higher_rows(result.rows)) for result in results if result.is_done)
    return tuple(
        sorted((each for each in found if each.rows), key=lambda each: (-each.excess, each.result.name))
    )
