"""Our commands, each from a cold start."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.stage import Stage
from benchmarks.way import ColdWay, Job

PROGRAM = str(Path(sys.executable).with_name("zhengti-zip"))


class Help(ColdWay):
    """The least the program can do."""

    name, title = "help", "`zhengti-zip --help`"

    def job(self, stage: Stage, number: int) -> Job:
        return Job(((PROGRAM, "--help"),), stage.out(self.name))


class Check(ColdWay):
    """Read a workbook, score it and check it."""

    name, title = "check", "`zhengti-zip check`"

    def job(self, stage: Stage, number: int) -> Job:
        return Job(((PROGRAM, "check", str(stage.file("xlsx", number))),), stage.out(self.name))


class Build(ColdWay):
    """From a workbook to both files."""

    name, title = "build", "`zhengti-zip build`: workbook → PDF/A-3a and DOCX"

    def job(self, stage: Stage, number: int) -> Job:
        folder = stage.out(self.name)
        command = (PROGRAM, "build", str(stage.file("xlsx", number)), "-o", str(folder))
        return Job((command,), folder, {"*.pdf": 1, "*.docx": 1})


COLD_WAYS = (Help(), Check(), Build())
