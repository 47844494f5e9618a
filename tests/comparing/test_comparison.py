"""Comparing two submissions: all differences in the order of the form, with rows aligned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.forms_support import FICTIONAL
from tests.scoring import projects
from tests.support import GONE, changed, form, source
from tests.workbook.tools import DEMO
from zhengti_zip.base.errors import InputError
from zhengti_zip.comparing.comparison import Comparison, compare
from zhengti_zip.comparing.comparisonjson import comparison_data
from zhengti_zip.comparing.difference import DifferenceKind
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.problems import InputRefused
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.read.anyinput import read

Goal = dict[str, str]

GOALS: list[Goal] = [
    {"goal": "完成年度工作计划。", "completion": "已全部完成。"},
    {"goal": "加强预算管理。", "completion": "支出率94.2%。"},
    {"goal": "开展群众满意度调查。", "completion": "满意度92%。"},
]
NEW: Goal = {"goal": "新建图书馆一座。", "completion": "主体结构封顶。"}
SCORE = "scores.spending_rate"


def compared(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    return compare(source(before), source(after))


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Kind, path, before and after of every difference."""
    return [(d.kind.value, d.path, d.before, d.after) for d in compared(before, after).differences]


def goals_told(before: list[Goal], after: list[Goal]) -> list[tuple[str, str, str, str]]:
    return told({"goals": before}, {"goals": after})


def test_equal_data_have_no_difference() -> None:
    comparison = compared({}, {})
    assert comparison.is_equal
    assert comparison.differences == ()


def test_another_notation_of_the_same_amount_is_no_difference() -> None:
    assert told({"budget.total": "1297.59"}, {"budget.total": "１，２９７．５９０万元"}) == []


def test_differences_are_in_the_order_of_the_form_with_label_and_unit() -> None:
    changes = {
        "data.spent": "17411.06",
        f"{SCORE}.reason": "年中追加预算。",
        "budget.total": "1297.6",
        "goals": [{**GOALS[0], "completion": "已完成。"}],
        "fields.unit_count": 2,
        "fields.department": "海珠区文化局",
    }
    differences = compared({}, changes).differences
    assert [(d.label, d.before, d.after, d.unit) for d in differences] == [
        ("部门名称", "海珠区教育局", "海珠区文化局", ""),
        ("单位数", "1", "2", "个"),
        ("第 1 条 完成情况", "已全部完成。", "已完成。", ""),
        ("总预算", "1297.59", "1297.6", "万元"),
        ("部门预算资金支出率 未达标原因", "", "年中追加预算。", ""),
        ("部门预算资金支出率 年度支出数", "", "17411.06", "万元"),
    ]


def test_a_deleted_value_is_a_difference() -> None:
    assert told({}, {f"{SCORE}.score": GONE}) == [("changed", f"{SCORE}.score", "10", "")]


def test_an_inserted_row_is_one_added_row() -> None:
    assert goals_told(GOALS, [GOALS[0], NEW, *GOALS[1:]]) == [
        ("added", "goals.1", "", "绩效目标：新建图书馆一座。；完成情况：主体结构封顶。")
    ]


def test_a_deleted_row_is_one_removed_row_with_its_number_before() -> None:
    assert goals_told(GOALS, [GOALS[0], GOALS[2]]) == [
        ("removed", "goals.1", "绩效目标：加强预算管理。；完成情况：支出率94.2%。", "")
    ]


def test_a_row_in_another_place_is_a_moved_row() -> None:
    assert goals_told(GOALS, [GOALS[2], *GOALS[:2]]) == [("moved", "goals.0", "第 3 条", "第 1 条")]


def test_the_label_of_a_moved_row_has_its_name() -> None:
    (difference,) = compared({"goals": GOALS}, {"goals": [GOALS[2], *GOALS[:2]]}).differences
    assert difference.label == "年度目标 第 1 条“开展群众满意度调查。”"


def test_an_inserted_row_and_a_change_after_it_are_two_differences() -> None:
    after = [NEW, GOALS[0], {**GOALS[1], "completion": "支出率95%。"}, GOALS[2]]
    assert goals_told(GOALS, after) == [
        ("added", "goals.0", "", "绩效目标：新建图书馆一座。；完成情况：主体结构封顶。"),
        ("changed", "goals.2.completion", "支出率94.2%。", "支出率95%。"),
    ]


def test_a_rewritten_row_is_compared_input_by_input() -> None:
    assert goals_told(GOALS, [GOALS[0], NEW, GOALS[2]]) == [
        ("changed", "goals.1.goal", "加强预算管理。", "新建图书馆一座。"),
        ("changed", "goals.1.completion", "支出率94.2%。", "主体结构封顶。"),
    ]


def test_a_copied_row_is_one_added_row() -> None:
    assert goals_told(GOALS, [*GOALS, GOALS[0]]) == [
        ("added", "goals.3", "", "绩效目标：完成年度工作计划。；完成情况：已全部完成。")
    ]


INDICATOR = {
    "type": "产出-数量",
    "name": "公园数量",
    "direction": "≥",
    "target": "18",
    "actual": "18",
    "unit": "个",
}


def test_rows_of_performance_indicators_are_aligned_by_their_names() -> None:
    other = {**INDICATOR, "name": "步行道长度", "target": "3.6", "actual": "2.9", "unit": "公里"}
    result = compared({"indicators": [INDICATOR]}, {"indicators": [other, {**INDICATOR, "actual": "19"}]})
    assert [(d.kind, d.label, d.before, d.after) for d in result.differences] == [
        (
            DifferenceKind.ADDED,
            "绩效指标 第 1 项",
            "",
            "指标类型：产出-数量；指标名称：步行道长度；目标方向：≥；目标值：3.6；计量单位：公里；实际完成值：2.9",
        ),
        (DifferenceKind.CHANGED, "第 2 项 实际完成值", "18", "19"),
    ]


def test_rows_of_units_are_aligned_by_their_names() -> None:
    units = [{"name": name, "amounts": {"total": "10"}} for name in ("甲中心", "乙中心", "丙中心")]
    result = compared({"units": units}, {"units": [units[0], {**units[2], "amounts": {"total": "11"}}]})
    assert [(d.kind, d.label, d.before, d.after) for d in result.differences] == [
        (DifferenceKind.REMOVED, "单位明细 第 2 个单位", "单位名称：乙中心；总预算：10万元", ""),
        (DifferenceKind.CHANGED, "第 2 个单位 总预算", "10", "11"),
    ]


def test_two_hundred_rows_with_one_inserted_have_one_difference() -> None:
    rows = [{"goal": f"第{number}项工作", "completion": f"完成{number}%"} for number in range(200)]
    assert [kind for kind, *_ in goals_told(rows, [*rows[:77], NEW, *rows[77:]])] == ["added"]


@settings(max_examples=40)
@given(st.permutations(range(6)), st.lists(st.booleans(), min_size=6, max_size=6))
def test_only_the_same_rows_in_the_same_order_are_equal(order: list[int], kept: list[bool]) -> None:
    rows = [{"goal": f"目标{'甲乙丙丁戊己'[number]}", "completion": "完成。"} for number in range(6)]
    after = [rows[number] for number in order if kept[number]]
    assert (goals_told(rows, after) == []) == (rows == after)


# Values that could not be read.


def test_a_value_not_understood_is_compared_as_it_was_typed() -> None:
    assert told({}, {"budget.total": "约一千万"}) == [
        ("changed", "budget.total", "1297.59", "约一千万（无法识别）")
    ]


def test_a_value_not_understood_is_not_the_same_as_an_empty_one() -> None:
    assert told({"budget.total": GONE}, {"budget.total": "约一千万"}) == [
        ("changed", "budget.total", "", "约一千万（无法识别）")
    ]


def test_the_same_value_not_understood_is_equal() -> None:
    assert told({"budget.total": "约一千万"}, {"budget.total": "约一千万"}) == []


def test_a_value_not_understood_in_a_row_is_compared_as_it_was_typed() -> None:
    after = {**INDICATOR, "target": "十八"}
    assert told({"indicators": [INDICATOR]}, {"indicators": [after]}) == [
        ("changed", "indicators.0.target", "18", "十八（无法识别）")
    ]


@pytest.mark.parametrize(
    ("changes", "length"),
    [({"fields.department": "局" * 58 + "\x01"}, 59), ({"fields.department": "局" * 59 + "\x01"}, 60)],
)
def test_a_value_not_understood_of_up_to_sixty_characters_is_compared(
    changes: dict[str, str], length: int
) -> None:
    assert len(changes["fields.department"]) == length
    assert compared(changes, changes).is_equal


UNKNOWN = {
    "too long to be known whole": {"fields.department": "局" * 60 + "\x01"},
    "no such input": {"fields.departement": "海珠区教育局"},
    "no value at all": {"fields.department": {"name": "海珠区教育局"}},
    "no table": {"goals": {"goal": "完成"}},
}


@pytest.mark.parametrize("changes", UNKNOWN.values(), ids=UNKNOWN)
def test_a_source_with_unknown_values_is_refused_and_they_are_named(changes: dict[str, Any]) -> None:
    with pytest.raises(InputRefused, match="不能判断是否相同") as refusal:
        compared(changes, changes)
    assert len(refusal.value.problems) == 1


def test_an_amount_with_another_unit_is_compared() -> None:
    assert told({"budget.total": "12975900元"}, {}) == []


def without_superior(book: Workbook, version: int) -> None:
    """A template that does not ask for 上级补助资金 yet."""
    book["_zhengti"]["B2"].value = version
    del book.defined_names["zt_budget_superior"]
    book["部门预算"]["A11"].value = None


@pytest.mark.parametrize(("version", "said"), [(0, "旧版模板中没有"), (1, "找不到")])
def test_an_input_missing_in_an_older_template_is_empty_and_noted(
    version: int, said: str, tmp_path: Path
) -> None:
    book = load_workbook(DEMO)
    without_superior(book, version)
    book.save(old := tmp_path / "旧.xlsx")
    result = compare(read(old), read(DEMO))
    assert [(d.path, d.before) for d in result.differences] == [("budget.superior", "")]
    (note,) = result.notes
    assert said in note.message


def test_an_input_missing_in_both_templates_is_no_difference_and_noted(tmp_path: Path) -> None:
    book = load_workbook(DEMO)
    without_superior(book, 0)
    book.save(old := tmp_path / "旧.xlsx")
    result = compare(read(old), read(old))
    assert result.is_equal
    assert len(result.notes) == 2


# Two forms.


def test_another_form_is_refused() -> None:
    fictional = read(FICTIONAL / "sample.json", FICTIONAL)
    with pytest.raises(InputError, match="不是同一种表") as refusal:
        compare(source(), fictional)
    assert fictional.form.id in refusal.value.message
    assert refusal.value.remedy


def test_the_second_form_is_compared_by_its_own_labels() -> None:
    before = read(FICTIONAL / "sample.json", FICTIONAL)
    data = dict(before.submission.as_data())
    data["budget"] = {**data["budget"], (column := before.form.budget.columns[0]).id: "1"}
    (difference,) = compare(before, from_data(data, before.form)).differences
    assert (difference.path, difference.label, difference.after) == (f"budget.{column.id}", column.label, "1")


def test_data_and_source_of_the_same_form_are_compared() -> None:
    assert compare(from_data(changed({}), form()), source()).is_equal


def project(changes: dict[str, Any]) -> Source:
    return from_data(projects.changed(changes), projects.form())


def told_of(before: Source, after: Source) -> list[tuple[str, str, str, str, str]]:
    found = compare(before, after).differences
    return [(each.kind.value, each.path, each.label, each.before, each.after) for each in found]


def test_rows_of_ones_own_are_matched_by_type_and_name() -> None:
    rows = projects.sound()["indicators"]
    lowered = [rows[1], {**rows[0], "actual": "18"}, *rows[2:]]
    assert told_of(project({}), project({"indicators": lowered})) == [
        ("moved", "indicators.1", "绩效指标 第 2 项“改造小区”", "第 1 项", "第 2 项"),
        ("changed", "indicators.1.actual", "第 2 项 实际完成值", "20", "18"),
    ]


def test_an_own_row_added_and_one_removed() -> None:
    rows = projects.sound()["indicators"]
    added = projects.row("产出指标-时效指标", "按期完工率", "10")
    found = told_of(project({}), project({"indicators": [*rows[:3], added]}))
    assert [(kind, label) for kind, _, label, _, _ in found] == [
        ("removed", "绩效指标 第 4 项"),
        ("added", "绩效指标 第 4 项"),
    ]


def test_cells_of_the_table_of_money_and_what_follows_from_them() -> None:
    changes = {"funds.total.spent": "1134.45", "funds.fiscal.spent": "974.45"}
    comparison = compare(project({}), project(changes))
    assert [each.path for each in comparison.differences] == ["funds.total.spent", "funds.fiscal.spent"]
    data = comparison_data(comparison)
    assert data["derived"] == [
        {"id": "execution_rate", "label": "执行率", "before": "100.00%", "after": "90.00%"}
    ]
    assert data["total"] == {"before": "100", "after": "99"}
    assert "grade" not in data
