"""What a person does at the desk, for tests: hand over a file, wait, read the page."""

from __future__ import annotations

import html
import re
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.web.in_process import token_of

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "haizhu-2022.xlsx"
SECONDS = 120


def changed(values: dict[str, Any], sample: Path = SAMPLE) -> bytes:
    """The sample workbook with other values in some cells, ``基本情况!B6``."""
    workbook = load_workbook(sample)
    for place, value in values.items():
        sheet, _, cell = place.partition("!")
        workbook[sheet][cell] = value
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def hand_over(client: TestClient, name: str, content: bytes, **fields: str) -> str:
    """Upload a file on the first page; returns the address of its page."""
    answer = client.post(
        "/files", data={"csrf": token_of(client, "/"), **fields}, files={"file": (name, content)}
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def settled(client: TestClient, address: str) -> str:
    """The text of a page once nothing is being worked on any more."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        if "data-progress" not in answer.text:
            return str(answer.text)
        time.sleep(0.2)
    raise AssertionError(f"{address} is still at work")


def words(page: str) -> str:
    """What a reader sees of a page, on one line."""
    visible = re.sub(r"<(script|style|head).*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", visible)).split())


def fields_of(page: str) -> dict[str, str]:
    """The fields of the cells on a page, as a browser without scripts would send them."""
    found = re.findall(r'<input id="[^"]*" name="(cell:[^"]*)" value="([^"]*)"', page)
    for name, text in re.findall(
        r'<textarea [^>]*name="(cell:[^"]*)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL
    ):
        found.append((name, text.replace("\n", "\r\n")))
    for name, options in re.findall(r'<select [^>]*name="(cell:[^"]*)"(.*?)</select>', page, re.DOTALL):
        found += [(name, value) for value in re.findall(r'<option value="([^"]*)" selected', options)]
    return {html.unescape(name): html.unescape(value) for name, value in found}
