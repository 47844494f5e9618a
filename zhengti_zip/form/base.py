"""The types that every part of a form definition is made of."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from zhengti_zip.form.mistakes import Mistake

Ident = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A stable ASCII id; it becomes part of defined names, JSON keys and content-control tags."""

Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A text people read; never empty."""

Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=2)]
"""Points of the form (分): weights, bands, grades. Two decimals, as scores are printed."""


class Part(BaseModel):
    """Base of every definition model: immutable, and a misspelt key is an error, not a default."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class ValueKind(StrEnum):
    """What can be entered in one input.

    A percentage of 95 % is the number 95. A date is text in the form ``2026-03-01``.
    """

    TEXT = "text"
    CHOICE = "choice"
    YEAR = "year"
    COUNT = "count"
    AMOUNT = "amount"
    NUMBER = "number"
    POINTS = "points"
    PERCENT = "percent"
    DATE = "date"
    YES_NO = "yes_no"

    @property
    def is_number(self) -> bool:
        """Whether values of this kind are numbers."""
        return self not in (ValueKind.TEXT, ValueKind.CHOICE, ValueKind.YES_NO, ValueKind.DATE)


WAN_YUAN = "万元"
"""The unit of all amounts; amounts entered in 元 or 亿元 are converted to it."""

PERCENT_SIGN = "%"
"""The unit of all percentages."""

MAX_CHOICES_TEXT = 250
"""Characters all options of a drop-down may have together; Excel refuses longer lists."""

YES, NO, NOT_APPLICABLE = "是", "否", "不适用"
YES_NO_CHOICES = (YES, NO, NOT_APPLICABLE)


class Input(Part):
    """One value the department is asked for.

    Attributes:
        id: stable id, unique within its group.
        label: what the clerk reads beside the cell.
        kind: what may be entered.
        unit: e.g. 万元, 个, %; "" when there is none.
        help: a short Chinese hint shown when the cell is selected.
        choices: the closed list of a ``choice``.
        required: whether leaving it empty is an error.
        max_length: longest text accepted, in characters.
    """

    id: Ident
    label: Label
    kind: ValueKind = ValueKind.TEXT
    unit: str = ""
    help: str = ""
    choices: tuple[Label, ...] = ()
    required: bool = True
    max_length: Annotated[int, Field(gt=0, le=32767)] | None = None

    @property
    def measure(self) -> str:
        """The unit of its number: its own, or that of its kind."""
        return PERCENT_SIGN if self.kind is ValueKind.PERCENT else self.unit

    @property
    def options(self) -> tuple[str, ...]:
        """The values a drop-down offers; empty when anything may be typed."""
        return YES_NO_CHOICES if self.kind is ValueKind.YES_NO else self.choices

    def mistakes(self) -> list[Mistake]:
        """Attributes that contradict each other; their paths begin at the input."""
        if (self.kind is ValueKind.CHOICE) != bool(self.choices):
            remedy = "写上 choices: [选项一, 选项二]，并把 kind 写成 choice；不是选择项的去掉 choices"
            return [Mistake("choices", "choices 与 kind: choice 必须同时出现", remedy)]
        if self.kind is ValueKind.AMOUNT and self.unit not in ("", WAN_YUAN):
            remedy = f"把 unit 改为 {WAN_YUAN}；不是金额的数值用 kind: number"
            return [Mistake("unit", f"金额一律按{WAN_YUAN}填报，不能用“{self.unit}”", remedy)]
        if self.kind is ValueKind.PERCENT and self.unit not in ("", PERCENT_SIGN):
            remedy = f"把 unit 改为 {PERCENT_SIGN} 或去掉；不是百分数的数值用 kind: number"
            return [Mistake("unit", f"百分数不能用“{self.unit}”作单位", remedy)]
        return option_mistakes(self.choices, "choices")


def option_mistakes(options: tuple[str, ...], path: str) -> list[Mistake]:
    """Why ``options`` cannot be the list of a drop-down."""
    found = []
    if len(set(options)) < len(options):
        found.append(Mistake(path, "选项重复", "删除重复的选项"))
    if any(mark in option for option in options for mark in ',"'):
        found.append(Mistake(path, "选项中有英文逗号或引号，Excel 的下拉列表放不下", "改用中文的“，”或引号"))
    if len(",".join(options)) > MAX_CHOICES_TEXT:
        words = f"全部选项共 {len(','.join(options))} 个字，超过下拉列表的 {MAX_CHOICES_TEXT} 个字"
        found.append(Mistake(path, words, "缩短或减少选项"))
    return found
