"""What is wrong with rows a department enters itself: each case lists everything that is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scoring.projects import examined, form, found, row
from tests.support import GONE, Changes, Found
from zhengti_zip.form.base import Input
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.sections import Roles


def error(code: str, path: str) -> Found:
    return "error", code, path


def warning(code: str, path: str) -> Found:
    return "warning", code, path


def test_a_sound_submission_has_no_problems() -> None:
    assert found() == []
    assert str(examined().evaluation.total) == "100.00"


@pytest.mark.parametrize("part", ["type", "name", "direction", "target", "actual", "weight"])
def test_what_a_measured_row_needs(part: str) -> None:
    assert found({f"indicators.0.{part}": GONE}) == [error("missing", f"indicators.0.{part}")]


@pytest.mark.parametrize("part", ["target_text", "degree", "degree_percent", "weight"])
def test_what_a_row_in_words_needs(part: str) -> None:
    assert found({f"indicators.2.{part}": GONE}) == [error("missing", f"indicators.2.{part}")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"indicators.0.weight": "29.99"}, "“产出指标”2 项的分值合计 49.99 分，应为 50 分，少 0.01 分"),
        ({"indicators.0.weight": "30.01"}, "“产出指标”2 项的分值合计 50.01 分，应为 50 分，多 0.01 分"),
        ({"indicators.2.weight": "7"}, "“效益指标”1 项的分值合计 7 分，应为 30 分，少 23 分"),
    ],
)
def test_the_points_of_a_level_are_shared_out(changes: Changes, words: str) -> None:
    result = examined(changes)
    [problem] = result.problems
    assert (problem.code, problem.path) == ("weights_mismatch", next(iter(changes)))
    assert problem.message == words
    assert result.evaluation.total is None


def test_weights_of_77_never_make_a_total_of_99() -> None:
    lowered = {"indicators.0.weight": "17", "indicators.1.weight": "20", "indicators.2.weight": "20"}
    result = examined(lowered)
    assert sum(row.weight for row in result.evaluation.rows) == 77
    assert result.evaluation.total is None
    assert [problem.code for problem in result.problems] == ["weights_mismatch"] * 2


@pytest.mark.parametrize("weight", ["0", "-5"])
def test_a_row_has_points(weight: str) -> None:
    assert found({"indicators.0.weight": weight}) == [error("weight_not_positive", "indicators.0.weight")]


def test_a_level_with_points_has_rows() -> None:
    assert found({"indicators.3": GONE}) == [error("level_without_rows", "indicators")]


def test_a_form_without_any_row_is_one_problem() -> None:
    [problem] = examined({"indicators": []}).problems
    assert (problem.code, problem.path) == ("missing", "indicators")
    assert "产出指标 50 分，效益指标 30 分，满意度指标 10 分" in problem.remedy


@pytest.mark.parametrize("kind", ["", "产出"])
def test_a_row_of_unknown_type_may_belong_to_any_level(kind: str) -> None:
    [(_, _, path)] = found({"indicators.3.type": kind})
    assert path == "indicators.3.type"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("20", []),
        ("19", [error("no_reason", "indicators.0.reason")]),
        ("25.99", []),
        ("26", [error("no_reason", "indicators.0.reason")]),
    ],
)
def test_when_a_reason_is_due(actual: str, expected: list[Found]) -> None:
    assert found({"indicators.0.actual": actual}) == expected
    reason = {"indicators.0.actual": actual, "indicators.0.reason": "年中调整了改造计划。"}
    assert found(reason) == []


def test_a_reason_that_points_elsewhere() -> None:
    changes = {"indicators.0.actual": "19", "indicators.0.reason": "见附件"}
    assert found(changes) == [warning("says_nothing", "indicators.0.reason")]


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("30", []),
        ("30.001", [error("score_out_of_range", "indicators.0.score")]),
        ("-1", [error("score_out_of_range", "indicators.0.score")]),
        ("28", [warning("score_differs", "indicators.0.score")]),
        ("28.005", [warning("score_rounded", "indicators.0.score")]),
        ("满分", [error("not_a_number", "indicators.0.score")]),
    ],
)
def test_a_score_by_hand(score: str, expected: list[Found]) -> None:
    assert found({"indicators.0.score": score, "indicators.0.reason": "质量有瑕疵。"}) == expected


def test_nothing_follows_from_a_row_with_an_error() -> None:
    assert found({"indicators.0.weight": "0", "indicators.0.actual": "1", "indicators.0.score": "50"}) == [
        error("weight_not_positive", "indicators.0.weight")
    ]
    assert found({"indicators.2.degree_percent": "70"}) == [
        error("percent_out_of_range", "indicators.2.degree_percent")
    ]


def test_the_same_indicator_twice_within_a_level() -> None:
    changes = {"indicators.0.weight": "15", "indicators.4": row("产出指标-数量指标", "改造小区", "15")}
    assert found(changes) == [warning("same_indicator_twice", "indicators.4.name")]


def test_the_same_indicator_under_two_levels() -> None:
    changes = {"indicators.2.weight": "15", "indicators.4": row("效益指标-经济效益指标", "改造小区", "15")}
    [problem] = examined(changes).problems
    assert problem.code == "indicator_in_two_groups"
    assert problem.message == "“改造小区”既是产出指标（第 1 项），又是效益指标（第 5 项）"


def test_a_cost_that_is_better_the_higher_it_is() -> None:
    cost = row("产出指标-成本指标", "户均改造成本", "15", unit="万元")
    changes = {"indicators.0.weight": "15", "indicators.4": cost}
    assert found(changes) == [warning("cost_at_least", "indicators.4.direction")]


LITTLE: dict[str, Any] = {"funds.total.spent": "945.5", "funds.fiscal.spent": "785.5"}


def test_full_outputs_beside_little_spending_are_told_once() -> None:
    assert found(LITTLE) == [warning("full_outputs_low_execution", "indicators.0.score")]
    assert found({**LITTLE, "indicators.0.actual": "19", "indicators.0.reason": "雨季停工。"}) == []


@pytest.mark.parametrize(("above", "count"), [(24, 1), (25, 0)])
def test_indicators_far_over_execution(above: int, count: int) -> None:
    """Full marks on 90 points, 7.5 of 10 for spending: 25 percentage points apart."""
    definition = form(
        checks=Checks.model_validate({"indicators_over_execution": {"row": "execution_rate", "above": above}})
    )
    spent = {"funds.total.budget": "1260", "funds.fiscal.budget": "1100", "funds.total.spent": "945"}
    changes = {**spent, "funds.fiscal.spent": "785"}
    expected = [warning("indicators_over_execution", "funds.total.spent")] * count
    assert found(changes, definition) == expected


@pytest.mark.parametrize(("spent", "count"), [("1008.4", 0), ("1008.39", 1)])
def test_much_of_the_money_unspent(spent: str, count: int) -> None:
    """80 % of 1,260.50 are 1,008.40."""
    amounts = {"spent": "funds.total.spent", "budget": "funds.total.budget", "above": 20}
    definition = form(checks=Checks.model_validate({"unspent": amounts}))
    fiscal = str(float(spent) - 160)[:7]
    changes = {"funds.total.spent": spent, "funds.fiscal.spent": fiscal}
    assert found(changes, definition) == [warning("unspent", "funds.total.spent")] * count


def test_one_text_for_all_reasons() -> None:
    columns = tuple(column for column in (form().own or pytest.fail()).columns if column.id != "reason")
    definition = form(
        roles=Roles(year="year", department="unit", name="project", reason="why"),
        fields=(*form().fields, Input(id="why", label="未完成原因", required=False)),
        own=form().own.model_copy(update={"columns": columns}),  # type: ignore[union-attr]
    )
    definition = type(definition).model_validate(
        {**{name: getattr(definition, name) for name in type(definition).model_fields}}
    )
    changes = {"indicators.0.actual": "19", "indicators.3.actual": "80"}
    assert found({}, definition) == []
    [problem] = examined(changes, definition).problems
    assert (problem.code, problem.path) == ("no_reason", "fields.why")
    assert problem.message == "“改造小区”、“居民满意度”没有得满分，但没有填写“未完成原因”"
    assert found({**changes, "fields.why": "改造延期。"}, definition) == []
