"""docxtpl fills a Word template; LibreOffice makes the PDF of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.util import find_spec

from benchmarks.stage import RIVALS, Stage
from benchmarks.way import ColdWay, Job, WarmWay, Work
from benchmarks.ways.libreoffice import convert, fonts, lack_of_office, used_once


def lack_of_docxtpl() -> str:
    """Why docxtpl cannot be measured; "" when it can."""
    return "" if find_spec("docxtpl") else "docxtpl is not installed"


class Fill(WarmWay):
    """The filled template, written to disk; the template is read each time, as rendering changes it."""

    name, title = "docxtpl", "docxtpl: template filled and saved"

    def lack(self) -> str:
        return lack_of_docxtpl()

    def start(self, stage: Stage) -> Callable[[int], Work]:
        from benchmarks.forms import mark
        from benchmarks.rivals.fill_docx import fill

        folder = stage.out(self.name)
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "form.docx"
        first = stage.file("values", 0).read_text(encoding="utf-8")

        def make(number: int) -> Work:
            values = json.loads(first.replace(mark(0), mark(number)))

            def work() -> int:
                fill(stage.template, values, target)
                return target.stat().st_size

            return work

        return make


class FillAndConvert(ColdWay):
    """From data to Word and PDF, one form or all of them.

    Args:
        many: all of them, with one call of each program.
    """

    def __init__(self, many: bool) -> None:
        self.name = "docxtpl-libreoffice" + ("-many" if many else "")
        self.title = "docxtpl and LibreOffice: data → DOCX → PDF" + (", all in one call" if many else "")
        self._many = many

    def lack(self) -> str:
        return lack_of_docxtpl() or lack_of_office()

    def prepare(self, stage: Stage) -> None:
        used_once(stage)

    def job(self, stage: Stage, number: int) -> Job:
        values = stage.files("values") if self._many else (stage.file("values", number),)
        folder = stage.out(self.name)
        filled = [folder / f"{file.stem}.docx" for file in values]
        fill = (sys.executable, str(RIVALS / "fill_docx.py"), str(stage.template), str(folder))
        commands = ((*fill, *map(str, values)), convert(stage, filled, folder))
        expected = {"*.docx": len(values), "*.pdf": len(values)}
        return Job(commands, folder, expected, len(values), fonts(stage))


DOCXTPL_WAYS = (Fill(), FillAndConvert(many=False), FillAndConvert(many=True))
