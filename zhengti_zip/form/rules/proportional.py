"""比例法: weight × numerator ÷ denominator."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import ClassVar

from zhengti_zip.base.numbers import CENT, PERCENT, grouped, plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.outcome import Computed, Evidence, computed
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.form.rules.written import times_weight


class Proportional(RatioRule):
    """Weight × numerator ÷ denominator, never above the weight; 0 ÷ 0 means nothing was due."""

    kind: ClassVar[str] = "proportional"
    title: ClassVar[str] = "比例法"

    def describe(self, weight: Decimal) -> str:
        top, bottom = self._named(self.numerator).label, self._named(self.denominator).label
        return f"得分 = {plain(weight)} × {top} ÷ {bottom}，最高 {plain(weight)} 分"

    def _limits(self) -> list[Decimal]:
        return [Decimal(limit) for limit in (50, 100)]

    def _ratio_formula(self, weight: Decimal, above: str, below: str) -> str:
        # In hundredths of a point, rounded half up. Near a half the quotient of binary numbers can lie on the
        # wrong side of it, so the product decides, which is exact: 2 × 100 × weight × above against (2n - 1) × below.
        whole = plain(weight * 100)
        nearest = f"INT({whole}*{above}/{below}+0.500001)"
        is_over = f"ROUND((2*{nearest}-1)*{below}-2*{whole}*{above},4)>0"
        return f"MAX(0,MIN({plain(weight)},({nearest}-IF({is_over},1,0))/100))"

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """Two changes of the numerator: to 95 % and to 100 % of the denominator."""
        above, below = answers.number(self.numerator.id), answers.number(self.denominator.id)
        if above is None or not below:
            return
        item = self._named(self.numerator)
        for share in (95, 100):
            counted = self.numerator.kind is ValueKind.COUNT
            if counted and share < PERCENT:
                continue  # a share of a count is seldom a whole number
            exact, step = below * share / PERCENT, Decimal(1) if counted else CENT
            wanted = (exact / step).to_integral_value(rounding=ROUND_CEILING) * step
            reached = f"{share}%" if wanted == exact else f"不低于 {share}%"
            words = f"“{item.label}”达到 {grouped(wanted)}{_unit(item)}（{reached}）"
            yield words, answers.changed(self.numerator.id, wanted)

    def _score_ratio(
        self, weight: Decimal, ratio: Fraction, fraction: str, used: tuple[Evidence, ...]
    ) -> Computed:
        points, words = times_weight(ratio, weight)
        return computed(points, weight, f"{fraction} {words}", used)


def _unit(item: Input) -> str:
    return f" {item.unit}" if item.unit else ""
