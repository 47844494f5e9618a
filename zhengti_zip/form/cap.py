"""A limit on the total by a derived value, such as 执行率 below 60 %: at most 69 points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Part, Points
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.operand import ValuePath
from zhengti_zip.form.rules.written import written


class CapBand(Part):
    """One limit.

    Attributes:
        below: it applies while the value is below so many %.
        at_most: the total is then at most so many points.
    """

    below: Annotated[Decimal, Field(gt=0, le=100000)]
    at_most: Points

    def holds(self, rate: Fraction) -> bool:
        """Whether the limit applies at a rate, 1 being 100 %."""
        return rate * 100 < Fraction(self.below)


@dataclass(frozen=True, slots=True)
class Capped:
    """A total after the limit.

    Attributes:
        total: the points that count.
        why: what the limit did, in one Chinese sentence; "" where it changed nothing.
    """

    total: Decimal
    why: str = ""


class Cap(Part):
    """A limit on the total.

    Attributes:
        by: path of the derived value that decides, e.g. ``derived.execution_rate``.
        bands: the limits by rising ``below``; the first that applies counts.
    """

    by: ValuePath
    bands: Annotated[tuple[CapBand, ...], Field(min_length=1)]

    def band_for(self, rate: Fraction | None) -> CapBand | None:
        """The limit at a rate; None where there is none, or no rate."""
        if rate is None:
            return None
        return next((band for band in self.bands if band.holds(rate)), None)

    def capped(self, total: Decimal, rate: Fraction | None, label: str) -> Capped:
        """A total with the limit applied.

        Args:
            total: the sum of all rows in points.
            rate: the value that decides, 1 being 100 %; None when there is none.
            label: what the value is called.
        """
        band = self.band_for(rate)
        if rate is None or band is None or total <= band.at_most:
            return Capped(total)

        def same_band(shown: Fraction) -> bool:
            return self.band_for(shown) == band

        most = plain(band.at_most)
        why = (
            f"{label} {written(rate, same_band)}，低于 {plain(band.below)}%，总分最高 {most} 分："
            f"各项合计 {plain(total)} 分，按 {most} 分计"
        )
        return Capped(band.at_most, why)

    def describe(self, label: str) -> str:
        """The limits in one Chinese sentence."""
        steps = "；".join(
            f"低于 {plain(band.below)}% 的，总分最高 {plain(band.at_most)} 分" for band in self.bands
        )
        return f"{label}{steps}"

    def formula(self, total: str, rate: str) -> str:
        """The total that counts as an Excel expression, ``""`` without a total; both arguments are cells."""
        limited = total
        for band in reversed(self.bands):
            is_below = f"ROUND({rate}*100-{plain(band.below)},{NOISE_PLACES})<0"
            limited = f"IF({is_below},MIN({total},{plain(band.at_most)}),{limited})"
        return f'IF(ISNUMBER({total}),IF(ISNUMBER({rate}),{limited},{total}),"")'

    def mistakes(self, full_score: Decimal) -> list[Mistake]:
        """Limits that contradict each other or the full score; paths begin at the cap."""
        found = []
        for number, (lower, higher) in enumerate(pairwise(self.bands), start=1):
            if higher.below <= lower.below:
                words = "各档的 below 应由小到大排列"
                found.append(Mistake(f"bands.{number}.below", words, f"改为大于 {plain(lower.below)} 的数"))
            if higher.at_most <= lower.at_most:
                words = "值越高，总分的上限应越高"
                found.append(
                    Mistake(f"bands.{number}.at_most", words, f"改为大于 {plain(lower.at_most)} 的数")
                )
        for number, band in enumerate(self.bands):
            if band.at_most >= full_score:
                words = f"上限 {plain(band.at_most)} 不低于满分 {plain(full_score)}，不起作用"
                found.append(
                    Mistake(
                        f"bands.{number}.at_most", words, f"改为小于 {plain(full_score)} 的数，或删去这一档"
                    )
                )
        return found


NOISE_PLACES = 9
"""Decimals of a percentage that are exact in binary numbers."""
