"""Single pages of an office: who sees what, what is refused and how it is said, and how all of them are built."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.web.in_process import browser, token_of
from tests.web.office.pages_support import Person, department_with, person, words
from tests.web.office.support import OFFICER, Office, workbook
from tests.web.page_check import faults_of
from zhengti_zip.web.database.models import now
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.access import give_codes, link_of, prepare_codes
from zhengti_zip.web.office.frames import NOTICE
from zhengti_zip.web.office.opinions import add_opinion
from zhengti_zip.web.office.rounds import set_due, set_open
from zhengti_zip.web.office.transitions import return_
from zhengti_zip.web.times import china_day
from zhengti_zip.web.visitor import Role

NAME = "虚构区教育局"
WITH_WARNING = (("scores.spending_rate.score", "10"), ("scores.spending_rate.reason", ""))
CSV = "text/csv"


@pytest.fixture
def work(office: Office) -> Round:
    made = office.round()
    office.roster(made)
    return made


@pytest.fixture
def department(office: Office, work: Round) -> Department:
    return office.departments(work)[0]


def let_in(office: Office, department: Department) -> Person:
    """Somebody of a department, in front of its page."""
    prepared = prepare_codes(1)
    with office.session() as session:
        issued = give_codes(session, OFFICER, [session.get_one(Department, department.id)], prepared)
    return department_with(office, link_of(office.server.settings, department), issued[0].code)


def returned(office: Office, department: Department) -> None:
    """Hand in and give back with an opinion on a row."""
    office.hand_in(department, *WITH_WARNING)
    with office.session() as session:
        kept = session.get_one(Department, department.id)
        add_opinion(session, OFFICER, kept, "请核对决算数", "spending_rate")
        return_(session, OFFICER, kept)


PARTS = (
    "",
    "/roster",
    "/texts",
    "/ranking",
    "/warnings?everything=1",
    "/self-scores",
    "/years",
    "/archive",
    "/log",
)


def test_every_page_of_a_round_can_be_used_by_keyboard_and_by_ear(office: Office, work: Round) -> None:
    officer = person(office, Role.OFFICER)
    first, second, _ = office.departments(work)
    returned(office, first)
    office.hand_in(second, *WITH_WARNING)
    for part in PARTS:
        page = officer.page(f"/office/rounds/{work.id}{part}")
        assert faults_of(page) == [], part
        assert work.title in words(page)


def test_the_other_pages_can_be_used_by_keyboard_and_by_ear(office: Office, department: Department) -> None:
    office.hand_in(department, *WITH_WARNING)
    administrator = person(office, Role.ADMINISTRATOR)
    place = f"/office/departments/{department.id}"
    for path in (
        "/office",
        "/office/accounts",
        "/office/log",
        place,
        f"{place}/confirm/return",
        f"{place}/confirm/pass",
    ):
        assert faults_of(administrator.page(path)) == [], path
    with office.session() as session:
        return_(session, OFFICER, session.get_one(Department, department.id), "请改")
    clerk = let_in(office, department)
    office.examine(office.upload(department, workbook(NAME, *WITH_WARNING)))
    for path in ("/my", "/my/hand-in", "/my/versions/2/cells"):
        assert faults_of(clerk.page(path)) == [], path
    nobody = Person(browser(office.server))
    assert faults_of(nobody.page(f"/d/{department.link_token}")) == []


def test_what_was_done_is_said_once(office: Office, work: Round) -> None:
    base = f"/office/rounds/{work.id}"
    officer, said = person(office, Role.OFFICER), '<p class="notice success" role="status">已停止填报。</p>'
    assert officer.send(f"{base}/roster", f"{base}/close").headers["location"] == f"{base}/roster"
    assert said in officer.page(f"{base}/roster")
    assert said not in officer.page(f"{base}/roster")  # loaded again
    officer.client.cookies.set(NOTICE, "made-up")
    assert "notice success" not in officer.page(f"{base}/roster")


def test_the_table_of_departments_shows_what_is_asked_for(office: Office, work: Round) -> None:
    officer = person(office, Role.OFFICER)
    first, second, third = office.departments(work)
    office.hand_in(first, *WITH_WARNING)
    office.hand_in(second)
    base = f"/office/rounds/{work.id}"

    def shown(asked: str) -> list[str]:
        return re.findall(r'/office/departments/[^"]+">([^<]+)</a>', officer.page(base + asked))

    assert shown("") == [first.name, second.name, third.name]
    assert shown("?state=handed_in") == [first.name, second.name]
    assert shown("?warned=1") == [first.name]
    assert shown("?q=水务") == shown("?q=００３") == [third.name]
    assert shown("?q=没有这个部门") == shown("?state=passed") == []
    for days, late in ((0, []), (-1, [third.name])):
        with office.session() as session:
            set_due(
                session, OFFICER, session.get_one(Round, work.id), china_day(now()) + timedelta(days=days)
            )
        assert shown("?late=1") == late


def test_a_roster_with_faults_is_refused_whole_and_every_fault_named(office: Office) -> None:
    officer = person(office, Role.OFFICER)
    answer = officer.send("/office", "/office/rounds", title="虚构的填报", form="haizhu-2022", year="2022")
    place = answer.headers["location"].partition("?")[0]
    bad = "单位名称,代码\n虚构区教育局,001\n,002\n虚构区教育局,003\n"
    answer = officer.send(place, place, {"file": ("名单.csv", bad.encode(), CSV)})
    assert answer.status_code == 400
    seen = words(answer.text)
    assert "没有导入" in seen
    assert "A3 这一行没有单位名称" in seen
    assert "“虚构区教育局”与 A2 重复" in seen
    good = "单位名称,代码,备注\n虚构区教育局,001,无\n合计,,\n"
    seen = words(officer.send(place, place, {"file": ("名单.csv", good.encode(), CSV)}).text)
    assert "新增 1 个部门" in seen
    assert "没有读取的列：备注" in seen  # nothing is left out without a word
    assert "“合计”这一行不是单位" in seen


def test_the_door_opens_once_for_its_code(office: Office, department: Department) -> None:
    prepared = prepare_codes(1)
    with office.session() as session:
        issued = give_codes(session, OFFICER, [session.get_one(Department, department.id)], prepared)
    door = f"/d/{department.link_token}"
    stranger, clerk = Person(browser(office.server)), Person(browser(office.server))
    assert department.name not in stranger.see(door)  # the link alone tells nothing
    wrong = stranger.send(door, door, code="AAAA-AAAA")
    assert (wrong.status_code, "校验码不对" in wrong.text) == (400, True)
    typed = issued[0].code.lower().replace("-", " ")
    assert clerk.send(door, door, code=typed).headers["location"] == "/my"
    assert clerk.client.get(door).headers["location"] == "/my"
    assert stranger.send(door, door, code=issued[0].code).status_code == 400
    assert stranger.client.get(f"/d/{department.id}").status_code == 404
    code = re.search(r'class="code"[^>]*>([A-Z0-9-]{9})<', clerk.send("/my", "/my/code").text)
    assert code is not None
    assert stranger.send(door, door, code=code[1]).headers["location"] == "/my"  # another computer
    assert department.name in clerk.see("/my")  # the first one stays in


def test_a_department_sees_its_opinions_and_nothing_of_others(office: Office, work: Round) -> None:
    first, second, _ = office.departments(work)
    returned(office, first)
    office.hand_in(second)
    clerk, other = let_in(office, first), let_in(office, second)
    assert "部门预算资金支出率 ： 请核对决算数" in clerk.see("/my")
    assert "请核对决算数" not in other.see("/my")
    for path in ("/office", f"/office/rounds/{work.id}", f"/office/departments/{second.id}", "/office/log"):
        assert clerk.client.get(path).status_code == 404
    file = re.search(r"/files/([^/\"]+)", other.page("/my"))
    assert file is not None
    assert (clerk.client.get(file[0]).status_code, other.client.get(file[0]).status_code) == (404, 200)


def test_warnings_are_confirmed_before_a_form_is_handed_in(office: Office, department: Department) -> None:
    clerk = let_in(office, department)
    office.examine(office.upload(department, workbook("虚构区别的局", *WITH_WARNING)))
    seen = clerk.see("/my/hand-in")
    assert "表中的部门名称是“虚构区别的局”，应报名单中是“虚构区教育局”" in seen
    assert "请先看一遍 1 条警告" in seen
    refused = clerk.send("/my/hand-in", "/my/hand-in", number=1)
    assert (refused.status_code, office.state(department)) == (409, "draft")
    assert "勾选“已核对”" in refused.text
    assert "已报送" in clerk.do("/my/hand-in", "/my/hand-in", number=1, confirm="1")
    assert (
        clerk.client.get("/my/hand-in").headers["location"] == "/my"
    )  # there is nothing to hand in any more


def test_a_mended_cell_makes_a_new_version(office: Office, department: Department) -> None:
    clerk = let_in(office, department)
    office.examine(office.upload(department, workbook(NAME, *WITH_WARNING)))
    page = clerk.page("/my/versions/1/cells")
    cell = re.search(r'name="(cell:[^"]+)" value="10"', page)
    assert cell is not None
    action = "/my/versions/1/cells"
    assert "没有改动" not in clerk.do(action, action, **{cell[1]: "9"})
    with office.session() as session:
        kept = session.get_one(Department, department.id)
        assert kept.state == "draft"
    seen = clerk.see("/my")
    assert "第 2 版" in seen
    assert "第 1 版" in seen
    with office.session() as session:
        set_open(session, OFFICER, session.get_one(Round, department.round_id), False)
    answer = clerk.send(action, action, **{cell[1]: "8"})
    assert answer.status_code == 409
    assert re.search(r'name="cell:[^"]+" value="8"', answer.text)  # what was typed stays


def test_an_officer_scores_rows_and_reads_why_a_score_is_refused(
    office: Office, department: Department
) -> None:
    office.hand_in(department)
    officer = person(office, Role.OFFICER)
    place = f"/office/departments/{department.id}"
    for typed, remark, fault in (
        ("10.5", "多给", "不在 0 到 10 分之间"),
        ("八", "", "不是分数"),
        ("8", "", "没有写明理由"),
    ):
        scores = {"score:spending_rate": typed, "remark:spending_rate": remark}
        answer = officer.send(place, f"{place}/scores", **scores)
        assert (answer.status_code, fault in answer.text) == (400, True)
        assert re.search(
            rf'name="score:spending_rate"[^>]* value="{typed}"', answer.text
        )  # what was typed stays
    scores = {"score:spending_rate": "8.4", "remark:spending_rate": "支出数核减"}
    seen = officer.do(place, f"{place}/scores", **scores)
    assert "自评总分 94.55" in seen
    assert "复核总分 93.55" in seen
    reader = person(office, Role.READER, "查阅丙")
    assert "支出数核减" in reader.see(place)
    assert "保存复核得分" not in reader.see(place)
    token = re.search(r'name="csrf" value="([0-9a-f]{64})"', reader.page(place))
    assert token is not None
    refused = reader.client.post(f"{place}/pass", data={"csrf": token[1]})
    assert (refused.status_code, office.state(department)) == (403, "handed_in")


def test_a_refused_opinion_keeps_what_was_typed(office: Office, department: Department) -> None:
    office.hand_in(department)
    officer = person(office, Role.OFFICER)
    place = f"/office/departments/{department.id}"
    long = "请核对。" * 501
    for page, action, fault in (
        (place, f"{place}/opinions", "意见有 2004 个字，超过 2000 个字"),
        (f"{place}/confirm/return", f"{place}/return", "意见有 2004 个字，超过 2000 个字"),
    ):
        answer = officer.send(page, action, text=long, row="spending_rate")
        assert answer.status_code == 400
        assert fault in answer.text
        assert f"\n{long}</textarea>" in answer.text
    assert (
        '<option value="spending_rate" selected>'
        in officer.send(place, f"{place}/opinions", text="", row="spending_rate").text
    )
    officer.do(f"{place}/confirm/return", f"{place}/return", text="请核对")
    answer = officer.client.post(
        f"{place}/opinions", data={"csrf": token_of(officer.client, place), "text": "另一处", "row": ""}
    )
    assert (answer.status_code, "另一处" in answer.text) == (409, True)


def test_the_administrator_keeps_the_accounts(office: Office) -> None:
    here = "/office/accounts"
    administrator = person(office, Role.ADMINISTRATOR, "管理员甲")
    seen = administrator.do(here, here, name="新人丁", role="reader", password="a long enough password")
    assert "新人丁 查阅" in seen
    places = re.findall(r'action="(/office/accounts/[^/"]+)/role"', administrator.page(here))
    place = places[0]  # 新人丁 stands before 管理员甲
    assert "新人丁 经办" in administrator.do(here, f"{place}/role", role="officer")
    assert "新人丁 经办 已停用" in administrator.do(here, f"{place}/disable")
    assert "已停用" not in administrator.do(here, f"{place}/enable")
    officer = person(office, Role.OFFICER)
    assert officer.client.get(here).status_code == 404
    assert "新建账号" in administrator.see("/office/log")
