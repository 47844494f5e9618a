"""Two files beside each other at the desk."""

from __future__ import annotations

from datetime import timedelta

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.web.desk_support import SAMPLE, SAMPLES, changed, hand_over, settled, words
from tests.web.in_process import browser, token_of
from tests.web.page_check import faults_of
from zhengti_zip.web.database.models import Comparison, StoredFile, now
from zhengti_zip.web.server import Server

LOWER = {"指标自评!F7": 8.5, "指标自评!G7": "各项工作开支设置不够细化，年末支付集中。"}


def compared(clerk: TestClient, before: tuple[str, bytes], after: tuple[str, bytes]) -> str:
    """Compare two files that are sent; returns the address of the page."""
    token = token_of(clerk, "/comparisons")
    answer = clerk.post("/comparisons", data={"csrf": token}, files={"before": before, "after": after})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_differences_stand_beside_each_other_with_what_changed_marked(clerk: TestClient) -> None:
    address = compared(clerk, ("甲.xlsx", SAMPLE.read_bytes()), ("乙.xlsx", changed(LOWER)))
    page = settled(clerk, address)
    assert faults_of(page) == []
    assert "不同之处 2 处" in words(page)
    assert "总分 99 98.5" in words(page)
    assert '<span class="del">9</span>' in page
    assert '<span class="ins">8.5</span>' in page
    assert '各项工作开支设置不够细化<span class="ins">，年末支付集中</span>。' in page
    assert address in clerk.get("/comparisons").text
    result = clerk.get(f"/api/v1{address}").json()["result"]
    assert result["total"] == {"before": "99", "after": "98.5"}


def test_files_that_are_here_already_can_be_compared(clerk: TestClient) -> None:
    pages = [hand_over(clerk, name, SAMPLE.read_bytes()) for name in ("甲.xlsx", "乙.xlsx")]
    before, after = (page.rpartition("/")[2] for page in pages)
    token = token_of(clerk, "/comparisons")
    answer = clerk.post("/comparisons", data={"csrf": token, "before_id": before, "after_id": after})
    assert "两份文件填写的内容完全相同" in settled(clerk, answer.headers["location"])
    made = clerk.post(
        "/api/v1/comparisons",
        json={"before_id": before, "after_id": after},
        headers={"X-CSRF-Token": token},
    )
    assert made.status_code == 201
    settled(clerk, f"/comparisons/{made.json()['id']}")
    assert clerk.get(f"/api/v1/comparisons/{made.json()['id']}").json()["result"]["equal"] is True


def test_what_is_looked_at_is_kept_for_another_hour(desk: Server, clerk: TestClient) -> None:
    address = compared(clerk, ("甲.xlsx", SAMPLE.read_bytes()), ("乙.xlsx", SAMPLE.read_bytes()))
    settled(clerk, address)
    identity = address.rpartition("/")[2]
    with desk.database.session() as session:
        for each in kept(session, identity):
            each.expires_at = now() + timedelta(minutes=2)
    clerk.get(address)
    with desk.database.reading() as session:
        ends = [each.expires_at for each in kept(session, identity)]
    assert len(ends) == 3
    assert all(end and end > now() + timedelta(minutes=59) for end in ends)


def kept(session: Session, identity: str) -> list[Comparison | StoredFile]:
    """A comparison and its files."""
    comparison = session.get_one(Comparison, identity)
    sides = (comparison.before_id, comparison.after_id)
    return [comparison, *(session.get_one(StoredFile, each) for each in sides)]


def test_files_of_two_forms_are_not_compared_and_the_page_says_why(clerk: TestClient) -> None:
    other = (SAMPLES / "project-national.xlsx").read_bytes()
    page = settled(clerk, compared(clerk, ("甲.xlsx", SAMPLE.read_bytes()), ("乙.xlsx", other)))
    assert "表" in words(page)
    assert "没有对比" in words(page) or "重新选择文件" in words(page)


def test_a_missing_file_is_asked_for_and_nothing_is_kept(clerk: TestClient) -> None:
    token = token_of(clerk, "/comparisons")
    answer = clerk.post(
        "/comparisons", data={"csrf": token}, files={"before": ("只有一份.xlsx", SAMPLE.read_bytes())}
    )
    assert (answer.status_code, "没有选择现在的文件" in answer.text) == (400, True)
    assert "只有一份.xlsx" not in clerk.get("/").text


def test_nobody_else_sees_a_comparison_or_compares_the_files_of_others(
    desk: Server, clerk: TestClient
) -> None:
    address = compared(clerk, ("甲.xlsx", SAMPLE.read_bytes()), ("乙.xlsx", SAMPLE.read_bytes()))
    settled(clerk, address)
    other = browser(desk, "10.0.0.9")
    assert other.get(address).status_code == 404
    assert other.get(f"/api/v1{address}").status_code == 404
    files = clerk.get(f"/api/v1{address}").json()
    ids = {"before_id": files["before_id"], "after_id": files["after_id"]}
    token = token_of(other, "/comparisons")
    assert other.post("/comparisons", data={"csrf": token, **ids}).status_code == 404
