"""What the two kinds that divide one number by another have in common."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal

from zhengti_zip.form.base import Input
from zhengti_zip.form.rules.base import (
    Answers,
    CellName,
    Computed,
    Evidence,
    NotComputed,
    Outcome,
    Rule,
    computed,
)
from zhengti_zip.numbers import grouped, plain

PERIOD = "{period}"


class RatioRule(Rule):
    """A score from ``numerator ÷ denominator``.

    Attributes:
        numerator, denominator: the data asked for; ``{period}`` in a label is replaced.
        period: the time limit the question names, e.g. 30日; differs by city, so it is a parameter.
        part_of_whole: the numerator counts some of what the denominator counts and cannot exceed it.
    """

    numerator: Input
    denominator: Input
    period: str = ""
    part_of_whole: bool = False

    def inputs(self) -> tuple[Input, ...]:
        return (self._named(self.denominator), self._named(self.numerator))

    def _named(self, item: Input) -> Input:
        return item.model_copy(update={"label": item.label.replace(PERIOD, self.period)})

    def faults(self, weight: Decimal) -> list[tuple[str, str]]:
        found = [
            (key, "分子、分母必须是数值（count、amount 或 number）")
            for key, item in (("numerator", self.numerator), ("denominator", self.denominator))
            if not item.kind.is_number
        ]
        if self.numerator.id == self.denominator.id:
            found.append(("denominator", "分母与分子是同一个数据项"))
        asks_period = any(PERIOD in item.label for item in (self.numerator, self.denominator))
        if asks_period != bool(self.period):
            found.append(("period", "period 与标签中的 {period} 必须同时出现或同时不出现"))
        return found

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        values = {item.id: answers.number(item.id) for item in self.inputs()}
        missing = tuple(data_id for data_id, value in values.items() if value is None)
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
        return self._score_ratio(weight, above, below, fraction, used)

    def _contradiction(self, above: Decimal, below: Decimal) -> str:
        top, bottom = self._named(self.numerator).label, self._named(self.denominator).label
        if below == 0 and above > 0:
            return f"“{bottom}”为 0，而“{top}”为 {grouped(above)}，无法计算比率"
        if self.part_of_whole and above > below:
            return f"“{top}”{grouped(above)} 大于“{bottom}”{grouped(below)}"
        return ""

    def formula(self, weight: Decimal, name: CellName) -> str:
        above, below = (name(f"data.{item.id}") for item in (self.numerator, self.denominator))
        nonsense = f"AND({below}=0,{above}>0)" + (f",{above}>{below}" if self.part_of_whole else "")
        sound = f"AND(ISNUMBER({above}),ISNUMBER({below}))"
        score = f"IF({below}=0,{plain(weight)},{self._ratio_formula(weight, above, below)})"
        return f'IF({sound},IF(OR({nonsense}),"",{score}),"")'

    @abstractmethod
    def _ratio_formula(self, weight: Decimal, above: str, below: str) -> str:
        """The Excel expression for a ratio whose denominator is above zero."""

    @abstractmethod
    def _score_ratio(
        self, weight: Decimal, above: Decimal, below: Decimal, fraction: str, used: tuple[Evidence, ...]
    ) -> Computed:
        """Score a ratio whose denominator is above zero; ``fraction`` is it in words."""
