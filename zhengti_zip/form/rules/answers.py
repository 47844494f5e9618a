"""What a rule may look at: the data entered for it, values entered elsewhere, and its own row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from zhengti_zip.form.entered import PerformanceIndicator

DATA, ROW = "data", "row"
"""First steps of the paths of a datum, and of a column of the scored row itself."""

Answer = Decimal | int | str | None


def path_of(key: str) -> str:
    """The path of what a rule looks at: a datum id becomes ``data.<id>``, a path stays as it is."""
    return key if "." in key else f"{DATA}.{key}"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a rule may look at.

    A key is the id of a datum, or a path: ``funds.total.spent`` for a value entered elsewhere,
    ``row.<column>`` for a column of the scored row.

    Attributes:
        data: the 评分数据 by data id; missing or None when not entered.
        indicators: the rows of the 绩效指标 sheet.
        values: what is entered or worked out elsewhere, by path.
        row: the row that is scored, for an entered row; None for a fixed one.
    """

    data: Mapping[str, Answer]
    indicators: Sequence[PerformanceIndicator] = ()
    values: Mapping[str, Answer] = field(default_factory=dict)
    row: PerformanceIndicator | None = None

    @classmethod
    def of(cls, answers: Mapping[str, Answer]) -> Answers:
        """Answers from values by key; those of the scored row make up a row."""
        made = cls({})
        for key, value in answers.items():
            made = made.changed(key, value)
        return made

    def changed(self, key: str, value: Answer) -> Answers:
        """A copy with one answer replaced."""
        group, _, part = path_of(key).partition(".")
        if group == DATA:
            return replace(self, data={**self.data, part: value})
        if group == ROW:
            return replace(self, row=(self.row or PerformanceIndicator()).with_part(part, value))
        return replace(self, values={**self.values, key: value})

    def answer(self, key: str) -> Answer:
        """What was entered for a key; None when nothing was."""
        group, _, part = path_of(key).partition(".")
        if group == DATA:
            return self.data.get(part)
        if group == ROW:
            return None if self.row is None else self.row.part(part)
        return self.values.get(key)

    def number(self, key: str) -> Decimal | None:
        """The number entered for a key; None when there is none."""
        value = self.answer(key)
        return None if value is None or isinstance(value, str) else Decimal(value)
