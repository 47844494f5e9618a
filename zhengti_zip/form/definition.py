"""FormDefinition: everything that makes a form this form, as loaded from ``form.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from zhengti_zip.form.base import Ident, Input, Label, Part, Points
from zhengti_zip.form.cap import Cap
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.columns import (
    ENTERED_COLUMNS,
    EVIDENCE_COLUMNS,
    GOAL_COLUMNS,
    SCORE_COLUMNS,
    ColumnSpec,
    resolved,
)
from zhengti_zip.form.degrees import DEFAULT_DEGREES, Degree
from zhengti_zip.form.derived import Derived, sum_paths
from zhengti_zip.form.money import NO_BUDGET, NO_FUNDS, Budget, Funds
from zhengti_zip.form.print_layout import Layout
from zhengti_zip.form.rules import Rule
from zhengti_zip.form.rules.indicator import EqualMeans
from zhengti_zip.form.rules.indicator_rule import IndicatorRule
from zhengti_zip.form.sections import (
    EVERY_GOAL_COLUMN,
    EVERY_SCORE_PART,
    NO_EVIDENCE,
    NO_GRADE,
    NO_OUTCOMES,
    EvidenceList,
    GoalTable,
    Grade,
    Instructions,
    OutcomeTypes,
    OwnRows,
    Roles,
    SheetWords,
    goals_of,
)
from zhengti_zip.form.tree import Level, LevelPath, RowContext, fixed_rows, level_paths, rule_of_year

FormId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]


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
        derived: values worked out from what is entered.
        outcomes: the types of the performance indicators that rules average.
        own: the rows a department enters itself, which are printed and scored.
        indicators: the tree.
        score_parts: what is asked beside a fixed row.
        full_score: what the first-level weights must add up to.
        cap: a limit on the total by a derived value.
        units: whether there is a table 单位明细; None: if the number of units is asked for.
        evidence: the list of evidence, for a form that asks for one.
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
    goals: Annotated[GoalTable, BeforeValidator(goals_of)] = EVERY_GOAL_COLUMN
    budget: Budget = NO_BUDGET
    funds: Funds = NO_FUNDS
    derived: tuple[Derived, ...] = ()
    outcomes: OutcomeTypes = NO_OUTCOMES
    own: OwnRows | None = None
    indicators: Annotated[tuple[Level, ...], Field(min_length=1)]
    score_parts: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)] = EVERY_SCORE_PART
    full_score: Points = Decimal(100)
    cap: Cap | None = None
    grade: Grade = NO_GRADE
    units: bool | None = None
    evidence: EvidenceList = NO_EVIDENCE
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
    def own_columns(self) -> tuple[Input, ...]:
        """What each entered row asks for; empty for a form without entered rows."""
        return resolved(self.own.columns, ENTERED_COLUMNS) if self.own else ()

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
    def evidence_columns(self) -> tuple[Input, ...]:
        """What is asked for each piece of evidence; empty for a form without a list of it."""
        return resolved(self.evidence.columns, EVIDENCE_COLUMNS)

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
        return next((rule.equal for rule in self._indicator_rules()), EqualMeans.REACHED)

    @cached_property
    def degrees(self) -> tuple[Degree, ...]:
        """What a 定性 row of 绩效指标 picks from, best first; every rule of a form says the same."""
        return next((rule.degrees for rule in self._indicator_rules()), DEFAULT_DEGREES)

    def _indicator_rules(self) -> Iterator[IndicatorRule]:
        """The rules that look at how far performance indicators were completed."""
        return (rule for rule in self.every_rule() if isinstance(rule, IndicatorRule))

    def every_rule(self) -> Iterator[Rule]:
        """Every version of every rule: of the fixed rows, then of the entered ones."""
        for context in self.rows:
            yield from context.row.rules
        if self.own is not None:
            yield from self.own.rules

    @cached_property
    def values(self) -> dict[str, Input]:
        """What can be entered once, by its path, with the derived sums: what a rule may use."""
        found = {f"fields.{field.id}": field for field in self.fields}
        found |= {f"budget.{column.id}": column for column in self.budget.columns}
        found |= {f"funds.{line}.{column}": item for line, column, item in self.funds.cells()}
        found |= {f"data.{data_id}": item for data_id, item in self.data_by_id.items()}
        sums = sum_paths(self.derived)
        return found | {item.path: item.as_input for item in self.derived if item.path in sums}

    @model_validator(mode="after")
    def _bind(self) -> FormDefinition:
        """Tell every rule what the values are called that are entered elsewhere."""
        columns = {f"row.{item.id}": item for item in self.own_columns}
        for rule in self.every_rule():
            rule.bind({**self.values, **columns})
        return self

    @cached_property
    def scoring_notes(self) -> tuple[str, ...]:
        """How numbers are found that the rules of the form's year only name, one sentence each."""
        rules = [context.row.rule_for(self.year) for context in self.rows]
        if self.own is not None:
            rules.append(rule_of_year(self.own.rules, self.year))
        methods = (rule.method() for rule in rules)
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
