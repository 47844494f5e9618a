"""Points that an indicator loses where it was passed far above its target."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from zhengti_zip.base.numbers import PERCENT
from zhengti_zip.form.base import Part, Points
from zhengti_zip.form.mistakes import Mistake

Limit = Annotated[Decimal, Field(gt=0, le=100000)]


class Taken(Part):
    """Points taken off far above the target: exactly one limit in % of it.

    Attributes:
        above: taken when the actual value is more than so many % of the target.
        at_least: taken from so many % on.
        points: how many.
    """

    above: Limit | None = None
    at_least: Limit | None = None
    points: Points

    @property
    def limit(self) -> Decimal:
        """The limit in %."""
        return next((limit for limit in (self.above, self.at_least) if limit is not None), PERCENT)

    @property
    def sign(self) -> str:
        """``>`` or ``≥``."""
        return "≥" if self.above is None else ">"

    def holds(self, share: Fraction) -> bool:
        """Whether the points are taken at a share of the target, 1 being 100 %."""
        limit = Fraction(self.limit) / 100
        return share > limit or (self.above is None and share == limit)

    def mistakes(self) -> list[Mistake]:
        """Attributes that contradict each other."""
        if (self.above is None) == (self.at_least is None):
            return [Mistake("", "应有、且只能有 above、at_least 之一", "写成 {above: 130, points: 2} 的样子")]
        key = "at_least" if self.above is None else "above"
        found = []
        if self.limit < PERCENT or (self.above is None and self.limit == PERCENT):
            found.append(Mistake(key, "正好达到目标的也会扣分", f"把 {key} 改为大于 100 的数"))
        if self.points <= 0:
            found.append(Mistake("points", "扣分应大于 0", "写上每行所扣的分数，或删去 take_points"))
        return found
