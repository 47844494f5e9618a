"""Ways run in turn; one that fails or makes nothing is an error, not a quick way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import processes
from benchmarks.processes import BenchmarkError, Cost, run
from benchmarks.rounds import WARM_RUNS, measure
from benchmarks.run import chosen
from benchmarks.stage import Stage
from benchmarks.way import ColdWay, Job, Way

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


class Shell(ColdWay):
    """A line of shell, given the round in $1."""

    title = "for a test"

    def __init__(self, name: str, line: str, expected: dict[str, int] | None = None, forms: int = 1) -> None:
        self.name, self._line, self._expected, self._forms = name, line, expected or {}, forms

    def job(self, stage: Stage, number: int) -> Job:
        command = ("sh", "-c", self._line, "sh", str(number))
        env = {"HERE": str(stage.out(self.name)), "TOP": str(stage.folder)}
        return Job((command,), stage.out(self.name), self._expected, self._forms, env)


class Missing(Shell):
    """A way this machine has no program for."""

    def lack(self) -> str:
        return "is not installed"


def quiet(_text: str) -> None:
    """Tell nobody."""


def test_ways_take_turns_and_each_round_begins_with_another(tmp_path: Path) -> None:
    ways: tuple[Way, ...] = tuple(Shell(name, f'echo "{name}$1" >>"$TOP/log"') for name in "abc")
    measured = measure(ways, Stage(tmp_path, 1), rounds=2, tell=quiet)
    log = (tmp_path / "log").read_text(encoding="utf-8").split()
    assert log == ["a0", "b0", "c0", "b1", "c1", "a1", "c2", "a2", "b2"]
    assert [len(series.runs) for series in measured.values()] == [2, 2, 2], "round 0 does not count"


def test_times_are_per_form(tmp_path: Path) -> None:
    ways = (Shell("one", "sleep 0.2"), Shell("four", "sleep 0.2", forms=4))
    measured = measure(ways, Stage(tmp_path, 1), rounds=1, tell=quiet)
    [one], [four] = measured["one"].runs, measured["four"].runs
    assert one.wall >= 0.2
    assert 0.05 <= four.wall < one.wall


def test_a_way_that_makes_too_few_files_is_an_error(tmp_path: Path) -> None:
    made = Shell("made", 'echo x >"$HERE/a.pdf"', {"*.pdf": 1})
    lazy = Shell("lazy", "true", {"*.pdf": 1})
    empty = Shell("empty", ': >"$HERE/empty.pdf"', {"*.pdf": 1})
    measured = measure((lazy, made, empty), Stage(tmp_path, 1), rounds=1, tell=quiet)
    assert measured["lazy"].error == "lazy made 0 files *.pdf instead of 1"
    assert measured["empty"].error == "empty made 0 files *.pdf instead of 1"
    assert not measured["lazy"].runs
    assert not measured["made"].error
    assert len(measured["made"].runs) == 1, "the others go on"


def test_files_of_the_round_before_do_not_count(tmp_path: Path) -> None:
    once = Shell("once", 'test "$1" = 1 || echo x >"$HERE/a.pdf"', {"*.pdf": 1})
    measured = measure((once,), Stage(tmp_path, 1), rounds=1, tell=quiet)
    assert measured["once"].error == "once made 0 files *.pdf instead of 1"


def test_a_way_that_failed_once_has_no_figures_and_is_not_run_again(tmp_path: Path) -> None:
    second = Shell("second", 'echo "$1" >>"$TOP/log"; test "$1" != 2')
    measured = measure((second,), Stage(tmp_path, 1), rounds=4, tell=quiet)
    assert (tmp_path / "log").read_text(encoding="utf-8").split() == ["0", "1", "2"]
    assert measured["second"].error.startswith("exit code 1")
    assert not measured["second"].runs


def test_a_warm_way_that_fails_says_why(tmp_path: Path) -> None:
    [pages] = chosen(["pages"])
    [read] = chosen(["read"])
    measured = measure((read, pages), Stage(tmp_path, 1), rounds=1, tell=quiet)
    assert "InputError" in measured["read"].error, "there is no workbook in this folder"
    assert not measured["read"].runs
    assert len(measured["pages"].runs) == WARM_RUNS


def test_a_way_this_machine_lacks_is_left_out(tmp_path: Path) -> None:
    measured = measure((Missing("absent", "false"),), Stage(tmp_path, 1), rounds=1, tell=quiet)
    assert measured["absent"].lack == "is not installed"
    assert not measured["absent"].runs


def test_failure_names_the_command_and_what_it_said() -> None:
    with pytest.raises(BenchmarkError, match=r"(?s)exit code 7: sh -c .*no such form"):
        run(("sh", "-c", "echo no such form >&2; exit 7"))
    with pytest.raises(BenchmarkError, match="no-such-program"):
        run(("no-such-program",))


def test_what_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "TIMEOUT", 0.3)
    start = time.monotonic()
    with pytest.raises(BenchmarkError, match="exit code -9"):
        run(("sh", "-c", "sleep 60; true"))
    assert time.monotonic() - start < 30


def test_what_a_program_leaves_behind_is_ended(tmp_path: Path) -> None:
    run(("sh", "-c", f"sleep 60 & echo $! >'{tmp_path}/pid'"))
    pid = int((tmp_path / "pid").read_text(encoding="utf-8"))
    deadline = time.monotonic() + 10
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _is_alive(pid)


def _is_alive(pid: int) -> bool:
    """Whether a process still runs; one that ended but was not asked for its exit code does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def cost_from_a_small_process(code: str, watch: bool = False) -> Cost:
    """What running some Python costs; a process as large as this one would count as its child's."""
    command = [sys.executable, "-c", code]
    ask = (
        "import json, dataclasses; from benchmarks.processes import run; "
        f"print(json.dumps(dataclasses.asdict(run({command!r}, watch={watch}))))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ask], env=env, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    return Cost(**json.loads(done.stdout))


def test_processor_time_and_memory_include_child_processes() -> None:
    child = "import time\nwhile time.process_time() < 0.3: pass\nx = b'x' * 200_000_000"
    cost = cost_from_a_small_process(
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    )
    assert cost.cpu >= 0.3
    assert 190 < cost.peak < 290
    assert cost.tree is None, "nobody looked"


def test_memory_of_all_processes_is_added_up() -> None:
    pytest.importorskip("psutil")
    child = "import time; x = b'x' * 100_000_000; time.sleep(1.5)"
    both = f"p = [subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in '12']; [q.wait() for q in p]"
    cost = cost_from_a_small_process(f"import subprocess, sys; {both}", watch=True)
    assert 95 < cost.peak < 190, "the largest process alone"
    assert cost.tree is not None
    assert cost.tree > 190, "both together"
