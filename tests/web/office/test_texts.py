"""The texts an officer copies into a message: what is due, where it stands, what to do."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.office.support import OFFICER, READER, Office, refused, workbook
from zhengti_zip.web.database.office_models import Round
from zhengti_zip.web.office.opinions import add_opinion
from zhengti_zip.web.office.rounds import set_due
from zhengti_zip.web.office.texts import reminders, return_notices
from zhengti_zip.web.office.transitions import return_

DUE = date(2023, 3, 31)


@pytest.fixture
def work(office: Office) -> Round:
    made = office.round()
    office.roster(made)
    with office.session() as session:
        kept = session.get_one(Round, made.id)
        kept.title = "2022年度自评"
        set_due(session, OFFICER, kept, DUE)
    return kept


def texts(office: Office, work: Round, today: date) -> list[str]:
    with office.session() as session:
        return [each.text for each in reminders(session, office.server.settings, OFFICER, work, today)]


def test_a_reminder_in_full(office: Office, work: Round) -> None:
    first = office.departments(work)[0]
    assert texts(office, work, date(2023, 3, 28))[0] == (
        "虚构区教育局：\n"
        "\n"
        "　　2022年度自评的报送截止日期是2023年3月31日（还有 3 天）。贵单位目前的状态是“未报”：还没有上传填报表。"
        "请下载填报表，填好后上传并报送。\n"
        "\n"
        f"　　填报链接：https://zp.example.gov.cn/d/{first.link_token}\n"
        "　　换了电脑或浏览器、打开链接时要校验码的，请向我们索取。\n"
        "\n"
        "经办乙\n"
        "2023年3月28日\n"
    )


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2023, 3, 30), "（还有 1 天）"), (DUE, "（就是今天）"), (date(2023, 4, 1), "（已过 1 天）")],
)
def test_how_long_it_is_still(office: Office, work: Round, today: date, words: str) -> None:
    assert words in texts(office, work, today)[0]


def test_who_is_reminded_of_what(office: Office, work: Round) -> None:
    first, second, third = office.departments(work)
    office.hand_in(first)
    office.examine(office.upload(second, workbook(second.name, ("goals.0.goal", ""))))
    office.hand_in(third)
    with office.session() as session:
        return_(session, OFFICER, third, "请改")
    about_second, about_third = texts(office, work, DUE)
    assert "虚构区民政局" in about_second
    assert "“草稿”：已上传第 1 版，还没有报送。这一版有 1 个错误，请改正后报送。" in about_second
    assert "“退回”：退回的意见还没有答复。" in about_third


def test_a_return_notice_in_full(office: Office, work: Round) -> None:
    first = office.departments(work)[0]
    office.hand_in(first)
    with office.session() as session:
        add_opinion(session, OFFICER, first, "请核对支出数\n并说明原因", "spending_rate")
        return_(session, OFFICER, first, "请补充 <佐证材料> & {{说明}}")
    with office.session() as session:
        [notice] = return_notices(session, office.server.settings, OFFICER, work, DUE)
    assert notice.department.name == "虚构区教育局"
    assert notice.text == (
        "虚构区教育局：\n"
        "\n"
        "　　贵单位报送的“2022年度自评”第 1 版（自评总分 94.55 分）经复核，需要修改，现予退回。意见如下：\n"
        "\n"
        "　　1. 部门预算资金支出率：请核对支出数\n"
        "　　　 并说明原因\n"
        "　　2. 整张表：请补充 <佐证材料> & {{说明}}\n"
        "\n"
        "　　请修改后上传新的一版并再次报送，截止日期是2023年3月31日。\n"
        f"　　填报链接：https://zp.example.gov.cn/d/{first.link_token}\n"
        "\n"
        "经办乙\n"
        "2023年3月31日\n"
    )


def test_only_officers_write_texts(office: Office, work: Round) -> None:
    with office.session() as session:
        for write in (reminders, return_notices):
            with refused(403, "只能查看"):
                write(session, office.server.settings, READER, work, DUE)
