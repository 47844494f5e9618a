"""FormDefinition: everything that makes a form this form, as loaded from ``form.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from zhengti_zip.form.base import Ident, Input, Label, Part, Points
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.columns import GOAL_COLUMNS, SCORE_COLUMNS, Column, ColumnSpec, resolved
from zhengti_zip.form.money import NO_BUDGET, NO_FUNDS, Budget, Funds
from zhengti_zip.form.print_layout import Layout
from zhengti_zip.form.rules import RuleSpec
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.form.rules.indicator import EqualMeans
from zhengti_zip.form.tree import Level, LevelPath, RowContext, fixed_rows, level_paths

SheetTitle = Annotated[str, StringConstraints(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\']+$")]
"""The title of a sheet, as office programs accept it."""

EVERY_SCORE_PART = tuple(Column(id=column.id) for column in SCORE_COLUMNS)

FormId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]


class Roles(Part):
    """Which fields play a part the program must know, by field id.

    Attributes:
        name: what the form is about where it is not the department alone, e.g. the name of a project.
        reason: one text for the reasons of all rows that lost points.
    """

    year: Ident
    department: Ident
    unit_count: Ident | None = None
    name: Ident | None = None
    reason: Ident | None = None


class GoalTable(Part):
    """The table of goals a department fills.

    Attributes:
        columns: its columns; at least the goal itself.
        title: its heading.
    """

    columns: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)]
    title: Label = "年度整体绩效目标"


EVERY_GOAL_COLUMN = GoalTable(columns=tuple(Column(id=column.id) for column in GOAL_COLUMNS))
NO_GOALS = GoalTable.model_construct(columns=(), title="")


class OwnRows(Part):
    """The rows a department enters itself, which are printed and scored.

    Attributes:
        title: what they are called; also the title of their sheet.
        columns: what is asked for in each row; ``name`` and ``weight`` at least.
        rules: dated versions of the rule that scores each row, oldest first.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=31)] = "绩效指标"
    columns: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)]
    rules: Annotated[tuple[RuleSpec, ...], Field(min_length=1)]


def _goals(value: Any) -> Any:
    return NO_GOALS if value in ("none", None) else value


class SheetWords(Part):
    """The titles of the workbook's sheets, where a form has words of its own."""

    guide: SheetTitle = "填报说明"
    fields: SheetTitle = "基本情况"
    goals: SheetTitle = "年度目标"
    budget: SheetTitle = "部门预算"
    scores: SheetTitle = "指标自评"
    data: SheetTitle = "评分数据"
    indicators: SheetTitle = "绩效指标"
    units: SheetTitle = "单位明细"
    check: SheetTitle = "检查"


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


NO_GRADE = Grade.model_construct(lines=())
"""The grade of a form without grades."""


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


NO_OUTCOMES = OutcomeTypes(groups={})


class FormDefinition(Part):
    """A whole form.

    Attributes:
        id: the id used on the command line.
        version: version of the workbook template made from it; raise it when inputs move or change meaning.
        name: Chinese name for lists.
        year: the form's year; the default for 年度 and for which rules apply.
        source: where the form was published.
        title: title lines; ``{field}`` is replaced by the entered value.
        identity: fields that tell two submissions of one department and year apart.
        goals: the table of goals; ``none`` for a form without one.
        budget, funds: the budget block and the table of money.
        outcomes: the types of the performance indicators that rules average.
        own: the rows a department enters itself, which are printed and scored.
        indicators: the tree.
        score_parts: what is asked beside a fixed row.
        full_score: what the first-level weights must add up to.
        units: whether there is a table 单位明细; None: if the number of units is asked for.
        sheets: titles of the workbook's sheets.
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
    identity: tuple[Ident, ...] = ()
    goals: Annotated[GoalTable, BeforeValidator(_goals)] = EVERY_GOAL_COLUMN
    budget: Budget = NO_BUDGET
    funds: Funds = NO_FUNDS
    outcomes: OutcomeTypes = NO_OUTCOMES
    own: OwnRows | None = None
    indicators: Annotated[tuple[Level, ...], Field(min_length=1)]
    score_parts: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)] = EVERY_SCORE_PART
    full_score: Points = Decimal(100)
    grade: Grade = NO_GRADE
    units: bool | None = None
    sheets: SheetWords = SheetWords()
    layout: Layout
    instructions: Instructions
    checks: Checks = Checks()
    folder: Annotated[Path, Field(exclude=True)] = Path()

    @cached_property
    def rows(self) -> tuple[RowContext, ...]:
        """Every fixed row in printed order."""
        return tuple(row for path in level_paths(self.indicators) for row in fixed_rows(path))

    @cached_property
    def leaf_groups(self) -> dict[str, LevelPath]:
        """The levels whose rows the department enters, with the levels above them, by type.

        The type is what the clerk picks, e.g. ``产出指标-数量指标``: the names of the levels, without
        those that all of them share.
        """
        leaves = [path for path in level_paths(self.indicators) if path[-1].entered]
        shared = 0
        while leaves and all(len(path) > shared + 1 for path in leaves):
            if len({path[shared].id for path in leaves}) > 1:
                break
            shared += 1
        return {"-".join(level.name for level in path[shared:]): path for path in leaves}

    @cached_property
    def indicator_types(self) -> dict[str, str]:
        """What the clerk picks as the type of a row of 绩效指标 → its first-level type."""
        if self.own is None:
            return self.outcomes.by_name
        return {name: name.partition("-")[0] for name in self.leaf_groups}

    @cached_property
    def asks_type(self) -> bool:
        """Whether a row of 绩效指标 names its type: it does not where there is only one to name."""
        return self.own is None or len(self.leaf_groups) > 1

    @cached_property
    def has_indicators(self) -> bool:
        """Whether the form has a table 绩效指标."""
        return self.own is not None or bool(self.outcomes.groups)

    @cached_property
    def has_units(self) -> bool:
        """Whether the form has a table 单位明细."""
        declared = self.roles.unit_count is not None if self.units is None else self.units
        return declared and bool(self.budget.columns)

    @cached_property
    def goal_columns(self) -> tuple[Input, ...]:
        """What each row of 年度目标 asks for; empty for a form without goals."""
        return resolved(self.goals.columns, GOAL_COLUMNS)

    @cached_property
    def score_columns(self) -> tuple[Input, ...]:
        """What is asked beside each fixed row."""
        return resolved(self.score_parts, SCORE_COLUMNS)

    @cached_property
    def row_by_id(self) -> dict[str, RowContext]:
        """The scored rows by id."""
        return {context.row.id: context for context in self.rows}

    @cached_property
    def field_by_id(self) -> dict[str, Input]:
        """The basic fields by id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def equal_means(self) -> EqualMeans:
        """What the direction ``=`` of 绩效指标 asks for; every completion rule of a form says the same."""
        rules = (rule for context in self.rows for rule in context.row.rules)
        return next((rule.equal for rule in rules if isinstance(rule, Completion)), EqualMeans.REACHED)

    @cached_property
    def scoring_notes(self) -> tuple[str, ...]:
        """How numbers are found that the rules of the form's year only name, one sentence each."""
        methods = (context.row.rule_for(self.year).method() for context in self.rows)
        return tuple(dict.fromkeys(filter(None, methods)))

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
