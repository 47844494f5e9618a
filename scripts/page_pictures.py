"""Draw docs/pictures/page-*.png: the pages as a browser shows them, at three widths.

    python scripts/page_pictures.py

Needs Chromium, the packages of the dev extra and a Chinese font of the system (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTHS = {"": (1280, 900), "-wide": (1920, 1000), "-phone": (390, 844)}
COLOURS = 128
CHROMIUM, ARGUMENTS = "/usr/bin/chromium", ["--no-sandbox"]


def main() -> None:
    """Draw them all."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright, desk() as address:
        workbook = with_mistakes(Path(scratch) / "虚构局.xlsx")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for ending, (width, height) in WIDTHS.items():
            page = opened(browser, width, height)
            page.goto(address)
            draw(page, PICTURES / f"page-home{ending}.png")
            page.set_input_files("input[type=file]", workbook)
            page.click("text=上传并检查")
            page.wait_for_selector("img[src*='/pages/1.png']", timeout=60_000)
            page.wait_for_timeout(1000)
            draw(page, PICTURES / f"page-file{ending}.png")
            page.close()
        browser.close()


def draw(page: Page, target: Path) -> None:
    """Take a picture with few colours, so that it stays small."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def opened(browser: Browser, width: int, height: int) -> Page:
    """A page of a Chinese browser."""
    return browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()


def with_mistakes(file: Path) -> Path:
    """The fictional sample with two mistakes."""
    book = load_workbook(ROOT / "samples" / "demo-2022.xlsx")
    book["基本情况"]["B5"] = None
    book["部门预算"]["B6"] = "很多"
    book.save(file)
    return file


@contextmanager
def desk() -> Iterator[str]:
    """The address of a desk that runs."""
    command = [sys.executable, "-m", "zhengti_zip", "serve", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                yield found[0]
                break
        else:
            raise SystemExit("the server did not start")
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    main()
