"""百分点扣分法: every percentage point that a ratio lies beyond a limit costs points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, ClassVar

from pydantic import Field

from zhengti_zip.base.numbers import CENT, PERCENT, grouped, plain, round_exactly
from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.formulas import rounded
from zhengti_zip.form.rules.outcome import Computed, Evidence, computed
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.form.rules.written import written

LOSS_PLACES = 4
"""Decimals up to which a loss is told; one that has more is not exact in print."""


class Beyond(StrEnum):
    """On which side of the limit points are lost."""

    ABOVE = "above"
    BELOW = "below"

    @property
    def words(self) -> str:
        """The word before the limit."""
        return {"above": "超过", "below": "低于"}[self.value]


class BegunPoint(StrEnum):
    """What a percentage point costs that is not full."""

    PROPORTIONAL = "proportional"
    COUNTS = "counts"
    FREE = "free"

    @property
    def words(self) -> str:
        """How it is counted."""
        return {
            "proportional": "不足 1 个的按比例计",
            "counts": "不足 1 个的按 1 个计",
            "free": "不足 1 个的不计",
        }[self.value]


class PerPoint(RatioRule):
    """Full marks up to a limit; every percentage point beyond costs ``step`` points.

    Attributes:
        full_to: the ratio in % that still earns full marks.
        step: points each percentage point costs.
        direction: whether points are lost above or below ``full_to``.
        begun_point: what a percentage point costs that is not full.
    """

    kind: ClassVar[str] = "per_point"
    title: ClassVar[str] = "百分点扣分法"

    full_to: Annotated[Decimal, Field(ge=0, le=100000, decimal_places=4)]
    step: Annotated[Decimal, Field(gt=0, le=1000, max_digits=8, decimal_places=4)]
    direction: Beyond = Beyond.ABOVE
    begun_point: BegunPoint = BegunPoint.PROPORTIONAL

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        found = super().mistakes(weight)
        if self.step > weight:
            words = f"每个百分点扣分不应超过分值 {plain(weight)}"
            found.append(Mistake("step", words, f"把 step 改为不超过 {plain(weight)} 的数"))
        if self.direction is Beyond.BELOW and self.full_to == 0:
            found.append(Mistake("full_to", "比率不会低于 0%，永远不扣分", "改为大于 0 的数，例如 90"))
        if self.direction is Beyond.ABOVE and self.part_of_whole and self.full_to >= PERCENT:
            words = "分子是分母的一部分，比率不会超过 100%，永远不扣分"
            found.append(Mistake("full_to", words, "改为小于 100 的数，或删去 part_of_whole"))
        return found

    def describe(self, weight: Decimal) -> str:
        top, bottom = self._named(self.numerator).label, self._named(self.denominator).label
        kept = "不超过" if self.direction is Beyond.ABOVE else "达到"
        return (
            f"{top} ÷ {bottom}{kept} {plain(self.full_to)}% 得 {plain(weight)} 分，"
            f"每{self.direction.words} 1 个百分点扣 {plain(self.step)} 分（{self.begun_point.words}），扣完为止"
        )

    def _beyond(self, ratio: Fraction) -> Fraction:
        """The percentage points beyond the limit that count; 0 on its good side."""
        points = ratio * 100 - Fraction(self.full_to)
        points = max(points if self.direction is Beyond.ABOVE else -points, Fraction(0))
        if self.begun_point is BegunPoint.PROPORTIONAL:
            return points
        return Fraction(ceil(points) if self.begun_point is BegunPoint.COUNTS else floor(points))

    def _points(self, weight: Decimal, ratio: Fraction) -> Decimal:
        return round_exactly(max(Fraction(weight) - Fraction(self.step) * self._beyond(ratio), Fraction(0)))

    def _is_beyond(self, ratio: Fraction) -> bool:
        limit = Fraction(self.full_to) / 100
        return ratio > limit if self.direction is Beyond.ABOVE else ratio < limit

    def _written(self, weight: Decimal, ratio: Fraction) -> str:
        """The ratio with as many digits as give the score; of half a cent none do, and fewer are shown."""

        def same_side(shown: Fraction) -> bool:
            return self._is_beyond(shown) == self._is_beyond(ratio)

        def same_points(shown: Fraction) -> bool:
            return same_side(shown) and self._points(weight, shown) == self._points(weight, ratio)

        text = written(ratio, same_points)
        return text if same_points(Fraction(Decimal(text[2:-1])) / 100) else written(ratio, same_side)

    def _score_ratio(
        self, weight: Decimal, ratio: Fraction, fraction: str, used: tuple[Evidence, ...]
    ) -> Computed:
        points = self._points(weight, ratio)
        loss = Fraction(self.step) * self._beyond(ratio)
        words = f"{fraction} {self._written(weight, ratio)}"
        limit = f"{plain(self.full_to)}%"
        if not self._is_beyond(ratio):
            return computed(points, weight, f"{words}，没有{self.direction.words} {limit}，不扣分", used)
        words += f"，{self.direction.words} {limit}"
        if self.begun_point is BegunPoint.PROPORTIONAL:
            words += f"，每个百分点扣 {plain(self.step)} 分"
        else:
            words += f"，按 {self._beyond(ratio)} 个百分点计，每个扣 {plain(self.step)} 分"
        if _is_short(loss):
            words += f"，共扣 {plain(Decimal(loss.numerator) / Decimal(loss.denominator))} 分"
        if loss > Fraction(weight):
            words += f"，至多扣 {plain(weight)} 分（扣完为止）"
        return computed(points, weight, words, used)

    def _limits(self) -> list[Decimal]:
        """The limit, one point and two and a half beyond it."""
        sign = 1 if self.direction is Beyond.ABOVE else -1
        limits = [self.full_to + sign * points for points in map(Decimal, ("0", "1", "2.5"))]
        return [limit for limit in limits if limit >= 0]

    def _ratio_formula(self, weight: Decimal, above: str, below: str) -> str:
        # The difference is taken before dividing, and ROUND takes binary noise out of it.
        order = (f"{above}*100", f"{plain(self.full_to)}*{below}")
        first, second = order if self.direction is Beyond.ABOVE else order[::-1]
        beyond = f"MAX(0,ROUND({first}-{second},6)/{below})"
        if self.begun_point is BegunPoint.COUNTS:
            beyond = f"ROUNDUP(ROUND({beyond},9),0)"
        elif self.begun_point is BegunPoint.FREE:
            beyond = f"ROUNDDOWN(ROUND({beyond},9),0)"
        return rounded(f"MAX(0,{plain(weight)}-{plain(self.step)}*{beyond})")

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """One change of the numerator: to the nearest value that costs nothing."""
        below = answers.number(self.denominator.id)
        if not below:
            return
        item = self._named(self.numerator)
        step = Decimal(1) if self.numerator.kind is ValueKind.COUNT else CENT
        is_above = self.direction is Beyond.ABOVE
        rounding = ROUND_FLOOR if is_above else ROUND_CEILING
        edge = (self.full_to * below / PERCENT / step).to_integral_value(rounding=rounding) * step
        unit = f" {item.unit}" if item.unit else ""
        words = f"“{item.label}”{'不超过' if is_above else '达到'} {grouped(edge)}{unit}"
        yield (
            f"{words}（比率{'不超过' if is_above else '达到'} {plain(self.full_to)}%）",
            answers.changed(self.numerator.id, edge),
        )


def _is_short(loss: Fraction) -> bool:
    """Whether a loss has so few decimals that it is told exactly."""
    return loss == Fraction(floor(loss * 10**LOSS_PLACES), 10**LOSS_PLACES)
