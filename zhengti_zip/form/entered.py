"""What scoring rules read of a submission: the rows of 绩效指标."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field


class Entered(BaseModel):
    """Base of the entered parts; unknown keys are refused, nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class PerformanceIndicator(Entered):
    """One row of 绩效指标. Where the rows are the department's own, each is a scored row of the form.

    Attributes:
        type: what was picked, e.g. ``产出-数量``.
        group: its first-level type, e.g. 产出; follows from the type, so it is not saved.
        direction: ≥, ≤, = or 定性.
        target, actual: numbers in ``unit``; for 定性 both are None.
        target_text: what a 定性 indicator promised.
        degree: 达成, 部分达成 or 未达成, for 定性.
        degree_percent: completion in % chosen within the degree's interval.
        weight: relative weight, where None on every row means equal weights; 分值 of a scored row.
        score: 自评得分 of a scored row, in points; None to have it worked out.
        reason: reason of a deviation.
        improvement, evidence: as in a fixed row.
        extra: values of the columns that only this form has, by column id.
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
    extra: dict[str, Decimal | int | str] = Field(default_factory=dict)

    def value(self, column_id: str) -> Decimal | int | str | None:
        """What stands in a column; None for an empty one."""
        if column_id in self.extra:
            return self.extra[column_id]
        found: Decimal | int | str | None = getattr(self, column_id, None)
        return None if found == "" else found
