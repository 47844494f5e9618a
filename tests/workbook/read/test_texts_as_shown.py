"""A text input takes what the cell shows: formats, raised and struck-out runs, escapes."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.workbook.read.changed import (
    BUDGET_TOTAL,
    EVIDENCE_TEXT,
    GOAL_TEXT,
    REASON_TEXT,
    TARGET_TEXT,
    changed,
    problem_at,
    rich,
    told,
    value,
    worked,
)
from tests.workbook.tools import DEMO, edit, put_raw
from zhengti_zip import read
from zhengti_zip.workbook.write.upgrade import upgrade
from zhengti_zip.workbook.write.writer import filled_workbook


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        (0.95, "0%", "95%"),
        (0.5, "0.0%", "50.0%"),
        (datetime(2022, 8, 1), 'yyyy"年"m"月"', "2022年8月"),
        (datetime(2022, 3, 5), 'm"月"d"日"', "3月5日"),
        (datetime(2022, 8, 31), '[$-804]yyyy"年"m"月"d"日前"', "2022年8月31日前"),
        (datetime(2022, 8, 31), "mm-dd-yy", "2022/8/31"),
        (time(9, 30), "h:mm", "9:30"),
        (15, "0000", "0015"),
        (0.5, "# ?/?", "1/2"),
        (True, "General", "TRUE"),
        (1204.5, "#,##0.00", "1,204.50"),
        (1204.5, "General", "1204.5"),
        (3, '0"项"', "3项"),
        ("教育", '@"局"', "教育局"),
    ],
)
def test_a_text_input_takes_what_is_shown(tmp_path: Path, stored: Any, code: str, text: str) -> None:
    source = changed(tmp_path, (EVIDENCE_TEXT, stored, code))
    assert value(source, EVIDENCE_TEXT) == text
    assert told(source) == []


def test_every_text_input_does(tmp_path: Path) -> None:
    places = (GOAL_TEXT, REASON_TEXT, EVIDENCE_TEXT, TARGET_TEXT)
    source = changed(tmp_path, *((place, 0.95, "0%") for place in places))
    assert [value(source, place) for place in places] == ["95%"] * 4


def test_a_number_too_long_to_show_keeps_its_digits_and_that_is_told(tmp_path: Path) -> None:
    source = changed(tmp_path, (EVIDENCE_TEXT, 440105202212345, "General"))
    assert value(source, EVIDENCE_TEXT) == "440105202212345"
    assert "4.40105E+14" in problem_at(source, EVIDENCE_TEXT).message


def test_a_format_nobody_knows_is_told(tmp_path: Path) -> None:
    source = changed(tmp_path, (EVIDENCE_TEXT, 44621, "[$-411]ggge"))
    found = problem_at(source, EVIDENCE_TEXT)
    assert (found.severity.value, found.code) == ("notice", "understood")
    assert "ggge" in found.message


def test_a_hidden_number_is_read_and_told(tmp_path: Path) -> None:
    source = changed(tmp_path, (EVIDENCE_TEXT, 12, ";;;"))
    assert value(source, EVIDENCE_TEXT) == "12"
    assert problem_at(source, EVIDENCE_TEXT).severity.value == "notice"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (["减排10", ("3", "superscript"), "吨"], "减排10³吨"),
        (["万m", ("2", "superscript")], "万m²"),
        (["CO", ("2", "subscript"), "排放"], "CO₂排放"),
        ([("10", "superscript"), "号"], "¹⁰号"),
        (["见说明", ("①", "superscript")], "见说明①"),
    ],
)
def test_raised_and_lowered_runs_stay_so(tmp_path: Path, runs: list[Any], text: str) -> None:
    source = changed(tmp_path, (GOAL_TEXT, rich(*runs), "General"))
    assert value(source, GOAL_TEXT) == text
    # The replaced text told how satisfaction was measured.
    assert [found[1] for found in told(source)] == ["satisfaction_without_evidence"]


def test_a_raised_word_that_has_no_such_form_is_told(tmp_path: Path) -> None:
    source = changed(tmp_path, (GOAL_TEXT, rich("甲", ("ABC", "superscript")), "General"))
    assert value(source, GOAL_TEXT) == "甲ABC"
    assert "ABC" in problem_at(source, GOAL_TEXT).message


def test_struck_out_words_are_not_read_and_told(tmp_path: Path) -> None:
    text = rich("受迁改影响，", ("未形成工程量，", "strike"), "完成86%。")
    source = changed(tmp_path, (GOAL_TEXT, text, "General"))
    assert value(source, GOAL_TEXT) == "受迁改影响，完成86%。"
    found = problem_at(source, GOAL_TEXT)
    assert (found.severity.value, found.message) == ("notice", "划了删除线的“未形成工程量，”没有读取")


def test_a_number_struck_out_for_another(tmp_path: Path) -> None:
    source = changed(tmp_path, (BUDGET_TOTAL, rich(("18,652.73", "strike"), "18,652.37"), "#,##0.00"))
    assert str(value(source, BUDGET_TOTAL)) == "18652.37"
    assert "18,652.73" in problem_at(source, BUDGET_TOTAL).message


@pytest.mark.parametrize(
    ("stored", "shown"), [("旧的依据", "旧的依据"), (0.95, "95%"), (rich("旧", "的"), "旧")]
)
def test_a_cell_struck_out_as_a_whole_is_empty(tmp_path: Path, stored: Any, shown: str) -> None:
    def work(book: Workbook) -> None:
        cell = book[EVIDENCE_TEXT[0]][EVIDENCE_TEXT[1]]
        cell.value, cell.font, cell.number_format = stored, Font(strike=True), "0%"

    source = worked(tmp_path, work)
    assert value(source, EVIDENCE_TEXT) == ""
    assert shown in problem_at(source, EVIDENCE_TEXT).message


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("第一段_x000B_第二段", "第一段\n第二段"),
        ("第一段_x000D__x000A_第二段", "第一段\n第二段"),
        ("甲_x0009_乙", "甲 乙"),
        ("数据_x005F_x2022_终稿.xlsx", "数据_x2022_终稿.xlsx"),
        ("数据_x005f_x2022_终稿.xlsx", "数据_x2022_终稿.xlsx"),
        ("第_x2460_项", "第①项"),
        ("a_x.doc", "a_x.doc"),
    ],
)
@pytest.mark.parametrize("place", ["shared", "inline"])
def test_escapes_are_undone(tmp_path: Path, stored: str, text: str, place: str) -> None:
    file = edit(DEMO, tmp_path, {EVIDENCE_TEXT: stored})
    if place == "inline":
        file.write_bytes(put_raw(DEMO.read_bytes(), *EVIDENCE_TEXT, stored))
    assert value(read(file), EVIDENCE_TEXT) == text


def test_an_escaped_control_character_is_refused(tmp_path: Path) -> None:
    source = changed(tmp_path, (REASON_TEXT, "结束_x0007_后文", "General"))
    assert problem_at(source, REASON_TEXT).code == "illegal_character"


@pytest.mark.parametrize("text", ["数据_x2022_终稿.xlsx", "_x000D_", "_x005F_x0041_", "a_x.doc"])
def test_a_text_that_looks_like_an_escape_survives_writing_and_reading(tmp_path: Path, text: str) -> None:
    source = changed(tmp_path, (EVIDENCE_TEXT, text.replace("_x", "_x005F_x"), "General"))
    assert value(source, EVIDENCE_TEXT) == text
    file = tmp_path / "重写.xlsx"
    file.write_bytes(filled_workbook(source.form, source.submission))
    assert read(file).submission == source.submission


def test_upgrade_keeps_a_text_with_a_control_character(tmp_path: Path) -> None:
    changed(tmp_path, (REASON_TEXT, "结束_x0007_后文", "General"))
    new = tmp_path / "新.xlsx"
    new.write_bytes(upgrade(tmp_path / "改动.xlsx"))
    assert problem_at(read(new), REASON_TEXT).code == "illegal_character"
