"""Rounds: begun, closed, with a last day; a roster is imported again and again, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.web.conftest import BOTH
from tests.web.office.support import NOBODY, OFFICER, READER, Office, filled_by, refused
from zhengti_zip.web.database.models import LogEntry
from zhengti_zip.web.database.office_models import Department, Round
from zhengti_zip.web.office.asking import department_of, round_of
from zhengti_zip.web.office.roster_import import remove_department
from zhengti_zip.web.office.rounds import add_round, is_late, set_due, set_open, state_counts
from zhengti_zip.web.office.states import State
from zhengti_zip.web.visitor import Role, Visitor


def test_a_round_without_a_title_is_named_by_year_and_form(office: Office) -> None:
    work = office.round()
    assert (work.year, work.is_open, work.due_on) == (2022, True, None)
    assert work.title == "2022 年度部门整体支出绩效自评表（广州市海珠区）"
    assert office.round(2023).title == "2023 年度部门整体支出绩效自评表（广州市海珠区）"
    assert office.steps() == ["round_added", "round_added"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"form": "没有"}, "没有名为“没有”的表"),
        ({"form": "../haizhu-2022"}, "没有名为"),
        ({"form": "templates/haizhu-2022"}, "没有名为"),
        ({"year": 1999}, "年度 1999 不合理"),
        ({"year": 2100}, "年度 2100 不合理"),
        ({"title": "长" * 201}, "201 个字"),
        ({"previous_id": "x"}, "没有所选的上一次"),
    ],
)
def test_what_cannot_be_a_round(office: Office, values: dict[str, object], words: str) -> None:
    given: dict[str, object] = {"title": "试填", "form": "haizhu-2022", "year": 2022, **values}
    with refused(400, words), office.session() as session:
        add_round(session, OFFICER, **given)  # type: ignore[arg-type]
    assert office.steps() == []


@pytest.mark.parametrize(("year", "is_taken"), [(2000, True), (2099, True)])
def test_years_at_the_ends(office: Office, year: int, is_taken: bool) -> None:
    assert (office.round(year).year == year) is is_taken


def test_the_year_before_must_be_earlier(office: Office) -> None:
    before = office.round(2021)
    assert office.round(2022, previous=before.id).previous_id == before.id
    with refused(400, "2021 年度的，不早于 2021 年度"):
        office.round(2021, previous=before.id)


def test_opening_closing_and_the_last_day_are_logged_once(office: Office) -> None:
    work = office.round()
    with office.session() as session:
        kept = session.merge(work)
        set_open(session, OFFICER, kept, False)
        set_open(session, OFFICER, kept, False)
        set_due(session, OFFICER, kept, date(2023, 3, 31))
        set_due(session, OFFICER, kept, date(2023, 3, 31))
        set_open(session, OFFICER, kept, True)
    assert office.steps() == ["round_added", "round_closed", "due_changed", "round_opened"]


@pytest.mark.parametrize(
    ("state", "today", "late"),
    [
        ("draft", date(2023, 3, 31), False),  # the last day itself
        ("draft", date(2023, 4, 1), True),
        ("not_begun", date(2023, 4, 1), True),
        ("returned", date(2023, 4, 1), True),
        ("handed_in", date(2023, 4, 1), False),
        ("passed", date(2023, 4, 1), False),
    ],
)
def test_who_is_late(state: str, today: date, late: bool) -> None:
    assert is_late(Round(due_on=date(2023, 3, 31)), State(state), today) is late
    assert not is_late(Round(due_on=None), State(state), today)


def test_only_officers_change_rounds_and_outsiders_see_none(office: Office) -> None:
    work = office.round()
    office.roster(work)
    first, second, _ = office.departments(work)
    with office.session() as session:
        assert round_of(session, READER, work.id).id == work.id
        with refused(403, "只能查看"):
            set_open(session, READER, work, False)
        for visitor in (NOBODY, filled_by(first), Visitor(Role.VISITOR, "v")):
            with refused(404, "没有这个页面"):
                round_of(session, visitor, work.id)
            with refused(404, "没有这个页面"):
                set_open(session, visitor, work, False)
            with refused(404, "没有这个页面"):
                department_of(session, visitor, second.id)
        assert department_of(session, filled_by(first), first.id).id == first.id
        assert department_of(session, READER, second.id).id == second.id


def test_a_roster_becomes_departments_in_its_order(office: Office) -> None:
    work = office.round()
    change = office.roster(work)
    assert [department.name for department in change.added] == [
        "虚构区教育局",
        "虚构区民政局",
        "虚构区水务局",
    ]
    found = office.departments(work)
    assert [(d.position, d.code, d.contact, d.state) for d in found] == [
        (1, "001", "张三", "not_begun"),
        (2, "002", "李四", "not_begun"),
        (3, "003", "", "not_begun"),
    ]
    assert len({department.link_token for department in found}) == 3
    with office.session() as session:
        assert state_counts(session, work)[State.NOT_BEGUN] == 3


def test_the_same_roster_again_changes_nothing(office: Office) -> None:
    work = office.round()
    office.roster(work)
    change = office.roster(work)
    assert (change.added, change.changed, change.unchanged, change.missing) == ((), (), 3, ())


@BOTH
def test_departments_are_found_again_by_code_then_by_name(office: Office) -> None:
    work = office.round()
    office.roster(work)
    before = {d.code: d.id for d in office.departments(work)}
    change = office.roster(
        work, "单位名称,代码,联系人\n虚构区新设局,004,\n虚构区教育体育局,001,\n虚构区 民政局,,王五\n"
    )
    assert [d.name for d in change.added] == ["虚构区新设局"]
    assert [(old, d.name) for d, old in change.changed] == [
        ("虚构区教育局", "虚构区教育体育局"),
        ("虚构区民政局", "虚构区 民政局"),
    ]
    assert [d.name for d in change.missing] == ["虚构区水务局"]
    found = office.departments(work)
    assert [(d.position, d.name, d.code, d.contact) for d in found] == [
        (1, "虚构区新设局", "004", ""),
        (2, "虚构区教育体育局", "001", "张三"),  # what the sheet leaves empty stays
        (3, "虚构区 民政局", "002", "王五"),
        (4, "虚构区水务局", "003", ""),  # not in the sheet, kept behind
    ]
    assert [found[1].id, found[2].id, found[3].id] == [before["001"], before["002"], before["003"]]
    with office.session() as session:
        entry = (
            session.query(LogEntry).filter_by(action="roster_imported").order_by(LogEntry.id.desc()).first()
        )
        assert entry is not None
        assert entry.details == {
            "added": 1,
            "changed": ["虚构区教育局 → 虚构区教育体育局", "虚构区民政局 → 虚构区 民政局"],
            "unchanged": 0,
            "missing": ["虚构区水务局"],
        }


@BOTH
def test_two_departments_may_swap_their_names(office: Office) -> None:
    work = office.round()
    office.roster(work)
    office.roster(work, "单位名称,代码\n虚构区民政局,001\n虚构区教育局,002\n虚构区水务局,003\n")
    assert [(d.code, d.name) for d in office.departments(work)] == [
        ("001", "虚构区民政局"),
        ("002", "虚构区教育局"),
        ("003", "虚构区水务局"),
    ]


@BOTH
def test_two_imports_at_once_add_each_department_once(office: Office) -> None:
    work = office.round()
    with ThreadPoolExecutor(3) as threads:
        changes = list(threads.map(lambda _: office.roster(work), range(3)))
    assert sorted(len(change.added) for change in changes) == [0, 0, 3]
    assert len(office.departments(work)) == 3


def test_a_name_that_a_kept_department_has_is_refused(office: Office) -> None:
    work = office.round()
    office.roster(work)
    with refused(400, "与已在名单中、代码为“002”的部门同名"):
        office.roster(work, "单位名称,代码\n虚构区民政局,001\n")
    assert [d.name for d in office.departments(work)] == ["虚构区教育局", "虚构区民政局", "虚构区水务局"]


def test_a_roster_with_errors_changes_nothing(office: Office) -> None:
    work = office.round()
    with refused(400, "名单有 1 处错误，没有导入。A3：单位名称“甲 局”与 A2 重复"):
        office.roster(work, "单位名称\n甲局\n甲 局\n")
    assert office.departments(work) == []


def test_a_department_leaves_only_while_it_has_nothing(office: Office) -> None:
    work = office.round()
    office.roster(work)
    first, second, _ = office.departments(work)
    _drafts(office, second)
    with office.session() as session:
        remove_department(session, OFFICER, session.get_one(Department, first.id))
    with refused(409, "已经上传过工作簿，不能移出名单"), office.session() as session:
        remove_department(session, OFFICER, session.get_one(Department, second.id))
    assert [d.name for d in office.departments(work)] == ["虚构区民政局", "虚构区水务局"]


def _drafts(office: Office, department: Department) -> None:
    with office.session() as session:
        _set(session, department, State.DRAFT)


def _set(session: Session, department: Department, state: State) -> None:
    session.get_one(Department, department.id).state = state
