"""A rule that uses a value entered elsewhere, so that nobody types it twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tests.form.rules.formulas import disagreements
from tests.support import points, refusal
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.rules import Answers, Computed, Rule, path_of, rule_kinds

TEN = Decimal(10)
SPENT, BUDGET = "funds.total.spent", "funds.total.budget"
INPUTS = {
    SPENT: Input(id="spent", label="年度资金总额 全年执行数", kind=ValueKind.AMOUNT, unit="万元"),
    BUDGET: Input(id="budget", label="年度资金总额 全年预算数", kind=ValueKind.AMOUNT, unit="万元"),
    "fields.project": Input(id="project", label="项目名称"),
}


def execution(kind: str = "proportional", **parameters: Any) -> Rule:
    made = rule_kinds()[kind].model_validate(
        {
            "basis": "财预〔2020〕10号",
            "numerator": {"use": SPENT},
            "denominator": {"use": BUDGET},
            **parameters,
        }
    )
    made.bind(INPUTS)
    return made


def entered(spent: str, budget: str = "100") -> Answers:
    return Answers({}, values={SPENT: Decimal(spent), BUDGET: Decimal(budget)})


@pytest.mark.parametrize(
    ("spent", "expected"), [("0", "0"), ("89.94", "8.99"), ("89.95", "9"), ("100", "10"), ("120", "10")]
)
def test_ten_points_times_the_execution_rate(spent: str, expected: str) -> None:
    assert points(execution().score(TEN, entered(spent))) == Decimal(expected)


def test_it_asks_for_no_data_and_names_what_it_uses_as_the_form_does() -> None:
    rule = execution()
    assert rule.inputs() == ()
    assert rule.uses() == (BUDGET, SPENT)
    assert rule.describe(TEN) == "得分 = 10 × 年度资金总额 全年执行数 ÷ 年度资金总额 全年预算数，最高 10 分"
    outcome = rule.score(TEN, entered("80"))
    assert isinstance(outcome, Computed)
    assert outcome.used[0].text == "年度资金总额 全年执行数：80万元"


def test_the_rule_may_call_it_by_a_name_of_its_own() -> None:
    rule = execution(
        numerator={"use": SPENT, "label": "执行数"}, denominator={"use": BUDGET, "label": "预算数"}
    )
    outcome = rule.score(TEN, entered("80"))
    assert isinstance(outcome, Computed)
    assert outcome.working == "执行数 80 ÷ 预算数 100 = 80.00%，× 10 分，得 8 分"


def test_a_missing_value_is_named_by_its_path() -> None:
    refused = refusal(execution().score(TEN, Answers({}, values={SPENT: TEN})))
    assert (refused.missing, refused.started) == ((BUDGET,), True)
    assert [path_of(key) for key in (BUDGET, "spent")] == [BUDGET, "data.spent"]


def test_a_negative_denominator_makes_no_sense() -> None:
    refused = refusal(execution().score(TEN, entered("5", "-1")))
    assert refused.wrong == ((SPENT, "“年度资金总额 全年预算数”为 -1，是负数，无法计算比率"),)


def test_a_datum_and_a_used_value_go_together() -> None:
    rule = execution(numerator={"id": "own", "label": "自筹数", "kind": "amount"})
    assert [item.id for item in rule.inputs()] == ["own"]
    assert points(rule.score(TEN, Answers({"own": Decimal(5)}, values={BUDGET: TEN}))) == 5


def test_what_would_have_won_points_back_is_said_of_the_used_value() -> None:
    gains = execution().gains(TEN, entered("80"), Decimal(8))
    assert [gain.text for gain in gains] == [
        "“年度资金总额 全年执行数”达到 100 万元（100%），可再得 2 分",
        "“年度资金总额 全年执行数”达到 95 万元（95%），可再得 1.5 分",
    ]


@pytest.mark.parametrize(("spent", "due"), [("89.99", True), ("90", False), ("99", False), ("100", False)])
def test_a_reason_is_due_only_below_the_limit(spent: str, due: bool) -> None:
    rule, answers = execution(reason_below=90), entered(spent)
    assert rule.reason_due(TEN, points(rule.score(TEN, answers)), answers) is due


@pytest.mark.parametrize(("spent", "due"), [("99.9", True), ("100", False)])
def test_without_a_limit_a_reason_is_due_for_every_lost_point(spent: str, due: bool) -> None:
    rule, answers = execution(), entered(spent)
    assert rule.reason_due(TEN, points(rule.score(TEN, answers)), answers) is due


def test_without_a_ratio_a_reason_is_due_for_every_lost_point() -> None:
    rule = execution(reason_below=90)
    assert rule.reason_due(TEN, Decimal(9), Answers({}))
    assert not rule.reason_due(TEN, TEN, entered("0", "0"))


@pytest.mark.parametrize(
    ("used", "words"),
    [
        ("funds.total.nothing", "没有 funds.total.nothing 这个值"),
        ("fields.project", "fields.project 不是数值，不能作分子、分母"),
    ],
)
def test_a_path_the_form_has_not_or_that_is_no_number(used: str, words: str) -> None:
    [mistake] = execution(numerator={"use": used}).mistakes(TEN)
    assert (mistake.path, mistake.message) == ("numerator.use", words)


def test_values_the_form_has_are_no_mistake() -> None:
    assert execution().mistakes(TEN) == []
    [mistake] = execution(denominator={"use": SPENT}).mistakes(TEN)
    assert mistake.path == "denominator"


def test_a_misspelt_key_is_named_as_one_of_the_used_value() -> None:
    with pytest.raises(ValidationError) as caught:
        execution(numerator={"use": SPENT, "lable": "执行数"})
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [
        ("extra_forbidden", ("numerator", "lable"))
    ]


@needs_libreoffice
def test_formula_and_score_agree() -> None:
    bands = [{"at_least": 90, "points": 10}, {"at_least": 60, "points": 5}]
    rules = {
        "比例": execution(),
        "分段": execution("banded", bands=bands),
        "百分点": execution("per_point", full_to=100, step="0.1"),
    }
    assert disagreements(rules, ("10",)) == []
