"""完成率法: weighted mean completion of the 绩效指标 of some groups, times the weight (财预〔2020〕10号)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import half_up, indicator, points, refusal
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.completion import DIRECTIONS, Completion, completion_of

RULE = Completion(groups=("产出",), basis="财预〔2020〕10号")
WEIGHT = Decimal(20)
TARGETS = st.decimals(Decimal("0.01"), 10**6, places=2)
ACTUALS = st.decimals(0, 10**7, places=2)
NUMERIC = st.sampled_from(("≥", "≤", "="))


def score(*rows: PerformanceIndicator) -> Decimal:
    return points(RULE.score(WEIGHT, Answers({}, rows)))


def qualitative(degree: str | None, percent: str | None, weight: str | None = None) -> PerformanceIndicator:
    return indicator(
        "定性",
        target_text="群众满意",
        degree=degree,
        degree_percent=None if percent is None else Decimal(percent),
        weight=None if weight is None else Decimal(weight),
    )


def reached(target: str, actual: str, weight: str | None = None) -> PerformanceIndicator:
    return indicator("≥", target, actual, weight=None if weight is None else Decimal(weight))


@pytest.mark.parametrize(
    ("direction", "target", "actual", "expected"),
    [
        pytest.param("≥", "100", "100", "20", id="正向-正好达到"),
        pytest.param("≥", "100", "99.99", "20.00", id="正向-差一点四舍五入"),
        pytest.param("≥", "100", "99.97", "19.99", id="正向-差一点"),
        pytest.param("≥", "100", "50", "10", id="正向-一半"),
        pytest.param("≥", "100", "0", "0", id="正向-没有完成"),
        pytest.param("≥", "100", "-5", "0", id="正向-负值不倒扣"),
        pytest.param("≥", "100", "130", "20", id="正向-超过不加分"),
        pytest.param("≥", "0", "0", "20", id="正向-目标为0"),
        pytest.param("≥", "0", "-1", "0", id="正向-目标为0未达到"),
        pytest.param("≤", "100", "100", "20", id="反向-正好达到"),
        pytest.param("≤", "100", "80", "20", id="反向-低于目标"),
        pytest.param("≤", "100", "0", "20", id="反向-为0"),
        pytest.param("≤", "100", "150", "10", id="反向-超过一半"),
        pytest.param("≤", "100", "199", "0.2", id="反向-接近两倍"),
        pytest.param("≤", "100", "200", "0", id="反向-两倍"),
        pytest.param("≤", "100", "300", "0", id="反向-三倍不倒扣"),
        pytest.param("≤", "0", "0", "20", id="反向-目标为0达到"),
        pytest.param("≤", "0", "1", "0", id="反向-目标为0未达到"),
        pytest.param("=", "100", "100", "20", id="等于-相等"),
        pytest.param("=", "100", "50", "10", id="等于-不足按正向"),
        pytest.param("=", "100", "120", "20", id="等于-超过按正向"),
    ],
)
def test_one_indicator(direction: str, target: str, actual: str, expected: str) -> None:
    assert score(indicator(direction, target, actual)) == Decimal(expected)


@pytest.mark.parametrize(
    ("degree", "percent", "expected"),
    [
        ("达成", "100", "20"),
        ("达成", "80", "16"),
        ("部分达成", "79.99", "16.00"),
        ("部分达成", "60", "12"),
        ("未达成", "59.5", "11.9"),
        ("未达成", "0", "0"),
    ],
)
def test_a_qualitative_indicator_counts_what_was_chosen(degree: str, percent: str, expected: str) -> None:
    assert score(qualitative(degree, percent)) == Decimal(expected)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        pytest.param((None, None), "10", id="不填权重各占一半"),
        pytest.param(("1", "1"), "10", id="权重相等"),
        pytest.param(("50", "50"), "10", id="权重相等的百分数"),
        pytest.param(("3", "1"), "15", id="三比一"),
        pytest.param(("1", "0"), "20", id="权重为0的不计"),
        pytest.param(("70", "30"), "14", id="七比三"),
        pytest.param(("1", "2"), "6.67", id="一比二"),
    ],
)
def test_weights_of_a_reached_and_a_missed_indicator(
    weights: tuple[str | None, str | None], expected: str
) -> None:
    assert score(reached("1", "1", weights[0]), reached("1", "0", weights[1])) == Decimal(expected)


@pytest.mark.parametrize(
    "weights", [("1", None), (None, "1"), ("0", "0")], ids=["只填第一项", "只填第二项", "合计为0"]
)
def test_weights_that_are_no_weights(weights: tuple[str | None, str | None]) -> None:
    rows = [reached("1", "1", weights[0]), reached("1", "0", weights[1])]
    refused = refusal(RULE.score(WEIGHT, Answers({}, rows)))
    assert [data_id for data_id, _ in refused.wrong] == ["indicators"]
    assert refused.started


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (("60", None), "产出指标的权重应全部填写或全部留空，“指标”没有填写权重"),
        ((None, "40"), "产出指标的权重应全部填写或全部留空，“指标”没有填写权重"),
        (("0", "0"), "产出指标的权重合计应大于 0"),
    ],
)
def test_the_indicators_without_a_weight_are_named(
    weights: tuple[str | None, str | None], words: str
) -> None:
    rows = [reached("1", "1", weights[0]), reached("1", "0", weights[1])]
    assert refusal(RULE.score(WEIGHT, Answers({}, rows))).wrong == (("indicators", words),)


def test_only_the_groups_of_the_rule_count() -> None:
    other = indicator("≥", "1", "0").model_copy(update={"type": "效益-社会", "group": "效益"})
    assert score(reached("1", "1"), other) == 20
    both = Completion(groups=("产出", "效益"), basis="财预〔2020〕10号")
    assert points(both.score(WEIGHT, Answers({}, [reached("1", "1"), other]))) == 10


def test_nothing_entered_for_the_group() -> None:
    other = indicator("≥", "1", "1").model_copy(update={"group": "效益"})
    for rows in ((), (other,)):
        refused = refusal(RULE.score(WEIGHT, Answers({}, rows)))
        assert refused.missing == ("indicators",)
        assert not refused.started


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(indicator("≥", "1", None), id="没有实际值"),
        pytest.param(indicator("≥", None, "1"), id="没有目标值"),
        pytest.param(indicator("", "1", "1"), id="没有方向"),
        pytest.param(qualitative(None, "90"), id="没有达成程度"),
        pytest.param(qualitative("达成", None), id="没有完成率"),
    ],
)
def test_an_unfinished_row_leaves_all_unscored(row: PerformanceIndicator) -> None:
    assert completion_of(row) is None
    refused = refusal(RULE.score(WEIGHT, Answers({}, [reached("1", "1"), row])))
    assert refused.missing == ("indicators",)
    assert refused.started


def test_the_working_names_how_many_rows_and_their_mean() -> None:
    outcome = RULE.score(WEIGHT, Answers({}, [reached("100", "80"), qualitative("达成", "90")]))
    assert isinstance(outcome, Computed)
    assert outcome.working == "产出指标 2 项，权重相等，平均完成率 = 85.00%，× 20 分，得 17 分"
    assert [(used.value, used.note) for used in outcome.used] == [
        ("80", "目标 ≥ 100；80 ÷ 100 = 80.00%"),
        ("达成", "定性完成率 90%"),
    ]


def test_a_negative_value_is_shown_with_its_sign() -> None:
    outcome = RULE.score(WEIGHT, Answers({}, [indicator("≤", "0", "-0.5")]))
    assert isinstance(outcome, Computed)
    assert (outcome.used[0].value, outcome.used[0].note) == ("-0.5", "目标 ≤ 0；-0.5 ≤ 0，完成率 100%")


def test_exactly_half_a_cent_is_rounded_up_whatever_quotients_went_into_it() -> None:
    rows = [reached("120", "73")] * 6 + [reached("1", "0")] * 2
    assert half_up(Fraction(20) * 6 * Fraction(73, 120) / 8) == Decimal("9.13")
    assert score(*rows) == Decimal("9.13")


ROWS = st.builds(
    lambda direction, target, actual: indicator(direction, str(target), str(actual)),
    NUMERIC,
    TARGETS,
    ACTUALS,
)


@given(st.lists(ROWS, min_size=1, max_size=6), st.data())
def test_within_the_weight_and_near_the_exact_mean(
    rows: list[PerformanceIndicator], data: st.DataObject
) -> None:
    weights = data.draw(
        st.none() | st.lists(st.integers(1, 100), min_size=len(rows), max_size=len(rows)), label="weights"
    )
    if weights:
        rows = [row.model_copy(update={"weight": Decimal(w)}) for row, w in zip(rows, weights, strict=True)]
    parts = [exact_completion(row) for row in rows]
    shares = weights or [1] * len(rows)
    mean = sum(share * part for share, part in zip(shares, parts, strict=True)) / sum(shares)
    got = score(*rows)
    assert 0 <= got <= WEIGHT
    assert abs(Fraction(got) - 20 * mean) <= Fraction(1, 200) + Fraction(1, 10**20)


def exact_completion(row: PerformanceIndicator) -> Fraction:
    """The rule's words in exact fractions."""
    target, actual = Fraction(row.target or 0), Fraction(row.actual or 0)
    if row.direction == "≤":
        return Fraction(1) if actual <= target else max(1 - (actual - target) / target, Fraction(0))
    return Fraction(1) if actual >= target else actual / target


@given(NUMERIC, TARGETS, ACTUALS, ACTUALS)
def test_a_better_value_never_scores_less(
    direction: str, target: Decimal, one: Decimal, other: Decimal
) -> None:
    worse, better = sorted((one, other), reverse=direction == "≤")
    rows = [indicator(direction, str(target), str(actual)) for actual in (worse, better)]
    assert score(rows[0]) <= score(rows[1])


@given(st.sampled_from(DIRECTIONS), st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_completion_lies_between_nothing_and_all(direction: str, target: Decimal, actual: Decimal) -> None:
    row = indicator(direction, str(target), str(actual), degree="达成", degree_percent=actual)
    done = completion_of(row)
    assert done is not None
    assert 0 <= done <= 1
