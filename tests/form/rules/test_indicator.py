"""The completion of one performance indicator, as a number and in the words an auditor can follow."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import indicator, points
from zhengti_zip.form.rules import Answers
from zhengti_zip.form.rules.completion import Completion
from zhengti_zip.form.rules.indicator import EqualMeans, completed

REACHED, EXACT = EqualMeans.REACHED, EqualMeans.EXACT
VALUES = st.decimals(-1000, 1000, places=2)


@pytest.mark.parametrize(
    ("direction", "target", "actual", "part", "how"),
    [
        pytest.param("≥", "320", "326.5", "1", "326.5 ≥ 320，完成率 100%", id="正向-超过"),
        pytest.param("≥", "320", "320", "1", "320 ≥ 320，完成率 100%", id="正向-达到"),
        pytest.param("≥", "3.6", "2.9", "29/36", "2.9 ÷ 3.6 ≈ 80.56%", id="正向-不足"),
        pytest.param("≥", "6000", "4500", "3/4", "4,500 ÷ 6,000 = 75.00%", id="正向-四分之三"),
        pytest.param("≥", "10", "-1", "0", "-1 < 0，完成率按 0% 计", id="正向-负数"),
        pytest.param(
            "≥", "0", "-1", "0", "-1 < 0，目标值不大于 0 无法按比例计算，完成率按 0% 计", id="正向-目标为0"
        ),
        pytest.param("≥", "0", "0", "1", "0 ≥ 0，完成率 100%", id="正向-目标为0而达到"),
        pytest.param("≤", "3", "2.6", "1", "2.6 ≤ 3，完成率 100%", id="反向-低于"),
        pytest.param("≤", "12", "12.6", "19/20", "1 −（12.6 − 12）÷ 12 = 95.00%", id="反向-超过"),
        pytest.param("≤", "12", "24", "0", "1 −（24 − 12）÷ 12 = 0.00%", id="反向-两倍"),
        pytest.param("≤", "12", "24.1", "0", "24.1 超过目标 12 的两倍，完成率按 0% 计", id="反向-两倍以上"),
        pytest.param(
            "≤", "0", "1", "0", "1 > 0，目标值不大于 0 无法按比例计算，完成率按 0% 计", id="反向-目标为0"
        ),
        pytest.param("=", "12", "12", "1", "12 = 12，完成率 100%", id="等于-相等"),
        pytest.param("=", "12", "13", "1", "13 > 12，完成率 100%", id="等于-超过"),
        pytest.param("=", "12", "9", "3/4", "9 ÷ 12 = 75.00%", id="等于-不足"),
    ],
)
def test_how_a_measured_indicator_was_completed(
    direction: str, target: str, actual: str, part: str, how: str
) -> None:
    found = completed(indicator(direction, target, actual))
    assert found is not None
    assert (found.part, found.how) == (Fraction(part), how)


@pytest.mark.parametrize(
    ("percent", "part", "how"),
    [
        ("95", "19/20", "定性完成率 95%"),
        ("0", "0", "定性完成率 0%"),
        ("100", "1", "定性完成率 100%"),
        ("100.1", "1", "定性完成率 100.1%，按 100% 计"),
        ("-3", "0", "定性完成率 -3%，按 0% 计"),
    ],
)
def test_how_a_qualitative_indicator_was_completed(percent: str, part: str, how: str) -> None:
    found = completed(indicator("定性", degree="达成", degree_percent=Decimal(percent)))
    assert found is not None
    assert (found.part, found.how) == (Fraction(part), how)


@pytest.mark.parametrize(
    ("actual", "reached", "exact", "how"),
    [
        ("12", "20", "20", "12 = 12，完成率 100%"),
        ("12.01", "20", "19.98", "1 −（12.01 − 12）÷ 12 ≈ 99.92%"),
        ("11.99", "19.98", "19.98", "1 −（12 − 11.99）÷ 12 ≈ 99.92%"),
        ("13", "20", "18.33", "1 −（13 − 12）÷ 12 ≈ 91.67%"),
        ("9", "15", "15", "1 −（12 − 9）÷ 12 = 75.00%"),
        ("24", "20", "0", "1 −（24 − 12）÷ 12 = 0.00%"),
        ("24.01", "20", "0", "24.01 与目标 12 相差超过一倍，完成率按 0% 计"),
        ("-1", "0", "0", "-1 与目标 12 相差超过一倍，完成率按 0% 计"),
    ],
)
def test_equal_asks_for_what_the_form_says(actual: str, reached: str, exact: str, how: str) -> None:
    row = indicator("=", "12", actual)
    scores = [
        points(
            Completion(groups=("产出",), equal=equal, basis="默认口径").score(Decimal(20), Answers({}, [row]))
        )
        for equal in (REACHED, EXACT)
    ]
    assert scores == [Decimal(reached), Decimal(exact)]
    found = completed(row, EXACT)
    assert found is not None
    assert found.how == how


@pytest.mark.parametrize(
    ("target", "actual", "part"), [("0", "0", 1), ("0", "1", 0), ("-2", "-2", 1), ("-2", "0", 0)]
)
def test_equal_to_a_target_of_nothing_or_less(target: str, actual: str, part: int) -> None:
    found = completed(indicator("=", target, actual), EXACT)
    assert found is not None
    assert found.part == part


@given(st.sampled_from("≥≤"), VALUES, VALUES)
def test_the_parameter_changes_no_other_direction(direction: str, target: Decimal, actual: Decimal) -> None:
    row = indicator(direction, str(target), str(actual))
    assert completed(row, REACHED) == completed(row, EXACT)


@given(VALUES, VALUES)
def test_exactly_never_earns_more_than_reached(target: Decimal, actual: Decimal) -> None:
    row = indicator("=", str(target), str(actual))
    exact, reached = completed(row, EXACT), completed(row, REACHED)
    assert exact is not None
    assert reached is not None
    assert 0 <= exact.part <= reached.part <= 1


def test_the_gain_of_an_exceeded_exact_target_is_named() -> None:
    rule = Completion(groups=("产出",), equal=EXACT, basis="默认口径")
    answers = Answers({}, [indicator("=", "12", "13")])
    [gain] = rule.gains(Decimal(20), answers, Decimal("18.33"))
    assert gain.text == "指标“指标”达到目标值 = 12，可再得 1.67 分"
    assert Completion(groups=("产出",), basis="默认口径").gains(Decimal(20), answers, Decimal(20)) == ()
