"""Workings are true as printed: ``=`` and ``≈``, comparisons with a limit, and products that round to the score."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import half_up, indicator
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.banded import Banded
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.form.rules.deduction import Deduction
from zhengti_zip.form.rules.proportional import Proportional

DONE = Input(id="done", label="完成数", kind=ValueKind.AMOUNT)
DUE = Input(id="due", label="应完成数", kind=ValueKind.AMOUNT)
PROPORTIONAL = Proportional(numerator=DONE, denominator=DUE, basis="默认口径")
NUMBER = r"(-?[\d,.]+)"
PRODUCT = re.compile(
    rf"{NUMBER} ÷ .*?{NUMBER} ([=≈]) {NUMBER}%(，按 100% 计)?，× {NUMBER} 分(?: = {NUMBER} 分)?，得 {NUMBER} 分"
)
COMPARISON = re.compile(rf"([=≈]) {NUMBER}% ([<>≤≥]) {NUMBER}%，得")
AMOUNTS = st.decimals(0, 10**7, places=2)
ABOVE_ZERO = st.decimals(Decimal("0.01"), 10**7, places=2)
WEIGHTS = st.decimals(Decimal("0.5"), 100, places=2)


def number(text: str) -> Fraction:
    return Fraction(Decimal(text.replace(",", "")))


def working(rule: Proportional | Banded, weight: Decimal, done: str, due: str) -> str:
    outcome = rule.score(weight, Answers({"done": Decimal(done), "due": Decimal(due)}))
    assert isinstance(outcome, Computed)
    return outcome.working


def is_true_quotient(sign: str, shown: str, exact: Fraction) -> bool:
    """Whether ``= shown`` is exact, and ``≈ shown`` is right to its last digit and not exact."""
    places = len(shown.partition(".")[2])
    error = abs(number(shown) - exact)
    return error == 0 if sign == "=" else 0 < error <= Fraction(1, 2 * 10**places)


def assert_product_is_true(said: str, weight: Decimal) -> None:
    found = PRODUCT.search(said)
    assert found, said
    above, below, sign, shown, capped, times, product, score = found.groups()
    exact = number(above) / number(below) * 100
    assert is_true_quotient(sign, shown, exact), said
    assert bool(capped) == (exact > 100) == (number(shown) > 100)
    assert number(times) == Fraction(weight)
    points = min(number(shown), Fraction(100)) / 100 * number(times)
    if product is not None:
        points = number(product)
        assert points == exact / 100 * number(times)
    assert half_up(points) == Decimal(score), said


@pytest.mark.parametrize(
    ("weight", "done", "due", "said"),
    [
        pytest.param("10", "72392.59", "95822.94", "≈ 75.548%，× 10 分，得 7.55 分", id="75.55%乘10会是7.56"),
        pytest.param("10", "7554.9", "10000", "= 75.549%，× 10 分，得 7.55 分", id="75.549%"),
        pytest.param("10", "22664.7", "30000", "= 75.549%，× 10 分，得 7.55 分", id="75.549%除得尽"),
        pytest.param("10", "2", "3", "≈ 66.67%，× 10 分，得 6.67 分", id="三分之二"),
        pytest.param("10", "75.45", "100", "= 75.45%，× 10 分，得 7.55 分", id="恰为半分"),
        pytest.param("10", "75.44", "100", "= 75.44%，× 10 分，得 7.54 分", id="不到半分"),
        pytest.param("3", "5", "600", "≈ 0.83%，× 3 分 = 0.025 分，得 0.03 分", id="除不尽而恰为半分"),
        pytest.param("10", "1167.83", "1297.59", "≈ 89.9999", id="近于整数"),
        pytest.param("10", "1", "2", "= 50.00%，× 10 分，得 5 分", id="除得尽"),
        pytest.param("10", "100.001", "100", "= 100.001%，按 100% 计", id="略超100%"),
        pytest.param("10", "99.9999", "100", "= 99.9999%，× 10 分，得 10 分", id="略低于100%"),
    ],
)
def test_a_printed_product_is_true(weight: str, done: str, due: str, said: str) -> None:
    text = working(PROPORTIONAL, Decimal(weight), done, due)
    assert said in text
    assert_product_is_true(text, Decimal(weight))


@given(WEIGHTS, AMOUNTS, ABOVE_ZERO)
def test_every_printed_product_is_true(weight: Decimal, done: Decimal, due: Decimal) -> None:
    assert_product_is_true(working(PROPORTIONAL, weight, str(done), str(due)), weight)


def banded(limit: str, key: str) -> Banded:
    rule = Banded.model_validate(
        {
            "numerator": {"id": "done", "label": "完成数", "kind": "amount"},
            "denominator": {"id": "due", "label": "应完成数", "kind": "amount"},
            "bands": [{key: Decimal(limit), "points": 2}],
            "basis": "默认口径",
        }
    )
    assert not rule.mistakes(Decimal(2))
    return rule


def assert_comparison_is_true(said: str, exact: Fraction) -> None:
    found = COMPARISON.search(said)
    assert found, said
    sign, shown, relation, limit = found.groups()
    assert is_true_quotient(sign, shown, exact), said
    left, right = number(shown), number(limit)
    assert {"<": left < right, ">": left > right, "≤": left <= right, "≥": left >= right}[relation], said


@pytest.mark.parametrize("key", ["at_most", "below", "at_least", "above"])
@pytest.mark.parametrize(
    ("limit", "done", "due"),
    [
        pytest.param("12.5", "12.5001", "100", id="12.5的上边"),
        pytest.param("12.5", "12.5", "100", id="恰为12.5"),
        pytest.param("12.5", "12.4999", "100", id="12.5的下边"),
        pytest.param("33.33", "1", "3", id="三分之一与33.33"),
        pytest.param("66.67", "2", "3", id="三分之二与66.67"),
        pytest.param("10", "10.00000000001", "100", id="10的上边"),
        pytest.param("7.25", "7.2499999", "100", id="7.25的下边"),
        pytest.param("99.995", "99.995", "100", id="恰为99.995"),
    ],
)
def test_a_printed_comparison_is_true(key: str, limit: str, done: str, due: str) -> None:
    said = working(banded(limit, key), Decimal(2), done, due)
    assert_comparison_is_true(said, Fraction(done) / Fraction(due) * 100)


@given(
    st.decimals(Decimal("0.01"), 200, places=3),
    st.sampled_from(["at_most", "below", "at_least", "above"]),
    AMOUNTS,
    ABOVE_ZERO,
)
def test_every_printed_comparison_is_true(limit: Decimal, key: str, done: Decimal, due: Decimal) -> None:
    said = working(banded(str(limit), key), Decimal(2), str(done), str(due))
    assert_comparison_is_true(said, Fraction(done) / Fraction(due) * 100)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (3, "3 × 0.5 分 = 扣 1.5 分，得 0.5 分"),
        (4, "4 × 0.5 分 = 扣 2 分，得 0 分"),
        (5, "5 × 0.5 分 = 扣 2.5 分，至多扣 2 分（扣完为止），得 0 分"),
        (100, "100 × 0.5 分 = 扣 50 分，至多扣 2 分（扣完为止），得 0 分"),
    ],
)
def test_a_printed_deduction_is_true(count: int, said: str) -> None:
    rule = Deduction(
        count=Input(id="n", label="问题数", kind=ValueKind.COUNT), step=Decimal("0.5"), basis="默认口径"
    )
    outcome = rule.score(Decimal(2), Answers({"n": count}))
    assert isinstance(outcome, Computed)
    assert outcome.working == f"问题数 {said}"


@given(st.lists(st.tuples(st.sampled_from("≥≤="), ABOVE_ZERO, AMOUNTS), min_size=1, max_size=5), WEIGHTS)
def test_a_printed_mean_completion_gives_the_score(
    rows: list[tuple[str, Decimal, Decimal]], weight: Decimal
) -> None:
    rule = Completion(groups=("产出",), basis="默认口径")
    made = [indicator(direction, str(target), str(actual)) for direction, target, actual in rows]
    outcome = rule.score(weight, Answers({}, made))
    assert isinstance(outcome, Computed)
    found = re.search(rf"[=≈] {NUMBER}%，× {NUMBER} 分(?: = {NUMBER} 分)?，得 {NUMBER} 分$", outcome.working)
    assert found, outcome.working
    shown, times, product, score = found.groups()
    points = number(shown) / 100 * number(times) if product is None else number(product)
    assert half_up(points) == Decimal(score) == outcome.score
