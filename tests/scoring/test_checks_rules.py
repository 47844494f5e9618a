"""What cannot be right although each value can: both sides of every rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support import GONE, Changes, Found, changed, form, found, source
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.jsonform import from_data


def codes(changes: Changes) -> list[str]:
    """The codes of what is wrong with the sound submission after some changes."""
    return [code for _, code, _ in found(changes)]


def warning(code: str, path: str) -> Found:
    return "warning", code, path


ALL_SPENT = {"data.spent": "1297.59", "data.adjusted_budget": "1297.59", "data.carried_over": "0"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"data.spent": "1297.59"}, [], id="全部支出"),
        pytest.param({"data.spent": "1297.60"}, [warning("spent_over_budget", "data.spent")], id="多一分"),
        pytest.param(
            {"data.spent": "1200", "data.carried_over": "97.59", "scores.spending_rate.score": GONE},
            [],
            id="结转等于预算减支出",
        ),
        pytest.param(
            {"data.spent": "1200", "data.carried_over": "97.60", "scores.spending_rate.score": GONE},
            [warning("carry_over_differs", "data.carried_over")],
            id="结转多一分",
        ),
        pytest.param({"data.annual_budget": "1297.59"}, [], id="两处预算相同"),
        pytest.param(
            {"data.annual_budget": "1297.58"},
            [warning("annual_budget_differs", "data.annual_budget")],
            id="两处预算差一分",
        ),
    ],
)
def test_spending_carry_over_and_budget(changes: Changes, expected: list[Found]) -> None:
    why = {"scores.spending_rate.reason": "项目推迟。", "scores.spending_rate.improvement": "提前招标。"}
    enough = {"data.annual_budget": "1297.59"}
    given = {**ALL_SPENT, **enough, **changes, **why}
    if given["data.spent"] == "1297.60":
        given.pop("data.carried_over")
        given.pop("data.annual_budget")
    assert found(given) == expected


@pytest.mark.parametrize(("in_use", "expected"), [("100", []), ("100.01", ["in_use_over_owned"])])
def test_more_assets_in_use_than_owned(in_use: str, expected: list[str]) -> None:
    assert codes({"data.fixed_assets": "100", "data.assets_in_use": in_use}) == expected


def test_more_published_than_due() -> None:
    due = {"data.intents_due": 9, "data.intents_published": 10, "data.intents_in_time": 9}
    assert found(due) == [warning("data_contradiction", "data.intents_published")]


@pytest.mark.parametrize(
    ("scope", "count", "expected"),
    [("本级", 1, []), ("本级", 2, ["scope_with_units"]), ("汇总", 2, []), ("汇总", 1, [])],
)
def test_a_department_alone_has_one_unit(scope: str, count: int, expected: list[str]) -> None:
    data = {"fields.scope": scope, "fields.unit_count": count}
    assert [code for code in codes(data) if code != "unit_count_mismatch"] == expected


BUDGET = {"total": "12975900", "basic": "11551200", "project": "1424700"}


def in_budget(**amounts: str) -> dict[str, str]:
    return {f"budget.{column}": amount for column, amount in amounts.items()}


def test_a_whole_budget_in_yuan_is_one_problem() -> None:
    assert found(in_budget(**BUDGET)) == [warning("maybe_yuan", "budget.total")]
    [problem] = examine(source(in_budget(**BUDGET))).problems
    assert "改填 1,297.59" in problem.remedy
    assert "这 3 个金额" in problem.remedy


def test_a_small_budget_in_yuan_is_known_by_the_same_amount_elsewhere() -> None:
    small = {**in_budget(total="975900", basic="551200", project="424700"), "data.carried_over": "0"}
    assert codes({**small, "data.annual_budget": "975900"}) == []
    assert codes({**small, "data.annual_budget": "97.59"}) == ["maybe_yuan"]
    assert codes({**small, "data.annual_budget": "97.58"}) == ["annual_budget_differs"]


def test_units_in_yuan_under_a_budget_in_wan_yuan_are_one_error() -> None:
    units = [
        unit("局机关", total="10000000", basic="8575300", project="1424700"),
        unit("一小", total="2975900", basic="2975900"),
    ]
    data = {"fields.scope": "汇总", "fields.unit_count": 2, "units": units}
    assert found(data) == [("error", "maybe_yuan", "units.0.total")]


@pytest.mark.parametrize("column", ["total", "basic"])
def test_one_amount_in_yuan_breaks_a_sum_and_is_one_error(column: str) -> None:
    assert found(in_budget(**{column: BUDGET[column]})) == [("error", "maybe_yuan", f"budget.{column}")]


@pytest.mark.parametrize(("amount", "expected"), [("2000000", []), ("2000000.01", ["maybe_yuan"])])
def test_an_amount_too_large_for_a_district(amount: str, expected: list[str]) -> None:
    assert codes(in_budget(total=amount, basic=amount, project="0")) == expected


def unit(name: str, **amounts: str) -> dict[str, Any]:
    zeros = {column.id: "0" for column in form().budget.columns}
    return {"name": name, "amounts": {**zeros, **amounts}}


OFFICE = unit("局机关", total="1000", basic="1000")
SCHOOL = unit("一小", total="297.59", basic="155.12", project="142.47")


def of_units(*units: dict[str, Any], count: int = 2) -> list[Found]:
    return found({"fields.scope": "汇总", "fields.unit_count": count, "units": list(units)})


def test_a_unit_that_does_not_add_up_is_named_and_not_the_department() -> None:
    wrong = {**SCHOOL, "amounts": {**SCHOOL["amounts"], "project": "142.74"}}
    assert of_units(OFFICE, wrong) == [("error", "sum_mismatch", "units.1.project")]


def test_units_that_add_up_but_not_to_the_department_are_one_problem() -> None:
    less = unit("一小", total="297.58", basic="155.11", project="142.47")
    assert of_units(OFFICE, less) == [("error", "units_sum_mismatch", "budget.total")]


def test_a_wrong_amount_of_the_department_is_found_by_its_units() -> None:
    data = {"fields.scope": "汇总", "fields.unit_count": 2, "units": [OFFICE, SCHOOL]}
    assert found({**data, "budget.basic": "1155.21"}) == [("error", "sum_mismatch", "budget.basic")]


def test_a_unit_entered_twice() -> None:
    twice = ("error", "same_unit_twice", "units.2.name")
    assert of_units(OFFICE, SCHOOL, {**SCHOOL, "name": " 一小 "}) == [twice]
    assert of_units(OFFICE, SCHOOL, unit("二小"), count=3) == []
    assert of_units(OFFICE, SCHOOL, unit("一小"), count=3) == [warning("same_unit_twice", "units.2.name")]


GOAL = {"goal": "建成公园三个。", "completion": "建成三个。"}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("建成公园四个。", []),
        ("建成公园三个。", [warning("same_goal_twice", "goals.1.goal")]),
        ("建成公园 三个", [warning("same_goal_twice", "goals.1.goal")]),
    ],
)
def test_the_same_goal_twice(second: str, expected: list[Found]) -> None:
    assert found({"goals": [GOAL, {**GOAL, "goal": second}]}) == expected


@pytest.mark.parametrize(
    ("completion", "asked"),
    [
        ("已完成。", False),
        ("未完成。", True),
        ("三个中有一个未能按期完成。", True),
        ("部分完成。", True),
        ("尚未达到预期。", True),
        ("全部完成，无未完成事项。", False),
        ("未完成率为0。", False),
        ("未发生安全事故，全部完成。", False),
        ("办结率100%，没有未达标的。", False),
    ],
)
def test_a_goal_left_undone_needs_its_reason(completion: str, asked: bool) -> None:
    expected = [warning("goal_without_reason", "goals.0.reason")] if asked else []
    goal = {"goal": "甲", "completion": completion}
    assert found({"goals": [goal]}) == found({"goals": [{**goal, "reason": "无"}]}) == expected
    assert found({"goals": [{**goal, "reason": "管线迁改推迟。"}]}) == []


LOST = {"scores.spending_rate.score": "9", "scores.spending_rate.improvement": "细化预算。"}


@pytest.mark.parametrize(
    ("reason", "severity", "code"),
    [
        ("无", "error", "no_reason"),
        ("暂无。", "error", "no_reason"),
        ("/", "error", "no_reason"),
        ("N/A", "error", "no_reason"),
        ("同上", "warning", "says_nothing"),
        ("详见附件1", "warning", "says_nothing"),
        ("（见附件）", "warning", "says_nothing"),
    ],
)
def test_a_reason_that_says_nothing(reason: str, severity: str, code: str) -> None:
    path = "scores.spending_rate.reason"
    assert found({**LOST, path: reason}) == [(severity, code, path)]


@pytest.mark.parametrize("reason", ["无预算单位", "见附件所列三个项目因疫情推迟", "项目推迟", "没有按时招标"])
def test_a_short_reason_is_a_reason(reason: str) -> None:
    assert found({**LOST, "scores.spending_rate.reason": reason}) == []


OUTPUT = {"type": "产出-数量", "name": "培训班", "direction": "≥", "target": "9", "actual": "9", "unit": "期"}


def of(*rows: dict[str, Any]) -> list[Found]:
    return found({"indicators": list(rows)})


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param({"name": "讲座"}, [], id="另一指标"),
        pytest.param({"actual": "10"}, ["same_indicator_twice"], id="同名同类"),
        pytest.param({"type": "产出-质量"}, ["same_indicator_twice"], id="同名同目标"),
        pytest.param({"type": "产出-质量", "target": "8"}, [], id="同名另一类另一目标"),
        pytest.param({"type": "效益-社会"}, ["indicator_in_two_groups"], id="产出又作效益"),
        pytest.param({"name": "培训 班"}, ["same_indicator_twice"], id="空格不算"),
    ],
)
def test_the_same_indicator_twice(other: dict[str, str], expected: list[str]) -> None:
    assert of(OUTPUT, {**OUTPUT, **other}) == [warning(code, "indicators.1.name") for code in expected]


@pytest.mark.parametrize(
    ("kind", "direction", "expected"),
    [
        ("产出-成本", "≥", [warning("cost_at_least", "indicators.0.direction")]),
        ("产出-成本", "≤", []),
        ("产出-成本", "=", []),
        ("产出-数量", "≥", []),
    ],
)
def test_a_cost_that_is_better_the_higher_it_is(kind: str, direction: str, expected: list[Found]) -> None:
    assert of({**OUTPUT, "type": kind, "direction": direction}) == expected


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("资金支付进度", True),
        ("预算执行率", True),
        ("年度支出率", True),
        ("财政资金支出率", True),
        ("工程进度", False),
        ("补贴资金发放及时率", False),
        ("案件执行率", False),
        ("政策执行率", False),
    ],
)
def test_the_rate_of_spending_is_no_output(name: str, asked: bool) -> None:
    expected = [warning("payment_as_output", "indicators.0.name")] if asked else []
    assert of({**OUTPUT, "name": name}) == expected


def test_satisfaction_says_how_it_was_found_out() -> None:
    data: dict[str, Any] = {"indicators": [{**OUTPUT, "type": "满意度", "name": "群众满意度", "unit": "%"}]}
    path = "scores.benefit_indicators.evidence"
    assert found(data) == []
    assert found({**data, path: ""}) == [warning("satisfaction_without_evidence", path)]
    told = {"goals.0.completion": "发放问卷300份，满意度95%。"}
    assert found({**data, path: "", **told}) == []
    assert found({"indicators": [OUTPUT], path: ""}) == []


@pytest.mark.parametrize(("score", "expected"), [("8", []), ("7.99", ["full_outputs_low_execution"])])
def test_outputs_are_full_while_little_was_spent(score: str, expected: list[str]) -> None:
    assert (
        codes({**LOST, "scores.spending_rate.score": score, "scores.spending_rate.reason": "推迟"})
        == expected
    )


def test_outputs_that_fell_short_too_are_believed() -> None:
    why = {"reason": "推迟。", "improvement": "赶工。"}
    low = {"scores.spending_rate": {"score": "5", **why}, "scores.output_indicators": {"score": "19", **why}}
    assert codes(low) == []


def test_all_rows_at_full_marks_and_nothing_behind_them() -> None:
    bare = {f"scores.{context.row.id}.evidence": GONE for context in form().rows}
    first = f"scores.{form().rows[0].row.id}.score"
    assert found(bare) == [warning("all_full_marks", first)]
    assert found(dict(list(bare.items())[:14])) == [warning("all_full_marks", first)]
    assert found(dict(list(bare.items())[:13])) == []
    lost = {"scores.three_public_control": {"score": "1", "reason": "超支。", "improvement": "压减。"}}
    kept = {path: value for path, value in bare.items() if "three_public" not in path}
    assert found({**kept, **lost}) == []


def test_the_scope_behind_the_name_is_taken_off_and_said() -> None:
    read = source({"fields.department": "海珠区民政局 （本级）"})
    assert read.submission.fields["department"] == "海珠区民政局"
    assert found({"fields.department": "海珠区民政局(汇总)"}) == [
        ("notice", "scope_in_name", "fields.department")
    ]
    assert found({"fields.department": "海珠区民政局（机关）"}) == []


@pytest.mark.parametrize(
    ("goals", "kept"),
    [
        (["1.甲", "2.乙"], ["甲", "乙"]),
        (["1、甲", "2、乙"], ["甲", "乙"]),
        (["（1）甲", "（2）乙"], ["甲", "乙"]),
        (["一、甲", "二、乙"], ["甲", "乙"]),
        (["①甲", "②乙"], ["甲", "乙"]),
        (["1.甲", "3.乙"], ["1.甲", "3.乙"]),
        (["1.甲", "乙"], ["1.甲", "乙"]),
        (["1.5万人受益"], ["1.5万人受益"]),
        (["2022年完成甲"], ["2022年完成甲"]),
        (["1.甲\n2.乙"], ["1.甲\n2.乙"]),
    ],
)
def test_numbers_before_goals_are_taken_off(goals: list[str], kept: list[str]) -> None:
    rows = [{"goal": goal, "completion": "已完成。"} for goal in goals]
    read = source({"goals": rows})
    assert [goal.goal for goal in read.submission.goals] == kept
    said = [("notice", "number_in_goal", "goals.0.goal")] if kept != goals else []
    assert found({"goals": rows}) == said


def switched(**checks: Any) -> FormDefinition:
    """The form with some checks set otherwise."""
    given = {**form().checks.model_dump(), **checks}
    return form().model_copy(update={"checks": Checks.model_validate(given)})


@pytest.mark.parametrize("severity", ["error", "warning", "notice"])
def test_a_form_says_how_bad_it_is(severity: str) -> None:
    data = changed({"goals": [GOAL, GOAL]})
    [problem] = examine(from_data(data, switched(same_goal_twice=severity))).problems
    assert (problem.severity.value, problem.code) == (severity, "same_goal_twice")


@pytest.mark.parametrize("off", ["off", False, {"severity": "off"}, {"severity": False}])
def test_a_check_switched_off_says_nothing(off: Any) -> None:
    data = changed({"goals": [GOAL, GOAL]})
    assert examine(from_data(data, switched(same_goal_twice=off))).problems == []


def test_every_check_can_be_switched_off() -> None:
    everything_off = switched(**dict.fromkeys(Checks.model_fields, "off"))
    data = changed(
        {
            **in_budget(**BUDGET),
            "fields.department": "海珠区民政局（本级）",
            "fields.unit_count": 1,
            "goals": [{**GOAL, "goal": "1.甲", "completion": "未完成"}],
            "indicators": [
                {**OUTPUT, "type": "产出-成本", "actual": "90", "name": "资金支付进度"},
                {**OUTPUT, "type": "效益-社会", "actual": "90", "name": "资金支付进度"},
            ],
            "data.fixed_assets": "1",
            "data.assets_in_use": "2",
        }
    )
    assert len(examine(from_data(data, form())).problems) >= 9
    left = examine(from_data(data, everything_off))
    assert left.problems == []
    assert left.source.submission.fields["department"] == "海珠区民政局（本级）"


def test_the_overshoot_is_the_forms() -> None:
    data = changed({"indicators": [{**OUTPUT, "target": "100", "actual": "125"}]})
    assert examine(from_data(data, form())).problems == []
    at_120 = switched(target_overshot={"percent": Decimal(120)})
    assert [p.code for p in examine(from_data(data, at_120)).problems] == ["target_overshot"]


class TestOneMistakeOneMessage:
    """What only follows from another mistake is not told as well."""

    def test_an_unreadable_score_asks_for_no_reason(self) -> None:
        data = {"data.spent": "1000", "data.adjusted_budget": "1297.59"}
        assert codes({**data, "scores.spending_rate.score": "九"}) == ["not_a_number"]

    def test_a_score_above_its_weight_does_not_differ_from_the_data(self) -> None:
        data = {"data.spent": "1297.59", "data.adjusted_budget": "1297.59"}
        assert codes({**data, "scores.spending_rate.score": "11"}) == ["score_out_of_range"]

    def test_a_direction_left_out_does_not_ask_for_numbers(self) -> None:
        row = {
            "type": "产出-质量",
            "name": "效果",
            "target_text": "好",
            "degree": "达成",
            "degree_percent": "90",
        }
        assert of(row) == [("error", "missing", "indicators.0.direction")]

    def test_an_indicator_of_unreadable_type_does_not_leave_its_group_empty(self) -> None:
        data = {"indicators": [{**OUTPUT, "type": "产出数"}], "scores.output_indicators.score": GONE}
        assert codes(data) == ["not_a_choice"]

    def test_a_score_rounded_does_not_differ_too(self) -> None:
        data = {"data.spent": "1297.58", "data.adjusted_budget": "1297.59"}
        assert codes({**data, "scores.spending_rate.score": "9.996"}) == ["score_rounded"]

    def test_a_denominator_of_zero_is_told_once_and_has_two_ways_out(self) -> None:
        data = {"data.spent": "5", "data.adjusted_budget": "0", "scores.spending_rate.score": GONE}
        [problem] = examine(source(data)).problems
        assert problem.code == "data_contradiction"
        assert "填 0" in problem.remedy
        assert "自评分（0 到 10 分）" in problem.remedy


def test_a_missing_score_says_where_its_data_are() -> None:
    gone = {f"scores.{row}.score": GONE for row in ("output_indicators", "spending_rate")}
    [outputs, spending] = examine(source(gone)).problems
    assert "“绩效指标”中填写产出指标" in outputs.remedy
    assert "“评分数据”中填写“调整后预算数”、“年度支出数”" in spending.remedy
    assert "0 到 20 分" in outputs.remedy


def test_a_score_that_is_no_number_is_told_its_own_range() -> None:
    [problem] = examine(source({"scores.intent_completeness.score": "满分"})).problems
    assert "0 到 0.5 " in problem.remedy


def test_a_long_goal_is_counted_without_its_number() -> None:
    [problem] = examine(source({"goals.0.goal": "完" * 9000})).problems
    assert "有 9000 个字" in problem.message
