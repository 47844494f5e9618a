"""Pieces every part of a form definition is made of."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Ident = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A stable ASCII id; it becomes part of defined names, JSON keys and content-control tags."""

Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A text people read; never empty."""

Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=4)]
"""Points of the form (分); weights and bands."""


class Part(BaseModel):
    """Base of every definition model: immutable, and a misspelt key is an error, not a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ValueKind(StrEnum):
    """What can be entered in one input."""

    TEXT = "text"
    CHOICE = "choice"
    YEAR = "year"
    COUNT = "count"
    AMOUNT = "amount"
    NUMBER = "number"
    POINTS = "points"
    YES_NO = "yes_no"

    @property
    def is_number(self) -> bool:
        """Whether values of this kind are numbers."""
        return self not in (ValueKind.TEXT, ValueKind.CHOICE, ValueKind.YES_NO)


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
    def options(self) -> tuple[str, ...]:
        """The values a drop-down offers; empty when anything may be typed."""
        return YES_NO_CHOICES if self.kind is ValueKind.YES_NO else self.choices
