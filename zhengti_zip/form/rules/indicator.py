"""How far one row of 绩效指标 was completed, as an exact fraction and in words with its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zhengti_zip.base.numbers import grouped, plain
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.written import written

AT_LEAST, AT_MOST, EQUAL, QUALITATIVE = "≥", "≤", "=", "定性"
DIRECTIONS = (AT_LEAST, AT_MOST, EQUAL, QUALITATIVE)

ALL, NOTHING = Fraction(1), Fraction(0)


class EqualMeans(StrEnum):
    """What the direction ``=`` asks for; a parameter of the form's completion rules."""

    REACHED = "reached"
    EXACT = "exact"

    @property
    def prompt(self) -> str:
        """When the clerk picks ``=``."""
        if self is EqualMeans.EXACT:
            return "须正好达到、多了少了都扣分选 ="
        return "达到定数即可、超过不加分选 ="

    @property
    def rule(self) -> str:
        """How the completion of a ``=`` indicator is found."""
        if self is EqualMeans.EXACT:
            return "“=”型等于目标为 100%，否则为 1 − 相差数 ÷ 目标值，相差一倍及以上为 0"
        return "“=”型达到或超过目标为 100%，否则为实际完成值 ÷ 目标值"


@dataclass(frozen=True, slots=True)
class Completed:
    """The completion of one indicator.

    Attributes:
        part: the completion as a fraction within [0, 1].
        how: how it was found, in Chinese with the numbers, e.g. ``2.9 ÷ 3.6 ≈ 80.56%``.
    """

    part: Fraction
    how: str


def completed(row: PerformanceIndicator, equal: EqualMeans = EqualMeans.REACHED) -> Completed | None:
    """The completion of one indicator; None while the row is not filled in."""
    if row.direction == QUALITATIVE:
        if row.degree is None or row.degree_percent is None:
            return None
        return _chosen(row.degree_percent)
    if row.direction not in DIRECTIONS or row.target is None or row.actual is None:
        return None
    if row.direction == AT_MOST:
        return _at_most(row.target, row.actual)
    if row.direction == EQUAL and equal is EqualMeans.EXACT:
        return _exactly(row.target, row.actual)
    return _at_least(row.target, row.actual, row.direction)


def _chosen(percent: Decimal) -> Completed:
    part = min(max(Fraction(percent) / 100, NOTHING), ALL)
    counted = "" if part * 100 == Fraction(percent) else f"，按 {'100%' if part else '0%'} 计"
    return Completed(part, f"定性完成率 {plain(percent)}%{counted}")


def _at_least(target: Decimal, actual: Decimal, direction: str) -> Completed:
    shown, wanted = grouped(actual), grouped(target)
    if actual >= target:
        sign = "≥" if direction == AT_LEAST else "=" if actual == target else ">"
        return Completed(ALL, f"{shown} {sign} {wanted}，完成率 100%")
    if target <= 0:
        return Completed(NOTHING, f"{shown} < {wanted}，目标值不大于 0 无法按比例计算，完成率按 0% 计")
    if actual < 0:
        return Completed(NOTHING, f"{shown} < 0，完成率按 0% 计")
    part = Fraction(actual) / Fraction(target)
    return Completed(part, f"{shown} ÷ {wanted} {written(part)}")


def _at_most(target: Decimal, actual: Decimal) -> Completed:
    shown, wanted = grouped(actual), grouped(target)
    if actual <= target:
        return Completed(ALL, f"{shown} ≤ {wanted}，完成率 100%")
    if target <= 0:
        return Completed(NOTHING, f"{shown} > {wanted}，目标值不大于 0 无法按比例计算，完成率按 0% 计")
    part = 1 - (Fraction(actual) - Fraction(target)) / Fraction(target)
    if part < 0:
        return Completed(NOTHING, f"{shown} 超过目标 {wanted} 的两倍，完成率按 0% 计")
    return Completed(part, f"1 −（{shown} − {wanted}）÷ {wanted} {written(part)}")


def _exactly(target: Decimal, actual: Decimal) -> Completed:
    shown, wanted = grouped(actual), grouped(target)
    if actual == target:
        return Completed(ALL, f"{shown} = {wanted}，完成率 100%")
    if target <= 0:
        return Completed(NOTHING, f"{shown} ≠ {wanted}，目标值不大于 0 无法按比例计算，完成率按 0% 计")
    more, less = (shown, wanted) if actual > target else (wanted, shown)
    part = 1 - abs(Fraction(actual) - Fraction(target)) / Fraction(target)
    if part < 0:
        return Completed(NOTHING, f"{shown} 与目标 {wanted} 相差超过一倍，完成率按 0% 计")
    return Completed(part, f"1 −（{more} − {less}）÷ {wanted} {written(part)}")
