"""Many files through an executor: a bad file fails alone."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from tests.batch import misdeeds
from tests.batch.offices import tree
from zhengti_zip.base.errors import EnvironmentProblem
from zhengti_zip.batch.intake import take_in
from zhengti_zip.batch.journal import Journal
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.runner import run
from zhengti_zip.batch.settings import BatchSettings, Limits
from zhengti_zip.batch.work import Handling, Work
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.work.pool import local_executor

WORK = Work(BatchSettings(program="1"), Limits(seconds=30, megabytes=512), misdeeds.by_name)


class Bench:
    """A folder of inputs, a folder of outputs, and the calls of the watcher."""

    def __init__(self, folder: Path) -> None:
        self.inputs, self.outputs = folder / "填报", folder / "输出"
        self.inputs.mkdir()
        self.outputs.mkdir()
        self.told: list[tuple[Handling, str]] = []

    def give(self, *names: str) -> None:
        for name in names:
            (self.inputs / name).write_bytes(name.encode("utf-8"))

    def watch(self, handling: Handling, result: Result, digest: str) -> None:
        self.told.append((handling, result.name))

    def run(self, work: Work = WORK, executor: Executor | None = None, workers: int = 2) -> list[Result]:
        items = take_in([self.inputs], self.outputs).items
        journal = Journal(self.outputs)
        try:
            if executor:
                return run(items, work, journal, executor, lambda: 4, self.watch)
            with local_executor(workers) as local:
                return run(items, work, journal, local, lambda: 2 * workers, self.watch)
        finally:
            journal.close()

    @property
    def worked(self) -> set[str]:
        return {name for handling, name in self.told if handling is Handling.WORKED}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield Bench(tmp_path)


def codes(results: list[Result]) -> dict[str, str]:
    """The first problem of each file; "" for the sound ones."""
    return {r.name: r.problems[0].code if r.problems else "" for r in results}


@pytest.mark.parametrize("is_here", [False, True])
def test_only_workers_elsewhere_get_the_program_digest(bench: Bench, is_here: bool) -> None:
    bench.give("甲.json")
    work = Work(WORK.settings, WORK.limits, misdeeds.tell_program, is_here=is_here)
    assert [result.department for result in bench.run(work)] == ["" if is_here else "1"]
    assert [result.department for result in bench.run()] == ["" if is_here else "1"], (
        "it is kept all the same"
    )


def test_given_out_is_called_after_the_last_task(bench: Bench) -> None:
    bench.give(*(f"{number}.json" for number in range(10)))
    told: list[int] = []
    items, journal = take_in([bench.inputs], bench.outputs).items, Journal(bench.outputs)
    with local_executor(1) as executor:
        run(items, WORK, journal, executor, lambda: 3, bench.watch, lambda: told.append(len(bench.told)))
    journal.close()
    assert len(told) == 1 and told[0] < 10 == len(bench.told)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_each_misdeed_fails_its_file_alone(bench: Bench) -> None:
    bench.give(
        *(f"好{n}.json" for n in range(12)), "崩溃.json", "卡死.json", "出错.json", "内存.json", "有误.json"
    )
    results = bench.run(Work(WORK.settings, Limits(seconds=2, megabytes=512), misdeeds.by_name))
    assert codes(results) == {
        **{f"好{n}.json": "" for n in range(12)},
        "崩溃.json": "worker_killed",
        "卡死.json": "timed_out",
        "出错.json": "crashed",
        "内存.json": "out_of_memory",
        "有误.json": "missing",
    }
    assert [result.name for result in results] == sorted(codes(results))
    sound = {f"好{n}{ending}" for n in range(12) for ending in (".pdf", ".docx")}
    assert set(tree(bench.outputs)) == sound | {"有误-标注.xlsx"}


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_the_next_run_repeats_only_failures_of_the_machine(bench: Bench) -> None:
    bench.give("好.json", "有误.json", "崩溃.json", "出错.json")
    bench.run()
    bench.told.clear()
    bench.run()
    assert bench.worked == {"崩溃.json", "出错.json"}
    assert len(bench.told) == 4


def test_only_what_changed_is_made_again(bench: Bench) -> None:
    bench.give("甲.json", "乙.json", "丙.json")
    first = bench.run()
    bench.told.clear()
    (bench.inputs / "乙.json").write_bytes(b"changed")
    bench.give("丁.json")
    later = bench.run()
    assert bench.worked == {"乙.json", "丁.json"}
    assert [r for r in later if r.name in ("甲.json", "丙.json")] == [r for r in first if r.name != "乙.json"]
    assert tree(bench.outputs)["乙.pdf"] == b"PDF changed"


@pytest.mark.parametrize(
    "options",
    [
        BatchSettings(program="2"),
        BatchSettings(program="1", prints=PrintOptions(draft=True)),
        BatchSettings(program="1", epoch=5),
        BatchSettings(resources="x"),
    ],
    ids=["program", "draft", "epoch", "form"],
)
def test_other_settings_make_everything_again(bench: Bench, options: BatchSettings) -> None:
    bench.give("甲.json", "乙.json")
    bench.run()
    bench.told.clear()
    bench.run(Work(options, WORK.limits, misdeeds.by_name))
    assert bench.worked == {"甲.json", "乙.json"}


def test_other_limits_make_nothing_again(bench: Bench) -> None:
    bench.give("甲.json")
    bench.run()
    bench.told.clear()
    bench.run(Work(WORK.settings, Limits(seconds=31, megabytes=600), misdeeds.by_name))
    assert bench.worked == set()


def test_redo_makes_everything_again(bench: Bench) -> None:
    bench.give("甲.json")
    bench.run()
    bench.told.clear()
    bench.run(Work(WORK.settings, WORK.limits, misdeeds.by_name, again=True))
    assert bench.worked == {"甲.json"}


def test_inputs_are_read_only_when_their_turn_comes(bench: Bench) -> None:
    """With two workers, of forty files at most four are in memory at a time."""
    bench.give(*(f"{n:02}.json" for n in range(40)))
    most = now = 0
    lock = threading.Lock()

    class Counting(ThreadPoolExecutor):
        def submit(self, function: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
            nonlocal most, now
            with lock:
                now += 1
                most = max(most, now)
            future = super().submit(function, *args, **options)
            future.add_done_callback(lambda _: less())
            return future

    def less() -> None:
        nonlocal now
        with lock:
            now -= 1

    with Counting(2) as executor:
        bench.run(executor=executor)
    assert 2 <= most <= 4


class Lossy(ThreadPoolExecutor):
    """An executor that loses tasks, as a cluster does with its machines."""

    def __init__(self, losses: int) -> None:
        super().__init__(2)
        self.losses = losses

    def submit(self, function: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        if self.losses:
            self.losses -= 1
            lost: Future[Any] = Future()
            lost.set_exception(ConnectionResetError("machine gone"))
            return lost
        return super().submit(function, *args, **options)


@pytest.mark.parametrize(("losses", "failed"), [(1, 0), (2, 0), (3, 1)])
def test_a_lost_task_is_submitted_again(bench: Bench, losses: int, failed: int) -> None:
    bench.give("甲.json")
    with Lossy(losses) as executor:
        results = bench.run(executor=executor)
    assert [code for code in codes(results).values() if code] == ["worker_killed"] * failed
    bench.told.clear()
    bench.run()
    assert len(bench.worked) == failed


def test_a_closed_executor_is_an_environment_problem(bench: Bench) -> None:
    bench.give("甲.json")
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(EnvironmentProblem, match="不能再分派任务"):
        bench.run(executor=executor)


def test_an_executor_of_processes_serves_as_well(bench: Bench) -> None:
    bench.give("甲.json", "乙.json", "崩溃.json")
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        results = bench.run(executor=executor)
    assert codes(results) == {"甲.json": "", "乙.json": "", "崩溃.json": "worker_killed"}


def test_what_the_machine_lacks_is_reported_once(bench: Bench) -> None:
    bench.give(*(f"{n}.json" for n in range(8)))
    with pytest.raises(EnvironmentProblem, match="缺少系统库 pango"):
        bench.run(Work(WORK.settings, WORK.limits, misdeeds.unfit))
    assert tree(bench.outputs) == {}


def test_an_output_that_cannot_be_written_fails_its_file_alone(bench: Bench) -> None:
    bench.give(*(f"{n}.json" for n in range(4)))
    (bench.outputs / "2.pdf").mkdir()
    results = bench.run()
    assert codes(results) == {"0.json": "", "1.json": "", "2.json": "not_written", "3.json": ""}
    assert "2.pdf" in results[2].problems[0].message
    assert len(tree(bench.outputs)) == 6
    (bench.outputs / "2.pdf").rmdir()
    bench.told.clear()
    assert all(result.is_done for result in bench.run())
    assert bench.worked == {"2.json"}
    assert len(tree(bench.outputs)) == 8


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_stops_at_once_and_loses_nothing(bench: Bench) -> None:
    bench.give("甲.json", "卡死.json", "乙.json")

    def press() -> None:
        while len(bench.told) < 2:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    keyboard = threading.Thread(target=press)
    keyboard.start()
    start = time.monotonic()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            bench.run()
    finally:
        signal.signal(signal.SIGINT, before)
        keyboard.join()
    assert time.monotonic() - start < 25, "it does not wait for the one that hangs, which has 30 s"
    assert bench.worked == {"甲.json", "乙.json"}
    (bench.inputs / "卡死.json").unlink()
    bench.told.clear()
    bench.run()
    assert bench.worked == set()
