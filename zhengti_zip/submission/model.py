"""Submission: what a person entered, and nothing else. Pure data; form rules are checked elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field

from zhengti_zip.base.jsontext import json_text
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.entered import Entered, EnteredRow, PerformanceIndicator

Scalar = Decimal | int | str
"""One entered value: amounts and points are Decimal, counts and years int, everything else text."""


class Goal(EnteredRow):
    """One row of 年度目标.

    Attributes:
        goal: 绩效目标, without its number.
        completion: 完成情况; may hold several paragraphs separated by line breaks.
        reason: 未能完成原因; "" when it was reached.
    """

    goal: str = ""
    completion: str = ""
    reason: str = ""


class SelfScore(Entered):
    """What was entered for one scored row: 自评分 in points, 未达标原因, 改进措施, 佐证材料."""

    score: Decimal | None = None
    reason: str = ""
    improvement: str = ""
    evidence: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self == SelfScore()


class UnitDetail(Entered):
    """One row of 单位明细: a unit and its budget amounts in 万元 by budget column id."""

    name: str = ""
    amounts: dict[str, Decimal | None] = Field(default_factory=dict)


class Submission(Entered):
    """One department's entered data for one form.

    Attributes:
        form: id of the form it was entered for.
        fields: basic fields by id; a field left empty is absent.
        goals: 年度目标 in order.
        budget: amounts in 万元 by budget column id; one left empty is absent.
        funds: amounts in 万元 of the table of money by line id and column id.
        scores: what was entered per scored row id; rows with nothing entered are absent.
        data: 评分数据 by data id; one left empty is absent.
        indicators: 绩效指标 in order.
        units: 单位明细 in order.
    """

    form: str
    fields: dict[str, Scalar] = Field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    budget: dict[str, Decimal] = Field(default_factory=dict)
    funds: dict[str, dict[str, Decimal]] = Field(default_factory=dict)
    scores: dict[str, SelfScore] = Field(default_factory=dict)
    data: dict[str, Scalar] = Field(default_factory=dict)
    indicators: tuple[PerformanceIndicator, ...] = ()
    units: tuple[UnitDetail, ...] = ()

    def score_entry(self, row_id: str) -> SelfScore:
        """What was entered for a scored row; empty when nothing was."""
        return self.scores.get(row_id, SelfScore())

    def field_text(self, field_id: str) -> str:
        """A basic field as text; "" when it was left empty."""
        value = self.fields.get(field_id)
        return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)

    def to_json(self) -> str:
        """The canonical JSON text: UTF-8 characters kept, two-space indent, one line break at the end."""
        return json_text(self.as_data())

    def as_data(self) -> Mapping[str, Any]:
        """The JSON as plain data, see docs/data-format.md.

        Decimals are strings without exponent or trailing zeros, counts and years are numbers, and
        what was left empty is absent, so that the same input always gives the same text.
        """
        data: dict[str, Any] = _plain(self.model_dump())
        if not self.funds:  # a form without a table of money has no key for one
            del data["funds"]
        return data


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item not in (None, "")}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
