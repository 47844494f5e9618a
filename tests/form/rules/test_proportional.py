"""比例法: weight × numerator ÷ denominator, never above the weight; 0 ÷ 0 means nothing was due."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import form, half_up, points, refusal, scored
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.proportional import Proportional

RULE = Proportional(
    numerator=Input(id="done", label="已完成数", kind=ValueKind.AMOUNT, unit="万元"),
    denominator=Input(id="due", label="应完成数", kind=ValueKind.AMOUNT, unit="万元"),
    basis="默认口径",
)
AMOUNTS = st.decimals(0, 10**9, places=2)
ABOVE_ZERO = st.decimals(Decimal("0.01"), 10**9, places=2)
WEIGHTS = st.decimals(Decimal("0.5"), 100, places=2)


def score(weight: Decimal, done: Decimal, due: Decimal) -> Decimal:
    return points(RULE.score(weight, Answers({"done": done, "due": due})))


@pytest.mark.parametrize(
    ("row", "done", "due", "expected"),
    [
        pytest.param("spending_rate", "1167.83", "1297.59", "9.00", id="支出率-四舍五入前8.99999"),
        pytest.param("spending_rate", "1297.59", "1297.59", "10", id="支出率-全部支出"),
        pytest.param("spending_rate", "1300", "1297.59", "10", id="支出率-超过预算不加分"),
        pytest.param("spending_rate", "0", "1297.59", "0", id="支出率-没有支出"),
        pytest.param("spending_rate", "90.044", "100", "9.00", id="支出率-舍"),
        pytest.param("spending_rate", "90.05", "100", "9.01", id="支出率-入"),
        pytest.param("procurement_policy", "10", "20", "0.5", id="中小企业份额一半"),
        pytest.param("procurement_policy", "21", "20", "1", id="中小企业份额超过预留"),
    ],
)
def test_amounts(row: str, done: str, due: str, expected: str) -> None:
    asked = {"spending_rate": ("spent", "adjusted_budget"), "procurement_policy": ("sme_awarded", "sme_due")}
    above, below = asked[row]
    assert points(scored(row, {above: Decimal(done), below: Decimal(due)})) == Decimal(expected)


@pytest.mark.parametrize(
    ("row", "done", "due", "expected"),
    [
        pytest.param("contract_signing", 7, 9, "2.33", id="合同9份按时7份"),
        pytest.param("contract_signing", 9, 9, "3", id="合同全部按时"),
        pytest.param("contract_signing", 0, 9, "0", id="合同无一按时"),
        pytest.param("contract_signing", 8, 9, "2.67", id="合同8份按时"),
        pytest.param("contract_filing", 7, 9, "0.78", id="备案9份按时7份"),
        pytest.param("intent_completeness", 1, 3, "0.17", id="意向公开三分之一"),
        pytest.param("intent_timeliness", 1, 3, "0.5", id="意向及时三分之一"),
        pytest.param("ex_ante_evaluation", 2, 3, "2", id="事前评估三分之二"),
    ],
)
def test_counts(row: str, done: int, due: int, expected: str) -> None:
    rule = form().row_by_id[row].row.rules[0]
    below, above = (item.id for item in rule.inputs())
    assert points(scored(row, {above: done, below: due})) == Decimal(expected)


def test_the_working_names_the_numbers_and_the_score() -> None:
    outcome = scored("spending_rate", {"spent": Decimal("1167.83"), "adjusted_budget": Decimal("1297.59")})
    assert isinstance(outcome, Computed)
    for part in ("年度支出数", "1,167.83", "调整后预算数", "1,297.59", "89.9999%", "10 分", "9 分"):
        assert part in outcome.working
    assert [(used.label, used.value, used.unit) for used in outcome.used] == [
        ("年度支出数", "1,167.83", "万元"),
        ("调整后预算数", "1,297.59", "万元"),
    ]


def test_nothing_due_is_full_marks_and_says_so() -> None:
    outcome = scored("contract_signing", {"contracts": 0, "contracts_signed_in_time": 0})
    assert points(outcome) == 3
    assert isinstance(outcome, Computed)
    assert "政府采购合同数为 0" in outcome.working
    assert "不扣分" in outcome.working


@pytest.mark.parametrize(
    ("done", "due"),
    [
        pytest.param(1, 0, id="应有0而有1"),
        pytest.param(10, 9, id="部分大于全部"),
    ],
)
def test_counts_that_contradict_each_other(done: int, due: int) -> None:
    refused = refusal(scored("contract_signing", {"contracts": due, "contracts_signed_in_time": done}))
    assert [data_id for data_id, _ in refused.wrong] == ["contracts_signed_in_time"]
    assert not refused.missing
    assert refused.started


def test_spending_without_a_budget_is_a_contradiction() -> None:
    refused = refusal(scored("spending_rate", {"spent": Decimal("0.01"), "adjusted_budget": Decimal(0)}))
    assert [data_id for data_id, _ in refused.wrong] == ["spent"]


def test_missing_data() -> None:
    nothing = refusal(scored("spending_rate", {}))
    assert set(nothing.missing) == {"spent", "adjusted_budget"}
    assert not nothing.started
    half = refusal(scored("spending_rate", {"spent": Decimal(1)}))
    assert half.missing == ("adjusted_budget",)
    assert half.started
    assert refusal(scored("spending_rate", {"adjusted_budget": Decimal(0)})).missing == ("spent",)


def test_the_period_stands_in_the_question() -> None:
    labels = {item.id: item.label for _, item in form().data_inputs()}
    assert "30日" in labels["intents_in_time"]
    assert "30日" in labels["contracts_signed_in_time"]
    assert "7个工作日" in labels["contracts_filed_in_time"]
    assert not [label for label in labels.values() if "{" in label]


@given(WEIGHTS, AMOUNTS, ABOVE_ZERO)
def test_exactly_the_quotient_within_the_weight(weight: Decimal, done: Decimal, due: Decimal) -> None:
    exact = min(Fraction(weight) * Fraction(done) / Fraction(due), Fraction(weight))
    assert score(weight, done, due) == half_up(exact)


@given(WEIGHTS, AMOUNTS, AMOUNTS, ABOVE_ZERO)
def test_more_done_never_scores_less(weight: Decimal, one: Decimal, other: Decimal, due: Decimal) -> None:
    less, more = sorted((one, other))
    assert 0 <= score(weight, less, due) <= score(weight, more, due) <= weight


@given(WEIGHTS, AMOUNTS, ABOVE_ZERO, ABOVE_ZERO)
def test_more_due_never_scores_more(weight: Decimal, done: Decimal, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    assert score(weight, done, more) <= score(weight, done, less)
