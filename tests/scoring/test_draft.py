"""A clerk's draft with thirty ordinary mistakes gives thirty problems, none twice and none elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.calling import call
from tests.workbook.tools import DEMO
from zhengti_zip import read
from zhengti_zip.grid.examine import examine

INPUT_SHEETS = ("基本情况", "年度目标", "部门预算", "指标自评", "评分数据", "绩效指标", "单位明细")

MISTAKES: dict[tuple[str, str], tuple[Any, str]] = {
    ("基本情况", "B5"): ("虚构市示例区公园管理局（汇总）", "scope_in_name"),
    ("基本情况", "B6"): (2023, "other_year"),
    ("年度目标", "D8"): (None, "goal_without_reason"),
    ("年度目标", "C9"): (None, "missing"),
    ("年度目标", "B10"): ("开展自然教育活动60场。", "same_goal_twice"),
    ("部门预算", "B5"): (18625.37, "sum_mismatch"),
    ("部门预算", "B10"): ("四千三百五十", "not_a_number"),
    ("指标自评", "G7"): ("无", "no_reason"),
    ("指标自评", "F8"): (5, "score_out_of_range"),
    ("指标自评", "F9"): ("满分", "not_a_number"),
    ("指标自评", "H10"): (None, "no_improvement"),
    ("指标自评", "G13"): ("同上", "says_nothing"),
    ("指标自评", "F19"): (None, "no_score"),
    ("指标自评", "F20"): (2.835, "score_rounded"),
    ("指标自评", "F26"): (2, "score_differs"),
    ("评分数据", "E10"): (1190.58, "carry_over_differs"),
    ("评分数据", "E26"): (25, "data_contradiction"),
    ("评分数据", "E31"): (None, "missing"),
    ("评分数据", "E35"): (0.5, "not_whole"),
    ("评分数据", "E41"): (11862.03, "in_use_over_owned"),
    ("绩效指标", "H5"): (None, "missing"),
    ("绩效指标", "K5"): (None, "weights_incomplete"),
    ("绩效指标", "H8"): ("九十三点六", "not_a_number"),
    ("绩效指标", "D10"): ("≥", "cost_at_least"),
    ("绩效指标", "L11"): (None, "target_overshot"),
    ("绩效指标", "J13"): (75, "percent_out_of_range"),
    ("绩效指标", "C15"): ("自然教育活动场次", "indicator_in_two_groups"),
    ("绩效指标", "C16"): ("资金支付进度", "payment_as_output"),
    ("单位明细", "D9"): (1905.2, "sum_mismatch"),
    ("单位明细", "B10"): ("示例河公园管理所", "same_unit_twice"),
}
"""What stands in a cell, and what must be said there."""

AROUND: dict[tuple[str, str], Any] = {
    ("年度目标", "C8"): "六个公园中有一个的应急广播系统未能按期完成验收。",
    ("年度目标", "B7"): "开展自然教育活动 60 场",
    ("年度目标", "C10"): "举办活动83场。",
    ("评分数据", "E29"): None,
    ("绩效指标", "K6"): 30,
    **{
        ("绩效指标", f"{column}15"): value
        for column, value in {
            "B": "效益-社会",
            "D": "≥",
            "E": 60,
            "G": "场",
            "H": 83,
            "L": "新增校园专场",
        }.items()
    },
    **{
        ("绩效指标", f"{column}16"): value
        for column, value in {"B": "产出-时效", "D": "≥", "E": 100, "G": "%", "H": 93, "L": "迁改"}.items()
    },
}
"""What else is entered, so that the mistakes can be made."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The blank template with the inputs of the demo typed in."""
    file = tmp_path_factory.mktemp("draft") / "填报.xlsx"
    assert call("template", "-o", file).code == 0
    blank, demo = load_workbook(file), load_workbook(DEMO)
    for sheet in INPUT_SHEETS:
        for row in demo[sheet].iter_rows():
            for cell in row:
                target = blank[sheet][cell.coordinate]
                if cell.value is not None and target.value is None:
                    target.value = cell.value
    blank.save(file)
    return file


def draft(filled: Path, folder: Path, changes: dict[tuple[str, str], Any]) -> Path:
    """The filled workbook with some cells typed differently."""
    book = load_workbook(filled)
    for (sheet, place), value in changes.items():
        book[sheet][place].value = value
    file = folder / "草稿.xlsx"
    book.save(file)
    return file


def test_what_the_mistakes_are_made_in_is_sound(filled: Path) -> None:
    assert [problem.message for problem in examine(read(filled)).problems] == []


def test_thirty_mistakes_are_thirty_problems_each_at_its_cell(filled: Path, tmp_path: Path) -> None:
    typed = {where: value for where, (value, _) in MISTAKES.items()}
    problems = examine(read(draft(filled, tmp_path, {**typed, **AROUND}))).problems
    assert len(MISTAKES) == 30
    assert [(str(problem.place), problem.code) for problem in problems] == [
        (f"{sheet}!{cell}", code) for (sheet, cell), (_, code) in MISTAKES.items()
    ]
    assert all(problem.message and problem.remedy for problem in problems)
