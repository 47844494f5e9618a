"""Work in other processes: whatever happens there comes back as a value, and the next call is served.

The short form kills a few workers while large values are sent. With ZHENGTI_LONG=1 it kills 300; the last result of
that is written down in benchmarks/README.md.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from tests.processes import is_alive, on_linux, wait_until, workers_of
from tests.work import misdeeds
from zhengti_zip.work.pool import guarded, local_executor, start_ahead, stop_all
from zhengti_zip.work.process import STARTS, Worker
from zhengti_zip.work.worker import Failure, Preparation

ROOT = Path(__file__).resolve().parents[2]
KILLS = 300 if os.environ.get("ZHENGTI_LONG") else 12
is_posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(megabytes=512)
    yield made
    made.stop()


def test_a_call_returns_the_value_of_the_function(worker: Worker) -> None:
    assert worker.run(misdeeds.double, 21) == 42


def test_one_process_serves_many_calls(worker: Worker) -> None:
    first = worker.run(misdeeds.own_id, None)
    assert first not in (0, os.getpid())
    assert [worker.run(misdeeds.own_id, None) for _ in range(20)] == [first] * 20


def test_a_value_may_be_larger_than_a_pipe(worker: Worker) -> None:
    assert len(worker.run(misdeeds.large, 30)) == 30 * 1024 * 1024


def test_output_of_a_worker_does_not_reach_the_output_of_the_parent() -> None:
    script = (
        "from tests.work import misdeeds\n"
        "from zhengti_zip.work.pool import guarded\n"
        "print(len(guarded(misdeeds.chatter, '提示：缺少字体')))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert (done.stdout.split(), done.stderr) == ([b"7"], b"")


DEEDS: list[tuple[Callable[[Any], Any], str]] = [
    (misdeeds.crash, "worker_killed"),
    (misdeeds.leave, "worker_killed"),
    (misdeeds.stumble, "crashed"),
    (misdeeds.give_what_cannot_travel, "crashed"),
    (misdeeds.hang, "timed_out"),
    (misdeeds.spin, "timed_out"),
    (misdeeds.stop, "timed_out"),
]


@is_posix
@pytest.mark.parametrize(("deed", "code"), DEEDS, ids=[deed.__name__ for deed, _ in DEEDS])
def test_a_call_that_fails_does_not_affect_the_next_call(
    worker: Worker, deed: Callable[[Any], Any], code: str
) -> None:
    seconds = 1.0 if code == "timed_out" else 30
    start = time.monotonic()
    answer = worker.run(deed, None, seconds)
    assert isinstance(answer, Failure)
    assert answer.code == code
    assert time.monotonic() - start < 15
    assert worker.run(misdeeds.double, 4, 30) == 8


@is_posix
def test_a_call_that_ended_its_process_is_not_repeated(worker: Worker, tmp_path: Path) -> None:
    """A call that ended its process is not given to the next one."""
    answer = worker.run(misdeeds.note_id_and_crash, str(tmp_path), 30)
    assert answer == Failure("worker_killed", "exit code -11")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the memory limit is enforced on Linux")
def test_memory_on_both_sides_of_the_limit(worker: Worker) -> None:
    assert worker.run(misdeeds.hoard, 300) == 300 * 1024 * 1024
    before = worker.run(misdeeds.own_id, None)
    assert worker.run(misdeeds.hoard, 600) == Failure("out_of_memory")
    assert worker.run(misdeeds.own_id, None) != before, "what it has taken is given back"


@is_posix
def test_a_worker_killed_during_a_call_gives_a_failure(worker: Worker) -> None:
    process = worker.run(misdeeds.own_id, None)
    killer = threading.Timer(0.3, os.kill, (process, signal.SIGKILL))
    killer.start()
    answer = worker.run(misdeeds.hang, None, 60)
    killer.join()
    assert answer == Failure("worker_killed", "exit code -9")


@is_posix
def test_a_worker_killed_between_two_calls_is_replaced(worker: Worker) -> None:
    process = worker.run(misdeeds.own_id, None)
    os.kill(process, signal.SIGKILL)
    assert worker.run(misdeeds.double, 5, 30) == 10


@on_linux
def test_workers_killed_while_they_send_block_no_other() -> None:
    """Four processes send megabytes all the time, and are killed at random instants."""
    chance, done = random.Random(1), threading.Event()
    killed = 0

    def serve(_: int) -> list[Any]:
        values = []
        while not done.is_set():
            values.append(guarded(misdeeds.large, 5, 20))
        return values

    with local_executor(4) as executor:
        serving = [executor.submit(serve, number) for number in range(4)]
        while killed < KILLS:
            time.sleep(chance.uniform(0, 0.3))
            if found := workers_of(os.getpid()):
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(found), signal.SIGKILL)
                    killed += 1
        start = time.monotonic()
        done.set()
        values = [value for series in serving for value in series.result(60)]
        assert time.monotonic() - start < 30
        assert len(guarded(misdeeds.large, 5, 30)) == 5 * 1024 * 1024
    failures = [value for value in values if isinstance(value, Failure)]
    assert {failure.code for failure in failures} <= {"worker_killed"}
    assert all(len(value) == 5 * 1024 * 1024 for value in values if not isinstance(value, Failure))
    assert len(failures) <= killed
    print(f"{killed} kills, {len(failures)} calls lost, {len(values) - len(failures)} served")


@is_posix
def test_a_process_that_hangs_while_it_sends_is_given_up(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the lock Pebble waits for before it ends a process."""
    monkeypatch.setattr("zhengti_zip.work.process.PATIENCE", 1.0)
    process = worker.run(misdeeds.own_id, None)
    stopper = threading.Timer(0.5, os.kill, (process, signal.SIGSTOP))
    stopper.start()
    start = time.monotonic()
    answer = worker.run(misdeeds.send_for_ever, None, 1)
    stopper.join()
    assert isinstance(answer, Failure) and answer.code == "timed_out"
    assert time.monotonic() - start < 15
    assert worker.run(misdeeds.double, 3, 30) == 6


def test_a_process_is_replaced_after_many_calls(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengti_zip.work.process.MAX_CALLS", 2)
    seen = [worker.run(misdeeds.own_id, None) for _ in range(4)]
    assert seen[0] == seen[1] != seen[2] == seen[3]


@pytest.mark.parametrize("deed", [misdeeds.leave_a_file, misdeeds.leave_a_file_and_crash])
def test_temporary_files_of_a_process_are_removed(
    deed: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as copies of fonts, whether it ended in good order or not."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    worker = Worker()
    found: list[str] = []
    worker.run(deed, str(tmp_path / "name"), 30)
    found.append((tmp_path / "name").read_text(encoding="utf-8"))
    worker.stop()
    assert tmp_path in Path(found[0]).parents
    assert [file.name for file in tmp_path.iterdir()] == ["name"]


def test_processes_started_ahead_take_the_calls(tmp_path: Path) -> None:
    start_ahead(2, 335, Preparation(misdeeds.note_id, str(tmp_path)))
    with ThreadPoolExecutor(2) as executor:
        ids = set(executor.map(lambda _: guarded(misdeeds.own_id, None, 30, 335), range(20)))
    stop_all()
    assert ids <= {int(file.name) for file in tmp_path.iterdir()}
    assert len(list(tmp_path.iterdir())) == 2


@is_posix
def test_a_process_killed_before_its_first_call_is_replaced(tmp_path: Path) -> None:
    worker = Worker(preparation=Preparation(misdeeds.note_id_and_dawdle, str(tmp_path)))
    worker.start()
    wait_until(lambda: list(tmp_path.iterdir()))
    os.kill(int(next(tmp_path.iterdir()).name), signal.SIGKILL)
    assert worker.run(misdeeds.double, 4, 30) == 8
    assert len(list(tmp_path.iterdir())) == 2, "the next process got ready in its place"
    worker.stop()


@is_posix
def test_a_process_that_always_crashes_before_its_first_call_is_given_up(tmp_path: Path) -> None:
    worker = Worker(preparation=Preparation(misdeeds.note_id_and_crash, str(tmp_path)))
    answer = worker.run(misdeeds.double, 4, 30)
    assert isinstance(answer, Failure) and answer.code == "worker_killed"
    assert len(list(tmp_path.iterdir())) == STARTS
    worker.stop()


def test_an_error_in_the_preparation_does_not_stop_the_first_call() -> None:
    worker = Worker(preparation=Preparation(misdeeds.stumble, None))
    assert worker.run(misdeeds.double, 4, 30) == 8
    worker.stop()


@is_posix
@pytest.mark.parametrize("moment", ["getting ready", "at work"])
def test_a_worker_that_is_stopped_starts_no_other_process(tmp_path: Path, moment: str) -> None:
    note = Preparation(misdeeds.note_id_and_hang, str(tmp_path))
    worker = Worker(preparation=note if moment == "getting ready" else None)
    with ThreadPoolExecutor(1) as executor:
        waiting = executor.submit(worker.run, misdeeds.note_id_and_hang, str(tmp_path), 60)
        wait_until(lambda: list(tmp_path.iterdir()))
        worker.stop()
        assert isinstance(waiting.result(30), Failure)
        assert isinstance(worker.run(misdeeds.double, 1), Failure)
    (process,) = (int(file.name) for file in tmp_path.iterdir())
    assert not is_alive(process)


def test_no_more_processes_than_calls_at_a_time() -> None:
    with local_executor(3) as executor:
        ids = list(executor.map(lambda _: guarded(misdeeds.own_id, None, 30, 333), range(30)))
    assert 1 <= len(set(ids)) <= 3


def test_the_worker_that_served_last_takes_the_next_call() -> None:
    start_ahead(3, 337, Preparation(misdeeds.double, 1))
    first = guarded(misdeeds.own_id, None, 30, 337)
    assert [guarded(misdeeds.own_id, None, 30, 337) for _ in range(3)] == [first] * 3
    stop_all()


@is_posix
def test_a_worker_with_a_process_is_taken_before_one_without(tmp_path: Path) -> None:
    start_ahead(2, 338, Preparation(misdeeds.note_id, str(tmp_path)))
    end = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    ahead = {int(file.name) for file in tmp_path.iterdir()}
    # Pebble may begin to replace the lost worker before its pool is dropped.
    assert isinstance(guarded(misdeeds.crash, None, 30, 338), Failure)
    process = guarded(misdeeds.own_id, None, 30, 338)
    stop_all()
    assert process in ahead


@on_linux
def test_no_process_is_left_after_the_block(tmp_path: Path) -> None:
    """Busy or idle, or started while all are stopped; several batches after each other."""
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        with local_executor(2) as executor:
            executor.submit(guarded, misdeeds.note_id, str(folder)).result(60)
            executor.submit(guarded, misdeeds.note_id_and_hang, str(folder))
            wait_until(partial(os.listdir, folder))
            for _ in range(4):
                executor.submit(guarded, misdeeds.double, 1)
        assert not workers_of(os.getpid())


@is_posix
def test_workers_ignore_ctrl_c() -> None:
    """Neither while they start nor while they work; the parent decides."""
    script = (
        "import os, signal, sys, threading, time\n"
        "from tests.work import misdeeds\n"
        "from zhengti_zip.work.pool import guarded\n"
        "signal.signal(signal.SIGINT, lambda *_: None)\n"
        "def press():\n"
        "    for _ in range(50):\n"
        "        os.killpg(0, signal.SIGINT)\n"
        "        time.sleep(0.02)\n"
        "threading.Thread(target=press, daemon=True).start()\n"
        "print([guarded(misdeeds.wait, 0.3, 30) for _ in range(3)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, start_new_session=True
    )
    assert (done.stdout.split(b"\n")[0], done.stderr) == (b"[0.3, 0.3, 0.3]", b"")


@on_linux
@pytest.mark.parametrize("seconds", [0, 2])
def test_a_process_ends_soon_after_its_parent(tmp_path: Path, seconds: int) -> None:
    """The parent is killed while the process is idle (0), or hangs: then its own alarm ends it."""
    mark = tmp_path / "process"
    hanging = "worker.run(misdeeds.hang, None, 2)\n" if seconds else "time.sleep(60)\n"
    script = (
        "import time\nfrom pathlib import Path\n"
        "from tests.work import misdeeds\n"
        "from zhengti_zip.work.process import Worker\n"
        "worker = Worker()\n"
        f"Path({str(mark)!r}).write_text(str(worker.run(misdeeds.own_id, None)), encoding='utf-8')\n"
        f"{hanging}"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.DEVNULL)
    wait_until(lambda: mark.exists() and mark.read_text(encoding="utf-8"))
    process = int(mark.read_text(encoding="utf-8"))
    time.sleep(0.1)
    assert is_alive(process)
    parent.kill()
    parent.wait()
    wait_until(lambda: not is_alive(process), 15)


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_daemon_process_may_use_workers(method: str) -> None:
    """As a Dask worker is one: a daemon, in the words of multiprocessing. It ends, and so do its workers."""
    context: Any = get_context(method)
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=misdeeds.work_and_tell, args=(sender,), daemon=True)
    process.start()
    assert receiver.poll(60)
    answer, ids = receiver.recv()
    assert answer == 42
    process.join(20)
    assert process.exitcode == 0
    if Path("/proc").exists():
        wait_until(lambda: not is_alive(ids))


def test_any_executor_may_call_guarded() -> None:
    executor: Executor
    with ThreadPoolExecutor(2) as executor:
        assert executor.submit(guarded, misdeeds.double, 2, 30, 336).result(60) == 4
    stop_all()
