"""What the kinds that divide one number by another have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from zhengti_zip.base.numbers import CENT, PERCENT, grouped, plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers, path_of
from zhengti_zip.form.rules.formulas import CellName
from zhengti_zip.form.rules.operand import Operand, Use, item_of
from zhengti_zip.form.rules.outcome import Computed, Evidence, NotComputed, Outcome, computed
from zhengti_zip.form.rules.rule import Rule

PERIOD = "{period}"

PROBED_COUNTS = tuple(map(Decimal, (1, 3, 7, 9, 100)))
PROBED_AMOUNTS = tuple(map(Decimal, ("0.01", "3", "100", "1297.59", "12345678.9")))
FINE = Decimal("0.0001")
RATIO_KINDS = (ValueKind.COUNT, ValueKind.AMOUNT, ValueKind.NUMBER)


class RatioRule(Rule):
    """A score from ``numerator ÷ denominator``.

    Attributes:
        numerator, denominator: the data asked for, or values entered elsewhere; ``{period}`` in a label
            is replaced.
        period: the time limit the question names, e.g. 30日; differs by city, so it is a parameter.
        part_of_whole: the numerator counts some of what the denominator counts and cannot exceed it.
        reason_below: the ratio in % below which a reason is due; None asks for one at every lost point.
    """

    numerator: Operand
    denominator: Operand
    period: str = ""
    part_of_whole: bool = False
    reason_below: Annotated[Decimal, Field(gt=0, le=100000)] | None = None

    def inputs(self) -> tuple[Input, ...]:
        return tuple(self._named(operand) for operand in self.operands() if isinstance(operand, Input))

    def operands(self) -> tuple[Input | Use, ...]:
        return (self.denominator, self.numerator)

    def _named(self, operand: Input | Use) -> Input:
        """An operand with the label people read."""
        item = item_of(operand)
        return item.model_copy(update={"label": item.label.replace(PERIOD, self.period)})

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        found = []
        for key, operand in (("numerator", self.numerator), ("denominator", self.denominator)):
            found += [mistake.under(key) for mistake in _operand_mistakes(operand)]
        if self.numerator.id == self.denominator.id:
            found.append(Mistake("denominator", "分母与分子是同一个数据项", "改用另一个 id"))
        asks_period = any(PERIOD in operand.label for operand in self.operands())
        if asks_period != bool(self.period):
            remedy = "在标签中写上 {period}" if self.period else "写上 period，例如 period: 30日"
            found.append(Mistake("period", "period 与标签中的 {period} 必须同时出现或同时不出现", remedy))
        return found

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        values = {operand.id: answers.number(operand.id) for operand in self.operands()}
        missing = tuple(key for key, value in values.items() if value is None)
        above, below = values[self.numerator.id], values[self.denominator.id]
        if above is None or below is None:
            return NotComputed(missing=missing, started=len(missing) == 1)
        if wrong := self._contradiction(above, below):
            return NotComputed(started=True, wrong=((self.numerator.id, wrong),))
        top, bottom = (self._named(self.numerator), self._named(self.denominator))
        used = tuple(
            Evidence(item.label, grouped(value), item.unit) for item, value in ((top, above), (bottom, below))
        )
        if below == 0:
            return computed(weight, weight, f"{bottom.label}为 0，本年无此事项，不扣分", used)
        fraction = f"{top.label} {grouped(above)} ÷ {bottom.label} {grouped(below)}"
        return self._score_ratio(weight, Fraction(above) / Fraction(below), fraction, used)

    def _contradiction(self, above: Decimal, below: Decimal) -> str:
        top, bottom = self._named(self.numerator).label, self._named(self.denominator).label
        if below == 0 and above > 0:
            return f"“{bottom}”为 0，而“{top}”为 {grouped(above)}，无法计算比率"
        if self.part_of_whole and above > below:
            return f"“{top}”{grouped(above)} 大于“{bottom}”{grouped(below)}"
        if isinstance(self.denominator, Use) and below < 0:
            return f"“{bottom}”为 {grouped(below)}，是负数，无法计算比率"
        return ""

    def reason_due(self, weight: Decimal, score: Decimal, answers: Answers) -> bool:
        """Whether the ratio is below ``reason_below``; without the one or the other, whether points were lost."""
        above, below = (answers.number(operand.id) for operand in (self.numerator, self.denominator))
        if self.reason_below is None or above is None or not below:
            return super().reason_due(weight, score, answers)
        return above * PERCENT < self.reason_below * below

    def formula(self, weight: Decimal, name: CellName) -> str:
        above, below = (name(path_of(operand.id)) for operand in (self.numerator, self.denominator))
        nonsense = f"AND({below}=0,{above}>0)" + (f",{above}>{below}" if self.part_of_whole else "")
        nonsense += f",{below}<0" if isinstance(self.denominator, Use) else ""
        sound = f"AND(ISNUMBER({above}),ISNUMBER({below}))"
        score = f"IF({below}=0,{plain(weight)},{self._ratio_formula(weight, above, below)})"
        return f'IF({sound},IF(OR({nonsense}),"",{score}),"")'

    def probes(self, weight: Decimal) -> Iterable[Answers]:
        """Just below, at and just above each limit, for round and for awkward denominators."""
        yield from super().probes(weight)
        counted = self.numerator.kind is ValueKind.COUNT
        wholes = PROBED_COUNTS if self.denominator.kind is ValueKind.COUNT else PROBED_AMOUNTS
        for whole in wholes:
            for limit in self._limits():
                step = Decimal(1) if counted else CENT
                edge = (limit * whole / PERCENT / step).to_integral_value(rounding=ROUND_FLOOR) * step
                nearby = {edge - step, edge, edge + step, limit * whole / PERCENT}
                nearby |= set() if counted else {edge - FINE, edge + FINE}
                for above in sorted(nearby):
                    if above >= 0 and (not counted or above == above.to_integral_value()):
                        yield Answers.of({self.numerator.id: above, self.denominator.id: whole})

    @abstractmethod
    def _limits(self) -> list[Decimal]:
        """The ratios in % at which something changes."""

    @abstractmethod
    def _ratio_formula(self, weight: Decimal, above: str, below: str) -> str:
        """The Excel expression for a ratio whose denominator is above zero."""

    @abstractmethod
    def _score_ratio(
        self, weight: Decimal, ratio: Fraction, fraction: str, used: tuple[Evidence, ...]
    ) -> Computed:
        """Score a ratio; ``fraction`` is the division in words, without its result."""


def _operand_mistakes(operand: Input | Use) -> list[Mistake]:
    """Why an operand is no number; their paths begin at it."""
    is_number = operand.kind.is_number if isinstance(operand, Use) else operand.kind in RATIO_KINDS
    if is_number or operand.mistakes():
        return operand.mistakes()
    if isinstance(operand, Use):
        return [Mistake("use", f"{operand.path} 不是数值，不能作分子、分母", "改用数值的路径")]
    words = "分子、分母必须是数值（count、amount 或 number）"
    return [Mistake("", words, "把它的 kind 改为 count、amount 或 number")]
