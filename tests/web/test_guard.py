"""What is refused before anybody asks who it is, the headers of all answers, and crashes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, Depends
from fastapi.testclient import TestClient

from tests.web.in_process import browser, running
from zhengti_zip.base.limits import MAX_FILE_BYTES
from zhengti_zip.web.requests import Received, check_form_token
from zhengti_zip.web.security.guard import HEADERS
from zhengti_zip.web.uploads import MAX_BODY_BYTES

router = APIRouter()


@router.get("/crash")
@router.get("/api/crash")
def crash() -> None:
    raise RuntimeError("the secret word of the crash")


@router.post("/api/upload")
def upload(file: Received) -> list[str | int]:
    name, content = file
    return [name, len(content)]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with running(tmp_path, public_url="https://zp.example.gov.cn", is_secure=True) as server:
        made = browser(server)
        made.app.include_router(router, dependencies=[Depends(check_form_token)])  # type: ignore[attr-defined]
        yield made


@pytest.mark.parametrize("path", ["/crash", "/api/crash"])
def test_a_crash_tells_nothing_of_the_inside(
    client: TestClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get(path)
    assert answer.status_code == 500
    assert "服务器内部出错" in answer.text
    assert not any(word in answer.text for word in ("Traceback", "secret word", "RuntimeError", ".py"))
    assert "the secret word" in caplog.text  # whoever looks after the server finds it


@pytest.mark.parametrize("path", ["/crash", "/api/crash", "/static/none.css", "/api/openapi.json"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static/") else "no-store")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("10.1.2.3", 200),
        ("localhost:9", 200),
        ("ZP.example.gov.cn", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("zp.example.gov.cn.evil.example", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_only_names_of_this_server_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/api/openapi.json", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # a program
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Origin": "https://zp.example.gov.cn"}, 200),  # the proxy did not pass the name on
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://127.0.0.1:8001"}, 403),  # another program of the same machine
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_page_of_another_site_changes_nothing(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    answer = client.post("/api/upload", files={"file": ("a.xlsx", b"1")}, headers=headers)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\表.xlsx", "表.xlsx"),
        ("con.xlsx", "_con.xlsx"),
        ("表\u202exslx.exe", "表_xslx.exe"),
        ("长" * 300 + ".xlsx", "长" * 65 + ".xlsx"),
    ],
)
def test_the_name_of_a_file_is_made_safe(client: TestClient, sent: str, kept: str) -> None:
    assert client.post("/api/upload", files={"file": (sent, b"12")}).json() == [kept, 2]


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_not(client: TestClient) -> None:
    largest = bytes(MAX_FILE_BYTES)
    assert client.post("/api/upload", files={"file": ("a", largest)}).json() == ["a", MAX_FILE_BYTES]
    answer = client.post("/api/upload", files={"file": ("a", largest + b"0")})
    assert (answer.status_code, answer.json()["message"]) == (413, "文件超过 20 MB 的上限")
    assert client.post("/api/upload", files={"file": ("a.xlsx", b"")}).status_code == 400


def test_a_request_that_is_too_large_ends_early(client: TestClient) -> None:
    multipart = {"Content-Type": "multipart/form-data; boundary=x"}
    begin = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        yield begin
        while sent < 2 * MAX_BODY_BYTES:
            sent += 1024 * 1024
            yield bytes(1024 * 1024)

    assert (
        client.post("/api/upload", content=begin + bytes(MAX_BODY_BYTES), headers=multipart).status_code
        == 413
    )
    assert (
        client.post("/api/upload", content=pieces(), headers=multipart).status_code == 413
    )  # no length given
    for broken in (b"", b"--x", b"--y--"):
        assert client.post("/api/upload", content=broken, headers=multipart).status_code == 400
