"""What all kinds of rule share, and the one that computes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support import form, is_chinese, refusal
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.form.rules import Answers, rule_kinds
from zhengti_zip.form.rules.manual import Manual
from zhengti_zip.form.rules.outcome import computed

PUBLISHED_KINDS = {
    "completion": {"output_indicators", "benefit_indicators"},
    "proportional": {
        "spending_rate",
        "ex_ante_evaluation",
        "intent_completeness",
        "intent_timeliness",
        "contract_signing",
        "contract_filing",
        "procurement_policy",
    },
    "banded": {"carry_over_rate", "asset_utilisation", "public_expense_control", "three_public_control"},
    "deduction": {
        "finance_compliance",
        "system_execution",
        "procurement_compliance",
        "asset_allocation",
        "asset_data_quality",
        "asset_compliance",
    },
    "checklist": {
        "budget_disclosure",
        "performance_disclosure",
        "performance_system",
        "results_use",
        "procurement_control",
        "asset_income",
        "asset_inventory",
    },
}


def test_the_kinds() -> None:
    others = {"manual", "attainment", "choice", "per_point"}
    assert set(rule_kinds()) == {*PUBLISHED_KINDS, *others}
    assert all(is_chinese(kind.title) for kind in rule_kinds().values())


@pytest.mark.parametrize("kind", PUBLISHED_KINDS)
def test_which_rows_are_scored_by_which_kind(kind: str) -> None:
    rows = {context.row.id for context in form().rows if context.row.rules[0].kind == kind}
    assert rows == PUBLISHED_KINDS[kind]


@pytest.mark.parametrize("row", [context.row.id for context in form().rows])
def test_every_rule_has_its_basis_and_describes_itself(row: str) -> None:
    context = form().row_by_id[row]
    for rule in context.row.rules:
        assert is_chinese(rule.basis)
        assert is_chinese(rule.describe(context.row.weight))
        assert rule.uses()


def test_a_manual_row_is_only_scored_by_hand() -> None:
    rule = Manual(basis="由部门自评")
    assert rule.inputs() == ()
    assert rule.mistakes(Decimal(3)) == []
    assert "3 分" in rule.describe(Decimal(3))
    refused = refusal(rule.score(Decimal(3), Answers({"anything": 1})))
    assert (refused.missing, refused.wrong, refused.started) == ((), (), False)


@pytest.mark.parametrize(
    ("score", "expected"), [("-0.5", "0"), ("0", "0"), ("2.335", "2.34"), ("3", "3"), ("3.01", "3")]
)
def test_a_computed_score_stays_within_the_weight(score: str, expected: str) -> None:
    assert computed(Decimal(score), Decimal(3), "算式").score == Decimal(expected)


def test_an_answer_is_found_by_id_or_path() -> None:
    answers = Answers.of(
        {
            "spent": Decimal(3),
            "data.due": Decimal(4),
            "funds.total.spent": Decimal(5),
            "row.actual": Decimal(6),
        }
    )
    assert answers.data == {"spent": Decimal(3), "due": Decimal(4)}
    assert answers.values == {"funds.total.spent": Decimal(5)}
    keys = ("spent", "data.spent", "due", "funds.total.spent", "row.actual", "row.target", "funds.total.due")
    assert [answers.number(key) for key in keys] == [3, 3, 4, 5, 6, None, None]


def test_a_column_of_the_form_s_own_is_an_answer_too() -> None:
    answers = Answers.of({"row.adjusted": Decimal(7)})
    assert answers.number("row.adjusted") == 7
    emptied = answers.changed("row.adjusted", None)
    assert emptied.number("row.adjusted") is None
    assert emptied.row == PerformanceIndicator()


def test_an_answer_of_words_is_no_number() -> None:
    answers = Answers({"words": "是", "count": 3, "amount": Decimal("1.5"), "empty": None})
    assert [answers.number(key) for key in ("words", "count", "amount", "empty", "absent")] == [
        None,
        Decimal(3),
        Decimal("1.5"),
        None,
        None,
    ]
