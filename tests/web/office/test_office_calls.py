"""The work of a bureau and of a department by programs: the same steps as on the pages, in JSON."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.web.in_process import PASSWORD, add_account, browser
from tests.web.office.support import ROSTER, Office, workbook
from zhengti_zip.web.database.office_models import Department, Version
from zhengti_zip.web.visitor import Role

NAME = "虚构区教育局"
WITH_WARNING = (("scores.spending_rate.score", "10"), ("scores.spending_rate.reason", ""))


@dataclass(frozen=True)
class Program:
    """A program with the token of its session."""

    client: TestClient
    token: str

    def call(self, method: str, address: str, status: int = 200, **sent: Any) -> Any:
        """Call, and see that it is answered so; the JSON, or the bytes of a file."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.client.request(method, f"/api/v1/{address}", headers=headers, **sent)
        assert answer.status_code == status, (answer.status_code, answer.text)
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return answer.json() if answer.content and is_json else answer.content


def program(office: Office, **credentials: str) -> Program:
    """A program that logged in."""
    client = browser(office.server)
    answer = client.post("/api/v1/session", json=credentials)
    assert answer.status_code == 200, answer.text
    return Program(client, answer.json()["token"])


def test_a_round_by_programs(office: Office) -> None:
    add_account(office.server, "经办乙", Role.OFFICER)
    officer = program(office, name="经办乙", password=PASSWORD)
    place, link, code = begun(officer)
    clerk = program(office, link=link, code=code)
    mine = clerk.call("GET", "my")
    assert (mine["state"], mine["may_hand_in"]) == ("not_begun", False)
    sheets = load_workbook(io.BytesIO(clerk.call("GET", "my/workbook")))
    assert any(cell.value == NAME for sheet in sheets.worksheets for row in sheet.iter_rows() for cell in row)
    files = {"file": ("自评表.xlsx", workbook(NAME, *WITH_WARNING))}
    version = clerk.call("POST", "my/versions", 201, files=files)
    assert (version["number"], version["total"]) == (1, None)  # it is not examined yet
    examine(office, 1)
    refused = clerk.call("POST", "my/hand-in", 409, json={"number": 1})
    assert "有 1 条警告" in refused["message"]
    assert clerk.call("POST", "my/hand-in", json={"number": 1, "confirm": True})["state"] == "handed_in"
    assert clerk.call("GET", "rounds", 404)["message"]

    [department, *others] = officer.call("GET", f"{place}/departments")
    assert (department["state"], department["newest"]["warnings"], len(others)) == ("handed_in", 1, 2)
    at = f"departments/{department['id']}"
    opinion = officer.call("POST", f"{at}/opinions", 201, json={"text": "请核对", "row": "spending_rate"})
    assert opinion["label"] == "部门预算资金支出率"
    dropped = officer.call("POST", f"{at}/opinions", 201, json={"text": "写错了"})
    officer.call("DELETE", f"{at}/opinions/{dropped['id']}", 204)
    assert officer.call("POST", f"{at}/review")["state"] == "in_review"
    assert officer.call("POST", f"{at}/return", json={})["state"] == "returned"
    assert [each["text"] for each in clerk.call("GET", "my")["opinions"]] == ["请核对"]
    assert [each["name"] for each in officer.call("GET", f"{place}/texts")["return_notices"]] == [NAME]

    clerk.call("POST", "my/versions", 201, files={"file": ("自评表.xlsx", workbook(NAME))})
    examine(office, 2)
    clerk.call("POST", "my/hand-in", json={"number": 2, "confirm": True})
    given = [{"row": "spending_rate", "score": "8.4", "remark": "核减"}]
    scores = officer.call("PUT", f"{at}/scores", json=given)
    assert (scores["own_total"], scores["total"]) == ("94.55", "93.55")
    assert (
        "不在 0 到 10 分之间"
        in officer.call("PUT", f"{at}/scores", 400, json=[given[0] | {"score": "11"}])["message"]
    )
    assert officer.call("POST", f"{at}/pass")["state"] == "passed"
    assert officer.call("POST", f"{at}/reopen")["state"] == "in_review"
    [ranked] = officer.call("GET", f"{place}/ranking")["lines"]
    assert (ranked["rank"], ranked["total"], ranked["reviewed_total"]) == (1, "94.55", "93.55")
    assert (
        officer.call("GET", f"{place}/warnings?everything=true")
        == officer.call("GET", f"{place}/years")
        == []
    )
    assert officer.call("GET", f"{place}/self-scores") == []
    assert officer.call("GET", f"{at}/working-paper.xlsx")[:2] == b"PK"
    assert officer.call("PATCH", place, json={"is_open": False})["is_open"] is False
    actions = [step["action"] for step in officer.call("GET", f"log?department_id={department['id']}")]
    assert actions[:4] == ["reopened", "passed", "scores_changed", "handed_in"]


def begun(officer: Program) -> tuple[str, str, str]:
    """Begin a round with a roster; where it is, and link and code of the first department."""
    made = officer.call(
        "POST", "rounds", 201, json={"form": "haizhu-2022", "year": 2022, "due_on": "2099-12-31"}
    )
    place = f"rounds/{made['id']}"
    bad = officer.call(
        "POST", f"{place}/roster", files={"file": ("名单.csv", "单位名称\n甲局\n甲局\n".encode())}
    )
    assert (bad["added"], [each["severity"] for each in bad["problems"]]) == (0, ["error"])
    taken = officer.call("POST", f"{place}/roster", files={"file": ("名单.csv", ROSTER.encode())})
    assert (taken["added"], taken["problems"]) == (3, [])
    codes = officer.call("POST", f"{place}/codes", json={})
    link, code = next((each["link"], each["code"]) for each in codes if each["name"] == NAME)
    return place, link, code


def test_a_department_mends_a_cell_by_program(office: Office) -> None:
    work = office.round()
    office.roster(work)
    add_account(office.server, "经办乙", Role.OFFICER)
    officer = program(office, name="经办乙", password=PASSWORD)
    [issued, *_] = officer.call("POST", f"rounds/{work.id}/codes", json={})
    clerk = program(office, link=issued["link"].rpartition("/")[2], code=issued["code"])
    clerk.call("POST", "my/versions", 201, files={"file": ("自评表.xlsx", workbook(NAME))})
    examine(office, 1)
    details = clerk.call("GET", f"files/{clerk.call('GET', 'my')['versions'][0]['file_id']}")
    cell = next(
        place for place, each in details["examination"]["inputs"].items() if each["path"] == "data.spent"
    )
    assert clerk.call("POST", "my/versions/1/cells", 201, json={"cells": {cell: "18520.64"}})["number"] == 2
    examine(office, 2)
    assert [each["total"] for each in clerk.call("GET", "my")["versions"]] == ["95.15", "94.55"]
    assert clerk.call("POST", "my/versions/9/cells", 404, json={"cells": {cell: "1"}})["message"]


def examine(office: Office, number: int) -> None:
    """Examine a version of the first department here and now."""
    with office.session() as session:
        [version] = (
            session.query(Version)
            .join(Department, Department.id == Version.department_id)
            .filter(Department.name == NAME, Version.number == number)
        )
    office.examine(version)
