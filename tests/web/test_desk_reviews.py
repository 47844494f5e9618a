"""A reviewed Word file at the desk: every change accepted or refused, then the new workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.review.wordlike import built, retype
from tests.web.desk_support import SAMPLE, SAMPLES, hand_over, settled, words
from tests.web.in_process import browser, token_of
from tests.web.page_check import faults_of
from zhengti_zip import read
from zhengti_zip.web.desk.reviewing import MAX_COPIES
from zhengti_zip.web.server import Server

EDITS = {"fields.department": "海珠区示例局（虚构）", "goals.0.completion": "完成情况已由审阅人改写。"}
DEPARTMENT, GOAL = "基本情况!B5", "年度目标!C5"


@pytest.fixture(scope="module")
def review(clerk: TestClient) -> str:
    """A review of a Word file with two changes: the address of its page."""
    word = retype(built(SAMPLE), EDITS)
    files = {"document": ("审阅.docx", word), "workbook": ("填报.xlsx", SAMPLE.read_bytes())}
    answer = clerk.post("/reviews", data={"csrf": token_of(clerk, "/reviews")}, files=files)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def decided(clerk: TestClient, review: str, choices: dict[str, str]) -> dict[str, str | None]:
    """Decide on the page; returns the two cells of the workbook that is made."""
    token = token_of(clerk, review)
    answer = clerk.post(f"{review}/decisions", data={"csrf": token, **choices})
    assert (answer.status_code, answer.headers["location"]) == (303, review), answer.text
    made = re.search(r'生成新的工作簿：<a href="(/files/[^"]+)"', settled(clerk, review))
    assert made
    settled(clerk, made[1])
    book = load_workbook(BytesIO(clerk.get(f"{made[1]}/download/workbook").content))
    return {place: book[place.split("!")[0]][place.split("!")[1]].value for place in (DEPARTMENT, GOAL)}


def test_each_change_stands_before_and_after_beside_each_other(clerk: TestClient, review: str) -> None:
    page = settled(clerk, review)
    assert faults_of(page) == []
    assert "改动 2 处" in words(page)
    assert DEPARTMENT in page
    assert GOAL in page
    assert "审阅人改写" in page


def test_a_refused_change_is_not_in_the_new_workbook(clerk: TestClient, review: str) -> None:
    settled(clerk, review)
    keys = {
        each["label"]: each["key"] for each in clerk.get(f"/api/v1{review}").json()["result"]["decisions"]
    }
    department = next(key for label, key in keys.items() if "部门名称" in label)
    (goal,) = set(keys.values()) - {department}
    both = decided(clerk, review, {f"decision:{department}": "accept", f"decision:{goal}": "accept"})
    assert both == {DEPARTMENT: EDITS["fields.department"], GOAL: EDITS["goals.0.completion"]}
    one = decided(clerk, review, {f"decision:{department}": "refuse", f"decision:{goal}": "accept"})
    before = load_workbook(SAMPLE)["基本情况"]["B5"].value
    assert one == {DEPARTMENT: before, GOAL: EDITS["goals.0.completion"]}
    none = decided(clerk, review, {f"decision:{department}": "accept", "all": "refuse"})
    assert none[DEPARTMENT] == before


def test_a_change_that_is_not_there_is_refused(clerk: TestClient, review: str) -> None:
    settled(clerk, review)
    answer = clerk.post(
        f"{review}/decisions", data={"csrf": token_of(clerk, review), "decision:fields.x": "accept"}
    )
    assert (answer.status_code, "没有所选的改动" in answer.text) == (400, True)


def test_two_workbooks_are_no_review(clerk: TestClient) -> None:
    book = ("填报.xlsx", SAMPLE.read_bytes())
    token = token_of(clerk, "/reviews")
    answer = clerk.post("/reviews", data={"csrf": token}, files={"document": book, "workbook": book})
    assert (answer.status_code, "不是 Word 文件" in answer.text) == (400, True)


def test_a_word_file_of_another_form_is_told_with_a_remedy(clerk: TestClient) -> None:
    word = built(SAMPLES / "project-national.json")
    files = {"document": ("审阅.docx", word), "workbook": ("填报.xlsx", SAMPLE.read_bytes())}
    answer = clerk.post("/reviews", data={"csrf": token_of(clerk, "/reviews")}, files=files)
    page = settled(clerk, answer.headers["location"])
    assert faults_of(page) == []
    assert 'class="notice error"' in page
    assert "重新选择文件" in page
    assert "生成新的工作簿" not in page


def test_programs_review_and_nobody_else_sees_it(desk: Server, clerk: TestClient, review: str) -> None:
    settled(clerk, review)
    known = clerk.get(f"/api/v1{review}").json()
    token = token_of(clerk, "/reviews")
    files = {"document_ids": known["document_ids"], "workbook_id": known["workbook_id"]}
    made = clerk.post("/api/v1/reviews", json=files, headers={"X-CSRF-Token": token}).json()
    settled(clerk, f"/reviews/{made['id']}")
    key = clerk.get(f"/api/v1/reviews/{made['id']}").json()["result"]["decisions"][0]["key"]
    answer = clerk.post(
        f"/api/v1/reviews/{made['id']}/decisions", json={"accept": [key]}, headers={"X-CSRF-Token": token}
    )
    assert answer.status_code == 202
    settled(clerk, f"/reviews/{made['id']}")
    done = clerk.get(f"/api/v1/reviews/{made['id']}").json()
    assert done["outcome_id"]
    assert len(done["refused"]) == 1
    other = browser(desk, "10.0.0.9")
    fields = {"document_id": known["document_ids"], "workbook_id": known["workbook_id"]}
    assert other.get(review).status_code == 404
    assert other.get(f"/api/v1{review}").status_code == 404
    assert other.post("/reviews", data={"csrf": token_of(other, "/reviews"), **fields}).status_code == 404


def test_the_file_of_the_review_is_offered_for_the_next_one(clerk: TestClient, review: str) -> None:
    hand_over(clerk, "另一份.xlsx", SAMPLE.read_bytes())
    page = clerk.get("/reviews").text
    assert review in page
    assert "审阅.docx（" in page
    assert "另一份.xlsx（" in page


def begun(clerk: TestClient, *documents: tuple[str, bytes]) -> str:
    """The address of a review of Word files that are handed over together."""
    files = [("document", document) for document in documents]
    files.append(("workbook", ("填报.xlsx", SAMPLE.read_bytes())))
    answer = clerk.post("/reviews", data={"csrf": token_of(clerk, "/reviews")}, files=files)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_copies_of_two_reviewers_are_merged_and_their_conflict_is_listed(clerk: TestClient) -> None:
    one = retype(built(SAMPLE), {**EDITS, "budget.basic": "7"})
    other = retype(built(SAMPLE), {**EDITS, "budget.basic": "8"})
    review = begun(clerk, ("审阅.docx", one), ("审阅.docx", other))
    page = settled(clerk, review)
    assert faults_of(page) == []
    text = words(page)
    assert "审阅.docx 等 2 份" in text and "改动 2 处" in text and "不能采纳的改动 2 处" in text
    assert text.count("没有采纳： 冲突：审阅.docx、审阅（2）.docx 改得不一样") == 2
    result = clerk.get(f"/api/v1{review}").json()["result"]
    assert {(each["after"], each["author"]) for each in result["refused"]} == {
        ("7", "审阅.docx"),
        ("8", "审阅（2）.docx"),
    }
    assert {each["author"] for each in result["decisions"]} == {"审阅.docx、审阅（2）.docx"}


def test_what_nobody_can_decide_is_listed_with_its_reason(clerk: TestClient) -> None:
    document = retype(built(SAMPLE, unlocked=True), {"total.score": "98"})
    page = settled(clerk, begun(clerk, ("审阅.docx", document)))
    assert faults_of(page) == []
    text = words(page)
    assert "没有可以采纳的改动" in text and "不能采纳的改动 1 处" in text
    assert "没有采纳： 由程序计算" in text
    assert "与工作簿相同" not in text


def test_a_word_file_of_another_department_is_read_only_when_the_clerk_insists(clerk: TestClient) -> None:
    source = read(SAMPLE)
    fields = {**source.submission.fields, "department": "另一个局（虚构）"}
    other = replace(source, submission=source.submission.model_copy(update={"fields": fields}))
    review = begun(clerk, ("别局.docx", retype(built(other), {"goals.0.completion": "别局的完成情况。"})))
    page = settled(clerk, review)
    assert faults_of(page) == []
    assert "“另一个局（虚构）”" in words(page) and "仍然处理" in page and "采纳后" not in page
    data = {"csrf": token_of(clerk, review), "all": "accept"}
    assert clerk.post(f"{review}/decisions", data=data).status_code == 400
    answer = clerk.post(f"{review}/force", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, review)
    page = settled(clerk, review)
    assert "别局的完成情况" in page and "仍然处理" not in page
    assert clerk.post(f"{review}/force", data=data).status_code == 400


def test_more_copies_than_can_be_merged_are_refused(clerk: TestClient) -> None:
    document = built(SAMPLE)
    known = clerk.get(f"/api/v1{begun(clerk, ('审阅.docx', document))}").json()
    headers = {"X-CSRF-Token": token_of(clerk, "/reviews")}
    sent = {"document_ids": known["document_ids"] * (MAX_COPIES + 1), "workbook_id": known["workbook_id"]}
    assert clerk.post("/api/v1/reviews", json=sent, headers=headers).status_code == 201  # one and the same
    answer = clerk.post("/api/v1/reviews", json={**sent, "document_ids": []}, headers=headers)
    assert (answer.status_code, "没有选择" in answer.text) == (400, True)
    files = [("document", (f"{number}.docx", document)) for number in range(MAX_COPIES + 1)]
    files.append(("workbook", ("填报.xlsx", SAMPLE.read_bytes())))
    answer = clerk.post("/reviews", data={"csrf": token_of(clerk, "/reviews")}, files=files)
    assert (answer.status_code, f"最多处理 {MAX_COPIES} 份" in answer.text) == (400, True)
