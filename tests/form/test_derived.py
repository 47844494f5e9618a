"""Derived values: quotients, sums, differences and changes of what was entered."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.form.rules.formulas import recalculated
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.derived import (
    Derived,
    derived_mistakes,
    derived_sums,
    derived_values,
    sum_paths,
)

SPENT, BUDGET, LAST = "funds.total.spent", "funds.total.budget", "budget.last_year"
KNOWN = {
    path: Input(id="value", label=path, kind=kind)
    for path, kind in (
        (SPENT, ValueKind.AMOUNT),
        (BUDGET, ValueKind.AMOUNT),
        (LAST, ValueKind.AMOUNT),
        ("fields.project", ValueKind.TEXT),
    )
}


def derived(name: str = "x", **parameters: Any) -> Derived:
    return Derived.model_validate({"id": name, "label": "派生值", **parameters})


RATE = derived("rate", divide=[SPENT, BUDGET], **{"as": "percent"})


def value(item: Derived, **values: str) -> Fraction | None:
    paths = {"spent": SPENT, "budget": BUDGET, "last": LAST}
    entered = {paths[key]: Decimal(number) for key, number in values.items()}
    return derived_values([item], entered)[item.path]


@pytest.mark.parametrize(
    ("spent", "budget", "shown"),
    [
        ("80", "100", "80.00%"),
        ("2", "3", "66.67%"),
        ("899.949", "1000", "89.99%"),
        ("899.95", "1000", "90.00%"),
        ("0", "5", "0.00%"),
        ("7", "5", "140.00%"),
    ],
)
def test_a_rate_is_exact_and_printed_with_two_places(spent: str, budget: str, shown: str) -> None:
    found = value(RATE, spent=spent, budget=budget)
    assert found == Fraction(spent) / Fraction(budget)
    assert RATE.text(found) == shown


def test_there_is_no_rate_without_both_numbers_or_with_a_divisor_of_0() -> None:
    assert value(RATE, spent="5") is None
    assert value(RATE, budget="5") is None
    assert value(RATE, spent="0", budget="0") is None
    assert value(RATE, spent="5", budget="0") is None
    assert RATE.text(None) == ""


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [("110", "100", "10.0%"), ("100", "100", "0.0%"), ("99.9", "100", "-0.1%"), ("0", "100", "-100.0%")],
)
def test_the_change_on_last_year(now: str, before: str, shown: str) -> None:
    change = derived(change=[SPENT, LAST], places=1, **{"as": "percent"})
    assert change.text(value(change, spent=now, last=before)) == shown
    assert value(change, spent=now, last="0") is None


def test_sums_and_differences() -> None:
    total = derived(add=[SPENT, BUDGET, LAST], **{"as": "amount"})
    rest = derived(subtract=[BUDGET, SPENT, LAST])
    entered = {"spent": "0.1", "budget": "0.2", "last": "1000"}
    assert total.text(value(total, **entered)) == "1,000.30"
    assert value(rest, **entered) == Fraction("-999.9")
    assert rest.text(value(rest, **entered)) == "-999.9"
    assert value(total, spent="1", budget="2") is None


def test_one_may_be_worked_out_from_another_in_any_order() -> None:
    items = [
        derived("share", divide=["derived.sum", BUDGET]),
        derived("sum", add=[SPENT, LAST]),
    ]
    entered = {SPENT: Decimal(1), LAST: Decimal(2), BUDGET: Decimal(4)}
    assert derived_values(items, entered) == {"derived.share": Fraction(3, 4), "derived.sum": Fraction(3)}
    assert derived_mistakes(items, KNOWN) == []


def test_rules_use_sums_but_no_quotients() -> None:
    items = [
        derived("sum", add=[SPENT, LAST]),
        derived("more", subtract=["derived.sum", BUDGET]),
        derived("rate", divide=[SPENT, BUDGET]),
        derived("odd", add=["derived.rate", SPENT]),
    ]
    entered = {SPENT: Decimal("0.1"), LAST: Decimal("0.2"), BUDGET: Decimal(3)}
    assert sum_paths(items) == ("derived.sum", "derived.more")
    assert derived_sums(items, derived_values(items, entered)) == {
        "derived.sum": Decimal("0.3"),
        "derived.more": Decimal("-2.7"),
    }
    assert derived_sums(items, derived_values(items, {SPENT: Decimal(1)})) == {}


@pytest.mark.parametrize(
    ("items", "path", "words"),
    [
        ([derived()], "0", "只能有"),
        ([derived(add=[SPENT, LAST], divide=[SPENT, LAST])], "0", "只能有"),
        ([derived(divide=[SPENT, SPENT])], "0.divide", "相同"),
        ([derived(change=[SPENT, SPENT])], "0.change", "相同"),
        ([derived(divide=[SPENT, "funds.total.nothing"])], "0.divide.1", "没有 funds.total.nothing"),
        ([derived(add=["fields.project", SPENT])], "0.add.0", "不是数值"),
        ([derived(add=["derived.x", SPENT])], "0.add.0", "又由前者得出"),
        ([derived(add=[SPENT, LAST]), derived(add=[SPENT, BUDGET])], "1.id", "重复"),
    ],
)
def test_what_is_wrong_with_a_derived_value(items: list[Derived], path: str, words: str) -> None:
    [mistake] = derived_mistakes(items, KNOWN)
    assert mistake.path == path
    assert words in mistake.message


def test_values_that_go_round_in_a_circle_are_mistakes_and_have_no_value() -> None:
    items = [
        derived("a", add=["derived.b", SPENT]),
        derived("b", add=["derived.c", SPENT]),
        derived("c", add=["derived.a", SPENT]),
        derived("d", add=["derived.a", SPENT]),
    ]
    assert [mistake.path for mistake in derived_mistakes(items, KNOWN)] == ["0.add.0", "1.add.0", "2.add.0"]
    assert set(derived_values(items, {SPENT: Decimal(1)}).values()) == {None}
    assert sum_paths(items) == ()


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_change_is_the_quotient_less_one(now: Decimal, before: Decimal) -> None:
    change, quotient = derived(change=[SPENT, LAST]), derived(divide=[SPENT, LAST])
    found = value(change, spent=str(now), last=str(before))
    other = value(quotient, spent=str(now), last=str(before))
    assert (found is None) == (other is None) == (before == 0)
    assert found is None or other is None or found == other - 1


@needs_libreoffice
def test_formula_and_value_agree() -> None:
    items = [
        RATE,
        derived("sum", add=[SPENT, BUDGET, LAST]),
        derived("rest", subtract=[BUDGET, SPENT]),
        derived("change", change=[SPENT, LAST]),
    ]
    cases: list[dict[str, Decimal | str | None]] = [
        {SPENT: Decimal("0.1"), BUDGET: Decimal("0.2"), LAST: Decimal("0.7")},
        {SPENT: Decimal("72392.59"), BUDGET: Decimal("95822.94"), LAST: Decimal("-3")},
        {SPENT: Decimal(0), BUDGET: Decimal(0), LAST: Decimal(0)},
        {SPENT: None, BUDGET: Decimal(1), LAST: Decimal(1)},
        {SPENT: "三", BUDGET: Decimal(1), LAST: Decimal(1)},
    ]
    pairs = [(item, case) for item in items for case in cases]
    results = recalculated([(item.formula, case) for item, case in pairs])
    for (item, case), result in zip(pairs, results, strict=True):
        numbers = {path: number for path, number in case.items() if isinstance(number, Decimal)}
        exact = derived_values([item], numbers)[item.path]
        if exact is None:
            assert result is None, (item.id, case)
        else:
            assert isinstance(result, float | int)
            assert abs(Fraction(result) - exact) < Fraction(1, 10**9), (item.id, case)
