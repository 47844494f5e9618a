"""The form definition that ships says what the published form says."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from tests.support import form, is_chinese, published
from zhengti_zip.form.tree import ScoredRow
from zhengti_zip.submission.inputs import single_inputs

THRESHOLDS = {
    "carry_over_rate": [("≤ 10%", "2"), ("≤ 20%", "1"), ("≤ 30%", "0.5")],
    "asset_utilisation": [("≥ 90%", "2"), ("≥ 75%", "1.5"), ("≥ 60%", "1")],
    "public_expense_control": [("≤ 100%", "2")],
    "three_public_control": [("≤ 100%", "2")],
}
STEPS = {
    "finance_compliance": "0.5",
    "system_execution": "1",
    "procurement_compliance": "1",
    "asset_allocation": "0.5",
    "asset_data_quality": "0.5",
    "asset_compliance": "0.5",
}
BASES = {
    "output_indicators": "财预〔2020〕10号",
    "benefit_indicators": "财预〔2020〕10号",
    "budget_disclosure": "预算法第十四条",
    "performance_system": "指标解释",
    "results_use": "指标解释",
    "intent_completeness": "财库〔2020〕10号",
    "intent_timeliness": "财库〔2020〕10号",
    "procurement_control": "财库〔2016〕99号",
    "contract_signing": "政府采购法第四十六条",
    "contract_filing": "政府采购法第四十七条",
    "procurement_policy": "财库〔2020〕46号",
    "asset_inventory": "指标解释",
}


def test_the_published_table_is_the_one_we_know() -> None:
    rows = published()
    assert len(rows) == 26
    assert sum(Decimal(row["分值"]) for row in rows) == 100
    assert sum(Decimal(row["得分"]) for row in rows) == 99


@pytest.mark.parametrize("number", range(26))
def test_names_weights_and_explanations_of_each_row(number: int) -> None:
    row, context = published()[number], form().rows[number]
    assert (context.levels[0].name, context.levels[0].weight) == (row["一级指标"], Decimal(row["一级分值"]))
    assert (context.levels[1].name, context.levels[1].weight) == (row["二级指标"], Decimal(row["二级分值"]))
    assert (context.indicator.name, context.row.weight) == (row["三级指标"], Decimal(row["分值"]))
    assert context.indicator.explanation == row["指标解释"]


def test_26_rows_worth_100() -> None:
    assert len(form().rows) == len(published())
    assert sum(context.row.weight for context in form().rows) == form().full_score == 100


def test_rows_of_one_name_are_one_indicator_told_apart_by_their_aspect() -> None:
    pair = [context for context in form().rows if context.indicator.name == "采购意向公开合规性"]
    assert len({id(context.indicator) for context in pair}) == 1
    assert [context.name for context in pair] == [
        "采购意向公开合规性（完整性）",
        "采购意向公开合规性（及时性）",
    ]
    names = [context.name for context in form().rows]
    assert len(set(names)) == 26


@pytest.mark.parametrize("row", THRESHOLDS)
def test_bands(row: str) -> None:
    rule = form().row_by_id[row].row.rules[0]
    bands = [(band.text(), str(band.points)) for band in getattr(rule, "bands", ())]
    assert bands == THRESHOLDS[row]
    assert getattr(rule, "otherwise", None) == 0


@pytest.mark.parametrize("row", STEPS)
def test_steps(row: str) -> None:
    assert getattr(form().row_by_id[row].row.rules[0], "step", None) == Decimal(STEPS[row])


@pytest.mark.parametrize("row", [context.row for context in form().rows], ids=lambda row: str(row.id))
def test_each_rule_names_what_it_rests_on(row: ScoredRow) -> None:
    assert BASES.get(row.id, "默认口径") in row.rules[0].basis


def test_grades_have_no_gaps() -> None:
    bands = form().grade.bands
    assert [(band.name, str(band.at_least)) for band in bands] == [
        ("优", "90"),
        ("良", "80"),
        ("中", "60"),
        ("差", "0"),
    ]
    assert all(above.at_least > below.at_least for above, below in pairwise(bands))
    assert [len(line) for line in form().grade.lines] == [2, 2]


def test_the_budget_and_its_sums() -> None:
    budget = form().budget
    assert [column.label for column in budget.columns] == [
        "总预算",
        "基本支出",
        "项目支出",
        "专项资金",
        "其他事业发展支出",
        "区本级资金",
        "上级补助资金",
    ]
    assert {column.unit for column in budget.columns} == {"万元"}
    labels = {column.id: column.label for column in budget.columns}
    sums = [([labels[key] for key in rule.left], [labels[key] for key in rule.right]) for rule in budget.sums]
    development = ["专项资金", "其他事业发展支出"]
    assert sums == [
        (["总预算"], ["基本支出", "项目支出", *development]),
        (development, ["区本级资金", "上级补助资金"]),
    ]


def test_the_columns_of_the_indicator_table() -> None:
    columns = form().layout.columns
    assert [column.head for column in columns] == [
        "一级指标",
        "分值",
        "二级指标",
        "分值",
        "三级指标",
        "分值",
        "指标解释",
        "得分/自评分",
        "未达标原因",
        "改进措施",
    ]
    empty = {column.show: column.empty for column in columns if column.empty}
    assert empty == {"row.reason": "-", "row.improvement": "-"}


def test_every_input_has_its_own_path_and_a_chinese_label() -> None:
    slots = list(single_inputs(form()))
    assert len({slot.path for slot in slots}) == len(slots)
    assert all(is_chinese(slot.label) for slot in slots)


def test_data_that_two_rows_need_are_asked_for_once() -> None:
    asked = [item.id for _, item in form().data_inputs()]
    assert len(set(asked)) == len(asked)
    uses = [use for context in form().rows for use in context.row.rules[0].uses()]
    assert {use for use in uses if use in asked and uses.count(use) > 1} == {"intents_due", "contracts"}
    assert set(asked) == {use for use in uses if use != "indicators"}
