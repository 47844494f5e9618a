"""分段法: a ratio earns the points of the first band it falls into."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from zhengti_zip.base.numbers import CENT, PERCENT, grouped, plain
from zhengti_zip.form.base import Part, Points, ValueKind
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.outcome import Computed, Evidence, computed
from zhengti_zip.form.rules.ratio import RatioRule
from zhengti_zip.form.rules.written import written

Threshold = Annotated[Decimal, Field(ge=0, le=100000)]


class Band(Part):
    """One band: exactly one threshold in %, whose key says whether the end belongs to it."""

    at_most: Threshold | None = None
    below: Threshold | None = None
    at_least: Threshold | None = None
    above: Threshold | None = None
    points: Points

    _SIGNS: ClassVar[dict[str, str]] = {"at_most": "≤", "below": "<", "at_least": "≥", "above": ">"}

    def limits(self) -> list[tuple[str, Decimal]]:
        """(sign, threshold in %) pairs that were given; a sound band has one."""
        return [
            (sign, value) for key, sign in self._SIGNS.items() if (value := getattr(self, key)) is not None
        ]

    @property
    def sign(self) -> str:
        """≤, <, ≥ or >."""
        return self.limits()[0][0]

    @property
    def limit_percent(self) -> Decimal:
        """The threshold in %."""
        return self.limits()[0][1]

    @property
    def downward(self) -> bool:
        """Whether a smaller ratio is the better one."""
        return self.sign in ("≤", "<")

    @property
    def includes_limit(self) -> bool:
        """Whether a ratio equal to the threshold belongs to the band."""
        return self.sign in ("≤", "≥")

    def holds(self, ratio: Fraction) -> bool:
        """Whether a ratio, 1 being 100 %, lies in the band."""
        left, right = ratio * 100, Fraction(self.limit_percent)
        return {"≤": left <= right, "<": left < right, "≥": left >= right, ">": left > right}[self.sign]

    def text(self) -> str:
        """The condition as printed, e.g. ``≤ 10%``."""
        return f"{self.sign} {plain(self.limit_percent)}%"


class Banded(RatioRule):
    """A ratio earns the points of the first band it falls into, or ``otherwise``.

    Attributes:
        bands: best first; every band looks in the same direction.
        otherwise: points when no band holds.
    """

    kind: ClassVar[str] = "banded"
    title: ClassVar[str] = "分段法"

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    otherwise: Points = Decimal(0)

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        found = super().mistakes(weight)
        for number, band in enumerate(self.bands):
            if len(band.limits()) != 1:
                words = "每段必须有、且只能有 at_most、below、at_least、above 之一"
                found.append(Mistake(f"bands.{number}", words, "留下一个界限，例如 {at_most: 10, points: 2}"))
        if found:
            return found
        if self.bands[0].points != weight:
            words = f"第一段应为满分 {plain(weight)}，现为 {plain(self.bands[0].points)}"
            remedy = f"把第一段的 points 改为 {plain(weight)}，或改这一行的 weight"
            found.append(Mistake("bands.0.points", words, remedy))
        return found + self._order_mistakes()

    def _order_mistakes(self) -> list[Mistake]:
        found = []
        for number, (band, following) in enumerate(zip(self.bands, self.bands[1:], strict=False), start=1):
            if band.downward != following.downward:
                remedy = "各段一律用 at_most、below，或一律用 at_least、above"
                found.append(Mistake(f"bands.{number}", "各段的方向不一致", remedy))
            elif not self._reaches_further(band, following):
                remedy = "at_most、below 由小到大，at_least、above 由大到小"
                found.append(Mistake(f"bands.{number}", "各段的界限应由严到宽排列", remedy))
            if following.points >= band.points:
                remedy = f"改为低于上一段的 {plain(band.points)} 分"
                found.append(Mistake(f"bands.{number}.points", "各段的分值应由高到低排列", remedy))
        if self.otherwise >= self.bands[-1].points:
            remedy = f"改为低于最后一段的 {plain(self.bands[-1].points)} 分"
            found.append(Mistake("otherwise", "其余情况的分值应低于最后一段", remedy))
        return found

    @staticmethod
    def _reaches_further(band: Band, following: Band) -> bool:
        if band.limit_percent == following.limit_percent:
            return following.includes_limit and not band.includes_limit
        return (band.limit_percent < following.limit_percent) == band.downward

    def describe(self, weight: Decimal) -> str:
        top, bottom = self._named(self.numerator).label, self._named(self.denominator).label
        steps = "；".join(f"{band.text()} 得 {plain(band.points)} 分" for band in self.bands)
        return f"{top} ÷ {bottom}：{steps}；其余得 {plain(self.otherwise)} 分"

    def _limits(self) -> list[Decimal]:
        return [band.limit_percent for band in self.bands]

    def _ratio_formula(self, weight: Decimal, above: str, below: str) -> str:
        # Compared without dividing, as the engine does; ROUND takes binary noise out of the difference.
        expression = plain(self.otherwise)
        for band in reversed(self.bands):
            sign = {"≤": "<=", "<": "<", "≥": ">=", ">": ">"}[band.sign]
            difference = f"ROUND({above}*100-{plain(band.limit_percent)}*{below},4)"
            expression = f"IF({difference}{sign}0,{plain(band.points)},{expression})"
        return expression

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """One change of the numerator per band: to the nearest value inside the band."""
        below = answers.number(self.denominator.id)
        if not below:
            return
        item = self._named(self.numerator)
        unit = f" {item.unit}" if item.unit else ""
        for band in self.bands:
            edge = self._nearest_inside(band, band.limit_percent * below / PERCENT)
            words = f"“{item.label}”{'不超过' if band.downward else '达到'} {grouped(edge)}{unit}（比率 {band.text()}）"
            yield words, answers.changed(self.numerator.id, edge)

    def _nearest_inside(self, band: Band, limit: Decimal) -> Decimal:
        """The enterable value closest to a band's limit that still lies in the band."""
        step = Decimal(1) if self.numerator.kind is ValueKind.COUNT else CENT
        rounding = ROUND_FLOOR if band.downward else ROUND_CEILING
        edge = (limit / step).to_integral_value(rounding=rounding) * step
        if edge == limit and not band.includes_limit:
            edge += -step if band.downward else step
        return max(edge, Decimal(0))

    def _score_ratio(
        self, weight: Decimal, ratio: Fraction, fraction: str, used: tuple[Evidence, ...]
    ) -> Computed:
        def same_side(shown: Fraction) -> bool:
            return all(band.holds(shown) == band.holds(ratio) for band in self.bands)

        words = f"{fraction} {written(ratio, same_side)}"
        for band in self.bands:
            if band.holds(ratio):
                return computed(band.points, weight, f"{words} {band.text()}", used)
        last = self.bands[-1]
        opposite = {"≤": ">", "<": "≥", "≥": "<", ">": "≤"}[last.sign]
        words += f" {opposite} {plain(last.limit_percent)}%"
        return computed(self.otherwise, weight, words, used)
