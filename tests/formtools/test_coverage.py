"""What the cases of a form leave untested is said by row, and the cases of the real forms leave nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.forms_support import EVERY_DEFINITION, FICTIONAL
from tests.support import is_chinese
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.mistakes import Level, Mistake
from zhengti_zip.formtools.cases import run_cases
from zhengti_zip.formtools.coverage import untested

EXECUTION = "indicators.0.groups.1.indicators.0.rows.0"


def remarks(folder: Path, cases: str) -> dict[str, Mistake]:
    """What these cases of the fictional form leave untested, by key path."""
    copy = folder / "form"
    shutil.copytree(FICTIONAL, copy)
    (copy / "cases.yaml").write_text(cases, encoding="utf-8")
    form = load_form(copy)
    return {mistake.path: mistake for mistake in untested(form, run_cases(form))}


def case(data: str, score: str) -> str:
    return f'- 名称: "填报 {data}"\n  填报数据: {{{data}}}\n  预期得分: {{{score}}}\n'


@EVERY_DEFINITION
def test_the_real_cases_leave_nothing_untested(folder: Path) -> None:
    form = load_form(folder)
    assert [mistake.message for mistake in untested(form, run_cases(form))] == []


def test_a_row_without_a_case_is_named(tmp_path: Path) -> None:
    found = remarks(tmp_path, case("可用资金总额: 100, 全年支付数: 100", "资金执行率: 15"))
    assert "“资金沉淀率”没有案例" in found["indicators.1.groups.1.indicators.1.rows.0"].message
    assert EXECUTION not in found
    assert len(found) == len(load_form(FICTIONAL).rows) + 1  # each row for one reason, and the grades
    for mistake in found.values():
        assert mistake.level is Level.REMARK
        assert is_chinese(mistake.remedy)


def test_a_score_that_no_case_expects_does_not_count_as_tested(tmp_path: Path) -> None:
    cases = case("查实的投诉件数: 0, 可用资金总额: 100, 全年支付数: 100", "投诉处置: 5")
    assert EXECUTION in remarks(tmp_path, cases)


def test_bands_and_the_sides_of_their_limits(tmp_path: Path) -> None:
    paid = {"97.5": 15, "97.4": 12.5, "92": 12.5, "85.1": 8}
    cases = "".join(
        case(f"可用资金总额: 100, 全年支付数: {amount}", f"资金执行率: {score}")
        for amount, score in paid.items()
    )
    words = remarks(tmp_path, cases)[f"{EXECUTION}.rules.0"].message
    assert "97.5%" not in words
    assert "界限 92% 未达到的一侧" in words
    assert "界限 85% 未达到的一侧" in words
    assert "其余得 3.5 分" in words


@pytest.mark.parametrize(("paid", "near"), [("86", True), ("86.01", False)])
def test_a_case_tests_a_limit_within_one_percentage_point(tmp_path: Path, paid: str, near: bool) -> None:
    cases = case(f"可用资金总额: 100, 全年支付数: {paid}", "资金执行率: 8")
    words = remarks(tmp_path, cases)[f"{EXECUTION}.rules.0"].message
    assert ("界限 85% 未达到的一侧" if near else "界限 85% 的两侧") in words


def test_each_version_each_answer_and_the_end_of_a_deduction(tmp_path: Path) -> None:
    cases = case("查实的投诉件数: 1", "投诉处置: 3") + case(
        "预算管理制度已建立并执行: 是, 合同管理制度已建立并执行: 不适用, 资产管理制度已建立并执行: 是",
        "内部制度: 12.5",
    )
    found = remarks(tmp_path, cases)
    complaints = "indicators.1.groups.1.indicators.2.rows.0.rules"
    assert "任何情况" in found[f"{complaints}.0"].message
    assert "自 2030 年度起的规则的案例没有考察：满分、扣完为止" in found[f"{complaints}.1"].message
    systems = found["indicators.1.groups.1.indicators.0.rows.0.rules.0"].message
    assert "“合同管理制度已建立并执行”答“是”" in systems
    assert "“预算管理制度已建立并执行”答“是”" not in systems
    assert "“预算管理制度已建立并执行”答“否”" in systems


def test_grades_are_tested_from_both_sides(tmp_path: Path) -> None:
    total = (
        "- 名称: {0}\n  填报数据: {{自评分: {{成果指标完成情况: {1}}}, 其余指标: 满分}}\n  预期总分: {0}\n"
    )
    found = remarks(
        tmp_path, total.format("110", "15") + total.format("109.99", "14.99") + total.format("96", "1")
    )
    words = found["grade"].message
    assert "卓越" not in words
    assert "“优良”的界限 96 分不足的一侧" in words
    assert "“合格”的界限 72 分两侧" in words
