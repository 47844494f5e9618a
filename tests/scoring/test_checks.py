"""What is wrong with a submission: every problem with its severity, its code and the input it names.

Each case changes one thing in a submission there is nothing to say about, and lists everything that
is said about it then.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import GONE, Changes, Found, form, found, is_chinese, source
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.problems import Problem

SPENDING = "scores.spending_rate"
GONE_SCORE = {f"{SPENDING}.score": GONE}
WHY = {f"{SPENDING}.reason": "开支设置不够细化。", f"{SPENDING}.improvement": "细化预算。"}
SPENT = {"data.spent": "1167.83", "data.adjusted_budget": "1297.59"}


def error(code: str, path: str) -> Found:
    return "error", code, path


def warning(code: str, path: str) -> Found:
    return "warning", code, path


def notice(path: str) -> Found:
    return "notice", "understood", path


def only(changes: Changes) -> Problem:
    """The one problem of a changed submission; its message and remedy must be there, in Chinese."""
    (problem,) = examine(source(changes)).problems
    assert is_chinese(problem.message)
    assert is_chinese(problem.remedy)
    assert is_chinese(problem.field)
    return problem


def test_a_sound_submission_has_no_problems() -> None:
    assert found() == []


@pytest.mark.parametrize("path", [f"fields.{item.id}" for item in form().fields])
@pytest.mark.parametrize("empty", [GONE, "", "　", None], ids=["缺", "空", "空格", "null"])
def test_every_basic_field_is_needed(path: str, empty: Any) -> None:
    assert found({path: empty}) == [error("missing", path)]


@pytest.mark.parametrize("path", [f"budget.{column.id}" for column in form().budget.columns])
def test_every_amount_is_needed(path: str) -> None:
    assert found({path: GONE}) == [error("missing", path)]


@pytest.mark.parametrize(("year", "expected"), [(2022, []), (2023, [warning("other_year", "fields.year")])])
def test_the_year_of_the_form(year: int, expected: list[Found]) -> None:
    assert found({"fields.year": year}) == expected


GOAL = {"goal": "甲", "completion": "乙"}


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        pytest.param([], [error("missing", "goals")], id="没有目标"),
        pytest.param([{"goal": "甲"}], [error("missing", "goals.0.completion")], id="有目标无完成情况"),
        pytest.param([{"completion": "乙"}], [error("missing", "goals.0.goal")], id="有完成情况无目标"),
        pytest.param([GOAL, {"goal": "丙"}], [error("missing", "goals.1.completion")], id="第二条缺完成情况"),
        pytest.param(
            [{"goal": "丙"}, {"completion": "丁"}],
            [error("missing", "goals.0.completion"), error("missing", "goals.1.goal")],
            id="错开一行",
        ),
        pytest.param([GOAL, {"goal": "丙", "completion": "乙"}], [], id="一一对应"),
        pytest.param([{**GOAL, "reason": "未完成"}], [], id="写了原因"),
        pytest.param(
            [{"reason": "只有原因"}],
            [error("missing", "goals.0.goal"), error("missing", "goals.0.completion")],
            id="只有原因",
        ),
    ],
)
def test_goals_and_completions_match_one_to_one(goals: list[Any], expected: list[Found]) -> None:
    assert found({"goals": goals}) == expected


BOTH_SUMS = [error("sum_mismatch", "budget.total"), error("sum_mismatch", "budget.special")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"total": "1297.58"}, BOTH_SUMS[:1], id="总预算少一分"),
        pytest.param({"total": "1297.60"}, BOTH_SUMS[:1], id="总预算多一分"),
        pytest.param({"basic": "1155.11"}, BOTH_SUMS[:1], id="基本支出少一分"),
        pytest.param({"special": "10"}, BOTH_SUMS, id="专项资金没有加入"),
        pytest.param({"special": "10", "total": "1307.59"}, BOTH_SUMS[1:], id="专项资金没有级次"),
        pytest.param({"special": "10", "total": "1307.59", "district": "10"}, [], id="专项资金齐全"),
        pytest.param(
            {"special": "10", "total": "1307.59", "district": "9.99"}, BOTH_SUMS[1:], id="级次少一分"
        ),
        pytest.param(
            {"special": "10", "other_development": "5", "total": "1312.59", "district": "7", "superior": "8"},
            [],
            id="事业发展支出齐全",
        ),
        pytest.param({"district": "1"}, BOTH_SUMS[1:], id="只有级次"),
        pytest.param(
            {"superior": GONE, "special": "1"},
            [BOTH_SUMS[0], error("missing", "budget.superior")],
            id="缺一项只查另一个合计",
        ),
        pytest.param({"total": "12975900元"}, [notice("budget.total")], id="换算后相符"),
        pytest.param({"basic": 1155.12, "total": 1155.12 + 142.47}, [], id="浮点误差"),
        pytest.param(
            {"basic": "1155.123", "total": "1297.593"},
            [warning("more_decimals", "budget.total"), warning("more_decimals", "budget.basic")],
            id="三位小数",
        ),
        pytest.param(
            {"basic": "1155.125", "project": "142.465"},
            [error("more_decimals", "budget.basic"), error("more_decimals", "budget.project")],
            id="三位小数使打印的合计不符",
        ),
        pytest.param(
            {"basic": "1155.124", "project": "142.467"},
            [warning("more_decimals", "budget.basic"), warning("more_decimals", "budget.project")],
            id="三位小数不影响打印的合计",
        ),
        pytest.param({"basic": "一千"}, [error("not_a_number", "budget.basic")], id="读不懂的不算缺"),
        pytest.param({"basic": "-1"}, [error("negative", "budget.basic")], id="负数"),
    ],
)
def test_the_two_sums_of_the_budget(changes: Changes, expected: list[Found]) -> None:
    assert found({f"budget.{column}": value for column, value in changes.items()}) == expected


def test_a_sum_that_does_not_hold_names_both_sides_and_the_difference() -> None:
    message = only({"budget.total": "1297.58"}).message
    for number in ("1,297.58", "1,297.59", "0.01"):
        assert number in message


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"score": "10"}, [], id="满分不用说明"),
        pytest.param({"score": "10.01"}, [error("score_out_of_range", f"{SPENDING}.score")], id="超过分值"),
        pytest.param({"score": "-0.01"}, [error("score_out_of_range", f"{SPENDING}.score")], id="低于0"),
        pytest.param(
            {"score": "9.99"},
            [error("no_reason", f"{SPENDING}.reason"), error("no_improvement", f"{SPENDING}.improvement")],
            id="差一分钱也要说明",
        ),
        pytest.param({"score": "8", "reason": "甲", "improvement": "乙"}, [], id="有说明"),
        pytest.param(
            {"score": "9", "reason": "甲"}, [error("no_improvement", f"{SPENDING}.improvement")], id="缺措施"
        ),
        pytest.param(
            {"score": "9", "improvement": "乙"}, [error("no_reason", f"{SPENDING}.reason")], id="缺原因"
        ),
        pytest.param(
            {"score": "9", "reason": "-", "improvement": "——"},
            [error("no_reason", f"{SPENDING}.reason"), error("no_improvement", f"{SPENDING}.improvement")],
            id="短横不是说明",
        ),
        pytest.param({"score": "10", "reason": "-", "improvement": "-"}, [], id="满分写短横"),
        pytest.param(
            {"score": "9.005", "reason": "甲", "improvement": "乙"},
            [warning("score_rounded", f"{SPENDING}.score")],
            id="三位小数",
        ),
        pytest.param({"score": "9.995"}, [warning("score_rounded", f"{SPENDING}.score")], id="舍入到满分"),
        pytest.param({"score": "9分", "reason": "甲", "improvement": "乙"}, [], id="带单位"),
        pytest.param({"score": "九"}, [error("not_a_number", f"{SPENDING}.score")], id="不是数"),
        pytest.param({"score": True}, [error("not_a_number", f"{SPENDING}.score")], id="真假"),
        pytest.param({"score": GONE}, [error("no_score", f"{SPENDING}.score")], id="没有得分"),
        pytest.param(
            {"score": "9", "reason": "甲\x07", "improvement": "乙"},
            [error("illegal_character", f"{SPENDING}.reason")],
            id="读不懂的原因不算缺",
        ),
    ],
)
def test_a_self_assessed_score(changes: Changes, expected: list[Found]) -> None:
    assert found({f"{SPENDING}.{part}": value for part, value in changes.items()}) == expected


def test_the_indicator_without_a_score_is_named() -> None:
    assert "部门预算资金支出率" in only(GONE_SCORE).message
    pair = only({"scores.intent_timeliness.score": GONE})
    assert "采购意向公开合规性（及时性）" in pair.message


@pytest.mark.parametrize("row", [context.row.id for context in form().rows])
def test_every_row_needs_a_score(row: str) -> None:
    assert found({f"scores.{row}.score": GONE}) == [error("no_score", f"scores.{row}.score")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({**GONE_SCORE, **SPENT, **WHY}, [], id="只有数据"),
        pytest.param(
            {**GONE_SCORE, **SPENT},
            [error("no_reason", f"{SPENDING}.reason"), error("no_improvement", f"{SPENDING}.improvement")],
            id="只有数据没有说明",
        ),
        pytest.param({f"{SPENDING}.score": "9", **SPENT, **WHY}, [], id="两者相同"),
        pytest.param({f"{SPENDING}.score": "9.00", **SPENT, **WHY}, [], id="两者相同写法不同"),
        pytest.param(SPENT, [warning("score_differs", f"{SPENDING}.score")], id="两者不同"),
        pytest.param(
            {**GONE_SCORE, "data.spent": "1"}, [error("missing", "data.adjusted_budget")], id="只填一半数据"
        ),
        pytest.param(
            {"data.spent": "1"}, [warning("missing", "data.adjusted_budget")], id="有自评分只填一半数据"
        ),
        pytest.param({**GONE_SCORE, "data.spent": "0", "data.adjusted_budget": "0"}, [], id="零除以零为满分"),
        pytest.param(
            {**GONE_SCORE, "data.spent": "0.01", "data.adjusted_budget": "0"},
            [error("data_contradiction", "data.spent")],
            id="分母为零",
        ),
        pytest.param(
            {"data.spent": "0.01", "data.adjusted_budget": "0"},
            [warning("data_contradiction", "data.spent")],
            id="有自评分而分母为零",
        ),
        pytest.param(
            {**GONE_SCORE, "data.spent": "许多", "data.adjusted_budget": "1"},
            [error("not_a_number", "data.spent")],
            id="读不懂的数据不算缺",
        ),
        pytest.param(
            {"data.contracts": 9, "data.contracts_signed_in_time": 10, "data.contracts_filed_in_time": 9},
            [warning("data_contradiction", "data.contracts_signed_in_time")],
            id="部分大于全部",
        ),
        pytest.param(
            {"scores.budget_disclosure.score": GONE, "data.budget_published": "是"},
            [error("missing", "data.accounts_published")],
            id="要点只答一个",
        ),
        pytest.param({"data.finance_violations": 0}, [], id="数据与自评分都是满分"),
        pytest.param(
            {"data.finance_violations": 1},
            [warning("score_differs", "scores.finance_compliance.score")],
            id="数据扣分而自评满分",
        ),
    ],
)
def test_scores_and_the_data_behind_them(changes: Changes, expected: list[Found]) -> None:
    assert found(changes) == expected


def test_a_difference_names_both_scores_and_the_working() -> None:
    message = only(SPENT).message
    for part in ("10", "9", "1,167.83", "1,297.59"):
        assert part in message
