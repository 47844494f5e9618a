"""``upgrade --to`` and ``fill --to``: last year's file in this year's workbook."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.calling import SAMPLE, call, sample, written
from tests.forms_support import HAIZHU
from zhengti_zip import read
from zhengti_zip.formtools.carried_workbook import LEFT_SHEET


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    """The form of 2023."""
    folder = tmp_path / "haizhu-2023"
    shutil.copytree(HAIZHU, folder)
    text = (folder / "form.yaml").read_text(encoding="utf-8")
    text = text.replace("id: haizhu-2022", "id: haizhu-2023").replace("\nyear: 2022\n", "\nyear: 2023\n")
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    """The workbook of 2022."""
    book = tmp_path / "去年.xlsx"
    assert call("fill", SAMPLE, "-o", book).code == 0
    return book


def test_a_workbook_goes_into_the_form_of_the_next_year(
    tmp_path: Path, next_year: Path, last_year: Path
) -> None:
    target = tmp_path / "今年.xlsx"
    outcome = call("upgrade", last_year, "--to", next_year, "-o", target)
    assert (outcome.code, outcome.out) == (0, f"{target}\n")
    assert "没有带入  部门预算：7 个值（是上一年度的数据，请按新年度填写）" in outcome.err
    old, new = read(last_year).submission, read(target, next_year).submission
    assert new.fields == {**old.fields, "year": 2023}
    assert [goal.goal for goal in new.goals] == [goal.goal for goal in old.goals]
    assert (new.budget, new.scores) == ({}, {})


def test_what_was_not_taken_is_the_first_sheet_and_no_problem_for_the_reader(
    tmp_path: Path, next_year: Path, last_year: Path
) -> None:
    target = tmp_path / "今年.xlsx"
    done = call("upgrade", last_year, "--to", next_year, "-o", target)
    book = load_workbook(target)
    assert book.sheetnames[0] == LEFT_SHEET
    rows = list(book[LEFT_SHEET].iter_rows(min_row=5, values_only=True))
    assert ("2", "部门预算", "部门预算", "7 个值", "是上一年度的数据，请按新年度填写") in [
        row[:5] for row in rows
    ]
    hint = done.err.strip().rpartition("：zhengti-zip ")[2]
    checked = call(*shlex.split(hint))
    assert checked.code == 1  # amounts and scores are still to be filled in
    assert LEFT_SHEET not in checked.out


def test_everything_goes_over_without_a_list(tmp_path: Path, next_year: Path) -> None:
    target = tmp_path / "今年.xlsx"
    outcome = call("fill", SAMPLE, "--to", next_year, "--all", "-o", target, "--json")
    assert outcome.code == 0
    assert outcome.json["not_taken"] == []
    assert outcome.json["form"] == "haizhu-2023"
    assert LEFT_SHEET not in load_workbook(target).sheetnames
    assert read(target, next_year).submission.budget == read(SAMPLE).submission.budget


def test_a_value_that_nobody_understood_is_carried_over_as_it_was_typed(
    tmp_path: Path, next_year: Path, last_year: Path
) -> None:
    book = load_workbook(last_year)
    sheet = book["基本情况"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 1)
    cell.value = "大约一个"
    book.save(last_year)
    target = tmp_path / "今年.xlsx"
    assert call("upgrade", last_year, "--to", next_year, "-o", target).code == 0
    assert "“大约一个”" in call("check", target, "--form", next_year).out


def test_what_nobody_understood_in_json_is_listed(tmp_path: Path, next_year: Path) -> None:
    data = sample()
    data["fields"]["unit_count"] = "大约一个"
    data["fields"]["fax"] = "1234"
    file = written(tmp_path, data)
    outcome = call("fill", file, "--to", next_year, "--all", "-o", tmp_path / "今年.xlsx", "--json")
    assert outcome.code == 0
    left = {each["path"]: each for each in outcome.json["not_taken"]}
    assert left["fields.unit_count"]["value"] == "大约一个"
    assert "没有 fields.fax 这个键" in left["fields.fax"]["reason"]


@pytest.mark.parametrize("option", ["--all", "--json"])
def test_options_of_a_transfer_need_its_target(tmp_path: Path, last_year: Path, option: str) -> None:
    outcome = call("upgrade", last_year, option, "-o", tmp_path / "新.xlsx")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{option} 要与 --to 连用" in outcome.err


def test_a_form_that_is_not_there(tmp_path: Path, last_year: Path) -> None:
    outcome = call("upgrade", last_year, "--to", tmp_path / "nowhere", "-o", tmp_path / "新.xlsx")
    assert outcome.code == 2
    assert not (tmp_path / "新.xlsx").exists()
