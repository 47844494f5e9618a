"""Cases an official can read: they pass, they cover every limit, and a mistake in them is named by line."""

from __future__ import annotations

import shutil
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from tests.forms_support import EVERY_DEFINITION, FICTIONAL, HAIZHU
from tests.support import is_chinese
from zhengti_zip.base.errors import FormDefinitionError
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.formtools.casefile import CASES_FILE, read_cases
from zhengti_zip.formtools.cases import Case, CaseResult, run_cases
from zhengti_zip.submission.paths import INDICATORS

PARAMETERS = [
    pytest.param(result, id=f"{folder.name}-{result.case.name}")
    for folder in (HAIZHU, FICTIONAL)
    for result in run_cases(load_form(folder))
]


@pytest.mark.parametrize("result", PARAMETERS)
def test_case(result: CaseResult) -> None:
    assert [str(difference) for difference in result.mismatches] == []


def cases_of(folder: Path) -> tuple[FormDefinition, list[Case]]:
    form = load_form(folder)
    cases, mistakes = read_cases(form)
    assert mistakes == []
    return form, cases


@EVERY_DEFINITION
def test_every_threshold_is_tried_from_both_sides(folder: Path) -> None:
    form, cases = cases_of(folder)
    for context in form.rows:
        rule = context.row.rules[-1]
        for band in getattr(rule, "bands", ()):
            denominator, numerator = (item.id for item in rule.inputs())
            sides = set()
            for case in cases:
                above, below = case.submission.data.get(numerator), case.submission.data.get(denominator)
                if context.row.id in case.scores and above is not None and below:
                    share = Decimal(above) * 100 / Decimal(below) - band.limit_percent
                    if abs(share) <= Decimal("0.2"):
                        sides.add(band.holds(Fraction(above) / Fraction(below)))
            assert sides == {True, False}, (context.name, band.text())


@EVERY_DEFINITION
def test_every_row_has_a_case_and_every_kind_of_emptiness_too(folder: Path) -> None:
    form, cases = cases_of(folder)
    covered = {row_id for case in cases for row_id in case.scores}
    entered = {row_id for row_id in covered if row_id.startswith(f"{INDICATORS}.")}
    assert covered - entered == set(form.row_by_id)
    assert bool(entered) == bool(form.own)
    expected = [score for case in cases for score in case.scores.values()]
    assert {None, Decimal(0)} <= set(expected)


@EVERY_DEFINITION
def test_every_grade_is_tried_at_its_limit_and_just_below(folder: Path) -> None:
    form, cases = cases_of(folder)
    totals = {(case.total, case.grade) for case in cases if case.grade}
    for better, worse in pairwise(form.grade.bands):
        assert (f"{better.at_least}", better.name) in totals
        assert (f"{better.at_least - Decimal('0.01')}", worse.name) in totals


def test_the_worked_values_of_the_scoring_rules() -> None:
    form, cases = cases_of(HAIZHU)
    found = {
        (
            row_id,
            tuple(
                str(case.submission.data.get(item.id))
                for item in form.row_by_id[row_id].row.rules[0].inputs()
            ),
        ): score
        for case in cases
        for row_id, score in case.scores.items()
    }
    for row_id, data, score in (
        ("spending_rate", ("1297.59", "1167.83"), "9"),
        ("carry_over_rate", ("1000", "100"), "2"),
        ("carry_over_rate", ("1000", "100.001"), "1"),
        ("carry_over_rate", ("1297.59", "129.76"), "1"),
        ("asset_utilisation", ("1000", "900"), "2"),
        ("asset_utilisation", ("1000", "899.9"), "1.5"),
        ("finance_compliance", ("5",), "0"),
        ("contract_signing", ("9", "7"), "2.33"),
        ("contract_signing", ("0", "0"), "3"),
    ):
        assert found[row_id, data] == Decimal(score)
    rounding = next(case for case in cases if "2.335" in case.name)
    assert (list(rounding.scores.values()), rounding.total) == ([Decimal("2.34")] * 3, "98.02")


def mistakes_of(folder: Path, content: str) -> list[Mistake]:
    """What is wrong with these cases of the fictional form."""
    copy = folder / "form"
    shutil.copytree(FICTIONAL, copy)
    (copy / CASES_FILE).write_text(content, encoding="utf-8")
    return read_cases(load_form(copy))[1]


GOOD = "- 名称: 甲\n  填报数据: {}\n  预期总分: 无\n"

WRONG = [
    ("不是列表", "名称: 甲\n", 1, "列表", "名称"),
    ("不是键值", GOOD + "- 甲\n", 4, "键: 值", "名称"),
    ("坏的YAML", "- 名称: [甲\n", 2, "YAML", "成对"),
    (
        "写错的键",
        "- 名称: 甲\n  填报数据: {}\n  预期得份: {}\n  预期总分: 无\n",
        3,
        "没有“预期得份”",
        "预期得分",
    ),
    ("没有名称", "- 填报数据: {}\n  预期总分: 无\n", 1, "没有名称", "名称"),
    ("名称重复", GOOD + GOOD, 4, "重复", "不同"),
    ("没有预期", "- 名称: 甲\n  填报数据: {}\n", 1, "没有说预期", "预期得分"),
    ("数据不是键值", "- 名称: 甲\n  填报数据: 无\n  预期总分: 无\n", 2, "名称: 值", "缩进"),
    (
        "没有的数据",
        "- 名称: 甲\n  填报数据:\n    投诉件数: 1\n  预期总分: 无\n",
        3,
        "没有名为“投诉件数”",
        "查实的投诉件数",
    ),
    ("不是整数", "- 名称: 甲\n  填报数据:\n    查实的投诉件数: 1.5\n  预期总分: 无\n", 3, "不是整数", "整数"),
    (
        "不是选项",
        "- 名称: 甲\n  填报数据:\n    预算管理制度已建立并执行: 有\n  预期总分: 无\n",
        3,
        "不是有效的选项",
        "不适用",
    ),
    (
        "数据是列表",
        "- 名称: 甲\n  填报数据:\n    查实的投诉件数: [1]\n  预期总分: 无\n",
        3,
        "一个数值",
        "冒号",
    ),
    (
        "写了两次",
        "- 名称: 甲\n  填报数据:\n    查实的投诉件数: 1\n    data.complaints: 2\n  预期总分: 无\n",
        4,
        "两次",
        "第 3 行",
    ),
    (
        "没有的指标",
        "- 名称: 甲\n  填报数据: {}\n  预期得分:\n    投诉处理: 1\n",
        4,
        "没有名为“投诉处理”",
        "投诉处置",
    ),
    ("不是得分", "- 名称: 甲\n  填报数据: {}\n  预期得分:\n    投诉处置: 满分\n", 4, "不是得分", "无"),
    (
        "指标写了两次",
        "- 名称: 甲\n  填报数据: {}\n  预期得分:\n    投诉处置: 1\n    complaints: 1\n",
        5,
        "两次",
        "一个",
    ),
    (
        "超过分值",
        "- 名称: 甲\n  填报数据: {}\n  预期得分:\n    投诉处置: 5.01\n",
        4,
        "0 到这一行的分值 5",
        "0 到 5",
    ),
    ("负的得分", "- 名称: 甲\n  填报数据: {}\n  预期得分:\n    投诉处置: -1\n", 4, "不可能得到", "0 到 5"),
    ("三位小数", "- 名称: 甲\n  填报数据: {}\n  预期得分:\n    投诉处置: 1.005\n", 4, "两位小数", "1.01"),
    ("超过满分", "- 名称: 甲\n  填报数据: {}\n  预期总分: 120.01\n", 3, "0 到满分 120", "0 到 120"),
    ("不是总分", "- 名称: 甲\n  填报数据: {}\n  预期总分: 很高\n", 3, "不是总分", "无"),
    ("没有的等级", "- 名称: 甲\n  填报数据: {}\n  预期等级: 优秀\n", 3, "没有“优秀”这个等级", "优良"),
    ("其余不是满分", "- 名称: 甲\n  填报数据: {其余指标: 零分}\n  预期总分: 无\n", 2, "只能是“满分”", "不写"),
    (
        "自评分没有的指标",
        "- 名称: 甲\n  填报数据:\n    自评分: {创新: 1}\n  预期总分: 无\n",
        3,
        "没有名为“创新”",
        "创新案例",
    ),
    (
        "绩效指标不是列表",
        "- 名称: 甲\n  填报数据:\n    绩效指标: {名称: 一}\n  预期总分: 无\n",
        3,
        "应是列表",
        "目标方向",
    ),
    (
        "绩效指标没有的栏",
        "- 名称: 甲\n  填报数据:\n    绩效指标:\n      - {目标数: 1}\n  预期总分: 无\n",
        4,
        "没有“目标数”",
        "目标值",
    ),
    (
        "绩效指标没有的类型",
        "- 名称: 甲\n  填报数据:\n    绩效指标:\n      - {指标类型: 产出}\n  预期总分: 无\n",
        4,
        "可选范围",
        "成果-规模",
    ),
]


@pytest.mark.parametrize(
    ("content", "line", "words", "remedy"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_mistake_is_named_by_line_with_a_remedy(
    tmp_path: Path, content: str, line: int, words: str, remedy: str
) -> None:
    (mistake,) = mistakes_of(tmp_path, content)
    assert (mistake.file, mistake.line) == (CASES_FILE, line)
    assert words in mistake.message
    assert remedy in mistake.remedy
    assert is_chinese(mistake.remedy)


@pytest.mark.parametrize(
    "expected", ["预期得分: {投诉处置: 5}", "预期得分: {投诉处置: 0}", "预期总分: 120", "预期总分: 0"]
)
def test_full_marks_and_none_may_be_expected(tmp_path: Path, expected: str) -> None:
    assert mistakes_of(tmp_path, f"- 名称: 甲\n  填报数据: {{}}\n  {expected}\n") == []


def test_a_name_that_means_two_things_is_not_guessed(tmp_path: Path) -> None:
    """填报人 is a field; made the label of a datum too, it can only be told by its id."""
    copy = tmp_path / "form"
    shutil.copytree(FICTIONAL, copy)
    definition = (copy / "form.yaml").read_text(encoding="utf-8")
    (copy / "form.yaml").write_text(
        definition.replace("label: 查实的投诉件数", "label: 在编人数"), encoding="utf-8"
    )
    case = "- 名称: 甲\n  填报数据: {%s: 3}\n  预期得分: {投诉处置: 0}\n"
    (copy / CASES_FILE).write_text(case % "在编人数", encoding="utf-8")
    _, (mistake,) = read_cases(load_form(copy))
    assert "不能确定" in mistake.message
    assert "fields.staff、data.complaints" in mistake.remedy
    (copy / CASES_FILE).write_text(case % "data.complaints", encoding="utf-8")
    assert [result.passed for result in run_cases(load_form(copy))] == [True]


def test_a_difference_says_what_was_expected_and_how_the_score_came_about(tmp_path: Path) -> None:
    content = "- 名称: 甲\n  填报数据: {查实的投诉件数: 1}\n  预期得分: {投诉处置: 5}\n  预期总分: 120\n  预期等级: 卓越\n"
    assert mistakes_of(tmp_path, content) == []
    (result,) = run_cases(load_form(tmp_path / "form"))
    assert [str(difference) for difference in result.mismatches] == [
        "投诉处置 应为 5，程序得 3（查实的投诉件数 1 × 2 分 = 扣 2 分，得 3 分）",
        "总分 应为 120，程序得 无",
        "等级 应为 卓越，程序得 无",
    ]


def test_cases_with_mistakes_are_not_run(tmp_path: Path) -> None:
    assert mistakes_of(tmp_path, "- 名称: 甲\n") != []
    with pytest.raises(FormDefinitionError, match=r"cases\.yaml 第 1 行"):
        run_cases(load_form(tmp_path / "form"))


def test_a_form_without_a_case_file_has_no_cases(tmp_path: Path) -> None:
    shutil.copy(FICTIONAL / "form.yaml", tmp_path)
    assert run_cases(load_form(tmp_path)) == []
