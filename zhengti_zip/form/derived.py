"""Values worked out from what was entered: quotients, sums, differences and changes, all exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Annotated

from pydantic import Field

from zhengti_zip.base.numbers import money, plain
from zhengti_zip.form.base import WAN_YUAN, Ident, Input, Label, Part, ValueKind
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules.operand import ValuePath

DERIVED = "derived"
"""First step of the path of a derived value."""

OPERATIONS = ("divide", "add", "subtract", "change")

Two = Annotated[tuple[ValuePath, ...], Field(min_length=2, max_length=2)]
Several = Annotated[tuple[ValuePath, ...], Field(min_length=2)]


class Appearance(StrEnum):
    """How a derived value is written."""

    PERCENT = "percent"
    NUMBER = "number"
    AMOUNT = "amount"


class Derived(Part):
    """One derived value; exactly one of the four operations is given.

    Attributes:
        id: its path is ``derived.<id>``.
        label: what people read.
        divide: (a, b) → a ÷ b.
        add: the sum of all.
        subtract: the first less the others.
        change: (now, before) → (now − before) ÷ before.
        appearance: written ``as``; percent, number or amount (万元).
        places: decimals shown of a percent or number, rounded half up; an amount has two. The value itself
            is never rounded.
    """

    id: Ident
    label: Label
    divide: Two | None = None
    add: Several | None = None
    subtract: Several | None = None
    change: Two | None = None
    appearance: Appearance = Field(default=Appearance.NUMBER, alias="as")
    places: Annotated[int, Field(ge=0, le=6)] = 2

    @property
    def path(self) -> str:
        """Its path."""
        return f"{DERIVED}.{self.id}"

    @property
    def operation(self) -> str:
        """The name of the operation."""
        return next((name for name in OPERATIONS if getattr(self, name) is not None), OPERATIONS[0])

    @property
    def operands(self) -> tuple[str, ...]:
        """The paths it is worked out from."""
        return getattr(self, self.operation) or ()

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum or a difference, so of the kind of its operands."""
        return self.operation in ("add", "subtract")

    @property
    def as_input(self) -> Input:
        """Label, kind and unit, for rules and tables that take an input."""
        is_amount = self.appearance is Appearance.AMOUNT
        kind, unit = (ValueKind.AMOUNT, WAN_YUAN) if is_amount else (ValueKind.NUMBER, "")
        return Input(id=self.id, label=self.label, kind=kind, unit=unit, required=False)

    def value(self, operands: Sequence[Fraction | None]) -> Fraction | None:
        """The exact value; None when an operand is missing or the divisor is 0. A percentage of 100 is 1."""
        given = [operand for operand in operands if operand is not None]
        if len(given) < len(operands) or not given:
            return None
        first, *others = given
        if self.operation == "add":
            return sum(given, Fraction(0))
        if self.operation == "subtract":
            return first - sum(others, Fraction(0))
        if others[0] == 0:
            return None
        return first / others[0] - (1 if self.operation == "change" else 0)

    def text(self, value: Fraction | None) -> str:
        """A value as it is printed: ``89.99%``, ``1,297.59`` or ``1.5``; "" for none."""
        if value is None:
            return ""
        if self.appearance is Appearance.AMOUNT:
            return money(_rounded(value, 2))
        if self.appearance is Appearance.PERCENT:
            return f"{_rounded(value * 100, self.places):f}%"
        return plain(_rounded(value, self.places))

    def formula(self, name: Callable[[str], str]) -> str:
        """The value as an Excel expression, ``""`` where there is none; ``name`` gives the cell of a path."""
        cells = [name(path) for path in self.operands]
        first, *others = cells
        if self.operation == "add":
            value = f"ROUND({'+'.join(cells)},{NOISE_PLACES})"
        elif self.operation == "subtract":
            value = f"ROUND({'-'.join(cells)},{NOISE_PLACES})"
        else:
            above = first if self.operation == "divide" else f"({first}-{others[0]})"
            value = f'IF({others[0]}=0,"",{above}/{others[0]})'
        numbers = ",".join(f"ISNUMBER({cell})" for cell in cells)
        return f'IF(AND({numbers}),{value},"")'

    def mistakes(self) -> list[Mistake]:
        """Attributes that contradict each other; their paths begin at the value."""
        given = [name for name in OPERATIONS if getattr(self, name) is not None]
        if len(given) != 1:
            words = f"应有、且只能有 {'、'.join(OPERATIONS)} 之一"
            return [Mistake("", words, "例如 divide: [funds.total.spent, funds.total.budget]")]
        if self.operation == "divide" and self.operands[0] == self.operands[1]:
            return [Mistake("divide", "除数与被除数相同", "改用另一个路径")]
        if self.operation == "change" and self.operands[0] == self.operands[1]:
            return [Mistake("change", "本期与上期相同", "改用另一个路径")]
        return []


NOISE_PLACES = 6
"""Decimals of a sum that are kept in Excel; what stands behind them is binary noise."""


def derived_values(
    items: Sequence[Derived], values: Mapping[str, Decimal | int]
) -> dict[str, Fraction | None]:
    """Every derived value by its path ``derived.<id>``, in the order given.

    Args:
        items: the derived values of a form; one may be worked out from others, in any order.
        values: what was entered, by path.

    Returns:
        The exact values; None where something is missing, a divisor is 0, or values go round in a circle.
    """
    by_path = {item.path: item for item in items}
    found: dict[str, Fraction | None] = {}

    def value_of(path: str) -> Fraction | None:
        if path not in by_path:
            return Fraction(values[path]) if path in values else None
        if path not in found:
            found[path] = None  # what a circle comes back to
            item = by_path[path]
            found[path] = item.value([value_of(operand) for operand in item.operands])
        return found[path]

    return {item.path: value_of(item.path) for item in items}


def derived_sums(items: Sequence[Derived], found: Mapping[str, Fraction | None]) -> dict[str, Decimal]:
    """The derived sums and differences as numbers by path, for rules that use them.

    Quotients are left out: they have no exact decimal number, and a rule divides by itself.
    """
    made = {}
    for path in sum_paths(items):
        value = found.get(path)
        if value is not None:
            made[path] = Decimal(value.numerator) / Decimal(value.denominator)
    return made


def sum_paths(items: Sequence[Derived]) -> tuple[str, ...]:
    """Paths of the derived values that rules may use: sums and differences of nothing but entered values."""
    by_path = {item.path: item for item in items}

    def is_plain(path: str, above: tuple[str, ...] = ()) -> bool:
        item = by_path.get(path)
        if item is None:
            return True
        return item.is_sum and path not in above and all(is_plain(p, (*above, path)) for p in item.operands)

    return tuple(path for path in by_path if is_plain(path))


def derived_mistakes(items: Sequence[Derived], known: Mapping[str, Input]) -> list[Mistake]:
    """What is wrong with the derived values of a form; paths begin at the list.

    Args:
        items: the derived values.
        known: what can be entered, by path.
    """
    found: list[Mistake] = []
    paths = [item.path for item in items]
    for number, item in enumerate(items):
        found += [mistake.under(str(number)) for mistake in item.mistakes()]
        if item.path in paths[:number]:
            found.append(Mistake(f"{number}.id", f"id {item.id} 重复", "给每个派生值一个不同的 id"))
        for place, path in enumerate(item.operands):
            here = f"{number}.{item.operation}.{place}"
            if path in paths:
                if path == item.path or item.path in _below(path, items):
                    words = f"{item.path} 要用 {path}，而后者又由前者得出"
                    found.append(Mistake(here, words, "改用填报的值，或去掉其中一个"))
            elif path not in known:
                remedy = "改为表中已有的路径，例如 fields.…、budget.…、funds.….…、data.…、derived.…"
                found.append(Mistake(here, f"没有 {path} 这个值", remedy))
            elif not known[path].kind.is_number:
                found.append(Mistake(here, f"{path} 不是数值，不能计算", "改用数值的路径"))
    return found


def _below(path: str, items: Sequence[Derived]) -> set[str]:
    """Everything a derived value is worked out from, directly or not."""
    by_path = {item.path: item for item in items}
    seen: set[str] = set()
    waiting = [path]
    while waiting:
        item = by_path.get(waiting.pop())
        new = [] if item is None else [operand for operand in item.operands if operand not in seen]
        seen.update(new)
        waiting += new
    return seen


def _rounded(value: Fraction, places: int) -> Decimal:
    """Rounded half up, away from zero, to some decimals."""
    size = floor(abs(value) * 10**places + Fraction(1, 2))
    number = Decimal(size).scaleb(-places)
    return -number if value < 0 and number else number
