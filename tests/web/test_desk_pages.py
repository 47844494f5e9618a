"""The pages of the desk that need no work: first page, forms, help, the list for programs; and how all of them are built."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.web.in_process import browser, running
from tests.web.page_check import faults_of
from zhengti_zip.form.loader import form_ids, load_form
from zhengti_zip.workbook.write.writer import blank_workbook


@pytest.mark.parametrize("path", ["/", "/comparisons", "/reviews", "/forms", "/help", "/api", "/nothing"])
def test_every_page_can_be_used_by_keyboard_and_by_ear(clerk: TestClient, path: str) -> None:
    answer = clerk.get(path)
    assert answer.status_code == (404 if path == "/nothing" else 200)
    assert faults_of(answer.text) == []


def test_every_form_has_its_blank_workbook(clerk: TestClient) -> None:
    page = clerk.get("/forms").text
    for identity in form_ids():
        form = load_form(identity)
        assert form.name in page
        assert f'href="/forms/{identity}/blank.xlsx"' in page
        for path in (f"/forms/{identity}/blank.xlsx", f"/api/v1/forms/{identity}/blank.xlsx"):
            answer = clerk.get(path)
            assert answer.headers["content-disposition"].endswith(f"{identity}.xlsx")
            assert answer.content == blank_workbook(form)
    assert {each["id"] for each in clerk.get("/api/v1/forms").json()} == set(form_ids())


def test_a_form_has_a_picture(clerk: TestClient) -> None:
    pictures = {clerk.get(f"{start}/forms/project-national/picture.png").content for start in ("", "/api/v1")}
    assert len(pictures) == 1
    assert pictures.pop().startswith(b"\x89PNG")
    assert clerk.get("/forms/nothing/picture.png").status_code == 404


@pytest.mark.parametrize("identity", ["nothing", "..%2Fhaizhu-2022", ".", "shared"])
def test_a_form_that_does_not_exist_is_not_found(clerk: TestClient, identity: str) -> None:
    assert clerk.get(f"/forms/{identity}/blank.xlsx").status_code == 404


def test_programs_find_every_operation_on_one_page(clerk: TestClient) -> None:
    page = clerk.get("/api").text
    described = clerk.get("/api/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in page
            assert operation["summary"] in page
            assert operation["tags"]


def test_an_office_asks_who_it_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running(tmp_path_factory.mktemp("office"), is_office=True) as office:
        nobody = browser(office)
        home = nobody.get("/")
        assert (home.status_code, faults_of(home.text)) == (200, [])
        assert "校验码" in home.text
        assert 'href="/login"' in home.text
        assert nobody.get("/help").status_code == 200
        for path in ("/desk", "/comparisons", "/reviews", "/forms", "/files/x"):
            answer = nobody.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")
        assert nobody.get("/api/v1/files").status_code == 401
