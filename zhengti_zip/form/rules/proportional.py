"""比例法: weight × numerator ÷ denominator."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from zhengti_zip.form.rules.base import Computed, Evidence, computed
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.numbers import percent, plain


class Proportional(RatioRule):
    """Weight × numerator ÷ denominator, never above the weight; 0 ÷ 0 means nothing was due."""

    kind: ClassVar[str] = "proportional"
    title: ClassVar[str] = "比例法"

    def describe(self, weight: Decimal) -> str:
        top, bottom = self._named(self.numerator).label, self._named(self.denominator).label
        return f"得分 = {plain(weight)} × {top} ÷ {bottom}，最高 {plain(weight)} 分"

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
