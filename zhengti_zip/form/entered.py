"""What scoring rules read of a submission: the rows of 绩效指标."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

Cell = Decimal | int | str | None
"""What can be entered in one cell of a row."""


class Entered(BaseModel):
    """Base of the entered parts; unknown keys are refused, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class EnteredRow(Entered):
    """One row of a table the department fills.

    Attributes:
        extra: what was entered in further columns of the form, by column id.
    """

    extra: dict[str, Decimal | int | str] = Field(default_factory=dict)

    @model_serializer(mode="wrap")
    def _flat(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The columns as keys of one mapping; those of the form stand beside those of the program."""
        data: dict[str, Any] = handler(self)
        further: dict[str, Any] = data.pop("extra")
        return data | further

    @classmethod
    def known_columns(cls) -> frozenset[str]:
        """Columns the program knows by name."""
        return frozenset(cls.model_fields) - {"extra"}

    @classmethod
    def of(cls, values: Mapping[str, Decimal | int | str | None], **further: Any) -> Self:
        """A row from what stands in its columns, by column id; empty ones are None or absent."""
        given = {key: value for key, value in values.items() if value is not None}
        known = cls.known_columns()
        extra = {key: value for key, value in given.items() if key not in known}
        return cls(**{key: value for key, value in given.items() if key in known}, **further, extra=extra)

    def part(self, column: str) -> Cell:
        """What was entered in a column, by its id; None for an empty or unknown one."""
        value = getattr(self, column) if column in self.known_columns() else self.extra.get(column)
        return None if value == "" else value

    def with_part(self, column: str, value: Cell) -> Self:
        """A copy with another value in a column; None empties it."""
        if column in self.known_columns():
            empty = type(self).model_fields[column].default
            return self.model_copy(update={column: empty if value is None else value})
        others = {key: held for key, held in self.extra.items() if key != column}
        return self.model_copy(update={"extra": others if value is None else {**others, column: value}})


class PerformanceIndicator(EnteredRow):
    """One row of 绩效指标. Where the rows are the department's own, each is a scored row of the form.

    Attributes:
        type: what was picked, e.g. ``产出-数量``.
        group: its first-level type, e.g. 产出; follows from the type, so it is not saved.
        direction: ≥, ≤, = or 定性.
        target, actual: numbers in ``unit``; for 定性 both are None.
        target_text: what a 定性 indicator promised.
        degree: 达成, 部分达成 or 未达成, for 定性.
        degree_percent: completion in % chosen within the degree's interval.
        weight: relative weight, None on every row means equal weights; points (分值) where the row is scored.
        score: self-assessed points, where the row is scored; None takes the computed ones.
        reason: reason of a deviation.
        improvement, evidence: 改进措施 and 佐证材料, where the row is scored.
    """

    type: str = ""
    group: str = Field(default="", exclude=True)
    name: str = ""
    direction: str = ""
    target: Decimal | None = None
    target_text: str = ""
    unit: str = ""
    actual: Decimal | None = None
    degree: str | None = None
    degree_percent: Decimal | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str = ""
    improvement: str = ""
    evidence: str = ""
