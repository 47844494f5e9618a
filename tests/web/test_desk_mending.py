"""Cells mended on the page: a corrected copy, what was changed, and the old file that stays as it is."""

from __future__ import annotations

import html
import re
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.web.desk_support import SAMPLE, changed, fields_of, hand_over, settled, words
from tests.web.in_process import token_of
from tests.web.page_check import faults_of
from zhengti_zip.web.desk.mending import corrected_name

FAULTY = {"基本情况!B6": "八个", "指标自评!F7": 99}


@pytest.fixture(scope="module")
def faulty(clerk: TestClient) -> str:
    """The address of a workbook with two wrong cells."""
    address = hand_over(clerk, "有错.xlsx", changed(FAULTY))
    settled(clerk, address)
    return address


def mended(clerk: TestClient, address: str, typed: dict[str, str], page: str = "") -> str:
    """Send the form of a page with some fields typed over; returns where it leads."""
    fields = {**fields_of(clerk.get(address + page).text), **typed, "csrf": token_of(clerk, address + page)}
    answer = clerk.post(f"{address}/cells", data=fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_all_fields_at_once_give_a_sound_workbook_and_the_list_of_changes(
    clerk: TestClient, faulty: str
) -> None:
    made = mended(clerk, faulty, {"cell:基本情况!B6": "2022", "cell:指标自评!F7": "9"})
    page = settled(clerk, made)
    assert made != faulty
    assert "没有发现问题，可以报送" in page
    assert "本次更正了 2 处" in words(page)
    assert re.search(r"基本情况!B6 年度 八个 2022", words(page))
    book = load_workbook(BytesIO(clerk.get(f"{made}/download/workbook").content))
    assert (book["基本情况"]["B6"].value, book["指标自评"]["F7"].value) == (2022, 9)


def test_one_field_alone_is_mended_and_the_old_file_stays(clerk: TestClient, faulty: str) -> None:
    before = clerk.get(f"{faulty}/download/workbook").content
    made = mended(clerk, faulty, {"cell:基本情况!B6": "2022"})
    page = settled(clerk, made)
    assert "错误 1 处" in words(page)
    assert f'href="{faulty}"' in page
    assert clerk.get(f"{faulty}/download/workbook").content == before
    assert "错误 2 处" in words(settled(clerk, faulty))
    assert made in clerk.get("/").text


def test_each_corrected_copy_has_a_name_of_its_own() -> None:
    assert corrected_name("表.xlsx") == "表-更正.xlsx"
    assert corrected_name("表-更正.xlsx") == "表-更正2.xlsx"
    assert corrected_name("表-更正9.pdf") == "表-更正10.xlsx"


def test_nothing_typed_makes_nothing(clerk: TestClient, faulty: str) -> None:
    count = len(clerk.get("/api/v1/files").json())
    assert mended(clerk, faulty, {}) == faulty
    assert len(fields_of(clerk.get(f"{faulty}/cells").text)) > 100
    assert mended(clerk, faulty, {}, "/cells") == faulty  # texts of several lines come back as they were
    assert len(clerk.get("/api/v1/files").json()) == count


def test_any_cell_can_be_changed_on_the_page_of_all_cells(clerk: TestClient, faulty: str) -> None:
    page = clerk.get(f"{faulty}/cells").text
    assert faults_of(page) == []
    sheets = re.findall(r'<h2 id="sheet-\d+">([^<]+)</h2>', page)
    assert sheets[:3] == ["基本情况", "年度目标", "部门预算"]
    made = mended(clerk, faulty, {"cell:基本情况!B5": "海珠区示例局（虚构）"}, "/cells")
    text = words(settled(clerk, made))
    assert "海珠区示例局（虚构）" in text
    assert "本次更正了 1 处" in text


def test_a_choice_is_a_list_with_the_present_value(clerk: TestClient, faulty: str) -> None:
    page = clerk.get(f"{faulty}/cells").text
    field = re.search(r'<select [^>]*name="cell:基本情况!B7".*?</select>', page, re.DOTALL)
    assert field
    assert re.findall(r'<option value="([^"]*)"( selected)?', field[0]) == [
        ("", ""),
        ("本级", " selected"),
        ("汇总", ""),
    ]


def test_a_formula_or_a_cell_that_is_no_input_is_not_overwritten(clerk: TestClient, faulty: str) -> None:
    for cell in ("部门预算!B13", "基本情况!A1", "没有的表!A1", "基本情况"):
        fields = {"csrf": token_of(clerk, faulty), f"cell:{cell}": "1"}
        answer = clerk.post(f"{faulty}/cells", data=fields)
        assert answer.status_code == 400
        assert cell in html.unescape(answer.text)


def test_a_refused_correction_keeps_what_was_typed(clerk: TestClient, faulty: str) -> None:
    typed = {"cell:基本情况!B5": "局" * 32_768, "cell:基本情况!B6": "2022"}
    fields = {**fields_of(clerk.get(faulty).text), **typed, "csrf": token_of(clerk, faulty)}
    answer = clerk.post(f"{faulty}/cells", data=fields)
    assert answer.status_code == 400
    assert "“基本情况!B5”的文字有 32768 个字" in words(answer.text)
    assert faults_of(answer.text) == []
    assert fields_of(answer.text) == typed  # only what was changed, to be sent again
    again = {**typed, "cell:基本情况!B5": "海珠区示例局（虚构）", "csrf": fields["csrf"]}
    made = clerk.post(f"{faulty}/cells", data=again).headers["location"]
    assert "错误 1 处" in words(settled(clerk, made))


def test_help_that_the_remedy_says_already_is_not_said_twice(clerk: TestClient, faulty: str) -> None:
    page = clerk.get(faulty).text
    for item in re.findall(r'<li class="problem".*?</li>', page, re.DOTALL):
        said = re.findall(r'<p class="(?:quiet|hint)"[^>]*>([^<]*)</p>', item)
        assert len(said) == len(set(said))


def test_programs_mend_cells(clerk: TestClient, faulty: str) -> None:
    headers = {"X-CSRF-Token": token_of(clerk, "/")}
    answer = clerk.post(f"/api/v1{faulty}/cells", json={"cells": {"基本情况!B6": "2022"}}, headers=headers)
    assert answer.status_code == 201
    made = answer.json()
    assert made["parent_id"] == faulty.rpartition("/")[2]
    settled(clerk, f"/files/{made['id']}")
    found = clerk.get(f"/api/v1/files/{made['id']}").json()
    assert found["examination"]["inputs"]["基本情况!B6"]["value"] == "2022"


def test_a_file_of_data_is_mended_as_a_workbook(clerk: TestClient) -> None:
    address = hand_over(clerk, "数据.json", SAMPLE.with_suffix(".json").read_bytes())
    settled(clerk, address)
    made = mended(clerk, address, {"cell:基本情况!B5": "海珠区示例局（虚构）"}, "/cells")
    assert "海珠区示例局（虚构）" in settled(clerk, made)
    assert clerk.get(f"{made}/download/workbook").content[:2] == b"PK"
