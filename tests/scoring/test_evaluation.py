"""Which score counts, what the rows add up to, and the grade that is reached."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import GONE, SAMPLE, Changes, form, points, source
from zhengti_zip.grid.examine import examine
from zhengti_zip.scoring.evaluation import Evaluation, RowResult, ScoreOrigin, grade_of
from zhengti_zip.submission.jsonform import read_json

SPENDING = "scores.spending_rate.score"
SPENT = {"data.spent": "1167.83", "data.adjusted_budget": "1297.59"}
WEIGHTS = {context.row.id: context.row.weight for context in form().rows}


def evaluated(changes: Changes) -> Evaluation:
    return examine(source(changes)).evaluation


def row(changes: Changes, row_id: str = "spending_rate") -> RowResult:
    return next(result for result in evaluated(changes).rows if result.context.row.id == row_id)


def scores_adding_up_to(total: Decimal) -> dict[str, Any]:
    """Self-assessed scores, filled from the first row on, that add up to ``total``."""
    changes = {}
    for row_id, weight in WEIGHTS.items():
        score = min(weight, total)
        total -= score
        changes[f"scores.{row_id}.score"] = str(score)
    return changes


def test_only_a_self_assessed_score() -> None:
    result = row({SPENDING: "9"})
    assert result.score == 9
    assert (result.origin, result.computed) == (ScoreOrigin.SELF, None)
    assert "9 分" in result.working


def test_only_data() -> None:
    result = row({SPENDING: GONE, **SPENT})
    assert result.score == result.computed == 9
    assert result.origin is ScoreOrigin.COMPUTED
    assert "1,167.83" in result.working


def test_the_self_assessed_score_counts_when_there_are_both() -> None:
    result = row({SPENDING: "8.5", **SPENT})
    assert (result.score, result.origin) == (Decimal("8.5"), ScoreOrigin.SELF)
    assert result.computed == 9
    assert "8.5 分" in result.working
    assert "1,297.59" in result.working


def test_neither() -> None:
    result = row({SPENDING: GONE})
    assert (result.score, result.origin, result.working) == (None, ScoreOrigin.NONE, "")
    assert not result.is_valid
    assert not result.is_below_weight


@pytest.mark.parametrize(
    ("score", "valid", "below"),
    [
        ("10", True, False),
        ("9.99", True, True),
        ("0", True, True),
        ("10.01", False, False),
        ("-0.01", False, True),
    ],
)
def test_a_score_must_lie_between_nothing_and_the_weight(score: str, valid: bool, below: bool) -> None:
    result = row({SPENDING: score})
    assert (result.is_valid, result.is_below_weight) == (valid, below)
    assert result.weight == 10
    assert (evaluated({SPENDING: score}).total is not None) is valid


@pytest.mark.parametrize("gap", [GONE, "10.01", "-1"], ids=["未填", "超过分值", "负数"])
def test_there_is_no_total_and_no_grade_while_a_score_is_missing_or_impossible(gap: Any) -> None:
    evaluation = evaluated({SPENDING: gap})
    assert evaluation.total is None
    assert evaluation.grade is None
    assert len(evaluation.rows) == 26


def test_three_rows_at_2_335_count_2_34_each_and_add_7_02() -> None:
    three = ("ex_ante_evaluation", "results_use", "contract_signing")
    changes: dict[str, Any] = {f"scores.{row_id}.score": "0" for row_id in WEIGHTS}
    changes |= {f"scores.{row_id}.score": "2.335" for row_id in three}
    evaluation = evaluated(changes)
    assert [result.score for result in evaluation.rows if result.context.row.id in three] == [
        Decimal("2.34")
    ] * 3
    assert evaluation.total == Decimal("7.02")


def test_computed_rows_are_rounded_before_they_are_added() -> None:
    contracts = {"data.contracts": 9, "data.contracts_signed_in_time": 7, "data.contracts_filed_in_time": 7}
    gone = {"scores.contract_signing.score": GONE, "scores.contract_filing.score": GONE}
    evaluation = evaluated({**gone, **contracts})
    scores = {result.context.row.id: result.score for result in evaluation.rows}
    assert (scores["contract_signing"], scores["contract_filing"]) == (Decimal("2.33"), Decimal("0.78"))
    assert evaluation.total == 96 + Decimal("3.11")


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90.01", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0.01", "差"),
        ("0", "差"),
    ],
)
def test_grades_have_no_gaps(total: str, grade: str) -> None:
    evaluation = evaluated(scores_adding_up_to(Decimal(total)))
    assert evaluation.total == Decimal(total)
    assert evaluation.grade is not None
    assert evaluation.grade.name == grade
    assert grade_of(form(), Decimal(total)) is evaluation.grade


def test_the_published_sample_adds_up_to_99_and_is_excellent() -> None:
    evaluation = examine(read_json(SAMPLE)).evaluation
    assert evaluation.total == 99
    assert evaluation.grade is not None
    assert evaluation.grade.name == "优"
    below = [result.context.row.id for result in evaluation.rows if result.is_below_weight]
    assert below == ["spending_rate"]


def test_the_rule_in_force_is_the_one_of_the_year_entered() -> None:
    assert examine(source({"fields.year": 2023})).evaluation.total == 100
    assert examine(source({"fields.year": GONE})).evaluation.total == 100


COMPUTED: dict[str, Any] = {
    "data": {
        "adjusted_budget": "1297.59",
        "spent": "1167.83",
        "new_projects": 0,
        "new_projects_evaluated": 0,
        "annual_budget": "100",
        "carried_over": "10.0001",
        "finance_violations": 5,
        "budget_published": "是",
        "accounts_published": "否",
        "goals_published": "是",
        "self_evaluation_published": "不适用",
        "rules_goals": "是",
        "rules_monitoring": "是",
        "rules_evaluation": "是",
        "rules_results": "否",
        "rules_special_funds": "不适用",
        "warnings_mended": "不适用",
        "self_results_used": "不适用",
        "key_opinions_mended": "不适用",
        "system_lapses": 2,
        "intents_due": 3,
        "intents_published": 3,
        "intents_in_time": 1,
        "control_rules": "是",
        "procurement_findings": 1,
        "contracts": 9,
        "contracts_signed_in_time": 7,
        "contracts_filed_in_time": 9,
        "sme_due": "20",
        "sme_awarded": "25",
        "assets_over_standard": 0,
        "income_paid": "否",
        "inventory_done": "是",
        "asset_data_errors": 3,
        "asset_violations": 4,
        "fixed_assets": "100",
        "assets_in_use": "89.99",
        "public_expense_budget": "100",
        "public_expense": "100",
        "three_public_budget": "100",
        "three_public": "100.01",
    },
    "scores": {},
    "indicators": [
        {"type": "产出-数量", "name": "培训班", "direction": "≥", "target": "16", "actual": "12"},
        {"type": "效益-社会", "name": "投诉", "direction": "≤", "target": "10", "actual": "15"},
        {
            "type": "满意度",
            "name": "满意",
            "direction": "定性",
            "target_text": "较高",
            "degree": "达成",
            "degree_percent": "90",
        },
    ],
}

WORKED = {
    "output_indicators": "15",
    "benefit_indicators": "14",
    "spending_rate": "9",
    "ex_ante_evaluation": "3",
    "carry_over_rate": "1",
    "finance_compliance": "0",
    "budget_disclosure": "1",
    "performance_disclosure": "2",
    "performance_system": "3.75",
    "results_use": "3",
    "system_execution": "5",
    "intent_completeness": "0.5",
    "intent_timeliness": "0.5",
    "procurement_control": "1",
    "procurement_compliance": "1",
    "contract_signing": "2.33",
    "contract_filing": "1",
    "procurement_policy": "1",
    "asset_allocation": "2",
    "asset_income": "0",
    "asset_inventory": "1",
    "asset_data_quality": "0.5",
    "asset_compliance": "0",
    "asset_utilisation": "1.5",
    "public_expense_control": "2",
    "three_public_control": "0",
}


def test_a_whole_department_scored_from_its_data() -> None:
    evaluation = evaluated(COMPUTED)
    assert {
        result.context.row.id: str(result.score) for result in evaluation.rows if result.score is None
    } == {}
    assert {result.context.row.id: points(result.outcome) for result in evaluation.rows} == {
        row_id: Decimal(score) for row_id, score in WORKED.items()
    }
    assert {result.origin for result in evaluation.rows} == {ScoreOrigin.COMPUTED}
    assert evaluation.total == sum(Decimal(score) for score in WORKED.values()) == Decimal("71.08")
    assert evaluation.grade is not None
    assert evaluation.grade.name == "中"


@given(st.data())
def test_the_total_is_the_sum_of_the_printed_rows(data: st.DataObject) -> None:
    changes = {
        f"scores.{row_id}.score": str(data.draw(st.decimals(0, weight, places=3), label=row_id))
        for row_id, weight in WEIGHTS.items()
    }
    evaluation = evaluated(changes)
    scores = [result.score for result in evaluation.rows if result.score is not None]
    assert len(scores) == 26
    assert evaluation.total == sum(scores)
    assert all(score == round(score, 2) for score in scores)
    assert all(0 <= score <= weight for score, weight in zip(scores, WEIGHTS.values(), strict=True))
    assert evaluation.grade is not None
    assert evaluation.grade.at_least <= sum(scores)
