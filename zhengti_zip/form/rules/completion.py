"""完成率法: weighted mean completion of the 绩效指标 rows of some groups (财预〔2020〕10号)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from zhengti_zip.base.numbers import PERCENT, grouped, percent, plain, round_exactly
from zhengti_zip.form.base import Fault, Input, Label
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules.base import (
    Answers,
    CellName,
    Evidence,
    NotComputed,
    Outcome,
    Rule,
    computed,
    rounded,
)

INDICATORS = "indicators"
AT_LEAST, AT_MOST, EQUAL, QUALITATIVE = "≥", "≤", "=", "定性"
DIRECTIONS = (AT_LEAST, AT_MOST, EQUAL, QUALITATIVE)

ONE, ZERO = Decimal(1), Decimal(0)


class Completion(Rule):
    """Mean completion of the performance indicators of some groups, times the weight.

    Attributes:
        groups: first-level types of the 绩效指标 sheet that count, e.g. 产出.
    """

    kind: ClassVar[str] = "completion"
    title: ClassVar[str] = "完成率法"

    groups: Annotated[tuple[Label, ...], Field(min_length=1)]

    def inputs(self) -> tuple[Input, ...]:
        return ()

    def uses(self) -> tuple[str, ...]:
        return (INDICATORS,)

    def faults(self, weight: Decimal) -> list[Fault]:
        if len(set(self.groups)) == len(self.groups):
            return []
        return [Fault("groups", "指标类型重复", "删除重复的类型")]

    def describe(self, weight: Decimal) -> str:
        return f"“绩效指标”表中{'、'.join(self.groups)}指标的加权平均完成率 × {plain(weight)} 分"

    def formula(self, weight: Decimal, name: CellName) -> str:
        types, done, shares_ = (name(f"indicators.{part}") for part in ("type", "completion", "weight"))
        mask = (
            "(" + "+".join(f'(LEFT({types}&"-",{len(group) + 1})="{group}-")' for group in self.groups) + ")"
        )
        rows, filled = f"SUMPRODUCT(--{mask})", f"SUMPRODUCT({mask}*ISNUMBER({done}))"
        # Text in the column says that a row's type is not one of the list: then nothing can be said.
        known = f"SUMPRODUCT(ISTEXT({done})*(LEN({done})>0))=0"
        weighted, given = (
            f"SUMPRODUCT({mask}*{condition})" for condition in (f"ISNUMBER({shares_})", f'({shares_}<>"")')
        )
        chosen = f"--{mask}"
        equal = rounded(_within_weight(weight, f"{plain(weight)}*SUMPRODUCT({chosen},{done})/{rows}"))
        total = f"SUMPRODUCT({chosen},{shares_})"
        by_weight = rounded(
            _within_weight(weight, f"{plain(weight)}*SUMPRODUCT({chosen},{shares_},{done})/{total}")
        )
        complete = f"AND({given}={rows},{weighted}={rows},{total}>0)"
        score = f'IF({given}=0,{equal},IF({complete},{by_weight},""))'
        return f'IF(AND({known},{rows}>0,{filled}={rows}),IFERROR({score},""),"")'

    def probes(self, weight: Decimal) -> Iterable[Answers]:
        """No rows, rows of other groups, unfinished rows, and weights for all, for some and for none."""
        first, last = self.groups[0], self.groups[-1]
        reached, part = _row(f"{first}-甲", AT_LEAST, "100", "100"), _row(last, AT_LEAST, "120", "73")
        over, far = _row(first, AT_MOST, "8", "10"), _row(f"{last}-乙", AT_MOST, "8", "16")
        equal, beyond = _row(first, EQUAL, "5", "4"), _row(last, EQUAL, "5", "6")
        words = _row(first, QUALITATIVE).model_copy(update={"degree": "达成", "degree_percent": Decimal(85)})
        foreign, unfinished = _row(f"{first}外-甲", AT_LEAST, "100", "1"), _row(first, AT_LEAST, "100")
        for rows in (
            [],
            [foreign],
            [reached],
            [part, foreign],
            [reached, part, part],
            [over, far, words, reached],
            [equal, beyond, _row(first, AT_MOST, "0", "1")],
            [reached, unfinished],
            [part, _row(first, QUALITATIVE)],
        ):
            yield Answers({}, rows)
            for pair in (("2", "1"), ("1.5", None), ("0", "0"), ("0", "3")):
                entered = [None if share is None else Decimal(share) for share in pair]
                yield Answers(
                    {}, [row.model_copy(update={"weight": entered[n % 2]}) for n, row in enumerate(rows)]
                )

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """Each indicator that fell short, reached."""
        for number, row in enumerate(answers.indicators):
            if row.group not in self.groups or completion_of(row) in (None, ONE):
                continue
            if row.direction == QUALITATIVE:
                change, words = {"degree_percent": PERCENT}, "完成率达到 100%"
            else:
                change, words = (
                    {"actual": row.target or ZERO},
                    f"达到目标值 {row.direction} {grouped(row.target or ZERO)}{row.unit}",
                )
            rows = list(answers.indicators)
            rows[number] = row.model_copy(update=change)
            yield f"指标“{row.name}”{words}", replace(answers, indicators=rows)

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        rows = [row for row in answers.indicators if row.group in self.groups]
        if not rows:
            return NotComputed(missing=(INDICATORS,))
        parts = [(row, exact_completion(row)) for row in rows]
        if any(part is None for _, part in parts):
            return NotComputed(missing=(INDICATORS,), started=True)
        weights = shares(rows)
        if weights is None:
            return NotComputed(
                started=True, wrong=((INDICATORS, "指标权重应全部填写或全部留空，且合计大于 0"),)
            )
        done = [part for _, part in parts if part is not None]
        # Exact fractions: a sum of rounded quotients can miss half a cent.
        total = sum((Fraction(share) * part for share, part in zip(weights, done, strict=True)), Fraction(0))
        exact = total / Fraction(sum(weights, ZERO))
        mean = Decimal(exact.numerator) / Decimal(exact.denominator)
        used = tuple(Evidence(row.name, _reached(row), row.unit) for row in rows)
        words = f"{'、'.join(self.groups)}指标 {len(rows)} 项，加权平均完成率 {percent(mean)}，× {plain(weight)} 分"
        return computed(round_exactly(Fraction(weight) * exact), weight, words, used)


def _within_weight(weight: Decimal, score: str) -> str:
    """An Excel expression kept within 0 and the weight, which negative weights of indicators could leave."""
    return f"MAX(0,MIN({plain(weight)},{score}))"


def _row(kind: str, direction: str, target: str = "", actual: str = "") -> PerformanceIndicator:
    return PerformanceIndicator(
        type=kind,
        group=kind.partition("-")[0],
        direction=direction,
        target=Decimal(target) if target else None,
        actual=Decimal(actual) if actual else None,
    )


def shares(rows: list[PerformanceIndicator]) -> list[Decimal] | None:
    """Each row's share: the entered weights, 1 each when none is entered, None when only some are."""
    entered = [row.weight for row in rows if row.weight is not None]
    if not entered:
        return [ONE] * len(rows)
    if len(entered) < len(rows) or sum(entered, ZERO) <= 0:
        return None
    return entered


def completion_of(row: PerformanceIndicator) -> Decimal | None:
    """Completion of one indicator in [0, 1] as a number, or None when it is not filled in yet."""
    exact = exact_completion(row)
    return None if exact is None else Decimal(exact.numerator) / Decimal(exact.denominator)


def exact_completion(row: PerformanceIndicator) -> Fraction | None:
    """Completion of one indicator in [0, 1] as a fraction, or None when it is not filled in yet."""
    if row.direction == QUALITATIVE:
        if row.degree is None or row.degree_percent is None:
            return None
        return _within(Fraction(row.degree_percent) / 100)
    if row.direction not in DIRECTIONS or row.target is None or row.actual is None:
        return None
    target, actual = Fraction(row.target), Fraction(row.actual)
    if row.direction == AT_MOST:
        if actual <= target:
            return Fraction(1)
        return _within(1 - (actual - target) / target) if target > 0 else Fraction(0)
    if actual >= target:
        return Fraction(1)
    return _within(actual / target) if target > 0 else Fraction(0)


def _within(part: Fraction) -> Fraction:
    return min(max(part, Fraction(0)), Fraction(1))


def _reached(row: PerformanceIndicator) -> str:
    if row.direction == QUALITATIVE:
        return f"{row.degree} {plain(row.degree_percent or ZERO)}%"
    return f"{grouped(row.actual or ZERO)}（目标 {row.direction} {grouped(row.target or ZERO)}）"
