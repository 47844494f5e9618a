"""比例法: weight × numerator ÷ denominator."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import ClassVar

from zhengti_zip.base.numbers import CENT, PERCENT, grouped, percent, plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.rules.base import Answers, Computed, Evidence, computed
from zhengti_zip.form.rules.ratio import RatioRule


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
        """Reaching the next round percentage and reaching all of it."""
        above, below = answers.number(self.numerator.id), answers.number(self.denominator.id)
        if above is None or not below:
            return
        item = self._named(self.numerator)
        for share in (95, 100):
            wanted = (below * share / PERCENT).quantize(CENT, rounding=ROUND_CEILING)
            if self.numerator.kind is ValueKind.COUNT and share < PERCENT:
                continue  # a share of a count is seldom a whole number
            words = f"“{item.label}”达到 {grouped(wanted)}{_unit(item)}（{share}%）"
            yield words, answers.changed(item.id, wanted)

    def _score_ratio(
        self, weight: Decimal, above: Decimal, below: Decimal, fraction: str, used: tuple[Evidence, ...]
    ) -> Computed:
        ratio = above / below
        capped = "，按 100% 计" if above > below else ""
        return computed(
            weight * above / below,
            weight,
            f"{fraction} = {percent(ratio)}{capped}，× {plain(weight)} 分",
            used,
        )


def _unit(item: Input) -> str:
    return f" {item.unit}" if item.unit else ""
