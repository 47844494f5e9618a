"""People in front of the pages of an office: they fill in forms as a browser does. All names are fictional."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response
from openpyxl import Workbook, load_workbook

from tests.web.in_process import add_account, browser, logged_in, token_of
from tests.web.office.support import Office
from zhengti_zip.web.visitor import Role

NAMES = (
    "教育局",
    "民政局",
    "水务局",
    "财政局",
    "农业农村局",
    "卫生健康局",
    "文化旅游局",
    "交通运输局",
    "应急管理局",
    "信访局",
)
TEN = tuple(f"虚构区{name}" for name in NAMES)


@dataclass(frozen=True)
class Person:
    """Somebody with a browser."""

    client: TestClient

    def see(self, path: str) -> str:
        """What stands on a page, without markup; lines are joined by blanks."""
        return words(self.page(path))

    def page(self, path: str) -> str:
        """A page as it was sent."""
        answer: Response = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, words(answer.text))
        return answer.text

    def send(self, page: str, action: str, /, files: Any = None, **fields: Any) -> Response:
        """Send a form that stands on a page."""
        token = token_of(self.client, page)
        assert f'action="{action}"' in self.page(page), f"no form for {action} on {page}"
        answer: Response = self.client.post(action, data={"csrf": token, **fields}, files=files)
        return answer

    def do(self, page: str, action: str, /, files: Any = None, **fields: Any) -> str:
        """Send a form that is answered by another page; what is seen there."""
        answer = self.send(page, action, files, **fields)
        assert answer.status_code == 303, (action, answer.status_code, words(answer.text))
        return self.see(answer.headers["location"])


def person(office: Office, role: Role, name: str = "经办乙") -> Person:
    """Somebody of the bureau, logged in."""
    add_account(office.server, name, role)
    return Person(logged_in(office.server, name))


def department_with(office: Office, link: str, code: str) -> Person:
    """Somebody of a department, let in by link and code."""
    found = Person(browser(office.server))
    path = re.sub(r"https?://[^/]+", "", link)
    answer = found.send(path, path, code=code)
    assert (answer.status_code, answer.headers["location"]) == (303, "/my")
    return found


def roster_of_ten() -> bytes:
    """A roster as bureaus keep it: a title, heads, ten departments."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2022年度绩效自评应报单位名单（虚构）"])
    sheet.append(["序号", "单位名称", "单位代码", "联系人", "联系电话"])
    for number, name in enumerate(TEN, start=1):
        sheet.append([number, name, f"{number:03d}", f"联系人{number}", f"0200000{number:04d}"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def links_of(content: bytes) -> dict[str, tuple[str, str]]:
    """Link and code of each department in 填报链接.xlsx."""
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[4] or "").startswith("http")]
    return {str(row[1]): (str(row[4]), str(row[5])) for row in rows}


def words(page: str) -> str:
    """What a page says in its main part."""
    main = page.partition("<main")[2] or page
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())
