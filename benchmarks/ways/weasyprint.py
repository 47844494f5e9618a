"""Plain WeasyPrint: ``HTML(...).write_pdf()`` with the fonts of the system, all breaks left to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from benchmarks.stage import RIVALS, SYSTEM_FONT, Stage
from benchmarks.way import ColdWay, Job, WarmWay, Work


def missing_font() -> str:
    """What is missing. In another font most characters are missing glyphs, and a form takes half the time."""
    try:
        listed = subprocess.run(["fc-list", SYSTEM_FONT], capture_output=True, check=False, timeout=60).stdout
    except OSError:
        return "fc-list is not installed"
    return "" if listed.strip() else f"the font {SYSTEM_FONT} is not installed"


class Plain(WarmWay):
    """The same grid with merged cells; no repeated labels, no PDF/A, no tags, nothing attached."""

    name, title = "weasyprint", "plain WeasyPrint: HTML → PDF, system Noto Serif CJK"

    def lack(self) -> str:
        return missing_font()

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from weasyprint import HTML

        from benchmarks.forms import plain_html, table

        def make(number: int) -> Work:
            html = plain_html(table(number))
            return lambda: HTML(string=html).write_pdf()

        return make


class Import(ColdWay):
    """What every program that uses WeasyPrint pays before it begins."""

    name, title = "weasyprint-import", "`import weasyprint`"

    def job(self, stage: Stage, number: int) -> Job:
        return Job(((sys.executable, "-c", "import weasyprint"),), stage.out(self.name))


class Print(ColdWay):
    """A script that prints one form or all of them.

    Args:
        many: all of them in one process.
    """

    def __init__(self, many: bool) -> None:
        self.name = "weasyprint-many" if many else "weasyprint-cold"
        self.title = "plain WeasyPrint, a script: HTML → PDF" + (", all in one process" if many else "")
        self._many = many

    def lack(self) -> str:
        return missing_font()

    def job(self, stage: Stage, number: int) -> Job:
        files = stage.files("html") if self._many else (stage.file("html", number),)
        folder = stage.out(self.name)
        command = (sys.executable, str(RIVALS / "print_html.py"), str(folder), *map(str, files))
        return Job((command,), folder, {"*.pdf": len(files)}, len(files))


WEASYPRINT_WAYS = (Plain(), Import(), Print(many=False), Print(many=True))
