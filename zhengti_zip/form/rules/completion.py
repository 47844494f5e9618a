"""完成率法: weighted mean completion of the 绩效指标 rows of some groups (财预〔2020〕10号)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Label
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.formulas import CellName, group_mask, rounded
from zhengti_zip.form.rules.indicator import (
    AT_LEAST,
    AT_MOST,
    DIRECTIONS,
    EQUAL,
    NOTHING,
    QUALITATIVE,
    EqualMeans,
    completed,
    evidence_of,
    gain_of,
    method_of,
)
from zhengti_zip.form.rules.indicator_rule import IndicatorRule
from zhengti_zip.form.rules.outcome import NotComputed, Outcome, computed
from zhengti_zip.form.rules.written import times_weight

__all__ = [
    "AT_LEAST",
    "AT_MOST",
    "DIRECTIONS",
    "INDICATORS",
    "QUALITATIVE",
    "Completion",
    "completion_of",
    "shares",
]

INDICATORS = "indicators"
ONE, ZERO = Decimal(1), Decimal(0)


class Completion(IndicatorRule):
    """Mean completion of the performance indicators of some groups, times the weight.

    Attributes:
        groups: first-level types of the 绩效指标 sheet that count, e.g. 产出.
    """

    kind: ClassVar[str] = "completion"
    title: ClassVar[str] = "完成率法"

    groups: Annotated[tuple[Label, ...], Field(min_length=1)]

    def uses(self) -> tuple[str, ...]:
        return (INDICATORS,)

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        found = super().mistakes(weight)
        if len(set(self.groups)) < len(self.groups):
            found.append(Mistake("groups", "指标类型重复", "删除重复的类型"))
        return found

    def describe(self, weight: Decimal) -> str:
        return f"“绩效指标”表中{'、'.join(self.groups)}指标的加权平均完成率 × {plain(weight)} 分"

    def method(self) -> str:
        return method_of(self.equal, "“定性”按填写的定性完成率")

    def formula(self, weight: Decimal, name: CellName) -> str:
        types, done, shares_ = (name(f"indicators.{part}") for part in ("type", "completion", "weight"))
        mask = group_mask(types, self.groups)
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
        """One change per indicator that missed its target: it reaches the target."""
        for number, row in enumerate(answers.indicators):
            found = completed(row, self.equal)
            if row.group not in self.groups or found is None or found.part == 1:
                continue
            words, reached = gain_of(row)
            rows = list(answers.indicators)
            rows[number] = reached
            yield words, replace(answers, indicators=rows)

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        rows = [row for row in answers.indicators if row.group in self.groups]
        if not rows:
            return NotComputed(missing=(INDICATORS,))
        found = [completed(row, self.equal) for row in rows]
        done = [item for item in found if item is not None]
        if len(done) < len(rows):
            return NotComputed(missing=(INDICATORS,), started=True)
        weights = shares(rows)
        if weights is None:
            return NotComputed(started=True, wrong=((INDICATORS, self._wrong_weights(rows)),))
        # Exact fractions: a sum of rounded quotients can miss half a cent.
        total = sum((Fraction(share) * item.part for share, item in zip(weights, done, strict=True)), NOTHING)
        points, words = times_weight(total / Fraction(sum(weights, ZERO)), weight)
        used = [evidence_of(row, item.how + _share(row)) for row, item in zip(rows, done, strict=True)]
        how = "权重相等" if rows[0].weight is None else "按权重加权"
        words = f"{self._named()} {len(rows)} 项，{how}，平均完成率 {words}"
        return computed(points, weight, words, used)

    def _named(self) -> str:
        return f"{'、'.join(self.groups)}指标"

    def _wrong_weights(self, rows: list[PerformanceIndicator]) -> str:
        empty = [f"“{row.name}”" for row in rows if row.weight is None]
        if not empty:
            return f"{self._named()}的权重合计应大于 0"
        return f"{self._named()}的权重应全部填写或全部留空，{'、'.join(empty)}没有填写权重"


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


def completion_of(row: PerformanceIndicator, equal: EqualMeans = EqualMeans.REACHED) -> Decimal | None:
    """Completion of one indicator in [0, 1] as a number, or None when it is not filled in yet."""
    found = completed(row, equal)
    return None if found is None else Decimal(found.part.numerator) / Decimal(found.part.denominator)


def _share(row: PerformanceIndicator) -> str:
    return "" if row.weight is None else f"；权重 {plain(row.weight)}"
