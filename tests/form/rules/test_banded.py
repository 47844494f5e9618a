"""分段法: a ratio earns the points of the first band it falls into; every end on its own side."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import points, refusal, scored
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.banded import Banded

ASKED = {
    "carry_over_rate": ("carried_over", "annual_budget"),
    "asset_utilisation": ("assets_in_use", "fixed_assets"),
    "public_expense_control": ("public_expense", "public_expense_budget"),
    "three_public_control": ("three_public", "three_public_budget"),
}
FALLING = ("carry_over_rate", "public_expense_control", "three_public_control")
AMOUNTS = st.decimals(0, 10**9, places=2)
ABOVE_ZERO = st.decimals(Decimal("0.01"), 10**9, places=2)


def score(row: str, above: Decimal, below: Decimal) -> Decimal:
    numerator, denominator = ASKED[row]
    return points(scored(row, {numerator: above, denominator: below}))


@pytest.mark.parametrize(
    ("row", "percent", "expected"),
    [
        ("carry_over_rate", "0", "2"),
        ("carry_over_rate", "10", "2"),
        ("carry_over_rate", "10.0001", "1"),
        ("carry_over_rate", "10.00000000001", "1"),
        ("carry_over_rate", "20", "1"),
        ("carry_over_rate", "20.0001", "0.5"),
        ("carry_over_rate", "30", "0.5"),
        ("carry_over_rate", "30.0001", "0"),
        ("carry_over_rate", "100", "0"),
        ("asset_utilisation", "100", "2"),
        ("asset_utilisation", "90", "2"),
        ("asset_utilisation", "89.99", "1.5"),
        ("asset_utilisation", "89.99999999999", "1.5"),
        ("asset_utilisation", "75", "1.5"),
        ("asset_utilisation", "74.99", "1"),
        ("asset_utilisation", "60", "1"),
        ("asset_utilisation", "59.99", "0"),
        ("asset_utilisation", "0", "0"),
        ("public_expense_control", "99.99", "2"),
        ("public_expense_control", "100", "2"),
        ("public_expense_control", "100.0001", "0"),
        ("three_public_control", "100", "2"),
        ("three_public_control", "100.01", "0"),
    ],
)
def test_both_sides_of_every_threshold(row: str, percent: str, expected: str) -> None:
    assert score(row, Decimal(percent), Decimal(100)) == Decimal(expected)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [("129.759", "1297.59", "2"), ("129.7591", "1297.59", "1"), ("1", "3", "0")],
)
def test_a_threshold_is_compared_without_dividing(above: str, below: str, expected: str) -> None:
    assert score("carry_over_rate", Decimal(above), Decimal(below)) == Decimal(expected)


@pytest.mark.parametrize(
    ("key", "below", "at", "above"),
    [
        pytest.param("at_most", 2, 2, 0, id="不超过-含界限"),
        pytest.param("below", 2, 0, 0, id="低于-不含界限"),
        pytest.param("at_least", 0, 2, 2, id="不低于-含界限"),
        pytest.param("above", 0, 0, 2, id="高于-不含界限"),
    ],
)
def test_each_key_says_whether_the_end_belongs_to_the_band(key: str, below: int, at: int, above: int) -> None:
    rule = Banded.model_validate(
        {
            "numerator": {"id": "part", "label": "部分", "kind": "amount"},
            "denominator": {"id": "all", "label": "全部", "kind": "amount"},
            "bands": [{key: 50, "points": 2}],
            "basis": "默认口径",
        }
    )
    assert not rule.mistakes(Decimal(2))

    def earned(part: str) -> Decimal:
        return points(rule.score(Decimal(2), Answers({"part": Decimal(part), "all": Decimal(100)})))

    assert [earned("49.9999"), earned("50"), earned("50.0001")] == [below, at, above]


@pytest.mark.parametrize(
    ("percent", "shown"),
    [("10.0001", "10.0001%"), ("10", "10.00%"), ("50", "50.00%")],
    ids=["界外", "界上", "其余"],
)
def test_the_working_shows_the_ratio_that_decided(percent: str, shown: str) -> None:
    outcome = scored("carry_over_rate", {"carried_over": Decimal(percent), "annual_budget": Decimal(100)})
    assert isinstance(outcome, Computed)
    assert shown in outcome.working
    assert "年末结转结余" in outcome.working


@pytest.mark.parametrize("row", ASKED)
def test_nothing_due_is_full_marks_and_says_so(row: str) -> None:
    numerator, denominator = ASKED[row]
    outcome = scored(row, {numerator: Decimal(0), denominator: Decimal(0)})
    assert isinstance(outcome, Computed)
    assert outcome.score == 2
    assert "不扣分" in outcome.working


@pytest.mark.parametrize("row", ASKED)
def test_something_out_of_nothing_is_a_contradiction(row: str) -> None:
    numerator, denominator = ASKED[row]
    refused = refusal(scored(row, {numerator: Decimal("0.01"), denominator: Decimal(0)}))
    assert [data_id for data_id, _ in refused.wrong] == [numerator]


@pytest.mark.parametrize("row", ASKED)
def test_missing_data(row: str) -> None:
    numerator, denominator = ASKED[row]
    assert set(refusal(scored(row, {})).missing) == {numerator, denominator}
    half = refusal(scored(row, {numerator: Decimal(1)}))
    assert half.missing == (denominator,)
    assert half.started


@given(st.sampled_from(sorted(ASKED)), AMOUNTS, AMOUNTS, ABOVE_ZERO)
def test_a_better_ratio_never_scores_less(row: str, one: Decimal, other: Decimal, below: Decimal) -> None:
    worse, better = sorted((one, other), reverse=row in FALLING)
    assert 0 <= score(row, worse, below) <= score(row, better, below) <= 2
