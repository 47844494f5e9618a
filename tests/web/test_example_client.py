"""``scripts/example_client.py`` against real servers: a desk, and an office with link and code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

from tests.cli.calling import environment
from tests.web.desk_support import SAMPLE, changed
from tests.web.office.support import workbook
from tests.web.served import serving
from tests.web.test_serve import PASSWORD, account

CLIENT = Path(__file__).parents[2] / "scripts" / "example_client.py"


def run(*args: str | Path) -> subprocess.CompletedProcess[str]:
    """The script as a person starts it."""
    command = [sys.executable, CLIENT, *args]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, timeout=300, env=environment(None)
    )


def test_at_a_desk_it_tells_the_result_and_saves_the_pdf(tmp_path: Path) -> None:
    wrong, pdf = tmp_path / "有错.xlsx", tmp_path / "表.pdf"
    wrong.write_bytes(changed({"基本情况!B6": "八个"}))
    with serving("--no-browser") as served:
        done = run(served.url, SAMPLE, pdf)
        assert (done.returncode, done.stderr) == (0, "")
        assert "错误 0 处" in done.stdout
        assert pdf.read_bytes().startswith(b"%PDF")
        assert "基本情况 B6：“八个”不是年份" in run(served.url, wrong, pdf).stdout
        refused = run(served.url, CLIENT, pdf)
        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 2  # what is wrong, and the remedy


def test_at_an_office_it_uploads_a_version_with_link_and_code(tmp_path: Path) -> None:
    folder, pdf, book = tmp_path / "办公台", tmp_path / "表.pdf", tmp_path / "表.xlsx"
    account("add", "张三", "--role", "officer", "--office", folder)
    book.write_bytes(workbook("虚构区教育局"))
    with (
        serving("--office", folder) as served,
        httpx.Client(base_url=f"{served.url}/api/v1/", timeout=120) as api,
    ):
        token = api.post("session", json={"name": "张三", "password": PASSWORD}).json()["token"]
        api.headers["Authorization"] = f"Bearer {token}"
        work = api.post("rounds", json={"form": "haizhu-2022", "year": 2022}).json()["id"]
        roster = {"file": ("名单.csv", "单位名称\n虚构区教育局\n".encode())}
        assert api.post(f"rounds/{work}/roster", files=roster).json()["added"] == 1
        (code,) = api.post(f"rounds/{work}/codes", json={}).json()
        done = run(code["link"], book, pdf, code["code"])
        assert (done.returncode, done.stderr) == (0, "")
        assert "错误 0 处" in done.stdout
        assert pdf.read_bytes().startswith(b"%PDF")
        (department,) = api.get(f"rounds/{work}/departments").json()
        assert department["state"] == "draft"
        used = run(code["link"], book, pdf, code["code"])
        assert (used.returncode, used.stderr.splitlines()[0]) == (1, "校验码不对，或者已经用过、过期")
