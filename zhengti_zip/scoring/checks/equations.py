"""The sums of the table of money as equations among its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhengti_zip.base.numbers import round_points
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.money import FundsEntry, Sum
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.paths import InputPath


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum among cells of the table.

    Attributes:
        text: the sum in words, with the line or column it is about.
        left, right: its cells.
    """

    text: str
    left: tuple[InputPath, ...]
    right: tuple[InputPath, ...]

    @property
    def cells(self) -> tuple[InputPath, ...]:
        """All its cells."""
        return (*self.left, *self.right)

    def sides(
        self, amounts: Mapping[InputPath, Decimal], *, as_printed: bool = True
    ) -> tuple[Decimal, Decimal]:
        """What stands left and right; an amount that is missing counts as 0."""
        left, right = (
            sum(
                (round_points(v) if as_printed else v for p in side if (v := amounts.get(p)) is not None),
                Decimal(0),
            )
            for side in (self.left, self.right)
        )
        return left, right

    def holds(self, amounts: Mapping[InputPath, Decimal], *, as_printed: bool = True) -> bool:
        """Whether both sides are equal; as printed, each amount is rounded to cents."""
        left, right = self.sides(amounts, as_printed=as_printed)
        return left == right

    def correction(self, cell: InputPath, amounts: Mapping[InputPath, Decimal]) -> Decimal | None:
        """What must be added to an amount for the sum to hold; None for a cell that is not in it."""
        left, right = self.sides(amounts)
        if (cell in self.left) == (cell in self.right):
            return None
        return right - left if cell in self.left else left - right


def funds_amounts(subject: Subject) -> dict[InputPath, Decimal]:
    """The amounts of the table in 万元 by path."""
    lines = subject.submission.funds.items()
    return {InputPath.money(line, key): amount for line, row in lines for key, amount in row.items()}


def equations(form: FormDefinition) -> list[Equation]:
    """Every sum of the table: those among lines for each column, those among columns for each line.

    A column or line in which the form does not ask for one of the amounts has no such sum.
    """
    funds = form.funds
    asked = {InputPath.money(line, column) for line, column, _ in funds.cells()}
    found = [_in_column(rule, column) for rule in funds.sums for column in funds.columns]
    found += [_in_line(rule, line) for rule in funds.column_sums for line in funds.lines]
    return [equation for equation in found if asked.issuperset(equation.cells)]


def _in_column(rule: Sum, column: FundsEntry) -> Equation:
    left, right = (
        tuple(InputPath.money(line, column.id) for line in side) for side in (rule.left, rule.right)
    )
    return Equation(f"“{column.label}”一栏，{rule.text}", left, right)


def _in_line(rule: Sum, line: FundsEntry) -> Equation:
    left, right = (tuple(InputPath.money(line.id, key) for key in side) for side in (rule.left, rule.right))
    return Equation(f"“{line.label}”一行，{rule.text}", left, right)


def failing_equations(subject: Subject) -> list[Equation]:
    """The sums that do not hold as printed; one with a required amount missing or unreadable is not judged."""
    form, amounts = subject.form, funds_amounts(subject)
    unknown = {
        path
        for line, column, item in form.funds.cells()
        if (path := InputPath.money(line, column)) not in amounts
        and (item.required or path in subject.unread)
    }
    known = (equation for equation in equations(form) if unknown.isdisjoint(equation.cells))
    return [equation for equation in known if not equation.holds(amounts)]
