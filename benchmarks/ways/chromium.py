"""Chromium's ``--print-to-pdf``."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.processes import run
from benchmarks.stage import Stage
from benchmarks.way import ColdWay, Job
from benchmarks.ways.libreoffice import fonts

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def program() -> str | None:
    """The browser, under whichever name it is installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def print_page(stage: Stage, page: Path, target: Path) -> tuple[str, ...]:
    """The command that prints a page."""
    return (
        program() or PROGRAMS[0],
        "--headless",
        "--no-sandbox",  # refuses to run for root otherwise
        f"--user-data-dir={stage.browser_profile}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={target}",
        page.absolute().as_uri(),
    )


class Print(ColdWay):
    """The same HTML as plain WeasyPrint gets, in the TrueType font of the form, which is quicker here."""

    name, title = "chromium", "Chromium: HTML → PDF"

    def lack(self) -> str:
        return "" if program() else "Chromium is not installed"

    def prepare(self, stage: Stage) -> None:
        folder = stage.out("first-start")
        folder.mkdir(parents=True, exist_ok=True)
        run(print_page(stage, stage.file("web", 0), folder / "page.pdf"), fonts(stage))

    def job(self, stage: Stage, number: int) -> Job:
        folder = stage.out(self.name)
        command = print_page(stage, stage.file("web", number), folder / "form.pdf")
        return Job((command,), folder, {"*.pdf": 1}, env=fonts(stage))


CHROMIUM_WAYS = (Print(),)
