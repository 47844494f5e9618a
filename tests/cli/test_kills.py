"""A build or a review that is killed leaves whole files only, never a mixture, and the next run makes the same bytes.

The short form kills a few times, ZHENGTI_LONG=1 kills each a hundred times; tests/batch/test_interruption.py kills batches.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.calling import DEMO, SAMPLE, environment, spawn
from tests.review.wordlike import DEMO as WORKBOOK
from tests.review.wordlike import built, retype

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills by a signal of POSIX"),
]

KILLS = 100 if os.environ.get("ZHENGTI_LONG") else 4


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes() for file in sorted(folder.iterdir()) if not file.name.startswith(".")
    }


def killed(command: list[str], folder: Path, seconds: float, chance: random.Random) -> None:
    """Start a command and kill it: at a random moment, or just after its first temporary file has appeared."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengti_zip", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, seconds))
    else:
        while process.poll() is None and not any(
            file.name.startswith(".zhengti-") for file in folder.iterdir()
        ):
            time.sleep(0.0002)
        time.sleep(chance.uniform(0, 0.02))
    process.send_signal(signal.SIGKILL)
    process.communicate()


def tried(command: list[str], folder: Path, old: dict[str, bytes], number: int, seconds: float) -> None:
    """Kill a command whose outputs exist already, look at what is there, run it again, and compare."""
    new = contents(folder)
    for name, content in old.items():
        (folder / name).write_bytes(content)
    killed(command, folder, seconds, random.Random(number))
    found = contents(folder)
    assert all(found[name] in (old[name], new[name]) for name in found), "each file is whole"
    assert {name for name in found if found[name] == old[name]} in ({*found}, set()), "all old or all new"
    outcome = spawn(*command)
    assert outcome.code == 0, outcome.err
    assert contents(folder) == new
    assert not [file.name for file in folder.iterdir() if file.name.startswith(".")]


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_build(tmp_path: Path, number: int) -> None:
    data = tmp_path / "部门.json"
    data.write_bytes(SAMPLE.read_bytes())
    folder = tmp_path / "输出"
    assert spawn("build", data, "-o", folder).code == 0
    old = contents(folder)
    data.write_bytes(DEMO.read_bytes())
    start = time.monotonic()
    assert spawn("build", data, "-o", folder).code == 0
    tried(["build", str(data), "-o", str(folder)], folder, old, number, time.monotonic() - start)


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_review(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "输出"
    folder.mkdir()
    document = tmp_path / "审阅.docx"
    document.write_bytes(retype(built(WORKBOOK), {"goals.2.goal": "改过的第三条目标"}))
    target = folder / "新.xlsx"
    command = ["review", str(document), "--workbook", str(WORKBOOK), "-o", str(target), "--force"]
    start = time.monotonic()
    assert spawn(*command).code == 0
    tried(command, folder, {"新.xlsx": WORKBOOK.read_bytes()}, number, time.monotonic() - start)
