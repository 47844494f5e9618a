"""Links and codes: a link alone opens nothing, a code opens once, and wrong tries run out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.web.conftest import BOTH
from tests.web.office.support import NOBODY, OFFICER, READER, Office, filled_by, refused
from zhengti_zip.web.database.models import now
from zhengti_zip.web.database.office_models import Department
from zhengti_zip.web.office.access import (
    CODE_DAYS,
    IssuedCode,
    end_sessions,
    give_codes,
    link_of,
    links_workbook,
    prepare_codes,
    redeem,
)
from zhengti_zip.web.refusals import Refusal
from zhengti_zip.web.security.attempts import MOST_FOR_ONE


@pytest.fixture
def departments(office: Office) -> list[Department]:
    work = office.round()
    office.roster(work)
    return office.departments(work)


def give(office: Office, *departments: Department) -> list[IssuedCode]:
    prepared = prepare_codes(len(departments))
    with office.session() as session:
        return give_codes(session, OFFICER, [session.merge(d) for d in departments], prepared)


def opened(office: Office, department: Department, code: str, address: str = "10.1.0.1") -> Department:
    return redeem(office.server.database, department.link_token, code, address)


def test_a_code_opens_its_own_door_once(office: Office, departments: list[Department]) -> None:
    first, second, third = departments
    mine, others = give(office, first, second)
    assert link_of(office.server.settings, first) == f"https://zp.example.gov.cn/d/{first.link_token}"
    with refused(400, "校验码不对"):
        opened(office, second, mine.code)
    with refused(400, "校验码不对"):
        opened(office, third, mine.code)  # it has none
    assert opened(office, first, mine.code.lower().replace("-", " ")).id == first.id
    with refused(400, "校验码不对，或者已经用过"):
        opened(office, first, mine.code)
    assert opened(office, second, others.code).id == second.id
    assert office.steps()[-6:] == [
        "codes_made", "door_failed", "door_failed", "door_opened", "door_failed", "door_opened"
    ]  # fmt: skip


def test_a_new_code_replaces_the_old_one(office: Office, departments: list[Department]) -> None:
    [old] = give(office, departments[0])
    [new] = give(office, departments[0])
    with refused(400, "校验码不对"):
        opened(office, departments[0], old.code)
    assert opened(office, departments[0], new.code).id == departments[0].id


@pytest.mark.parametrize(("days", "is_valid"), [(CODE_DAYS - 1, True), (CODE_DAYS + 1, False)])
def test_a_code_grows_old(office: Office, departments: list[Department], days: int, is_valid: bool) -> None:
    [issued] = give(office, departments[0])
    with office.session() as session:
        session.get_one(Department, departments[0].id).code_made_at = now() - timedelta(days=days)
    if is_valid:
        opened(office, departments[0], issued.code)
    else:
        with refused(400, "过期"):
            opened(office, departments[0], issued.code)


def test_wrong_tries_run_out_and_do_not_open_with_the_right_code(
    office: Office, departments: list[Department]
) -> None:
    [issued, other] = give(office, *departments[:2])
    for number in range(MOST_FOR_ONE):
        with refused(400, "校验码不对"):
            opened(office, departments[0], "AAAA-AAAA", f"10.1.0.{number}")
    with refused(429, "出错次数太多"):
        opened(office, departments[0], issued.code)
    assert opened(office, departments[1], other.code).id == departments[1].id


@BOTH
def test_two_at_once_open_once(office: Office, departments: list[Department]) -> None:
    [issued] = give(office, departments[0])

    def attempt(_: int) -> bool:
        try:
            opened(office, departments[0], issued.code)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(attempt, range(4))) == 1


def test_an_unknown_link_is_no_page(office: Office) -> None:
    with refused(404, "没有这个页面"):
        redeem(office.server.database, "nothing", "AAAA-AAAA", "10.1.0.1")


def test_who_gives_codes(office: Office, departments: list[Department]) -> None:
    first, second, _ = departments
    prepared = prepare_codes(1)
    with office.session() as session:
        here, there = session.merge(first), session.merge(second)
        assert give_codes(session, filled_by(first), [here], prepared)[0].department.id == first.id
        for visitor, department, status in (
            (filled_by(first), there, 404),
            (NOBODY, here, 404),
            (READER, here, 403),
        ):
            with refused(status, "没有这个页面|只能查看"):
                give_codes(session, visitor, [department], prepared)
        with pytest.raises(ValueError, match="1 codes for 2 departments"):
            give_codes(session, OFFICER, [here, there], prepared)
    assert office.steps()[-1] == "code_made"


def test_ending_sessions_takes_the_code_too(office: Office, departments: list[Department]) -> None:
    [issued] = give(office, departments[0])
    with office.session() as session:
        kept = session.get_one(Department, departments[0].id)
        end_sessions(session, OFFICER, kept)
        assert kept.epoch == 1
    with refused(400, "校验码不对"):
        opened(office, departments[0], issued.code)


def test_the_sheet_to_send_out(office: Office) -> None:
    work = office.round()
    office.roster(work, '单位名称,代码,联系人\n虚构区教育局,001,张三\n=1+1局,002,"@某"\n')
    issued = give(office, *reversed(office.departments(work)))
    sheet = load_workbook(BytesIO(links_workbook(office.server.settings, work, issued))).worksheets[0]
    assert sheet["A4"].value == "序号"
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    codes = {code.department.position: code for code in issued}
    assert lines == [
        [n, codes[n].department.name, f"00{n}", contact, link_of(office.server.settings, codes[n].department), codes[n].code]
        for n, contact in ((1, "张三"), (2, "@某"))
    ]  # fmt: skip
    assert (sheet["B6"].value, sheet["B6"].data_type, sheet["B6"].quotePrefix) == ("=1+1局", "s", True)
    assert sheet["E5"].hyperlink.target == lines[0][4]
