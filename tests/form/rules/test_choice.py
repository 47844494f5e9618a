"""择一法: the department says which of several rules scores the row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.form.rules.formulas import disagreements
from tests.support import indicator, points, refusal
from tests.workbook.tools import needs_libreoffice
from zhengti_zip.form.base import ValueKind
from zhengti_zip.form.rules import Answers, Computed
from zhengti_zip.form.rules.choice import Choice

FOUR = Decimal(4)
RATIO: dict[str, Any] = {
    "kind": "proportional",
    "numerator": {"id": "spent", "label": "支出数", "kind": "amount", "unit": "万元"},
    "denominator": {"id": "budget", "label": "预算数", "kind": "amount", "unit": "万元"},
    "basis": "口径一的依据",
}
COUNT: dict[str, Any] = {
    "kind": "deduction",
    "count": {"id": "cases", "label": "违规次数", "kind": "count", "unit": "次"},
    "step": "0.5",
    "basis": "口径二的依据",
}
BY_CASES: dict[str, Any] = {**RATIO, "numerator": COUNT["count"]}


def choice(*rules: dict[str, Any], ask: str = "method") -> Choice:
    return Choice.model_validate(
        {
            "basis": "默认口径",
            "ask": {"id": ask, "label": "评分口径"},
            "options": [
                {"label": f"口径{number}", "rule": rule}
                for number, rule in zip("一二三", rules, strict=False)
            ],
        }
    )


RULE = choice(RATIO, COUNT)
DATA: dict[str, Decimal | int | str | None] = {"spent": Decimal(90), "budget": Decimal(100), "cases": 3}


def test_it_asks_for_the_choice_and_the_data_of_every_option() -> None:
    assert [item.id for item in RULE.inputs()] == ["method", "budget", "spent", "cases"]
    question = RULE.inputs()[0]
    assert (question.kind, question.choices) == (ValueKind.CHOICE, ("口径一", "口径二"))
    assert RULE.uses() == ("method", "budget", "spent", "cases")


@pytest.mark.parametrize(("picked", "expected"), [("口径一", "3.6"), ("口径二", "2.5")])
def test_the_rule_that_was_picked_scores(picked: str, expected: str) -> None:
    assert points(RULE.score(FOUR, Answers({**DATA, "method": picked}))) == Decimal(expected)


def test_the_working_says_what_was_picked() -> None:
    outcome = RULE.score(FOUR, Answers({**DATA, "method": "口径二"}))
    assert isinstance(outcome, Computed)
    assert outcome.working == "评分口径：口径二；违规次数 3 × 0.5 分 = 扣 1.5 分，得 2.5 分"
    assert [evidence.text for evidence in outcome.used] == ["评分口径：口径二", "违规次数：3次"]
    assert RULE.describe(FOUR).startswith("按填写的“评分口径”评分。口径一：得分 = 4 × 支出数 ÷ 预算数")


def test_only_the_data_of_the_rule_that_was_picked_are_missing() -> None:
    nothing = refusal(RULE.score(FOUR, Answers({})))
    assert (nothing.missing, nothing.started) == (("method",), False)
    unpicked = refusal(RULE.score(FOUR, Answers(DATA)))
    assert (unpicked.missing, unpicked.started) == (("method",), True)
    half = refusal(RULE.score(FOUR, Answers({"method": "口径一", "spent": Decimal(1), "cases": 3})))
    assert (half.missing, half.started) == (("budget",), True)
    picked = refusal(RULE.score(FOUR, Answers({"method": "口径二"})))
    assert (picked.missing, picked.started) == (("cases",), True)
    assert refusal(RULE.score(FOUR, Answers({**DATA, "method": "口径九"}))).missing == ("method",)


def test_a_self_assessed_option_is_no_data_that_lack() -> None:
    made = choice(RATIO, {"kind": "manual", "basis": "由部门自评"})
    refused = refusal(made.score(FOUR, Answers({"method": "口径二"})))
    assert (refused.missing, refused.started) == ((), False)


def test_gains_and_reasons_are_those_of_the_rule_that_was_picked() -> None:
    answers = Answers({**DATA, "method": "口径二"})
    assert [gain.points for gain in RULE.gains(FOUR, answers, Decimal("2.5"))] == [
        Decimal("1.5"),
        Decimal("0.5"),
    ]
    made = choice({**RATIO, "reason_below": 90}, COUNT)
    assert not made.reason_due(FOUR, Decimal("3.6"), answers.changed("method", "口径一"))
    assert made.reason_due(FOUR, Decimal("2.5"), answers)
    assert made.reason_due(FOUR, Decimal("2.5"), Answers({}))
    assert RULE.gains(FOUR, Answers({}), Decimal(0)) == ()


def test_it_scores_entered_rows_if_all_its_rules_do() -> None:
    strict = {"kind": "attainment", "equal": "exact", "basis": "口径一"}
    entered = choice(strict, {"kind": "attainment", "basis": "口径二"})
    assert entered.fits(entered=True)
    assert not RULE.fits(entered=True)
    assert RULE.fits(entered=False)
    row = indicator("=", "10", "11")
    assert points(entered.score(FOUR, Answers({"method": "口径一"}, row=row))) == Decimal("3.6")
    assert points(entered.score(FOUR, Answers({"method": "口径二"}, row=row))) == 4


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (choice(RATIO, {**COUNT, "step": 9}), "options.1.rule.step"),
        (choice({**RATIO, "since": 2024}, COUNT), "options.0.rule.since"),
        (choice(RATIO, {"kind": "completion", "groups": ["产出"], "basis": "依据"}), "options.1.rule"),
        (choice(RATIO, COUNT, ask="cases"), "options.1.rule"),
        (choice(RATIO, {**COUNT, "count": {**COUNT["count"], "id": "spent"}}), "options.1.rule"),
    ],
)
def test_what_is_wrong_with_a_choice(made: Choice, path: str) -> None:
    assert [mistake.path for mistake in made.mistakes(FOUR)] == [path]


def test_options_that_agree() -> None:
    assert RULE.mistakes(FOUR) == []
    assert choice(RATIO, BY_CASES, COUNT).mistakes(FOUR) == []
    twice = Choice.model_validate(
        {
            "basis": "默认口径",
            "ask": {"id": "method", "label": "评分口径"},
            "options": [{"label": "同", "rule": RATIO}, {"label": "同", "rule": COUNT}],
        }
    )
    assert [mistake.message for mistake in twice.mistakes(FOUR)] == ["选项重复"]


@needs_libreoffice
def test_formula_and_score_agree() -> None:
    assert disagreements({"固定行": RULE, "三种": choice(RATIO, BY_CASES, COUNT)}, ("4", "10")) == []
