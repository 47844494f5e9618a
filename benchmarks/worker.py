"""The process a warm way runs in:  python -m benchmarks.worker WAY FOLDER FORMS

Reads numbers from stdin; for each it does the work once and writes what it cost as a line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.processes import BenchmarkError, Cost, resident
from benchmarks.stage import ROOT, Stage
from benchmarks.way import WarmWay


class Worker:
    """The other end: starts the process and asks it for one run after the other."""

    def __init__(self, way: WarmWay, stage: Stage) -> None:
        self._name = way.name
        self._log = (stage.folder / f"{way.name}.log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", way.name, str(stage.folder), str(stage.forms)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            cwd=ROOT,
        )

    def run(self, number: int) -> Cost:
        """One run.

        Raises:
            BenchmarkError: the work failed.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{number}\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self._log.seek(0)
            raise BenchmarkError(f"{self._name} failed:\n{self._log.read()[-2000:]}")
        return Cost(**json.loads(line))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()
        self._log.close()


def serve(way: WarmWay, stage: Stage) -> None:
    """Do the work as often as asked."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not pass for an answer
    make = way.start(stage)
    for line in sys.stdin:
        work = make(int(line))
        cpu, wall = time.process_time(), time.perf_counter()
        result = work()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        if not result:
            raise BenchmarkError(f"{way.name} made nothing")
        if isinstance(result, bytes):
            folder = stage.out(way.name)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"form{_suffix(result)}").write_bytes(result)
        peak = resident(resource.getrusage(resource.RUSAGE_SELF))
        answers.write(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}) + "\n")
        answers.flush()


def _suffix(content: bytes) -> str:
    return ".pdf" if content.startswith(b"%PDF") else ".docx"


if __name__ == "__main__":
    from benchmarks.catalogue import WAYS

    [found] = [way for way in WAYS if way.name == sys.argv[1]]
    assert isinstance(found, WarmWay)
    serve(found, Stage(Path(sys.argv[2]), int(sys.argv[3])))
