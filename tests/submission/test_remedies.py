"""What a message tells a clerk to do can be done as it stands."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.calling import call
from tests.support import changed, form
from tests.workbook.read.changed import worked
from tests.workbook.tools import DEMO
from zhengti_zip import examine, read
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.problems import Problem
from zhengti_zip.submission.source import Source

NUMBERED: dict[str, Any] = {
    "type": "产出-数量",
    "name": "培训班",
    "direction": "≥",
    "target": "20",
    "actual": "20",
}
OPINION: dict[str, Any] = {
    "type": "产出-质量",
    "name": "效果",
    "direction": "定性",
    "target_text": "好",
    "degree": "达成",
}


def source(changes: dict[str, Any]) -> Source:
    """The sound submission with some changes."""
    return from_data(changed(changes), form())


def only(changes: dict[str, Any]) -> Problem:
    """The one problem of it."""
    [problem] = examine(source(changes)).problems
    return problem


def without_names(book: Workbook) -> None:
    book.defined_names.clear()


def without_a_row(book: Workbook) -> None:
    book.defined_names["zt_budget_basic"].attr_text = "'部门预算'!#REF!"


def without_hidden_sheet(book: Workbook) -> None:
    del book["_zhengti"]


@pytest.mark.parametrize("name", ["部门.xlsx", "部门 预算.xlsx", "a&b$c.xlsx"])
@pytest.mark.parametrize("change", [without_names, without_a_row, without_hidden_sheet])
def test_the_command_for_a_new_workbook_runs_as_it_is_printed(tmp_path: Path, name: str, change: Any) -> None:
    book = load_workbook(DEMO)
    change(book)
    book.save(tmp_path / name)
    problem = examine(read(tmp_path / name)).problems[0]
    start = problem.remedy.index("zhengti-zip upgrade")
    command = shlex.split(problem.remedy[start:].partition("，")[0])
    done = call(*command[1:])
    assert done.code == 0, done
    assert (
        read(tmp_path / name.replace(".xlsx", "-新.xlsx")).submission.fields == read(DEMO).submission.fields
    )


@pytest.mark.parametrize(
    ("change", "code", "path", "place"),
    [
        (without_names, "name_lost", "fields", "基本情况!B5"),
        (without_a_row, "lost_input", "budget.basic", "部门预算!A1"),
    ],
)
def test_what_was_lost_is_told_at_its_sheet(
    tmp_path: Path, change: Any, code: str, path: str, place: str
) -> None:
    problem = next(p for p in worked(tmp_path, change).reading_problems if p.code == code)
    assert (problem.path, str(problem.place)) == (path, place)


@pytest.mark.parametrize("length", [61, 100])
def test_too_long_a_text_says_how_much_has_to_go(length: int) -> None:
    problem = only({"fields.department": "局" * length})
    assert problem.message == f"文字有 {length} 个字，最多 60 个字"
    assert problem.remedy == f"请删去至少 {length - 60} 个字"
    assert examine(source({"fields.department": "局" * 60})).problems == []


@pytest.mark.parametrize(
    ("degree", "wanted"),
    [
        ("达成", "“达成”请填 80 至 100，只填数字"),
        ("部分达成", "“部分达成”请填 60 至 80（不含 80），只填数字"),
        ("未达成", "“未达成”请填 0 至 60（不含 60），只填数字"),
    ],
)
def test_a_percentage_in_words_is_told_the_interval_of_its_degree(degree: str, wanted: str) -> None:
    typed = [{**OPINION, "degree": degree, "degree_percent": "很好"}]
    found = {p.code: p.remedy for p in source({"indicators": typed}).reading_problems}
    assert found == {"not_a_number": wanted}


def test_a_percentage_without_a_degree_is_told_all_intervals() -> None:
    typed = [{**OPINION, "degree": None, "degree_percent": "很好"}]
    [problem] = source({"indicators": typed}).reading_problems
    assert problem.remedy == (
        "请填 0 至 100 之间的数：达成 80 至 100，部分达成 60 至 80（不含 80），未达成 0 至 60（不含 60）"
    )


@pytest.mark.parametrize(
    ("part", "unit", "wanted"),
    [
        ("actual", "万平方米", "请填写实际完成值（单位：万平方米），只填数字"),
        ("target", "", "请填写目标值，只填数字"),
        ("weight", "期", "请填写权重，只填数字，例如 20；各项权重相等的可以全部留空"),
    ],
)
def test_words_for_a_number_are_told_the_unit_of_the_row(part: str, unit: str, wanted: str) -> None:
    [problem] = source({"indicators": [{**NUMBERED, "unit": unit, part: "很多"}]}).reading_problems
    assert (problem.code, problem.remedy) == ("not_a_number", wanted)


@pytest.mark.parametrize("score", ["10.004", "10.0000001", "-0.001", "11"])
def test_a_score_out_of_range_is_shown_in_full_everywhere(score: str) -> None:
    examined = examine(source({"scores.spending_rate.score": score}))
    [problem] = examined.problems
    assert problem.code == "score_out_of_range"
    assert f"自评分 {score} " in problem.message
    row = next(row for row in examined.evaluation.rows if row.context.row.id == "spending_rate")
    assert f"{row.score:f}" == score
    assert examined.evaluation.total is None
    assert score in {text.text for cell in examined.table.cells for text in cell.paragraphs}


@pytest.mark.parametrize("name", ["合计", "小计：", "总 计", "共计"])
def test_a_unit_in_json_that_is_a_sum_is_left_out_and_told(name: str) -> None:
    zeros = {column.id: "0" for column in form().budget.columns}
    amounts = {**zeros, "total": "1297.59", "basic": "1155.12", "project": "142.47"}
    units = [
        {"name": "局机关", "amounts": {**zeros, "total": "1155.12", "basic": "1155.12"}},
        {"name": name, "amounts": amounts},
        {"name": "第一小学", "amounts": {**zeros, "total": "142.47", "project": "百"}},
    ]
    given = source({"fields.scope": "汇总", "fields.unit_count": 2, "units": units})
    assert [unit.name for unit in given.submission.units] == ["局机关", "第一小学"]
    assert [(p.severity.value, p.code, str(p.place)) for p in examine(given).problems] == [
        ("warning", "total_row", "units[1]"),
        ("error", "not_a_number", "units[2].project"),
    ]


@pytest.mark.parametrize("name", ["合计公司", "汇总中心"])
def test_a_unit_in_json_with_such_a_word_in_its_name_is_a_unit(name: str) -> None:
    amounts = {column.id: "0" for column in form().budget.columns}
    given = source({"fields.unit_count": 2, "units": [{"name": name, "amounts": amounts}] * 2})
    assert len(given.submission.units) == 2
    assert "total_row" not in {p.code for p in given.reading_problems}


@pytest.mark.parametrize(
    "sheet", ["基本情况", "年度目标", "部门预算", "指标自评", "评分数据", "绩效指标", "单位明细"]
)
def test_a_deleted_sheet_brings_no_other_problem(tmp_path: Path, sheet: str) -> None:
    def work(book: Workbook) -> None:
        del book[sheet]
        for defined in book.defined_names.values():
            defined.attr_text = (defined.attr_text or "").replace(f"'{sheet}'", "#REF")

    assert [p.code for p in examine(worked(tmp_path, work)).problems] == ["lost_input"]
