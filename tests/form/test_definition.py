"""A form as the program sees it: rows with what stands above them, and dated versions of rules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support import FORM_ID, Edit, form, mistakes
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.tree import ScoredRow

DATED = ScoredRow.model_validate(
    {
        "id": "row",
        "weight": 2,
        "rules": [
            {"kind": "manual", "basis": "一直", "note": "起初"},
            {"kind": "manual", "basis": "2022年起", "since": 2022},
            {"kind": "manual", "basis": "2024年起", "since": 2024},
        ],
    }
)
NEVER_BEFORE_2022 = ScoredRow.model_validate(
    {"id": "row", "weight": 2, "rules": [{"kind": "manual", "basis": "2022年起", "since": 2022}]}
)


@pytest.mark.parametrize(
    ("year", "basis"),
    [
        (2000, "一直"),
        (2021, "一直"),
        (2022, "2022年起"),
        (2023, "2022年起"),
        (2024, "2024年起"),
        (2099, "2024年起"),
        (None, "2024年起"),
    ],
)
def test_the_last_version_not_after_the_year_is_in_force(year: int | None, basis: str) -> None:
    assert DATED.rule_for(year).basis == basis


def test_a_year_before_the_first_version_takes_the_first() -> None:
    assert NEVER_BEFORE_2022.rule_for(2021).basis == "2022年起"


def test_weights_are_exact_decimals() -> None:
    weights = [context.row.weight for context in form().rows]
    assert all(isinstance(weight, Decimal) for weight in weights)
    assert {"0.5", "1.5"} < {str(weight) for weight in weights}


def test_a_budget_column_by_its_id() -> None:
    assert form().budget.column("basic").label == "基本支出"
    with pytest.raises(KeyError):
        form().budget.column("nothing")


def test_what_a_clerk_picks_belongs_to_a_group() -> None:
    by_name = form().outcomes.by_name
    assert by_name["产出-数量"] == "产出"
    assert by_name["效益-可持续"] == "效益"
    assert by_name["满意度"] == "满意度"
    assert len(by_name) == 9


def test_a_definition_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        form().__setattr__("year", 2023)


def test_a_form_of_another_folder(tmp_path: Path) -> None:
    edit = Edit("id", f"id: {FORM_ID}\n", "id: huadu-2023\n", "", "")
    assert mistakes(tmp_path, edit.apply()) == []
    for given in (tmp_path, str(tmp_path), tmp_path / "form.yaml"):
        loaded = load_form(given)
        assert loaded.id == "huadu-2023"
        assert loaded.folder == tmp_path.resolve()
