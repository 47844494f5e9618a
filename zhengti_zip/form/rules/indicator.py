"""How far one row of 绩效指标 was completed, as an exact fraction and in words with its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zhengti_zip.base.numbers import PERCENT, grouped, plain
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.outcome import Evidence
from zhengti_zip.form.rules.written import times_weight, written

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
        words: how it was found, in Chinese with the numbers; of a division without its result.
        divided: whether ``words`` is a division.
    """

    part: Fraction
    words: str
    divided: bool = False

    @property
    def how(self) -> str:
        """How it was found with its result, e.g. ``2.9 ÷ 3.6 ≈ 80.56%``."""
        return f"{self.words} {written(self.part)}" if self.divided else self.words

    def times(self, weight: Decimal) -> tuple[Decimal, str]:
        """The score it earns of a weight, and how: ``2.9 ÷ 3.6 ≈ 80.556%，× 10 分``."""
        points, words = times_weight(self.part, weight)
        return points, f"{self.words} {words}" if self.divided else f"{self.words}，× {plain(weight)} 分"


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
    return Completed(part, f"{shown} ÷ {wanted}", divided=True)


def _at_most(target: Decimal, actual: Decimal) -> Completed:
    shown, wanted = grouped(actual), grouped(target)
    if actual <= target:
        return Completed(ALL, f"{shown} ≤ {wanted}，完成率 100%")
    if target <= 0:
        return Completed(NOTHING, f"{shown} > {wanted}，目标值不大于 0 无法按比例计算，完成率按 0% 计")
    part = 1 - (Fraction(actual) - Fraction(target)) / Fraction(target)
    if part < 0:
        return Completed(NOTHING, f"{shown} 超过目标 {wanted} 的两倍，完成率按 0% 计")
    return Completed(part, f"1 −（{shown} − {wanted}）÷ {wanted}", divided=True)


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
    return Completed(part, f"1 −（{more} − {less}）÷ {wanted}", divided=True)


def method_of(equal: EqualMeans, qualitative: str) -> str:
    """How the completion of an indicator is found, in Chinese; ``qualitative`` says it of 定性."""
    return (
        "完成率：“≥”型达到目标为 100%，否则为实际完成值 ÷ 目标值；"
        "“≤”型不超过目标为 100%，否则为 1 −（实际完成值 − 目标值）÷ 目标值，达到目标两倍及以上为 0；"
        f"{equal.rule}；{qualitative}；"
        "最低 0，最高 100%；目标值为 0 或负数而没有达到的为 0"
    )


def evidence_of(row: PerformanceIndicator, how: str) -> Evidence:
    """One indicator as it went into a score."""
    if row.direction == QUALITATIVE:
        return Evidence(row.name, str(row.degree), "", how)
    target = f"目标 {row.direction} {grouped(row.target or Decimal(0))}{row.unit}"
    return Evidence(row.name, grouped(row.actual or Decimal(0)), row.unit, f"{target}；{how}")


def gain_of(row: PerformanceIndicator) -> tuple[str, PerformanceIndicator]:
    """What completes an indicator, in words, and the row after it."""
    if row.direction == QUALITATIVE:
        return f"指标“{row.name}”完成率达到 100%", row.model_copy(update={"degree_percent": PERCENT})
    target = row.target or Decimal(0)
    words = f"指标“{row.name}”达到目标值 {row.direction} {grouped(target)}{row.unit}"
    return words, row.model_copy(update={"actual": target})
