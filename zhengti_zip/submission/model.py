"""Submission: what a person entered, and nothing else. Pure data; form rules are checked elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field

from zhengti_zip.base.jsontext import json_text
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.entered import Entered, EnteredRow, PerformanceIndicator
from zhengti_zip.submission.paths import (
    BUDGET,
    DATA,
    EVIDENCE,
    FIELDS,
    FUNDS,
    GOALS,
    INDICATORS,
    SCORES,
    UNITS,
    InputPath,
)

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


class Evidence(EnteredRow):
    """One piece of evidence (佐证材料).

    Attributes:
        name: what it is called.
        indicator: the name of the indicator it proves.
        file: its document number or file name.
        date: its date, ``2023-01-31``.
    """

    name: str = ""
    indicator: str = ""
    file: str = ""
    date: str = ""


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

    def part(self, column: str) -> Decimal | str | None:
        """What was entered in a column: ``name`` or a budget column; None for an empty or unknown one."""
        return self.amounts.get(column) if column != "name" else self.name or None


Row = Goal | PerformanceIndicator | UnitDetail | Evidence
"""One row of a growing table."""


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
        evidence: the list of evidence in order.
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
    evidence: tuple[Evidence, ...] = ()

    def score_entry(self, row_id: str) -> SelfScore:
        """What was entered for a scored row; empty when nothing was."""
        return self.scores.get(row_id, SelfScore())

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a growing table by its group; KeyError for a group that is none."""
        tables: dict[str, tuple[Row, ...]] = {
            GOALS: self.goals,
            INDICATORS: self.indicators,
            UNITS: self.units,
            EVIDENCE: self.evidence,
        }
        return tables[table]

    def value(self, path: InputPath) -> Scalar | None:
        """What was entered in an input; None where nothing was, or where there is no such input.

        A text beside a score that was left empty is "".
        """
        if path.number is not None:
            rows = self.rows(path.group)
            return rows[path.number].part(path.part) if path.number < len(rows) else None
        if path.group == SCORES:
            entered: Scalar | None = getattr(self.score_entry(path.item), path.part)
            return entered
        if path.group == FUNDS:
            return self.funds.get(path.item, {}).get(path.part)
        singles: Mapping[str, Mapping[str, Scalar]] = {
            FIELDS: self.fields,
            BUDGET: self.budget,
            DATA: self.data,
        }
        return singles.get(path.group, {}).get(path.item)

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
        for key in ("funds", "evidence"):  # a form without them has no key for them
            if not data[key]:
                del data[key]
        return data


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item not in (None, "")}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
