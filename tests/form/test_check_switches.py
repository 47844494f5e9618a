"""The checks of a form definition: what is refused, with the line and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import definition_text, mistakes


def refused(folder: Path, written: str) -> tuple[str, str]:
    """Path, and message with remedy, of the one mistake of a form with that line under ``checks``."""
    text = definition_text().replace("\nchecks:\n", f"\nchecks:\n  {written}\n")
    [mistake] = mistakes(folder, text)
    assert text.splitlines()[mistake.line - 1].strip() == written
    return mistake.path, f"{mistake.message}；{mistake.remedy}"


@pytest.mark.parametrize(
    ("written", "path", "words"),
    [
        ("same_goals_twice: off", "checks.same_goals_twice", "是否为 same_goal_twice？"),
        ("cost_least: warning", "checks.cost_least", "是否为 cost_at_least？"),
        ("same_goal_twice: warn", "checks.same_goal_twice.severity", "error、warning、notice、off"),
        ("same_goal_twice: on", "checks.same_goal_twice.severity", "error、warning、notice、off"),
        ("same_goal_twice: {severty: off}", "checks.same_goal_twice.severty", "是否为 severity？"),
    ],
)
def test_a_check_that_is_not_known(tmp_path: Path, written: str, path: str, words: str) -> None:
    found, said = refused(tmp_path, written)
    assert found == path
    assert words in said


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("amount: data.assets_in_use", "amount: data.asset_in_use", "in_use_over_owned.amount", "没有名为"),
        (", limit: data.fixed_assets", "", "in_use_over_owned", "缺少 limit"),
        ("less: [data.spent]", "less: [data.paid]", "carry_over_differs.less.0", "data.spent"),
        ("total: [budget.total]", "total: [budget.sum]", "annual_budget_differs.total.0", "budget.total"),
        ("field: scope, single: 本级", "field: year, single: 本级", "scope_with_units.field", "scope"),
        ("single: 本级", "single: 机关", "scope_with_units.single", "本级、汇总"),
        ("{field: scope}", "{field: scop}", "scope_in_name.field", "scope"),
        ("row: spending_rate,", "row: spending,", "full_outputs_low_execution.row", "spending_rate"),
        ("outputs: [产出],", "outputs: [产量],", "full_outputs_low_execution.outputs.0", "产出"),
        ("types: [产出-成本]", "types: [成本]", "cost_at_least.types.0", "产出-成本"),
    ],
)
def test_a_parameter_that_names_nothing_of_the_form(
    tmp_path: Path, old: str, new: str, path: str, words: str
) -> None:
    text = definition_text()
    assert text.count(old) == 1
    [mistake] = mistakes(tmp_path, text.replace(old, new))
    assert mistake.path == f"checks.{path}"
    assert words in f"{mistake.message}；{mistake.remedy}"


def test_a_form_without_checks_is_sound(tmp_path: Path) -> None:
    before, _, after = definition_text().partition("\nchecks:\n")
    assert mistakes(tmp_path, f"{before}\n{after[after.index('instructions:') :]}") == []
