"""The clerk's way in a real browser: drop a workbook with mistakes, mend them on the page, take the form home."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.cli.calling import ROOT, call
from tests.web.chromium import Faults, chromium, new_page, saved, violations
from tests.web.served import Served, serving
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import build
from zhengti_zip.workbook.read.anyinput import read

pytestmark = pytest.mark.slow

DEMO = ROOT / "samples" / "demo-2022.xlsx"
MISTAKES = {"基本情况!B5": "", "部门预算!B6": "很多", "基本情况!B6": "二零二二"}
RIGHT = {"基本情况!B5": "示例市园林局", "部门预算!B6": "6120.45", "基本情况!B6": "2022"}


def with_mistakes(file: Path) -> Path:
    """The fictional sample with three mistakes."""
    book = load_workbook(DEMO)
    for place, value in MISTAKES.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value or None
    book.save(file)
    return file


def dropped(page: Page, served: Served, file: Path) -> None:
    """Upload a file on the first page and wait until it was examined and drawn."""
    page.goto(served.url)
    page.get_by_label("填报文件").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_selector("img[src*='/pages/1.png']")


def test_a_clerk_mends_three_mistakes_and_takes_the_form_home(tmp_path: Path) -> None:
    faults = Faults()
    with serving("--no-browser", "--folder", tmp_path / "台") as served, chromium() as browser:
        page = new_page(browser.new_context(locale="zh-CN"), faults)
        page.goto(served.url)
        assert violations(page) == []
        dropped(page, served, with_mistakes(tmp_path / "园林局.xlsx"))
        assert violations(page) == []
        expect(page.get_by_role("heading", name="错误 3 处")).to_be_visible()
        for place, value in RIGHT.items():
            page.locator(f'[name="cell:{place}"]').first.fill(value)
        before = page.url
        page.get_by_role("button", name="全部更正并重新检查").click()
        page.wait_for_url(lambda url: url != before)
        page.wait_for_selector("img[src*='/pages/1.png']")
        expect(page.get_by_role("heading", name="错误")).to_have_count(0)
        workbook = saved(page, "下载更正后的工作簿", tmp_path)
        pdf, word = saved(page, "PDF", tmp_path), saved(page, "Word 文件", tmp_path)
        page.goto(f"{served.url}/forms")
        page.wait_for_selector("img")
        assert violations(page) == []
    assert faults == []
    assert call("check", workbook).code == 0
    printed = build(examine(read(workbook)), tmp_path / "命令", workbook.stem)
    assert [file.read_bytes() for file in printed] == [pdf.read_bytes(), word.read_bytes()]
    mended = load_workbook(workbook)
    assert mended["部门预算"]["B6"].value == 6120.45  # a number, with which the live sheets reckon


def test_the_keyboard_alone_and_no_scripts(tmp_path: Path) -> None:
    faults = Faults()
    with serving("--no-browser", "--folder", tmp_path / "台") as served, chromium() as browser:
        page = new_page(browser.new_context(locale="zh-CN", java_script_enabled=False), faults)
        page.goto(served.url)
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_attribute("href", "#main")
        page.get_by_label("填报文件").set_input_files(with_mistakes(tmp_path / "园林局.xlsx"))
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.locator(":focus").inner_text() == "上传并检查":
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/files/*")
        page.wait_for_selector("img[src*='/pages/1.png']")
        field = page.locator('[name="cell:基本情况!B5"]').first
        field.focus()
        page.keyboard.type("示例市园林局")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("更正")
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != before)
        page.wait_for_selector("img[src*='/pages/1.png']")
        expect(page.get_by_role("heading", name="错误 2 处")).to_be_visible()
    assert faults == []
