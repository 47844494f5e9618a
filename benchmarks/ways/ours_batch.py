"""Our batch: many workbooks in one call."""

from __future__ import annotations

import subprocess

from benchmarks.stage import Stage
from benchmarks.way import ColdWay, Job
from benchmarks.ways.ours_cold import PROGRAM


class Batch(ColdWay):
    """Both files of every department.

    Args:
        workers: how many processes share the work.
    """

    def __init__(self, workers: int) -> None:
        self.name = f"batch-{workers}"
        self.title = f"`zhengti-zip batch --workers {workers}`: PDF/A-3a and DOCX each, and a summary"
        self._workers = str(workers)

    def lack(self) -> str:
        asked = subprocess.run([PROGRAM, "batch", "--help"], capture_output=True, check=False, timeout=60)
        return "this version has no `batch`" if asked.returncode else ""

    def job(self, stage: Stage, number: int) -> Job:
        folder = stage.out(self.name)
        source = str(stage.file("xlsx", 0).parent)
        command = (PROGRAM, "batch", source, "-o", str(folder), "--workers", self._workers)
        return Job((command,), folder, {"[0-9]*.pdf": stage.forms, "[0-9]*.docx": stage.forms}, stage.forms)


BATCH_WAYS = (Batch(1), Batch(2))
