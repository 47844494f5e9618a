"""扣分法: every occurrence costs a fixed number of points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.formulas import CellName, rounded
from zhengti_zip.form.rules.outcome import Evidence, NotComputed, Outcome, computed
from zhengti_zip.form.rules.rule import Rule


class Deduction(Rule):
    """Weight − count × step, never below 0.

    Attributes:
        count: the number of occurrences asked for.
        step: points each one costs.
    """

    kind: ClassVar[str] = "deduction"
    title: ClassVar[str] = "扣分法"

    count: Input
    step: Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=4)]

    def inputs(self) -> tuple[Input, ...]:
        return (self.count,)

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        if self.count.kind is ValueKind.COUNT:
            found = [mistake.under("count") for mistake in self.count.mistakes()]
        else:
            found = [Mistake("count.kind", "扣分法的数据应为个数（count）", "改为 kind: count")]
        if not 0 < self.step <= weight:
            words = f"每项扣分应大于 0 且不超过分值 {plain(weight)}"
            found.append(Mistake("step", words, f"把 step 改为大于 0、不超过 {plain(weight)} 的数"))
        return found

    def describe(self, weight: Decimal) -> str:
        return f"{plain(weight)} 分，每有 1 {self.count.unit or '项'}（{self.count.label}）扣 {plain(self.step)} 分，扣完为止"

    def formula(self, weight: Decimal, name: CellName) -> str:
        count = name(f"data.{self.count.id}")
        return f'IF(ISNUMBER({count}),{rounded(f"MAX(0,{plain(weight)}-{count}*{plain(self.step)})")},"")'

    def probes(self, weight: Decimal) -> Iterable[Answers]:
        """The probes of every rule, and the counts around the one that uses up the weight."""
        yield from super().probes(weight)
        last = (weight / self.step).to_integral_value(rounding=ROUND_FLOOR)
        for count in (last - 1, last, last + 1, last + 2, Decimal(100000)):
            yield Answers({self.count.id: max(count, Decimal(0))})

    def changes(self, weight: Decimal, answers: Answers) -> Iterable[tuple[str, Answers]]:
        """Two changes of the count: one less, and 0."""
        count = answers.number(self.count.id)
        if not count:
            return
        unit = self.count.unit or "项"
        if count > 1:
            yield f"“{self.count.label}”减少 1 {unit}", answers.changed(self.count.id, count - 1)
        yield f"“{self.count.label}”为 0 {unit}", answers.changed(self.count.id, 0)

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        count = answers.number(self.count.id)
        if count is None:
            return NotComputed(missing=(self.count.id,))
        used = (Evidence(self.count.label, plain(count), self.count.unit),)
        lost = count * self.step
        words = f"{self.count.label} {plain(count)} × {plain(self.step)} 分 = 扣 {plain(lost)} 分"
        if lost > weight:
            words += f"，至多扣 {plain(weight)} 分（扣完为止）"
        return computed(weight - lost, weight, words, used)
