"""The whole work of a bureau by its pages: a round of ten departments from the roster to the archive, with real workers."""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import load_workbook

from tests.web.office.pages_support import TEN, Person, department_with, links_of, person, roster_of_ten
from tests.web.office.support import Office, workbook
from tests.web.working import finished
from zhengti_zip.web.database.models import Job
from zhengti_zip.web.visitor import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EDUCATION, CIVIL_AFFAIRS, WATER = TEN[:3]


def test_a_round_of_ten_from_the_roster_to_the_archive(working_office: Office) -> None:
    office = working_office
    officer = person(office, Role.OFFICER)
    base = make_round(officer)
    links = links_of(officer.send(f"{base}/roster", f"{base}/codes", which="without").content)
    assert set(links) == set(TEN)

    departments = {name: department_with(office, *links[name]) for name in (EDUCATION, CIVIL_AFFAIRS, WATER)}
    for name, department in departments.items():
        hand_in(office, department, name, 1)
    assert "已报 3" in officer.see(base)
    places = {
        name: place for place, name in re.findall(r'<a href="([^"]+)">(虚构区[^<]+)</a>', officer.page(base))
    }

    water = places[WATER]
    assert "开始复核" in officer.see(water)
    officer.do(water, f"{water}/review")
    officer.do(water, f"{water}/opinions", row="spending_rate", text="支出数与决算不一致，请核对")
    assert "请核对" not in departments[WATER].see("/my")  # not before it is returned
    assert "已退回" in officer.do(f"{water}/confirm/return", f"{water}/return", text="请一周内改好")
    seen = departments[WATER].see("/my")
    assert "财政部门退回了您的表" in seen
    assert "部门预算资金支出率 ： 支出数与决算不一致，请核对" in seen
    assert "请一周内改好" in officer.see(f"{base}/texts")
    hand_in(office, departments[WATER], WATER, 2, ("data.spent", "18520.64"))

    both = dict(re.findall(r'name="(before_id|after_id)" value="([^"]+)"', officer.page(water)))
    comparison = officer.send(water, "/comparisons", **both).headers["location"]
    assert f"{WATER}.xlsx 与 {WATER}.xlsx" in officer.see(comparison)

    for name, place in places.items():
        if name in departments:
            scores = {"score:spending_rate": "8", "remark:spending_rate": "佐证不足"}
            assert "复核得分已保存" in officer.do(place, f"{place}/scores", **scores)
            assert "已通过" in officer.do(f"{place}/confirm/pass", f"{place}/pass")
            assert "已经通过，本次填报完成" in departments[name].see("/my")
    paper = officer.client.get(f"{places[EDUCATION]}/working-paper.xlsx")
    assert "佐证不足" in shown_in(paper.content)

    ranking = officer.see(f"{base}/ranking")
    assert ranking.index(WATER) < ranking.index(
        EDUCATION
    )  # it corrected its data and has the most points now
    summary = officer.client.get(f"{base}/ranking.xlsx")
    assert summary.headers["content-type"] == XLSX
    assert WATER in shown_in(summary.content)

    names = archive_of(office, officer, base)
    for name, count in ((EDUCATION, 1), (WATER, 2)):
        assert sum(name in each and each.endswith(".pdf") for each in names) >= 1
        assert (
            sum(name in each and re.search(r"第 ?\d+ ?版.*\.xlsx", each) is not None for each in names)
            == count
        )
    log = officer.see(f"{base}/log")
    for step in (
        "生成归档文件",
        "通过",
        "填写复核得分",
        "退回",
        "报送",
        "上传工作簿",
        "用校验码打开填报链接",
        "导入应报名单",
    ):
        assert step in log


def make_round(officer: Person) -> str:
    """Begin a round by the pages, and import the roster; its address."""
    answer = officer.send("/office", "/office/rounds", form="haizhu-2022", year="2022", due_on="2099-12-31")
    base = answer.headers["location"].partition("/roster")[0]
    files = {"file": ("应报名单.xlsx", roster_of_ten(), XLSX)}
    answer = officer.send(f"{base}/roster", f"{base}/roster", files)
    assert "新增 10 个部门" in answer.text
    assert "未报 10" in officer.see(base)
    return base


def hand_in(office: Office, department: Person, name: str, number: int, *edits: tuple[str, str]) -> None:
    """Upload a workbook, wait until it is examined, and hand it in."""
    prepared = department.client.get("/my/workbook.xlsx")
    assert name in shown_in(prepared.content)
    files = {"file": (f"{name}.xlsx", workbook(name, *edits), XLSX)}
    department.do("/my", "/my/versions", files)
    with office.session() as session:
        jobs = [job.id for job in session.query(Job).order_by(Job.created_at)]
    assert finished(office.server, jobs[-1]).state == "done"
    page = department.page("/my")
    assert f"第 {number} 版没有错误，可以" in page
    assert "/pages/1.png" in page
    assert "已经报送，等待财政部门复核" in department.do(
        "/my/hand-in", "/my/hand-in", number=number, confirm="1"
    )


def archive_of(office: Office, officer: Person, base: str) -> list[str]:
    """Order the archive, wait for it, and download it; the names in it."""
    answer = officer.send(f"{base}/archive", f"{base}/archive")
    place = answer.headers["location"]
    assert "离开本页" in officer.see(place)
    assert finished(office.server, place.rpartition("/")[2]).state == "done"
    assert "已做好" in officer.see(place)
    content = officer.client.get(f"{place}/file").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def shown_in(content: bytes) -> str:
    """All texts in a workbook."""
    book = load_workbook(io.BytesIO(content))
    return "\n".join(
        str(value)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    )
