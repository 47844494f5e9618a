"""What is wrong with the rows of 绩效指标 and 单位明细, and with characters that cannot be printed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import GONE, Found, changed, form, found, source
from zhengti_zip.grid.examine import examine
from zhengti_zip.scoring.checks import check
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import has_errors

OUTPUT: dict[str, Any] = {
    "type": "产出-数量",
    "name": "培训班",
    "direction": "≥",
    "target": "100",
    "actual": "100",
}
OPINION: dict[str, Any] = {
    "type": "产出-质量",
    "name": "效果",
    "direction": "定性",
    "target_text": "较好",
    "degree": "达成",
    "degree_percent": "100",
}
FELL_SHORT = ("warning", "score_differs", "scores.output_indicators.score")
"""Said of every submission here whose indicators are not all reached: its 自评分 is full."""


def of(*rows: dict[str, Any]) -> list[Found]:
    """What is said about rows of 绩效指标, but for their score."""
    given = [{key: value for key, value in row.items() if value is not GONE} for row in rows]
    return [item for item in found({"indicators": given}) if item != FELL_SHORT]


def missing(key: str, number: int = 0) -> Found:
    return "error", "missing", f"indicators.{number}.{key}"


def test_complete_rows() -> None:
    assert of(OUTPUT) == of(OPINION) == of(OUTPUT, OPINION) == []
    assert found({"indicators": [{**OUTPUT, "actual": "99"}]}) == [FELL_SHORT]


@pytest.mark.parametrize("key", ["type", "name", "direction", "target", "actual"])
def test_a_quantitative_row_needs(key: str) -> None:
    assert of({**OUTPUT, key: GONE}) == [missing(key)]


@pytest.mark.parametrize("key", ["type", "name", "target_text", "degree", "degree_percent"])
def test_a_qualitative_row_needs(key: str) -> None:
    assert of({**OPINION, key: GONE}) == [missing(key)]


def test_a_zero_is_an_answer() -> None:
    assert of({**OUTPUT, "actual": "0"}) == of({**OUTPUT, "target": "0", "actual": 0}) == []


def test_each_row_is_named() -> None:
    assert of(OUTPUT, {**OUTPUT, "name": ""}, {**OUTPUT, "name": "讲座", "actual": None}) == [
        missing("name", 1),
        missing("actual", 2),
    ]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("type", "产出数量", "not_a_choice"),
        ("direction", "约等于", "not_a_choice"),
        ("target", "一百", "not_a_number"),
        ("actual", "12,97", "not_a_number"),
    ],
)
def test_what_cannot_be_read_is_not_missing_too(key: str, value: str, code: str) -> None:
    assert of({**OUTPUT, key: value}) == [("error", code, f"indicators.0.{key}")]


@pytest.mark.parametrize(
    ("direction", "target", "actual", "warned"),
    [
        ("≥", "100", "129.99", False),
        ("≥", "100", "130", True),
        ("≥", "100", "130.01", True),
        ("≥", "3", "3.9", True),
        ("≥", "3", "3.89", False),
        ("≥", "0", "5", False),
        ("≤", "100", "200", False),
        ("=", "100", "200", False),
    ],
)
def test_130_percent_of_a_target_asks_for_the_reason(
    direction: str, target: str, actual: str, warned: bool
) -> None:
    row = {**OUTPUT, "direction": direction, "target": target, "actual": actual}
    expected = [("warning", "target_overshot", "indicators.0.reason")] if warned else []
    assert of(row) == expected
    assert of({**row, "reason": "年中追加任务"}) == []


@pytest.mark.parametrize(
    ("degree", "percent", "inside"),
    [
        ("达成", "100", True),
        ("达成", "100.01", False),
        ("达成", "80", True),
        ("达成", "79.99", False),
        ("部分达成", "80", False),
        ("部分达成", "79.99", True),
        ("部分达成", "60", True),
        ("部分达成", "59.99", False),
        ("未达成", "60", False),
        ("未达成", "59.99", True),
        ("未达成", "0", True),
        ("未达成", "-0.01", False),
    ],
)
def test_the_percentage_lies_within_its_degree(degree: str, percent: str, inside: bool) -> None:
    expected = [] if inside else [("error", "percent_out_of_range", "indicators.0.degree_percent")]
    assert of({**OPINION, "degree": degree, "degree_percent": percent}) == expected


def incomplete(number: int) -> Found:
    return "error", "weights_incomplete", f"indicators.{number}.weight"


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        pytest.param((None, None), [], id="全部留空"),
        pytest.param(("50", "50"), [], id="全部填写"),
        pytest.param(("1", "0"), [], id="一个为0"),
        pytest.param(("50", None), [incomplete(1)], id="只填第一个"),
        pytest.param((None, "50"), [incomplete(0)], id="只填第二个"),
        pytest.param(("0", "0"), [incomplete(0)], id="合计为0"),
        pytest.param(("2", "-1"), [("error", "negative", "indicators.1.weight")], id="负数"),
        pytest.param(("1", "-1"), [("error", "negative", "indicators.1.weight")], id="负数使合计为0"),
        pytest.param(
            ("1", "一半"), [("error", "not_a_number", "indicators.1.weight")], id="读不懂的不算没填"
        ),
    ],
)
def test_weights_for_all_or_for_none(weights: tuple[str | None, str | None], expected: list[Found]) -> None:
    names = ("培训班", "讲座")
    rows = [{**OUTPUT, "name": name, "weight": weight} for name, weight in zip(names, weights, strict=True)]
    assert of(*rows) == expected


BENEFIT = {**OUTPUT, "name": "受益人数", "type": "效益-社会"}
SATISFACTION = {**OUTPUT, "name": "群众满意度", "type": "满意度"}


def test_weights_are_a_matter_of_each_group() -> None:
    outputs = [{**OUTPUT, "weight": "1"}, {**OUTPUT, "name": "讲座", "weight": "2"}]
    assert of(*outputs, BENEFIT, {**BENEFIT, "name": "满意人数"}) == []


def test_groups_scored_together_are_weighted_together() -> None:
    assert of({**BENEFIT, "weight": "1"}, SATISFACTION) == [incomplete(1)]
    assert of({**BENEFIT, "weight": "1"}, {**SATISFACTION, "weight": "1"}) == []


def test_an_unfinished_indicator_is_told_once() -> None:
    changes = {"indicators": [{**OUTPUT, "actual": None}], "scores.output_indicators.score": GONE}
    assert found(changes) == [missing("actual")]


def unit(name: str, **amounts: str) -> dict[str, Any]:
    """A row of 单位明细; amounts not given are 0."""
    zeros = {column.id: "0" for column in form().budget.columns}
    return {"name": name, "amounts": {**zeros, **amounts}}


OFFICE = unit("局机关", total="1000", basic="1000")
SCHOOL = unit("第一小学", total="297.59", basic="155.12", project="142.47")
MISMATCH = ("error", "unit_count_mismatch", "fields.unit_count")


@pytest.mark.parametrize(
    ("count", "units", "expected"),
    [
        pytest.param(1, [], [], id="一个单位不用明细"),
        pytest.param(0, [], [("error", "no_units", "fields.unit_count")], id="没有单位"),
        pytest.param(2, [OFFICE, SCHOOL], [], id="两个单位"),
        pytest.param("2家", [OFFICE, SCHOOL], [], id="单位数带单位"),
        pytest.param(2, [], [MISMATCH], id="没有明细"),
        pytest.param(3, [OFFICE, SCHOOL], [MISMATCH], id="少一个"),
        pytest.param(1, [OFFICE, SCHOOL], [MISMATCH], id="多一个"),
        pytest.param(
            "两", [OFFICE, SCHOOL], [("error", "not_a_number", "fields.unit_count")], id="单位数读不懂"
        ),
        pytest.param(
            2,
            [OFFICE, {**SCHOOL, "amounts": {**SCHOOL["amounts"], "basic": "155.11"}}],
            [("error", "sum_mismatch", "units.1.basic")],
            id="一个单位少一分",
        ),
        pytest.param(
            2,
            [OFFICE, {"name": "第一小学", "amounts": {**SCHOOL["amounts"], "special": ""}}],
            [("error", "missing", "units.1.special")],
            id="缺一个金额",
        ),
        pytest.param(
            2, [OFFICE, {**SCHOOL, "name": " "}], [("error", "missing", "units.1.name")], id="缺单位名称"
        ),
        pytest.param(
            2,
            [OFFICE, {**SCHOOL, "amounts": {**SCHOOL["amounts"], "special": "无法统计"}}],
            [("error", "not_a_number", "units.1.special")],
            id="读不懂的金额不算缺",
        ),
    ],
)
def test_units_and_their_sums(count: Any, units: list[Any], expected: list[Found]) -> None:
    scope = "汇总" if count != 1 or units else "本级"
    assert found({"fields.scope": scope, "fields.unit_count": count, "units": units}) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("fields.department", "海珠区😀局"),
        ("goals.0.goal", "完成👍"),
        ("goals.0.reason", "𠀀"),
        ("scores.spending_rate.reason", "\ue000"),
        ("scores.spending_rate.evidence", "见附件📎"),
    ],
)
def test_a_character_no_font_has(path: str, text: str) -> None:
    assert found({path: text}) == [("error", "unprintable_character", path)]


@pytest.mark.parametrize("text", ["☑☐①→“”‘’——……《》〔〕％‰℃㎡", "琶洲π", "第一段\n第二段", "Ａｂ１２"])
def test_characters_that_official_texts_have(text: str) -> None:
    assert found({"goals.0.goal": text}) == []


def test_a_unit_of_measure_is_not_printed_but_checked_all_the_same() -> None:
    assert of({**OUTPUT, "unit": "个"}) == []
    assert of({**OUTPUT, "unit": "😀"}) == [("error", "unprintable_character", "indicators.0.unit")]


def test_problems_come_in_the_order_of_the_form() -> None:
    changes = {
        "data.spent": "许多",
        "scores.three_public_control.score": GONE,
        "scores.output_indicators.score": "21",
        "budget.total": "1",
        "goals": [{"goal": "甲"}],
        "fields.department": "",
    }
    assert [path for _, _, path in found(changes)] == [
        "fields.department",
        "goals.0.completion",
        "budget.total",
        "scores.output_indicators.score",
        "scores.three_public_control.score",
        "data.spent",
    ]


def test_every_problem_has_its_place_its_label_and_words() -> None:
    data = changed(
        {"fields.department": "", "goals": [], "scores.spending_rate.score": "11", "data.spent": "许多"}
    )
    problems = examine(from_data(data, form())).problems
    assert [str(problem.place) for problem in problems] == [
        "fields.department",
        "goals",
        "scores.spending_rate.score",
        "data.spent",
    ]
    assert [problem.value for problem in problems] == ["", "", "11", "许多"]
    assert [problem.field for problem in problems] == [
        "部门名称",
        "年度整体绩效目标",
        "部门预算资金支出率 自评分",
        "部门预算资金支出率 年度支出数",
    ]


def test_an_empty_submission_is_asked_for_everything_at_once() -> None:
    source_ = from_data({"form": form().id}, form())
    codes = [problem.code for problem in examine(source_).problems]
    assert codes.count("no_score") == 26
    assert codes.count("missing") == 4 + 7 + 1
    assert len(codes) == 38
    assert has_errors(examine(source_).problems)


def test_check_says_nothing_about_what_was_not_read() -> None:
    read = source({"fields.department": GONE, "budget.total": GONE})
    evaluation = examine(read).evaluation
    assert [p.path for p in check(Subject(form(), read.submission, evaluation))] == [
        "fields.department",
        "budget.total",
    ]
    unread = frozenset({InputPath("fields.department")})
    assert [p.path for p in check(Subject(form(), read.submission, evaluation, unread))] == ["budget.total"]
