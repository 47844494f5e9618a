"""A file at the desk: its result, problems, pages and downloads, and who may see it. The work is done in real processes."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import inspect
from sqlalchemy.orm.exc import ObjectDeletedError

from tests.web.desk_support import SAMPLE, SAMPLES, changed, fields_of, hand_over, settled, words
from tests.web.in_process import browser, statements, token_of
from tests.web.page_check import faults_of
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import build
from zhengti_zip.web.api.files import listed
from zhengti_zip.web.database.models import StoredFile
from zhengti_zip.web.desk.pages_files import picture
from zhengti_zip.web.remedies import OTHERWISE, remedy_on_page
from zhengti_zip.web.server import Server
from zhengti_zip.web.visitor import Role, Visitor
from zhengti_zip.workbook.read.anyinput import read

FAULTY = {"基本情况!B6": "八个", "指标自评!F7": 99}


@pytest.fixture(scope="module")
def faulty(clerk: TestClient) -> tuple[str, str]:
    """A workbook with two wrong cells: the address and the text of its page."""
    address = hand_over(clerk, "有错.xlsx", changed(FAULTY))
    return address, settled(clerk, address)


def test_the_page_says_what_is_wrong_where_and_how_to_mend_it(faulty: tuple[str, str]) -> None:
    text = words(faulty[1])
    assert "错误 2 处" in text
    assert "基本情况!B6 年度 “八个”不是年份 请填写四位年份" in text
    assert fields_of(faulty[1]) == {"cell:基本情况!B6": "八个", "cell:指标自评!F7": "99"}
    assert "草稿" in text
    assert faults_of(faulty[1]) == []


def test_a_file_that_somebody_removes_meanwhile_is_not_there(
    clerk: TestClient, faulty: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def removed(_session: object, file: StoredFile) -> None:
        raise ObjectDeletedError(
            inspect(file)
        )  # what SQLAlchemy does when it loads the rest of a row that is gone

    monkeypatch.setattr("zhengti_zip.web.desk.pages_files.file_view", removed)
    answer = clerk.get(faulty[0])
    assert (answer.status_code, "没有这个页面" in answer.text) == (404, True)


def test_pages_and_files_can_be_fetched(clerk: TestClient, faulty: tuple[str, str]) -> None:
    address, page = faulty
    assert f'src="{address}/pages/1.png"' in page
    picture = clerk.get(f"{address}/pages/1.png")
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    for kind, name, start in (
        ("pdf", "有错.pdf", b"%PDF"),
        ("docx", "有错.docx", b"PK"),
        ("annotated", "有错-标注.xlsx", b"PK"),
        ("paper", "有错-评分底稿.xlsx", b"PK"),
        ("json", "有错.json", b"{"),
        ("workbook", "有错.xlsx", b"PK"),
    ):
        assert f'href="{address}/download/{kind}"' in page
        answer = clerk.get(f"{address}/download/{kind}")
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(name)}"
        assert answer.content.startswith(start)
    assert clerk.get(f"{address}/pages/99.png").status_code == 404


def test_the_sound_sample_can_be_handed_in_and_its_pdf_is_that_of_build(
    clerk: TestClient, tmp_path: Path
) -> None:
    address = hand_over(clerk, SAMPLE.name, SAMPLE.read_bytes())
    text = words(settled(clerk, address))
    assert "99 / 100 分 优" in text
    assert "没有发现问题，可以报送" in text
    pdf, _ = build(examine(read(SAMPLE)), tmp_path, SAMPLE.stem)
    assert clerk.get(f"{address}/download/pdf").content == pdf.read_bytes()


def test_any_kind_of_file_gives_a_workbook(clerk: TestClient, faulty: tuple[str, str]) -> None:
    pdf = clerk.get(f"{faulty[0]}/download/pdf").content
    json = (SAMPLES / "haizhu-2022.json").read_bytes()
    word = clerk.get(f"{faulty[0]}/download/docx").content
    files = {"表.pdf": pdf, "表.json": json, "表.docx": word}
    pages = {name: hand_over(clerk, name, content) for name, content in files.items()}
    for name, address in pages.items():
        page = settled(clerk, address)
        assert "中国共产党广州市海珠区委员会组织部" in page
        assert (f"/reviews?document={address.rpartition('/')[2]}" in page) == (name == "表.docx")
        book = load_workbook(BytesIO(clerk.get(f"{address}/download/workbook").content))
        assert book["基本情况"]["B5"].value == "中国共产党广州市海珠区委员会组织部"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n....", "不是"),
        ("表.xlsx", SAMPLE.read_bytes()[:5000], "损坏"),
        ("<script>alert(1)</script>.json", b"{}", ""),
    ],
)
def test_an_unreadable_file_gets_a_remedy_and_no_crash(
    clerk: TestClient, name: str, content: bytes, said: str
) -> None:
    page = settled(clerk, hand_over(clerk, name, content))
    assert said in words(page)
    assert "换一个文件" in page
    assert "<script>alert" not in page


def test_a_form_that_does_not_exist_or_no_file_is_refused(clerk: TestClient) -> None:
    token = token_of(clerk, "/")
    file = {"file": ("a.xlsx", SAMPLE.read_bytes())}
    wrong = clerk.post("/files", data={"csrf": token, "form": "../etc"}, files=file)
    assert (wrong.status_code, "没有所选的表" in wrong.text) == (400, True)
    none = clerk.post("/files", data={"csrf": token}, files={"file": ("", b"")})
    assert none.status_code == 400
    assert "没有" in none.text or "不完整" in none.text


def test_nobody_else_sees_or_changes_a_file(desk: Server, faulty: tuple[str, str]) -> None:
    address = faulty[0]
    other = browser(desk, "10.0.0.9")
    token = token_of(other, "/")
    for path in ("", "/cells", "/pages/1.png", "/download/pdf", "/download/workbook"):
        assert other.get(address + path).status_code == 404
    for path in ("/cells", "/remove"):
        answer = other.post(address + path, data={"csrf": token, "cell:基本情况!B6": "2022"})
        assert answer.status_code == 404
    assert other.get(f"/api/v1{address}").status_code == 404
    assert other.delete(f"/api/v1{address}", headers={"X-CSRF-Token": token}).status_code == 404


def test_the_first_page_lists_the_files_of_a_visitor_only(
    desk: Server, clerk: TestClient, faulty: tuple[str, str]
) -> None:
    assert faulty[0] in clerk.get("/").text
    assert faulty[0] not in browser(desk, "10.0.0.9").get("/").text


def test_the_list_for_programs_and_a_picture_do_not_read_the_large_examination(
    desk: Server, faulty: tuple[str, str]
) -> None:
    identity = faulty[0].rpartition("/")[2]
    with desk.database.reading() as session:
        visitor = Visitor(Role.VISITOR, session.get_one(StoredFile, identity).owner.removeprefix("visit:"))
    with statements(desk) as asked:
        [line] = [line for line in listed(desk, visitor) if line.id == identity]
        assert line.is_examined and line.job_id
        assert len(asked) == 1  # however many files there are
        picture(desk, visitor, identity, 1)
    assert not [each for each in asked if "examination" in each.replace("examination IS NOT NULL", "")]


def test_a_removed_file_is_gone(clerk: TestClient) -> None:
    address = hand_over(clerk, "不要了.xlsx", SAMPLE.read_bytes())
    settled(clerk, address)
    answer = clerk.post(f"{address}/remove", data={"csrf": token_of(clerk, address)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert clerk.get(address).status_code == 404
    assert clerk.get(f"{address}/download/pdf").status_code == 404
    assert address not in clerk.get("/").text


@pytest.mark.parametrize(
    ("name", "content", "message", "remedy"),
    [
        ("半.json", rb'{"form": "\ud83d"}', "没有名为“\ufffd”的表", "可用的表：department-general"),
        ("零.json", rb'{"form": "\u0000"}', "没有名为“\ufffd”的表", "可用的表：department-general"),
        ("照片.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF", "照片.xlsx 是图片", "请给出填报用的 .xlsx 工作簿"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧.xls 是旧版 Excel 文件", "另存为"),
        ("深.json", b'{"a":' * 100_000, "深.json 不是有效的 JSON", "请用本程序重新生成"),
    ],
)
def test_a_wrong_file_is_told_with_a_remedy_that_needs_no_command_line(
    clerk: TestClient, name: str, content: bytes, message: str, remedy: str
) -> None:
    text = words(settled(clerk, hand_over(clerk, name, content)))
    assert message in text
    assert remedy in text
    assert "--form" not in text
    assert not re.search("zhengti-zip [a-z]", text)


def test_half_a_character_in_a_data_file_is_shown_and_breaks_nothing(clerk: TestClient) -> None:
    data = json.loads((SAMPLES / "demo-2022.json").read_text(encoding="utf-8"))
    data["fields"]["\ud83d"] = "半个字符"
    text = words(settled(clerk, hand_over(clerk, "半.json", json.dumps(data).encode())))
    assert "错误 1 处" in text
    assert "没有 fields.? 这个键 请检查拼写" in text


def test_remedies_keep_what_can_be_done_on_a_page() -> None:
    assert remedy_on_page("请换用其他字词；确需使用的，可用 --font 指定") == "请换用其他字词"
    assert remedy_on_page("请使用 zhengti-zip build 生成的 PDF 原件") == "请使用本程序生成的 PDF 原件"
    assert remedy_on_page("不是这种表的，请用 --form 指明") == OTHERWISE
    assert remedy_on_page("请填写四位年份") == "请填写四位年份"
