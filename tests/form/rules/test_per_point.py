"""百分点扣分法: full marks up to a limit, then so many points per percentage point."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.form.rules.formulas import disagreements
from tests.support import half_up, points, refusal
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.per_point import PerPoint

FIVE = Decimal(5)


def rule(**parameters: Any) -> PerPoint:
    return PerPoint.model_validate(
        {
            "basis": "默认口径",
            "numerator": {"id": "paid", "label": "实际支出", "kind": "amount", "unit": "万元"},
            "denominator": {"id": "planned", "label": "预算", "kind": "amount", "unit": "万元"},
            "full_to": 100,
            "step": "0.1",
            **parameters,
        }
    )


def answers(paid: str, planned: str = "100") -> Answers:
    return Answers({"paid": Decimal(paid), "planned": Decimal(planned)})


def working(made: PerPoint, paid: str, planned: str = "100") -> str:
    outcome = made.score(FIVE, answers(paid, planned))
    assert isinstance(outcome, Computed)
    return outcome.working


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        ("0", "5"),
        ("99.99", "5"),
        ("100", "5"),
        ("100.1", "4.99"),
        ("100.5", "4.95"),
        ("101", "4.9"),
        ("149.9", "0.01"),
        ("150", "0"),
        ("200", "0"),
    ],
)
def test_a_tenth_of_a_point_per_percentage_point_above(paid: str, expected: str) -> None:
    assert points(rule().score(FIVE, answers(paid))) == Decimal(expected)


@pytest.mark.parametrize(
    ("paid", "expected"), [("90", "5"), ("89.9", "4.97"), ("89", "4.7"), ("73.4", "0.02"), ("73", "0")]
)
def test_points_per_percentage_point_below(paid: str, expected: str) -> None:
    made = rule(direction="below", full_to=90, step="0.3")
    assert points(made.score(FIVE, answers(paid))) == Decimal(expected)


@pytest.mark.parametrize(
    ("paid", "proportional", "counts", "free"),
    [
        ("100", "5", "5", "5"),
        ("100.01", "5.00", "4.9", "5"),
        ("100.99", "4.9", "4.9", "5"),
        ("101", "4.9", "4.9", "4.9"),
        ("101.01", "4.9", "4.8", "4.9"),
    ],
)
def test_what_a_begun_percentage_point_costs(paid: str, proportional: str, counts: str, free: str) -> None:
    found = [
        points(rule(begun_point=begun).score(FIVE, answers(paid)))
        for begun in ("proportional", "counts", "free")
    ]
    assert found == [Decimal(proportional), Decimal(counts), Decimal(free)]


@pytest.mark.parametrize(
    ("parameters", "paid", "planned", "words"),
    [
        ({}, "100", "100", "实际支出 100 ÷ 预算 100 = 100.00%，没有超过 100%，不扣分，得 5 分"),
        (
            {},
            "103",
            "100",
            "实际支出 103 ÷ 预算 100 = 103.00%，超过 100%，每个百分点扣 0.1 分，共扣 0.3 分，得 4.7 分",
        ),
        ({}, "107", "103", "实际支出 107 ÷ 预算 103 ≈ 103.88%，超过 100%，每个百分点扣 0.1 分，得 4.61 分"),
        (
            {"begun_point": "counts"},
            "103.2",
            "100",
            "实际支出 103.2 ÷ 预算 100 = 103.20%，超过 100%，按 4 个百分点计，每个扣 0.1 分，共扣 0.4 分，得 4.6 分",
        ),
        (
            {"direction": "below", "full_to": 90, "step": "0.3"},
            "60",
            "100",
            "实际支出 60 ÷ 预算 100 = 60.00%，低于 90%，每个百分点扣 0.3 分，共扣 9 分，"
            "至多扣 5 分（扣完为止），得 0 分",
        ),
    ],
)
def test_the_working_is_true_as_printed(
    parameters: dict[str, Any], paid: str, planned: str, words: str
) -> None:
    assert working(rule(**parameters), paid, planned) == words


def test_a_ratio_just_beyond_the_limit_is_not_shown_as_the_limit() -> None:
    assert "≈ 100.001%" in working(rule(begun_point="counts"), "100001.13", "100000")


def test_half_a_cent_is_told_by_its_loss() -> None:
    """7 ÷ 60 × 100 × 0.015 is 0.175 exactly, and no rounded percentage gives that."""
    made = rule(step="0.015", full_to=0)
    assert working(made, "7", "60") == (
        "实际支出 7 ÷ 预算 60 ≈ 11.67%，超过 0%，每个百分点扣 0.015 分，共扣 0.175 分，得 4.83 分"
    )


def test_data_that_are_missing_or_make_no_sense() -> None:
    assert refusal(rule().score(FIVE, Answers({"paid": Decimal(1)}))).missing == ("planned",)
    assert refusal(rule().score(FIVE, answers("1", "0"))).wrong
    assert points(rule().score(FIVE, answers("0", "0"))) == 5


def test_what_would_have_won_points_back() -> None:
    [above] = rule().gains(FIVE, answers("110", "100"), Decimal(4))
    assert above.text == "“实际支出”不超过 100 万元（比率不超过 100%），可再得 1 分"
    made = rule(direction="below", full_to=90, step="0.3")
    [below] = made.gains(FIVE, answers("60", "70.01"), Decimal("3.71"))
    assert below.text == "“实际支出”达到 63.01 万元（比率达到 90%），可再得 1.29 分"
    assert rule().gains(FIVE, answers("100"), FIVE) == ()


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        ({"step": "5.01"}, "step"),
        ({"direction": "below", "full_to": 0}, "full_to"),
        ({"part_of_whole": True}, "full_to"),
        ({"numerator": {"id": "planned", "label": "预算", "kind": "amount"}}, "denominator"),
    ],
)
def test_parameters_that_contradict_each_other(parameters: dict[str, Any], path: str) -> None:
    assert [mistake.path for mistake in rule(**parameters).mistakes(FIVE)] == [path]


def test_parameters_that_agree() -> None:
    assert rule(step=5).mistakes(FIVE) == []
    assert rule(part_of_whole=True, full_to=90).mistakes(FIVE) == []
    assert rule().describe(FIVE) == (
        "实际支出 ÷ 预算不超过 100% 得 5 分，每超过 1 个百分点扣 0.1 分（不足 1 个的按比例计），扣完为止"
    )


@given(st.decimals(0, 10**6, places=2), st.decimals(Decimal("0.01"), 10**6, places=2))
def test_exactly_the_points_beyond(paid: Decimal, planned: Decimal) -> None:
    beyond = max(Fraction(paid) / Fraction(planned) * 100 - 100, Fraction(0))
    exact = max(5 - beyond / 10, Fraction(0))
    assert points(rule().score(FIVE, answers(str(paid), str(planned)))) == half_up(exact)


@needs_libreoffice
def test_formula_and_score_agree() -> None:
    rules = {
        begun + direction: rule(begun_point=begun, direction=direction, full_to=90, step="0.3")
        for begun in ("proportional", "counts", "free")
        for direction in ("above", "below")
    }
    assert disagreements({"": rule(), **rules}, ("5", "10")) == []
