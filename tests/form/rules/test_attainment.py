"""完成值法: one entered row is scored by how far it reached its own target."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.form.rules.formulas import disagreements
from tests.support import half_up, indicator, points, refusal
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.attainment import Attainment

TEN = Decimal(10)


def rule(**parameters: Any) -> Attainment:
    return Attainment.model_validate({"basis": "财预〔2020〕10号", **parameters})


def score(made: Attainment, row: PerformanceIndicator, weight: Decimal = TEN) -> Decimal:
    return points(made.score(weight, Answers({}, row=row)))


def working(made: Attainment, row: PerformanceIndicator, weight: Decimal = TEN) -> str:
    outcome = made.score(weight, Answers({}, row=row))
    assert isinstance(outcome, Computed)
    return outcome.working


@pytest.mark.parametrize(
    ("direction", "target", "actual", "expected", "words"),
    [
        pytest.param("≥", "50", "50", "10", "50 ≥ 50，完成率 100%，× 10 分，得 10 分", id="正好达到"),
        pytest.param("≥", "50", "49", "9.8", "49 ÷ 50 = 98.00%，× 10 分，得 9.8 分", id="差一个"),
        pytest.param("≥", "3.6", "2.9", "8.06", "2.9 ÷ 3.6 ≈ 80.56%，× 10 分，得 8.06 分", id="循环小数"),
        pytest.param("≤", "90", "90", "10", "90 ≤ 90，完成率 100%，× 10 分，得 10 分", id="成本正好"),
        pytest.param(
            "≤", "90", "99", "9", "1 −（99 − 90）÷ 90 = 90.00%，× 10 分，得 9 分", id="成本超出一成"
        ),
        pytest.param(
            "≤",
            "90",
            "181",
            "0",
            "181 超过目标 90 的两倍，完成率按 0% 计，× 10 分，得 0 分",
            id="成本两倍以上",
        ),
        pytest.param("=", "12", "13", "10", "13 > 12，完成率 100%，× 10 分，得 10 分", id="等于而超过"),
    ],
)
def test_the_weight_times_the_completion(
    direction: str, target: str, actual: str, expected: str, words: str
) -> None:
    row = indicator(direction, target, actual)
    assert score(rule(), row) == Decimal(expected)
    assert working(rule(), row) == words


def test_equal_may_ask_for_exactly_the_target() -> None:
    assert working(rule(equal="exact"), indicator("=", "12", "13")) == (
        "1 −（13 − 12）÷ 12 ≈ 91.67%，× 10 分，得 9.17 分"
    )


def test_half_a_cent_is_shown_as_it_is() -> None:
    """3 × 5 ÷ 600 is 0.025, and no rounded percentage gives that."""
    assert working(rule(), indicator("≥", "600", "5"), Decimal(3)) == (
        "5 ÷ 600 ≈ 0.83%，× 3 分 = 0.025 分，得 0.03 分"
    )


@pytest.mark.parametrize(
    ("percent", "expected"), [("100", "10"), ("85.5", "8.55"), ("0", "0"), ("100.1", "10"), ("-1", "0")]
)
def test_a_text_target_counts_by_the_percentage_chosen(percent: str, expected: str) -> None:
    row = indicator("定性", degree="达成", degree_percent=Decimal(percent))
    assert score(rule(), row) == Decimal(expected)


def test_a_text_target_that_is_reached_may_be_full() -> None:
    full = rule(text_is_full=True)
    reached = indicator("定性", degree="达成")
    assert score(full, reached) == 10
    assert working(full, reached) == "达成，完成率 100%，× 10 分，得 10 分"
    assert score(full, indicator("定性", degree="达成", degree_percent=Decimal(85))) == 10
    assert score(full, indicator("定性", degree="部分达成", degree_percent=Decimal(70))) == 7
    assert refusal(full.score(TEN, Answers({}, row=indicator("定性", degree="部分达成")))).missing == (
        "row.degree_percent",
    )
    assert "达成的为 100%" in full.method()


@pytest.mark.parametrize(
    ("target", "adjusted", "expected"),
    [("10", None, "8"), ("10", "16", "5"), (None, "16", "5"), ("10", "0", "10")],
    ids=["没有调整", "调高", "只填调整值", "调整为0"],
)
def test_an_adjusted_target_comes_first(target: str | None, adjusted: str | None, expected: str) -> None:
    made = rule(target=["adjusted", "target"])
    extra = {} if adjusted is None else {"adjusted": Decimal(adjusted)}
    assert score(made, indicator("≥", target, "8", extra=extra)) == Decimal(expected)


def test_which_target_counts_is_said_in_the_words_of_the_form() -> None:
    made = rule(target=["adjusted", "target"])
    labels = {"row.adjusted": "调整指标值", "row.target": "年初指标值", "row.actual": "完成值"}
    made.bind({path: Input(id="value", label=label, kind=ValueKind.NUMBER) for path, label in labels.items()})
    assert made.method().endswith("目标值取调整指标值、年初指标值中先填写的一个")
    assert made.uses() == ("row.adjusted", "row.target", "row.actual")


@pytest.mark.parametrize(
    ("limit", "actual", "expected"),
    [
        ({"above": 130}, "130", "10"),
        ({"above": 130}, "130.01", "8"),
        ({"at_least": 130}, "129.99", "10"),
        ({"at_least": 130}, "130", "8"),
    ],
)
def test_points_are_taken_far_above_the_target(limit: dict[str, int], actual: str, expected: str) -> None:
    made = rule(take_points={**limit, "points": 2})
    assert score(made, indicator("≥", "100", actual)) == Decimal(expected)
    assert score(made, indicator("=", "100", actual)) == Decimal(expected)
    assert score(rule(equal="exact", take_points={**limit, "points": 2}), indicator("≥", "100", actual)) == (
        Decimal(expected)
    )


def test_the_working_says_why_points_are_taken() -> None:
    made = rule(take_points={"above": 130, "points": 2})
    assert working(made, indicator("≥", "3", "4")) == (
        "4 ≥ 3，完成率 100%，× 10 分；4 ÷ 3 ≈ 133.33% > 130%，扣 2 分，得 8 分"
    )
    assert working(made, indicator("≥", "3", "4"), Decimal(1)) == (
        "4 ≥ 3，完成率 100%，× 1 分；4 ÷ 3 ≈ 133.33% > 130%，扣 2 分，扣完为止，得 0 分"
    )
    assert "13,000.01 ÷ 10,000 = 130.0001% > 130%" in working(made, indicator("≥", "10000", "13000.01"))
    assert "实际完成值 > 目标值的 130% 的，扣 2 分" in made.describe(TEN)


@pytest.mark.parametrize("direction", ["≤", "定性"])
def test_nothing_is_taken_where_more_is_not_better(direction: str) -> None:
    made = rule(take_points={"above": 130, "points": 2})
    row = indicator(direction, "100", "10", degree="达成", degree_percent=Decimal(100))
    assert score(made, row) == 10


def test_nothing_is_taken_without_a_target_above_zero() -> None:
    made = rule(take_points={"above": 130, "points": 2})
    assert score(made, indicator("≥", "0", "5")) == 10
    assert score(made, indicator("≥", "-2", "5")) == 10


@pytest.mark.parametrize(
    ("actual", "due"), [("99.9", True), ("100", False), ("129.99", False), ("130", True), ("200", True)]
)
def test_a_reason_is_due_below_the_target_and_far_above_it(actual: str, due: bool) -> None:
    made, answers = rule(reason_at=130), Answers({}, row=indicator("≥", "100", actual))
    assert made.reason_due(TEN, points(made.score(TEN, answers)), answers) is due


def test_without_the_parameter_a_reason_is_due_for_lost_points_only() -> None:
    answers = Answers({}, row=indicator("≥", "100", "900"))
    assert not rule().reason_due(TEN, TEN, answers)
    assert rule().reason_due(TEN, Decimal("9.99"), answers)
    assert not rule(reason_at=130).reason_due(TEN, TEN, Answers({}, row=indicator("≤", "100", "10")))


@pytest.mark.parametrize(
    ("row", "missing", "started"),
    [
        (PerformanceIndicator(), ("row.direction",), False),
        (indicator("≥"), ("row.target", "row.actual"), False),
        (indicator("≥", "5"), ("row.actual",), False),
        (indicator("≥", None, "5"), ("row.target",), True),
        (indicator("定性"), ("row.degree", "row.degree_percent"), False),
        (indicator("定性", degree="达成"), ("row.degree_percent",), True),
        (indicator("定性", degree="优秀", degree_percent=TEN), ("row.degree",), False),
    ],
)
def test_an_unfinished_row_has_no_score(
    row: PerformanceIndicator, missing: tuple[str, ...], started: bool
) -> None:
    refused = refusal(rule().score(TEN, Answers({}, row=row)))
    assert (refused.missing, refused.started) == (missing, started)
    assert rule().gains(TEN, Answers({}, row=row), Decimal(0)) == ()


def test_a_fixed_row_cannot_be_scored_by_it() -> None:
    assert rule().fits(entered=True)
    assert not rule().fits(entered=False)


def test_what_would_have_won_points_back() -> None:
    made = rule(take_points={"above": 130, "points": 2})
    [short] = made.gains(TEN, Answers({}, row=indicator("≥", "50", "40")), Decimal(8))
    assert short.text == "指标“指标”达到目标值 ≥ 50，可再得 2 分"
    [beyond] = made.gains(TEN, Answers({}, row=indicator("≥", "50", "80")), Decimal(8))
    assert beyond.text == "指标“指标”的实际完成值就是目标值 50，可再得 2 分"
    assert made.gains(TEN, Answers({}, row=indicator("≥", "50", "60")), TEN) == ()
    adjusted = rule(target=["adjusted", "target"])
    row = indicator("≥", "50", "10", extra={"adjusted": Decimal(20)})
    [gain] = adjusted.gains(TEN, Answers({}, row=row), Decimal(5))
    assert gain.text == "指标“指标”达到目标值 ≥ 20，可再得 5 分"


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        ({"reason_at": 100}, "reason_at"),
        ({"reason_at": 131, "take_points": {"above": 130, "points": 2}}, "reason_at"),
        ({"take_points": {"points": 2}}, "take_points"),
        ({"take_points": {"above": 130, "at_least": 130, "points": 2}}, "take_points"),
        ({"take_points": {"at_least": 100, "points": 2}}, "take_points.at_least"),
        ({"take_points": {"above": 99, "points": 2}}, "take_points.above"),
        ({"take_points": {"above": 130, "points": 0}}, "take_points.points"),
        ({"target": ["target", "target"]}, "target"),
    ],
)
def test_parameters_that_contradict_each_other(parameters: dict[str, Any], path: str) -> None:
    assert [mistake.path for mistake in rule(**parameters).mistakes(TEN)] == [path]


def test_parameters_that_agree() -> None:
    sound = {"reason_at": 130, "take_points": {"above": 130, "points": 2}, "target": ["adjusted", "target"]}
    assert rule(**sound).mistakes(TEN) == []
    assert rule(take_points={"above": 100, "points": 1}).mistakes(TEN) == []


@given(
    st.sampled_from("≥≤="),
    st.decimals(-100, 1000, places=2),
    st.decimals(-100, 1000, places=2),
    st.decimals(Decimal("0.5"), 50, places=2),
)
def test_the_score_is_the_weight_times_the_completion(
    direction: str, target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    row = indicator(direction, str(target), str(actual))
    found = rule().completion_of(row)
    assert found is not None
    assert score(rule(), row, weight) == half_up(Fraction(weight) * found.part)


@needs_libreoffice
def test_formula_and_score_agree() -> None:
    hubei = [
        {"name": "达成", "from": 80, "to": 100},
        {"name": "基本达成", "from": 50, "to": 80},
        {"name": "未达成", "from": 0, "to": 50},
    ]
    rules = {
        "所有参数默认": rule(),
        "正好等于": rule(equal="exact", take_points={"above": 130, "points": 2}),
        "调整后目标": rule(target=["adjusted", "target"], take_points={"at_least": 130, "points": "0.5"}),
        "定性即满分": rule(text_is_full=True, degrees=hubei),
    }
    assert disagreements({**rules}, ("10", "0.75")) == []
