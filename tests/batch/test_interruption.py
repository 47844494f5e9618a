"""A batch killed at any moment and started again gives the outputs of an undisturbed one.

The short form kills a few times. With ZHENGTI_LONG=1 it kills 100 times; the last result of that is written
down in benchmarks/README.md.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.offices import tree, write, write_faulty
from tests.cli.calling import environment, spawn
from tests.processes import workers_of
from zhengti_zip.batch.journal import NAME

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks processes up in /proc"),
]

IS_LONG = bool(os.environ.get("ZHENGTI_LONG"))
KILLS = 100 if IS_LONG else 3
SOUND = 6


@dataclass(frozen=True)
class Lot:
    """Inputs, options, and the outputs and time of an undisturbed run."""

    inputs: Path
    options: tuple[str, ...]
    outputs: dict[str, bytes]
    seconds: float


@pytest.fixture(scope="module")
def lots(tmp_path_factory: pytest.TempPathFactory) -> list[Lot]:
    """Word files only, which is quick; the long form also has a lot with PDFs."""
    return [made_lot(tmp_path_factory.mktemp("lot"), options) for options in [("--docx",), ()][: 1 + IS_LONG]]


@pytest.fixture(scope="module")
def lot(lots: list[Lot]) -> Lot:
    return lots[0]


def made_lot(folder: Path, options: tuple[str, ...]) -> Lot:
    inputs = folder / "填报"
    for number in range(SOUND):
        write(inputs / ("街道" if number % 2 else "局"), number)
    write_faulty(inputs, 90)
    start = time.monotonic()
    assert spawn("batch", inputs, "-o", folder / "输出", *options).code == 5
    return Lot(inputs, options, tree(folder / "输出"), time.monotonic() - start)


def start(lot: Lot, output: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "zhengti_zip", "batch", str(lot.inputs), "-o", str(output), *lot.options]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    )


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def finish(lot: Lot, output: Path) -> None:
    """Start the same command again and compare."""
    outcome = spawn("batch", lot.inputs, "-o", output, *lot.options)
    assert outcome.code == 5, outcome.err
    assert "内部错误" not in outcome.err
    found = tree(output)
    assert sorted(found) == sorted(lot.outputs)
    assert [name for name in found if found[name] != lot.outputs[name]] == []
    assert [f.name for f in output.iterdir() if f.name.startswith(".")] == [NAME]


@pytest.mark.parametrize("number", range(KILLS))
def test_a_batch_killed_at_a_random_moment_continues(lots: list[Lot], tmp_path: Path, number: int) -> None:
    """Kills the main process, alone or with all its workers, once or twice."""
    chance, lot = random.Random(number), lots[-1 if number % 5 == 0 else 0]
    for _ in range(chance.choice((1, 1, 2))):
        process = start(lot, tmp_path / "输出")
        time.sleep(chance.uniform(0, lot.seconds))
        for victim in [process.pid, *(workers_of(process.pid) if chance.random() < 0.5 else [])]:
            kill(victim)
        process.communicate()
    for file in (tmp_path / "输出").rglob("*.docx"):
        assert file.read_bytes() in lot.outputs.values(), "whatever has appeared is whole"
    finish(lot, tmp_path / "输出")


def test_ctrl_c_gives_130_and_says_how_to_continue(lot: Lot, tmp_path: Path) -> None:
    log = tmp_path / "log"
    # A shell may have started the tests with SIGINT ignored.
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    listening += "from zhengti_zip.cli import main; main()"
    command = [sys.executable, "-c", listening, "batch", str(lot.inputs), "-o", str(tmp_path / "输出")]
    process = subprocess.Popen(
        [*command, *lot.options, "--log-file", str(log), "--workers", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    while not (log.exists() and '"file"' in log.read_text(encoding="utf-8")):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # Ctrl+C of a terminal reaches the whole process group
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "再次运行同一命令，接着处理其余的" in err.decode("utf-8")
    assert "Traceback" not in err.decode("utf-8")
    events = [json.loads(line)["event"] for line in log.read_text(encoding="utf-8").splitlines()]
    assert events[-1] == "interrupted" and 1 <= events.count("file") <= SOUND
    finish(lot, tmp_path / "输出")


def test_a_worker_killed_while_it_starts_costs_no_file(lot: Lot, tmp_path: Path) -> None:
    process = start(lot, tmp_path / "输出")
    while not (workers := workers_of(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    kill(workers[0])
    _, err = process.communicate(timeout=120)
    assert process.returncode == 5
    assert "处理它的进程意外结束" not in err.decode("utf-8")
    assert tree(tmp_path / "输出") == lot.outputs


def test_a_killed_worker_costs_at_most_one_file(lot: Lot, tmp_path: Path) -> None:
    process = start(lot, tmp_path / "输出")
    while not (workers := workers_of(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(0.8)
    kill(workers[0])
    _, err = process.communicate(timeout=120)
    assert process.returncode == 5
    failed = err.decode("utf-8").count("处理它的进程意外结束（exit code -9）")
    assert failed <= 1
    finish(lot, tmp_path / "输出")
