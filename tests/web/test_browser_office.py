"""A round of ten departments in real browsers, on SQLite and on PostgreSQL: from the roster to the archive."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import make_url

from tests.cli.calling import call
from tests.web.chromium import Faults, chromium, new_page, violations
from tests.web.conftest import BOTH
from tests.web.office.pages_support import TEN, links_of, roster_of_ten
from tests.web.office.support import workbook
from tests.web.served import Served, serving

pytestmark = pytest.mark.slow

PASSWORD = "correct horse battery"

EDUCATION, CIVIL_AFFAIRS, WATER = TEN[:3]


def office_options(database_url: str, folder: Path) -> list[str | Path]:
    """``--office`` for a database of either kind."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return ["--office", folder]
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return ["--office", address, "--folder", folder]


@BOTH
def test_a_round_of_ten(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = office_options(database_url, tmp_path / "办公台")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    made = call("account", "add", "经办乙", "--role", "officer", *options)
    assert made.code == 0, made.err
    faults = Faults()
    with serving(*options, "--workers", "2") as served, chromium() as browser:
        officer = new_page(browser.new_context(locale="zh-CN"), faults)
        log_in(officer, served)
        base = make_round(officer, tmp_path)
        links = links_of(codes(officer, base, tmp_path).read_bytes())
        assert set(links) == set(TEN)
        clerks = {}
        for name in (EDUCATION, CIVIL_AFFAIRS, WATER):
            clerks[name] = entered(browser, served, faults, *links[name])
            hand_in(clerks[name], name, tmp_path)
        give_back(officer, base, WATER, "支出数与决算不一致，请核对")
        correct(clerks[WATER], tmp_path)
        for name in clerks:
            judge_and_pass(officer, base, name)
        officer.goto(f"{base}/ranking")
        expect(officer.locator("table tbody tr")).to_have_count(3)
        assert violations(officer) == []
        archive = ordered_archive(officer, base, tmp_path)
        names = zipfile.ZipFile(archive).namelist()
        assert sum(WATER in each and each.endswith(".xlsx") for each in names) >= 2
        assert any(each.endswith("汇总表.xlsx") for each in names)
        assert all(any(name in each and each.endswith(".pdf") for each in names) for name in clerks)
    assert faults == []


def log_in(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/login")
    assert violations(page) == []
    page.get_by_label("账号名称").fill("经办乙")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="填报工作", exact=True)).to_be_visible()


def make_round(page: Page, folder: Path) -> str:
    """Begin a round and import the roster; the address of the round."""
    page.get_by_label("名称").fill("2022年度部门整体支出绩效自评（虚构）")
    page.get_by_label("评价表").select_option("haizhu-2022")
    page.get_by_label("年度", exact=True).fill("2022")
    page.get_by_label("截止日期（可以以后再定）").fill("2099-12-31")
    page.get_by_role("button", name="新建").click()
    page.wait_for_url("**/roster**")
    roster = folder / "应报名单.xlsx"
    roster.write_bytes(roster_of_ten())
    page.get_by_label("名单文件（.xlsx 或 .csv）").set_input_files(roster)
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_text("新增 10 个部门")).to_be_visible()
    assert violations(page) == []
    return page.url.partition("/roster")[0]


def codes(page: Page, base: str, folder: Path) -> Path:
    """The sheet with links and codes."""
    page.goto(f"{base}/roster")
    with page.expect_download() as started:
        page.get_by_role("button", name="生成并下载（Excel）").click()
    target = folder / "填报链接.xlsx"
    started.value.save_as(target)
    return target


def entered(browser: Browser, served: Served, faults: Faults, link: str, code: str) -> Page:
    """A department's browser behind its door."""
    page = new_page(browser.new_context(locale="zh-CN"), faults)
    page.goto(f"{served.url}/d/{link.rpartition('/d/')[2]}")
    assert violations(page) == []
    page.get_by_label("校验码").fill(code)
    page.get_by_role("button", name="进入").click()
    page.wait_for_url("**/my")
    return page


def hand_in(page: Page, name: str, folder: Path) -> None:
    """Upload a workbook, look at the result and hand it in."""
    file = folder / f"{name}.xlsx"
    file.write_bytes(workbook(name))
    page.get_by_label("选择文件，或把文件拖到这里").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_selector("img[src*='/pages/1.png']")
    assert violations(page) == []
    confirm(page)


def confirm(page: Page) -> None:
    page.goto(f"{page.url.partition('/my')[0]}/my/hand-in")
    if (box := page.get_by_label("以上各条已核对，情况属实")).count():
        box.check()
    page.get_by_role("button", name="确认报送").click()
    expect(page.get_by_text("已经报送，等待财政部门复核")).to_be_visible()


def opened(page: Page, base: str, name: str) -> None:
    """The officer's page of a department."""
    page.goto(base)
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url("**/office/departments/*")


def give_back(page: Page, base: str, name: str, opinion: str) -> None:
    opened(page, base, name)
    assert violations(page) == []
    page.get_by_role("button", name="开始复核").click()
    page.get_by_label("针对哪一行").select_option("spending_rate")
    page.get_by_role("textbox", name="意见").fill(opinion)
    page.get_by_role("button", name="添加意见").click()
    page.get_by_role("link", name="退回").click()
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_text("已退回").first).to_be_visible()


def correct(page: Page, folder: Path) -> None:
    """Read the opinion, change a cell on the page, hand in again."""
    page.goto(f"{page.url.partition('/my')[0]}/my")
    expect(page.get_by_text("支出数与决算不一致，请核对").first).to_be_visible()
    page.get_by_role("link", name="更多单元格").first.click()
    field = page.get_by_label("年度支出数", exact=False).first
    field.fill("18520.64")
    page.get_by_role("button", name="重新检查").first.click()
    page.wait_for_url("**/my")
    page.wait_for_selector("img[src*='/pages/1.png']")
    expect(page.get_by_text("第 2 版").first).to_be_visible()
    confirm(page)


def judge_and_pass(page: Page, base: str, name: str) -> None:
    opened(page, base, name)
    page.locator('[name="score:spending_rate"]').fill("8")
    page.locator('[name="remark:spending_rate"]').fill("佐证不足")
    page.get_by_role("button", name="保存复核得分").click()
    expect(page.get_by_text("复核得分已保存")).to_be_visible()
    page.get_by_role("link", name="通过", exact=True).click()
    page.get_by_role("button", name="通过").click()
    expect(page.get_by_text("已通过").first).to_be_visible()


def ordered_archive(page: Page, base: str, folder: Path) -> Path:
    page.goto(f"{base}/archive")
    page.get_by_role("button", name="开始归档").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="下载").first.click()
    target = folder / "归档.zip"
    started.value.save_as(target)
    return target
