"""FormDefinition: everything that makes a form this form, as loaded from ``form.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from zhengti_zip.form.base import Ident, Input, Label, Part, Points
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.print_layout import Layout
from zhengti_zip.form.rules import Rule, RuleSpec

FormId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]


class Roles(Part):
    """Which fields play a part the program must know, by field id."""

    year: Ident
    department: Ident
    unit_count: Ident | None = None


class Sum(Part):
    """A sum that must hold among budget columns: Σ left = Σ right.

    Attributes:
        text: the sum in words, shown when it does not hold.
    """

    left: Annotated[tuple[Ident, ...], Field(min_length=1)]
    right: Annotated[tuple[Ident, ...], Field(min_length=1)]
    text: Label


class Subtotal(Part):
    """A sum of budget columns the workbook shows for orientation; never entered."""

    id: Ident
    label: Label
    columns: Annotated[tuple[Ident, ...], Field(min_length=1)]


class Budget(Part):
    """The budget block: amounts in 万元 and the sums between them."""

    columns: Annotated[tuple[Input, ...], Field(min_length=1)]
    sums: tuple[Sum, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()

    def column(self, column_id: str) -> Input:
        """The column with that id; KeyError when there is none."""
        return {column.id: column for column in self.columns}[column_id]


class ScoredRow(Part):
    """One line of the form that is given a score.

    Attributes:
        id: stable id; the key of its score everywhere.
        aspect: what tells it from the other rows of the same indicator, e.g. 完整性; not printed.
        weight: 分值.
        rules: dated versions of its rule, oldest first.
    """

    id: Ident
    aspect: str = ""
    weight: Points
    rules: Annotated[tuple[RuleSpec, ...], Field(min_length=1)]

    def rule_for(self, year: int | None) -> Rule:
        """The version in force: the last whose ``since`` is not after ``year``."""
        valid = [rule for rule in self.rules if rule.since is None or year is None or rule.since <= year]
        return valid[-1] if valid else self.rules[0]


class Indicator(Part):
    """A third-level indicator: one name and one explanation over one or several scored rows."""

    id: Ident
    name: Label
    explanation: str = ""
    rows: Annotated[tuple[ScoredRow, ...], Field(min_length=1)]


class Level2(Part):
    """A second-level indicator."""

    id: Ident
    name: Label
    weight: Points
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]


class Level1(Part):
    """A first-level indicator."""

    id: Ident
    name: Label
    weight: Points
    groups: Annotated[tuple[Level2, ...], Field(min_length=1)]


class GradeBand(Part):
    """One grade: reached when the total is at least ``at_least``."""

    name: Label
    at_least: Points
    text: Label


class Grade(Part):
    """The grade bands, best first, in the lines they are printed on."""

    lines: Annotated[tuple[Annotated[tuple[GradeBand, ...], Field(min_length=1)], ...], Field(min_length=1)]

    @property
    def bands(self) -> tuple[GradeBand, ...]:
        """All bands, best first."""
        return tuple(band for line in self.lines for band in line)


class OutcomeTypes(Part):
    """Types of performance indicator: first-level group → second-level types (empty when it has none)."""

    groups: dict[Label, tuple[Label, ...]]

    @cached_property
    def by_name(self) -> dict[str, str]:
        """What the clerk picks → its group, e.g. ``产出-数量`` → 产出."""
        return {
            (f"{group}-{kind}" if kind else group): group
            for group, kinds in self.groups.items()
            for kind in (kinds or ("",))
        }


class Instructions(Part):
    """The words of the 填报说明 sheet."""

    purpose: Label
    steps: Annotated[tuple[Label, ...], Field(min_length=1)]
    notes: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class RowContext:
    """A scored row with everything above it in the tree."""

    level1: Level1
    level2: Level2
    indicator: Indicator
    row: ScoredRow

    @property
    def name(self) -> str:
        """Its name, told apart from sibling rows: ``采购意向公开合规性（完整性）``."""
        return f"{self.indicator.name}（{self.row.aspect}）" if self.row.aspect else self.indicator.name


class FormDefinition(Part):
    """A whole form.

    Attributes:
        id: the id used on the command line.
        version: version of the workbook template made from it; raise it when inputs move or change meaning.
        name: Chinese name for lists.
        year: the form's year; the default for 年度 and for which rules apply.
        source: where the form was published.
        title: title lines; ``{field}`` is replaced by the entered value.
        full_score: what the first-level weights must add up to.
        checks: what cannot be right, and how bad each of it is.
    """

    id: FormId
    version: Annotated[int, Field(ge=1)]
    name: Label
    year: Annotated[int, Field(ge=2000, le=2100)]
    source: Label
    title: Annotated[tuple[Label, ...], Field(min_length=1)]
    roles: Roles
    fields: Annotated[tuple[Input, ...], Field(min_length=1)]
    budget: Budget
    outcomes: OutcomeTypes
    indicators: Annotated[tuple[Level1, ...], Field(min_length=1)]
    full_score: Points = Decimal(100)
    grade: Grade
    layout: Layout
    instructions: Instructions
    checks: Checks = Checks()
    folder: Annotated[Path, Field(exclude=True)] = Path()

    @cached_property
    def rows(self) -> tuple[RowContext, ...]:
        """Every scored row in printed order."""
        return tuple(
            RowContext(level1, level2, indicator, row)
            for level1 in self.indicators
            for level2 in level1.groups
            for indicator in level2.indicators
            for row in indicator.rows
        )

    @cached_property
    def row_by_id(self) -> dict[str, RowContext]:
        """The scored rows by id."""
        return {context.row.id: context for context in self.rows}

    @cached_property
    def field_by_id(self) -> dict[str, Input]:
        """The basic fields by id."""
        return {field.id: field for field in self.fields}

    def data_inputs(self, year: int | None = None) -> Iterator[tuple[RowContext, Input]]:
        """Each datum the rules of a year (None: the form's own) ask for, once, with the first row asking."""
        seen: set[str] = set()
        for context in self.rows:
            for item in context.row.rule_for(self.year if year is None else year).inputs():
                if item.id not in seen:
                    seen.add(item.id)
                    yield context, item

    @cached_property
    def data_by_id(self) -> dict[str, Input]:
        """Every datum any version of any rule asks for, by id."""
        return {
            item.id: item for context in self.rows for rule in context.row.rules for item in rule.inputs()
        }
