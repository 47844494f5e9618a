"""What scoring rules read of a submission: the rows of 绩效指标."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field


class Entered(BaseModel):
    """Base of the entered parts; unknown keys are refused, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class PerformanceIndicator(Entered):
    """One row of 绩效指标.

    Attributes:
        type: what was picked, e.g. ``产出-数量``.
        group: its first-level type, e.g. 产出; follows from the type, so it is not saved.
        direction: ≥, ≤, = or 定性.
        target, actual: numbers in ``unit``; for 定性 both are None.
        target_text: what a 定性 indicator promised.
        degree: 达成, 部分达成 or 未达成, for 定性.
        degree_percent: completion in % chosen within the degree's interval.
        weight: relative weight; None on every row means equal weights.
        reason: reason of a deviation.
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
    reason: str = ""
