"""A real browser, Chromium, driven by Playwright; pages that break a rule of accessibility are found by axe."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ARGUMENTS = (
    "--no-sandbox",  # the tests may run as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS = 120
"""How long an element is waited for; a busy machine takes its time with a form."""

expect.set_options(timeout=SECONDS * 1000)

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium; tests are skipped without it, with CI=true they fail."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Faults(list[str]):
    """What pages complained of: errors of scripts, refusals of the content security policy, failed requests."""

    def watch(self, page: Page) -> None:
        """Collect from a page from now on."""
        page.on("pageerror", lambda error: self.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self.append(said.text) if said.type == "error" else None)


def new_page(context: BrowserContext, faults: Faults) -> Page:
    """A page whose complaints are collected."""
    page = context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    faults.watch(page)
    return page


def violations(page: Page) -> list[str]:
    """Rules of accessibility that the page breaks, with the elements that do."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']}: {[node['target'] for node in each['nodes']][:3]}" for each in found]


def saved(page: Page, link: str, folder: Path) -> Path:
    """The file behind a link, as a person downloads it."""
    with page.expect_download() as started:
        page.get_by_role("link", name=link, exact=True).first.click()
    target = folder / started.value.suggested_filename
    started.value.save_as(target)
    return target
