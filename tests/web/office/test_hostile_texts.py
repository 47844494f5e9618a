"""Texts that somebody enters to break something: in addresses, fields and JSON, on both kinds of database."""

from __future__ import annotations

import io
from urllib.parse import quote, unquote

from openpyxl import load_workbook

from tests.web.conftest import BOTH
from tests.web.in_process import token_of
from tests.web.office.pages_support import person, words
from tests.web.office.support import OFFICER, Office
from zhengti_zip.web.office.rounds import add_round
from zhengti_zip.web.visitor import Role

NUL, HALF = "\0", "\\ud83d"
"""A character that PostgreSQL does not keep; half an emoji as JSON spells it."""


@BOTH
def test_characters_that_nothing_can_hold_are_refused(office: Office) -> None:
    officer = person(office, Role.OFFICER)
    work = office.round()
    address = f"/office/rounds/{work.id}"
    for path in ("/files/", "/d/", "/office/rounds/", "/api/v1/jobs/"):
        assert officer.client.get(path + quote(f"x{NUL}")).status_code == 404
    answer = officer.send("/office", "/office/rounds", form=work.form, year="2021", title=f"自评{NUL}")
    assert answer.status_code == 400
    assert "有不能保存的字符" in words(answer.text)
    headers = {"X-CSRF-Token": token_of(officer.client, address), "Content-Type": "application/json"}
    for text in (HALF, "\\u0000"):
        for key, value in (
            ("title", f'"{text}"'),
            (f"a{text}", '{"x": [1]}'),
            ("x", f'[[{{"y": "{text}"}}]]'),
        ):
            body = f'{{"form": "{work.form}", "year": 2021, "{key}": {value}}}'
            answer = officer.client.post("/api/v1/rounds", content=body, headers=headers)
            assert (answer.status_code, answer.json()["message"]) == (400, "提交的内容里有不能保存的字符")
    assert office.steps().count("round_added") == 1


def test_deep_and_broken_json_is_refused(office: Office) -> None:
    officer = person(office, Role.OFFICER)
    headers = {"X-CSRF-Token": token_of(officer.client, "/office"), "Content-Type": "application/json"}
    for body in (b"[" * 200_000, b'{"a":' * 100_000, b"\xff\xfe", b"", b'{"year": ' + b"9" * 5000 + b"}"):
        answer = officer.client.post("/api/v1/rounds", content=body, headers=headers)
        assert answer.status_code == 400, body[:20]
        assert answer.json()["remedy"]


def test_a_title_is_no_part_of_a_path_and_no_formula(office: Office) -> None:
    officer = person(office, Role.OFFICER)
    with office.session() as session:
        work = add_round(session, OFFICER, title="=1+1/../自评\\表", form="haizhu-2022", year=2022)
    office.roster(work, '单位名称,代码\n"=HYPERLINK(""http://x.example"",""点这里"")",@SUM(1)\n')
    address = f"/office/rounds/{work.id}"
    answer = officer.send(f"{address}/roster", f"{address}/codes", which="all")
    name = unquote(answer.headers["content-disposition"].partition("''")[2])
    assert name == "填报链接-=1+1_.._自评_表.xlsx"
    cells = [cell for row in load_workbook(io.BytesIO(answer.content)).worksheets[0] for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any(cell.value == '=HYPERLINK("http://x.example","点这里")' and cell.quotePrefix for cell in cells)


def test_a_round_is_made_once_however_often_the_button_is_pressed(office: Office) -> None:
    officer = person(office, Role.OFFICER)
    for expected in (303, 409):
        answer = officer.send("/office", "/office/rounds", form="haizhu-2022", year="2022", title="")
        assert answer.status_code == expected
    assert "已经有“2022 年度部门整体支出绩效自评表（广州市海珠区）”" in words(answer.text)
    assert officer.send("/office", "/office/rounds", form="haizhu-2022", year="2023").status_code == 303
    assert office.steps().count("round_added") == 2


def test_a_form_sent_after_the_session_has_ended_says_so(office: Office) -> None:
    officer = person(office, Role.OFFICER)
    token = token_of(officer.client, "/office")
    officer.client.cookies.clear()
    answer = officer.client.post(
        "/office/rounds", data={"csrf": token, "form": "haizhu-2022", "year": "2022"}
    )
    assert answer.status_code == 403
    assert "登录已过期，没有提交 请返回上一页，复制填写的内容" in words(answer.text)
