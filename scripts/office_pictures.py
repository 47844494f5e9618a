"""Draw docs/pictures/page-office-*.png: a round, a department and a department's own page at three widths. All names are fictional.

    python scripts/office_pictures.py

Needs what scripts/page_pictures.py needs.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from zhengti_zip.workbook.read.anyinput import read_content
from zhengti_zip.workbook.write.writer import filled_workbook

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTHS = {"": (1280, 900), "-wide": (1920, 1000), "-phone": (390, 844)}
CHROMIUM, ARGUMENTS = "/usr/bin/chromium", ["--no-sandbox"]
COLOURS = 128
SECONDS = 600
NAME, PASSWORD = "王芳", "fictional pass words"
OFFICES = [
    "教育",
    "民政",
    "水务",
    "财政",
    "农业农村",
    "卫生健康",
    "文化旅游",
    "交通运输",
    "应急管理",
    "公共资源交易和政务服务数据管理",
]
ERROR, WARNING = {"fields.year": ""}, {"scores.spending_rate.score": "10"}
UPLOADED: dict[int, dict[str, str]] = {
    2: ERROR,
    3: {},
    4: {},
    5: WARNING,
    6: WARNING,
    7: WARNING,
    8: {},
    9: {},
}
"""Departments that have a version, and what differs in it from the sample."""


class Office:
    """The calls of an officer.

    Args:
        url: of the server.
    """

    def __init__(self, url: str) -> None:
        self.api = httpx.Client(base_url=f"{url}/api/v1/", timeout=SECONDS)
        token = self.call("POST", "session", {"name": NAME, "password": PASSWORD})["token"]
        self.api.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, data: Any = None, **more: Any) -> Any:
        """The answer to a call."""
        if data is not None:
            more["json"] = data
        answer = self.api.request(method, path, **more)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def fill(self) -> tuple[str, list[str], list[dict[str, str]]]:
        """A round of ten departments in mixed states; its id, those of the departments, their codes."""
        wanted = {"form": "haizhu-2022", "year": 2022, "due_on": "2027-03-31"}
        work = self.call("POST", "rounds", wanted)["id"]
        names = [f"虚构市示例区{name}局" for name in OFFICES]
        lines = [f"{name},{number:03},联系人{number}" for number, name in enumerate(names, start=1)]
        roster = "\n".join(["单位名称,代码,联系人", *lines]).encode()
        self.call("POST", f"rounds/{work}/roster", files={"file": ("名单.csv", roster)})
        codes = self.call("POST", f"rounds/{work}/codes", {})
        found = [each["id"] for each in self.call("GET", f"rounds/{work}/departments")]
        for number, edits in UPLOADED.items():
            file = {"file": (f"{names[number]}.xlsx", workbook(names[number], edits))}
            self.call("POST", f"departments/{found[number]}/versions", files=file)
        self.settle(found)
        for number in range(4, 10):
            self.call("POST", f"departments/{found[number]}/hand-in", {"number": 1, "confirm": True})
        for number in (6, 7):
            opinion = {"text": "支出数与部门决算不一致，请核对后改正。", "row": "spending_rate"}
            self.call("POST", f"departments/{found[number]}/opinions", opinion)
        self.call("POST", f"departments/{found[6]}/return", {"text": ""})
        self.call("POST", f"departments/{found[7]}/review")
        score = [{"row": "spending_rate", "score": "8", "remark": "按决算数核减"}]
        self.call("PUT", f"departments/{found[7]}/scores", score)
        for number in (8, 9):
            self.call("POST", f"departments/{found[number]}/pass")
        return work, found, codes

    def settle(self, departments: list[str]) -> None:
        """Wait until all work is done."""
        for number in UPLOADED:
            (version,) = self.call("GET", f"departments/{departments[number]}")["versions"]
            end = time.monotonic() + SECONDS
            while "page-1" not in self.call("GET", f"files/{version['file_id']}")["artifacts"]:
                if time.monotonic() > end:
                    raise SystemExit("the server does not finish")
                time.sleep(1)


def workbook(department: str, edits: dict[str, str]) -> bytes:
    """The sample as another department filled it in."""
    data = json.loads((ROOT / "samples" / "demo-2022.json").read_text(encoding="utf-8"))
    for path, value in {"fields.department": department, **edits}.items():
        *groups, key = path.split(".")
        place = data
        for group in groups:
            place = place.setdefault(group, {})
        place[key] = value
    source = read_content(Path("样例.json"), json.dumps(data).encode())
    return filled_workbook(source.form, source.submission)


def main() -> None:
    """Draw them all."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(Path(scratch)) as url,
        sync_playwright() as playwright,
    ):
        work, departments, codes = Office(url).fill()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        officer = opened(browser)
        officer.goto(f"{url}/login")
        officer.fill("input[name=name]", NAME)
        officer.fill("input[name=password]", PASSWORD)
        officer.press("input[name=password]", "Enter")
        officer.wait_for_url("**/office")
        clerk = opened(browser)
        clerk.goto(next(each["link"] for each in codes if each["department_id"] == departments[6]))
        clerk.fill("input[name=code]", next(e["code"] for e in codes if e["department_id"] == departments[6]))
        clerk.press("input[name=code]", "Enter")
        clerk.wait_for_url("**/my")
        for ending, (width, height) in WIDTHS.items():
            for name, page, path in (
                ("round", officer, f"/office/rounds/{work}"),
                ("department", officer, f"/office/departments/{departments[7]}"),
                ("my", clerk, "/my"),
            ):
                page.set_viewport_size({"width": width, "height": height})
                page.goto(url + path, wait_until="networkidle")
                draw(page, PICTURES / f"page-office-{name}{ending}.png")
        browser.close()


def draw(page: Page, target: Path) -> None:
    """Take a picture with few colours, so that it stays small."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def opened(browser: Browser) -> Page:
    """A page of a Chinese browser with cookies of its own."""
    return browser.new_context(locale="zh-CN").new_page()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of an office with one officer."""
    program = [sys.executable, "-m", "zhengti_zip"]
    account = [*program, "account", "add", NAME, "--role", "administrator", "--office", str(folder)]
    subprocess.run(account, input=f"{PASSWORD}\n", encoding="utf-8", check=True, cwd=ROOT)
    command = [*program, "serve", "--no-browser", "--office", str(folder), "--port", "8931"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT)
    try:
        assert process.stdout is not None
        found = next((match[0] for line in process.stdout if (match := re.search(r"http://\S+", line))), "")
        if not found:
            raise SystemExit("the server did not start")
        yield found.rstrip("/")
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
