"""Checks a form can switch: one key per check, with its severity and what the check has to know.

A check that needs parameters says nothing until a form gives them, because the program knows no field,
datum or type by its name.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from zhengti_zip.form.base import Ident, Label, Part

OFF = "off"

Level = Literal["error", "warning", "notice", "off"]
"""How a finding counts; ``off`` switches the check off."""

AmountRef = Annotated[
    str,
    StringConstraints(
        pattern=r"^((data|budget|derived)\.[a-z][a-z0-9_]*|funds\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)$"
    ),
]
"""An amount: ``data.<id>``, ``budget.<column>``, ``funds.<line>.<column>``, or a sum ``derived.<id>``."""

Percentage = Annotated[Decimal, Field(ge=0, le=1000)]


class Check(Part):
    """One check; written as its severity alone, or as a mapping with its parameters.

    Attributes:
        severity: how a finding counts.
    """

    severity: Level = "warning"

    @model_validator(mode="before")
    @classmethod
    def _severity_alone(cls, value: Any) -> Any:
        if value is False:  # YAML reads off as false
            return {"severity": OFF}
        if isinstance(value, dict):
            return {key: OFF if key == "severity" and item is False else item for key, item in value.items()}
        return value if isinstance(value, Check) else {"severity": value}

    @property
    def is_on(self) -> bool:
        """Whether findings are reported."""
        return self.severity != OFF


class SizeCheck(Check):
    """An amount that is too large for its unit.

    Attributes:
        above: an amount above so many 万元 is suspected to be in 元, whatever the other amounts are.
    """

    above: Annotated[Decimal, Field(gt=0)] = Decimal(10_000_000)


class LimitCheck(Check):
    """One amount must not be larger than another.

    Attributes:
        amount: the amount.
        limit: what it must not exceed.
    """

    amount: AmountRef | None = None
    limit: AmountRef | None = None


class BalanceCheck(Check):
    """One amount equals others: amount = Σ total − Σ less.

    Attributes:
        amount: the amount.
        total: amounts that are added.
        less: amounts that are taken off.
    """

    amount: AmountRef | None = None
    total: tuple[AmountRef, ...] = ()
    less: tuple[AmountRef, ...] = ()


class ScopeCheck(Check):
    """The scope of a submission.

    Attributes:
        field: the field of kind ``choice`` that says what the submission covers.
        single: the choice that means one unit only.
    """

    field: Ident | None = None
    single: Label | None = None


class ScopeNameCheck(Check):
    """A department's name that already ends with its scope in brackets; taken off when it is read.

    Attributes:
        field: the field of kind ``choice`` whose options are scopes.
    """

    severity: Level = "notice"
    field: Ident | None = None


class ExecutionCheck(Check):
    """Outputs at full marks beside a low rate of spending.

    Attributes:
        row: the scored row of the rate of spending.
        outputs: first-level types of performance indicator that are outputs.
        below: share of the row's weight in % below which spending is low.
    """

    row: Ident | None = None
    outputs: tuple[Label, ...] = ()
    below: Percentage = Decimal(80)


class TypesCheck(Check):
    """A check of performance indicators of some types.

    Attributes:
        types: the types as the clerk picks them, e.g. 产出-成本.
    """

    types: tuple[Label, ...] = ()


class ShareCheck(Check):
    """All other rows together got a larger share of their points than the row of the rate of spending.

    Attributes:
        row: the scored row of the rate of spending.
        above: so many percentage points more are accepted.
    """

    row: Ident | None = None
    above: Percentage = Decimal(5)


class UnspentCheck(Check):
    """Much of the money was not spent.

    Attributes:
        spent, budget: the amounts.
        above: share of the budget in % above which the rest is too large.
    """

    spent: AmountRef | None = None
    budget: AmountRef | None = None
    above: Percentage = Decimal(20)


class OvershootCheck(Check):
    """Actual values far above a ≥ target.

    Attributes:
        percent: share of the target in % from which a reason is asked for.
    """

    percent: Annotated[Decimal, Field(ge=100, le=1000)] = Decimal(130)


class Checks(Part):
    """Every check that can be switched; docs/problems.md shows what each one says."""

    maybe_yuan: SizeCheck = SizeCheck()
    spent_over_budget: LimitCheck = LimitCheck()
    in_use_over_owned: LimitCheck = LimitCheck()
    carry_over_differs: BalanceCheck = BalanceCheck()
    annual_budget_differs: BalanceCheck = BalanceCheck()
    scope_with_units: ScopeCheck = ScopeCheck()
    scope_in_name: ScopeNameCheck = ScopeNameCheck()
    number_in_goal: Check = Check(severity="notice")
    says_nothing: Check = Check()
    same_goal_twice: Check = Check()
    same_indicator_twice: Check = Check()
    same_unit_twice: Check = Check()
    indicator_in_two_groups: Check = Check()
    goal_without_reason: Check = Check()
    full_outputs_low_execution: ExecutionCheck = ExecutionCheck()
    indicators_over_execution: ShareCheck = ShareCheck()
    unspent: UnspentCheck = UnspentCheck()
    all_full_marks: Check = Check()
    cost_at_least: TypesCheck = TypesCheck()
    payment_as_output: Check = Check()
    satisfaction_without_evidence: TypesCheck = TypesCheck()
    target_overshot: OvershootCheck = OvershootCheck()
    evidence_unmatched: Check = Check()

    def severity(self, code: str) -> Level:
        """How a finding with that code counts; KeyError for a code that cannot be switched."""
        check = vars(self).get(code)
        if not isinstance(check, Check):
            raise KeyError(code)
        return check.severity
