"""Cases and coverage of a form whose rows the department enters."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.forms_support import ROOT
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.formtools.casefile import read_cases
from zhengti_zip.formtools.cases import CaseResult, run_cases
from zhengti_zip.formtools.coverage import untested

FORM = ROOT / "tests" / "forms" / "project-2031"

MONEY = """- 名称: 执行率 90%
  填报数据: {funds.total.budget: 100, funds.total.spent: 90}
  预期得分: {预算执行率: 9}
"""
ROWS = """- 名称: 完成八成和全部完成
  填报数据:
    绩效指标:
      - {指标类型: 产出指标-数量指标, 三级指标: 培训, 目标方向: ≥, 年度指标值: 10, 实际完成值: 8, 分值: 20}
      - {指标类型: 产出指标-质量指标, 三级指标: 合格率, 目标方向: ≥, 年度指标值: 95, 实际完成值: 95, 分值: 30}
  预期得分: {培训: 16, 合格率: 30}
"""
WHOLE = """- 名称: 其余满分，总分 95 分
  填报数据:
    绩效指标:
      - {指标类型: 产出指标-数量指标, 三级指标: 培训, 分值: 50}
      - {指标类型: 效益指标-社会效益指标, 三级指标: 就业, 分值: 30}
      - {指标类型: 满意度指标-服务对象满意度指标, 三级指标: 满意度, 分值: 10}
    自评分: {预算执行率: 5}
    其余指标: 满分
  预期得分: {培训: 50, 预算执行率: 5}
  预期总分: 95
"""


def copy_of(folder: Path, cases: str) -> Path:
    shutil.copytree(FORM, folder / "form")
    (folder / "form" / "cases.yaml").write_text(cases, encoding="utf-8")
    return folder / "form"


def results(folder: Path, cases: str) -> list[CaseResult]:
    return run_cases(load_form(copy_of(folder, cases)))


@pytest.mark.parametrize("cases", [MONEY, ROWS, WHOLE], ids=["资金", "自填的指标", "其余满分"])
def test_a_case_names_money_and_entered_rows_by_their_words(tmp_path: Path, cases: str) -> None:
    (result,) = results(tmp_path, cases)
    assert [str(difference) for difference in result.mismatches] == []


def test_a_difference_in_an_entered_row_is_named(tmp_path: Path) -> None:
    (result,) = results(tmp_path, ROWS.replace("培训: 16", "培训: 15"))
    assert str(result.mismatches[0]).startswith("培训 应为 15，程序得 16")


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (ROWS.replace("培训: 16", "培训: 21"), "0 到这一行的分值 20"),
        (ROWS.replace("{培训: 16", "{讲课: 16"), "没有名为“讲课”的评分行"),
        (ROWS.replace("三级指标: 合格率", "三级指标: 培训").replace(", 合格率: 30", ""), "不能确定"),
        (ROWS.replace("年度指标值: 10", "目标值: 10"), "没有“目标值”这一栏"),
    ],
    ids=["超过分值", "没有的行", "同名", "没有的栏"],
)
def test_a_mistake_in_a_case_of_entered_rows(tmp_path: Path, cases: str, words: str) -> None:
    (mistake,) = read_cases(load_form(copy_of(tmp_path, cases)))[1]
    assert words in mistake.message


def remarks(folder: Path, cases: str) -> dict[str, Mistake]:
    form = load_form(copy_of(folder, cases))
    return {mistake.path: mistake for mistake in untested(form, run_cases(form))}


def test_entered_rows_without_a_case(tmp_path: Path) -> None:
    found = remarks(tmp_path, MONEY)
    assert "“绩效指标”没有案例" in found["own"].message
    assert "≥、≤、=、定性" in found["own.columns"].message
    assert "满分" in found["indicators.0.indicators.0.rows.0.rules.0"].message


def test_what_the_cases_of_entered_rows_leave_out(tmp_path: Path) -> None:
    found = remarks(tmp_path, ROWS)
    assert "own" not in found
    assert "own.rules.0" not in found  # full marks and less
    assert found["own.columns"].message.endswith("：≤、=、定性")


LIMITED = """- 名称: 执行率 {0}%，总分 {1} 分
  填报数据:
    funds.total.budget: 1000
    funds.total.spent: {2}
    绩效指标:
      - {{指标类型: 产出指标-数量指标, 三级指标: 培训, 分值: 50}}
      - {{指标类型: 效益指标-社会效益指标, 三级指标: 就业, 分值: 30}}
      - {{指标类型: 满意度指标-服务对象满意度指标, 三级指标: 满意度, 分值: 10}}
    自评分: {{预算执行率: 10}}
    其余指标: 满分
  预期总分: {1}
"""


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (LIMITED.format("59.9", 69, 599), "60%（总分至多 69 分）达到的一侧"),
        (LIMITED.format("60", 100, 600), "60%（总分至多 69 分）不足的一侧"),
        (LIMITED.format("58.9", 69, 589), "60%（总分至多 69 分）两侧"),
        (LIMITED.format("59.9", 69, 599) + LIMITED.format("60", 100, 600), ""),
    ],
    ids=["不足", "达到", "太远", "两边"],
)
def test_a_limit_on_the_total_is_tried_from_both_sides(tmp_path: Path, cases: str, words: str) -> None:
    folder = copy_of(tmp_path, cases)
    text = (folder / "form.yaml").read_text(encoding="utf-8")
    cap = "cap: {by: derived.execution_rate, bands: [{below: 60, at_most: 69}]}\n"
    (folder / "form.yaml").write_text(cap + text, encoding="utf-8")
    form = load_form(folder)
    outcome = run_cases(form)
    assert [str(difference) for result in outcome for difference in result.mismatches] == []
    found = {mistake.path: mistake.message for mistake in untested(form, outcome)}
    assert words in found["cap"] if words else "cap" not in found
