"""A department's form on its way: uploaded, handed in, returned, corrected, reviewed, passed; and everybody who may not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from tests.web.conftest import BOTH
from tests.web.office.support import OFFICER, READER, Office, filled_by, refused, workbook
from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.database.office_models import Department, Opinion, Round, Version
from zhengti_zip.web.office.opinions import add_opinion, opinions_of, remove_opinion
from zhengti_zip.web.office.rounds import set_open
from zhengti_zip.web.office.transitions import begin_review, hand_in, pass_, reopen, return_
from zhengti_zip.web.office.versions import add_version, versions_of
from zhengti_zip.web.refusals import Refusal

NAME = "虚构区教育局"
WITH_WARNING = (("scores.spending_rate.score", "10"), ("scores.spending_rate.reason", ""))
"""Its self-score is higher than the one worked out from the data."""


@pytest.fixture
def department(office: Office) -> Department:
    work = office.round()
    office.roster(work)
    return office.departments(work)[0]


@BOTH
def test_the_whole_way(office: Office, department: Department) -> None:
    clerk = filled_by(department)
    first = office.upload(department, workbook(NAME))
    assert (first.number, office.state(department)) == (1, "draft")
    office.examine(first)
    with office.session() as session:
        hand_in(session, clerk, department, 1)
    assert office.state(department) == "handed_in"
    with office.session() as session:
        begin_review(session, OFFICER, department)
        add_opinion(session, OFFICER, department, "请核对支出率的分母", "spending_rate")
        assert opinions_of(session, clerk, department) == []  # not before it is returned
        sent = return_(session, OFFICER, department, "请补充佐证材料")
        assert [(opinion.label, opinion.text) for opinion in sent] == [
            ("部门预算资金支出率", "请核对支出率的分母"),
            ("整张表", "请补充佐证材料"),
        ]
    with office.session() as session:
        assert [opinion.text for opinion in opinions_of(session, clerk, department)] == [
            "请核对支出率的分母",
            "请补充佐证材料",
        ]
    second = office.upload(department, workbook(NAME, ("data.spent", "18520.64")))
    assert (second.number, office.state(department)) == (2, "returned")
    office.examine(second)
    with office.session() as session:
        hand_in(session, clerk, department, 2, confirm=True)
        pass_(session, OFFICER, department)
        reopen(session, OFFICER, department)
        pass_(session, OFFICER, department)
    with office.session() as session:
        kept = session.get_one(Department, department.id)
        assert (kept.state, kept.handed_in_id) == ("passed", second.id)
        assert [(v.number, str(v.total), v.handed_in_at is not None) for v in versions_of(session, kept)] == [
            (2, "95.15", True),
            (1, "94.55", True),
        ]
    assert office.steps()[2:] == [
        "version_added", "handed_in", "review_begun", "opinion_added", "opinion_added", "returned",
        "version_added", "handed_in", "passed", "reopened", "passed",
    ]  # fmt: skip


def test_files_of_versions_belong_to_the_department_and_stay(office: Office, department: Department) -> None:
    version = office.upload(department, workbook(NAME), OFFICER)
    with office.session() as session:
        file = session.get_one(StoredFile, version.file_id)
        assert (file.owner, file.form, file.expires_at) == (
            f"department:{department.id}",
            "haizhu-2022",
            None,
        )
    assert version.uploaded_by == "account:o1"


def test_what_is_not_ready_is_not_handed_in(office: Office, department: Department) -> None:
    def attempt(number: int, *, confirm: bool = False) -> None:
        with office.session() as session:
            hand_in(session, filled_by(department), department, number, confirm=confirm)

    with refused(409, "目前是“未报”，不能报送"):
        attempt(1)
    first = office.upload(department, workbook(NAME))
    with refused(409, "第 1 版还在检查"):
        attempt(1)
    second = office.upload(department, workbook(NAME, ("goals.0.goal", "")))
    with refused(409, "已有更新的第 2 版，没有报送第 1 版"):
        attempt(1)
    office.examine(first)
    office.examine(second)
    with refused(409, "第 2 版有 1 个错误"):
        attempt(2, confirm=True)
    office.examine(office.upload(department, workbook(NAME, *WITH_WARNING)))
    with refused(409, "第 3 版还没有报送：有 1 条警告"):
        attempt(3)
    attempt(3, confirm=True)
    assert office.state(department) == "handed_in"


def test_a_form_of_another_year_or_department_is_noticed(office: Office) -> None:
    earlier, later = office.round(2022), office.round(2023)
    office.roster(earlier)
    office.roster(later)
    [here, *_], [there, *_] = office.departments(earlier), office.departments(later)
    office.examine(office.upload(here, workbook("虚构区 民政局")))
    with (
        refused(409, "表中的部门名称是“虚构区 民政局”，应报名单中是“虚构区教育局”"),
        office.session() as session,
    ):
        hand_in(session, filled_by(here), here, 1)
    office.examine(office.upload(there, workbook(NAME)))
    with refused(409, "表中的年度是2022，本次填报的是 2023 年度"), office.session() as session:
        hand_in(session, filled_by(there), there, 1, confirm=True)


def test_a_file_that_cannot_be_read_is_a_version_that_is_not_handed_in(
    office: Office, department: Department
) -> None:
    version = office.upload(department, b"no workbook")
    with office.session() as session:
        file = session.get_one(StoredFile, version.file_id)
        file.examination = {
            "counts": {"error": 1, "warning": 0, "notice": 0},
            "unreadable": {"message": "不是工作簿", "remedy": "请另存为 .xlsx"},
        }
    with refused(409, "读不出来，没有报送：不是工作簿"), office.session() as session:
        hand_in(session, filled_by(department), department, 1)


def test_nothing_is_uploaded_behind_the_bureaus_back(office: Office, department: Department) -> None:
    office.hand_in(department)
    for visitor in (filled_by(department), OFFICER):
        with refused(409, "目前是“已报”，不能上传"):
            office.upload(department, workbook(NAME), visitor)
    with office.session() as session:
        pass_(session, OFFICER, department)
    with refused(409, "目前是“通过”，不能上传"):
        office.upload(department, workbook(NAME))


def test_a_closed_round_takes_nothing(office: Office, department: Department) -> None:
    office.examine(office.upload(department, workbook(NAME)))
    with office.session() as session:
        set_open(session, OFFICER, session.merge(office_round(office, department)), False)
    with refused(409, "本次填报已停止，不能上传"):
        office.upload(department, workbook(NAME))
    with refused(409, "本次填报已停止，不能报送"), office.session() as session:
        hand_in(session, filled_by(department), department, 1)


def test_other_departments_and_readers_do_nothing(office: Office, department: Department) -> None:
    with office.session() as session:
        work = office_round(office, department)
    other = office.departments(work)[1]
    with refused(404, "没有这个页面"):
        office.upload(department, workbook(NAME), filled_by(other))
    with refused(403, "您的角色是“查阅”，不能上传"):
        office.upload(department, workbook(NAME), READER)
    office.hand_in(department)
    with office.session() as session:
        for visitor, status, words in (
            (READER, 403, "不能通过"),
            (filled_by(department), 403, "不能通过"),
            (filled_by(other), 404, "没有这个页面"),
        ):
            with refused(status, words):
                pass_(session, visitor, department)
        with refused(403, "只能查看"):
            add_opinion(session, READER, department, "x")
        with refused(404, "没有这个页面"):
            add_opinion(session, filled_by(department), department, "x")


def test_opinions_are_about_what_is_there_and_stay_once_sent(office: Office, department: Department) -> None:
    with refused(409, "目前是“未报”，不能填写意见"), office.session() as session:
        add_opinion(session, OFFICER, department, "x")
    office.hand_in(department)
    with refused(400, "没有意见，不能退回"), office.session() as session:
        return_(session, OFFICER, department)
    with office.session() as session:
        kept = session.get_one(Department, department.id)
        for text, row, words in (
            (" \n", "", "没有填写意见"),
            ("x", "nothing", "没有所选的这一行"),
            ("x" * 2001, "", "2001 个字"),
        ):
            with refused(400, words):
                add_opinion(session, OFFICER, kept, text, row)
        first = add_opinion(session, OFFICER, kept, "请核对", "goals.0.goal")
        assert first.label == "第 1 条 绩效目标"
        taken_back = add_opinion(session, OFFICER, kept, "x" * 2000)
        remove_opinion(session, OFFICER, kept, taken_back.id)
        return_(session, OFFICER, kept)
        with refused(409, "已随退回发给部门"):
            remove_opinion(session, OFFICER, kept, first.id)
        with refused(404, "没有这个页面"):
            remove_opinion(session, OFFICER, kept, "nothing")
        assert session.query(Opinion).count() == 1


@BOTH
def test_of_two_officers_at_once_one_is_told(office: Office, department: Department) -> None:
    office.hand_in(department)

    def attempt(returns: bool) -> str:
        try:
            with office.session() as session:
                if returns:
                    return_(session, OFFICER, department, "请改")
                else:
                    pass_(session, OFFICER, department)
        except Refusal as refusal:
            return refusal.message
        return ""

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(attempt, [True, False, True, False]))
    assert said.count("") == 1
    assert all("不能" in words or "刚刚有别的操作" in words for words in said if words)
    assert office.state(department) in ("returned", "passed")
    assert office.steps().count("returned") + office.steps().count("passed") == 1


@BOTH
def test_what_an_officer_saw_before_somebody_else_acted_counts_no_more(
    office: Office, department: Department
) -> None:
    office.hand_in(department)
    with office.session() as session:
        seen = session.get_one(Department, department.id)
        # As another server process does between the look and the step:
        passed = update(Department).values(state="passed").execution_options(synchronize_session=False)
        session.execute(passed)
        assert seen.state == "handed_in"
        with refused(409, "刚刚有别的操作，没有开始复核"):
            begin_review(session, OFFICER, seen)


@BOTH
def test_numbers_have_no_gaps_when_many_upload_at_once(office: Office, department: Department) -> None:
    contents = [f"file {number}".encode() for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda content: office.upload(department, content), contents))
    assert sorted(version.number for version in made) == list(range(1, 13))
    with office.session() as session:
        kept = session.get_one(Department, department.id)
        versions = versions_of(session, kept)
        assert versions[0].id == kept.current_id
        digests = {session.get_one(StoredFile, version.file_id).digest for version in versions}
        assert len(digests) == 12


def test_a_mended_copy_names_the_version_it_was_made_of(office: Office, department: Department) -> None:
    first = office.upload(department, workbook(NAME))
    with office.session() as session:
        kept = session.get_one(Version, first.id)
        second = add_version(
            office.server, session, filled_by(department), department, "改.xlsx", b"x", mended=kept
        )
        assert session.get_one(StoredFile, second.file_id).parent_id == first.file_id
    assert office.steps()[-1] == "version_mended"


def office_round(office: Office, department: Department) -> Round:
    with office.session() as session:
        return session.get_one(Round, department.round_id)
