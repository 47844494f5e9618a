"""自评法: only a self-assessed score counts."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.answers import Answers
from zhengti_zip.form.rules.formulas import CellName
from zhengti_zip.form.rules.outcome import NotComputed, Outcome
from zhengti_zip.form.rules.rule import Rule


class Manual(Rule):
    """Nothing is computed; the department scores itself and names its evidence."""

    kind: ClassVar[str] = "manual"
    title: ClassVar[str] = "自评法"
    wants_evidence: ClassVar[bool] = True

    def inputs(self) -> tuple[Input, ...]:
        return ()

    def mistakes(self, weight: Decimal) -> list[Mistake]:
        return []

    def describe(self, weight: Decimal) -> str:
        return f"由部门自评，0 至 {plain(weight)} 分，并注明佐证材料"

    def formula(self, weight: Decimal, name: CellName) -> str:
        return '""'

    def score(self, weight: Decimal, answers: Answers) -> Outcome:
        return NotComputed()
