"""Work in a child process: whatever happens there comes back as a value, and the next call is served."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.batch import misdeeds
from zhengti_zip.batch import guard as guards
from zhengti_zip.batch.guard import Guard, guarded, start_ahead, stop_all
from zhengti_zip.batch.local import local_executor
from zhengti_zip.batch.options import Limits
from zhengti_zip.batch.worker import Call, Failure

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
is_posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture
def guard() -> Iterator[Guard]:
    made = Guard(megabytes=512)
    yield made
    made.stop()


def test_a_call_gives_its_value(guard: Guard) -> None:
    assert guard.run(misdeeds.double, 21) == 42


def test_one_child_serves_many_calls(guard: Guard) -> None:
    first = guard.run(misdeeds.own_id, None)
    assert first not in (0, os.getpid())
    assert guard.run(misdeeds.own_id, None) == first


def test_what_a_library_prints_does_not_get_between_the_values(guard: Guard) -> None:
    assert guard.run(misdeeds.chatter, "提示：缺少字体\n" * 100) == "提示：缺少字体\n" * 100
    assert guard.run(misdeeds.double, 1) == 2


def test_a_value_may_be_larger_than_a_pipe(guard: Guard) -> None:
    assert len(guard.run(misdeeds.large, 30)) == 30 * 1024 * 1024


DEEDS: list[tuple[Callable[[Any], Any], str]] = [
    (misdeeds.crash, "worker_killed"),
    (misdeeds.leave, "worker_killed"),
    (misdeeds.stumble, "crashed"),
    (misdeeds.hang, "timed_out"),
    (misdeeds.spin, "timed_out"),
    (misdeeds.stop, "timed_out"),
]


@is_posix
@pytest.mark.parametrize(("deed", "code"), DEEDS, ids=[deed.__name__ for deed, _ in DEEDS])
def test_a_misdeed_costs_one_answer(guard: Guard, deed: Callable[[Any], Any], code: str) -> None:
    seconds = 1.0 if code == "timed_out" else 30
    start = time.monotonic()
    answer = guard.run(deed, None, seconds)
    assert isinstance(answer, Failure)
    assert answer.code == code
    assert time.monotonic() - start < 15
    assert guard.run(misdeeds.double, 4, 30) == 8


@is_posix
def test_a_call_within_its_time_is_left_alone(guard: Guard) -> None:
    for number in range(20):
        assert guard.run(misdeeds.double, number, 30) == 2 * number


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the memory limit is enforced on Linux")
def test_memory_on_both_sides_of_the_limit(guard: Guard) -> None:
    assert guard.run(misdeeds.hoard, 300) == 300 * 1024 * 1024
    before = guard.run(misdeeds.own_id, None)
    answer = guard.run(misdeeds.hoard, 600)
    assert isinstance(answer, Failure)
    assert answer.code == "out_of_memory"
    assert guard.run(misdeeds.own_id, None) != before


@is_posix
def test_a_kill_from_outside_while_it_works(guard: Guard) -> None:
    child = guard.run(misdeeds.own_id, None)
    killer = threading.Timer(0.3, os.kill, (child, signal.SIGKILL))
    killer.start()
    answer = guard.run(misdeeds.hang, None, 60)
    killer.join()
    assert isinstance(answer, Failure)
    assert (answer.code, answer.detail) == ("worker_killed", "exit code -9")


@is_posix
def test_a_kill_while_a_large_value_is_on_its_way(guard: Guard) -> None:
    for delay in (0.02, 0.05, 0.1):
        child = guard.run(misdeeds.own_id, None)
        killer = threading.Timer(delay, os.kill, (child, signal.SIGKILL))
        killer.start()
        answer = guard.run(misdeeds.large, 200, 60)
        killer.join()
        assert isinstance(answer, Failure) or len(answer) == 200 * 1024 * 1024
        assert guard.run(misdeeds.double, 3) == 6


@is_posix
def test_a_kill_between_two_calls_costs_nothing(guard: Guard) -> None:
    child = guard.run(misdeeds.own_id, None)
    os.kill(child, signal.SIGKILL)
    time.sleep(0.2)
    assert guard.run(misdeeds.double, 5) == 10


def test_a_child_is_replaced_after_many_calls(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MAX_CALLS", 2)
    seen = [guard.run(misdeeds.own_id, None) for _ in range(4)]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_an_idle_child_ends_in_good_order(tmp_path: Path) -> None:
    """It removes its temporary files, such as copies of fonts; one that was killed would leave them."""
    mark = tmp_path / "tidied up"
    guarded(misdeeds.tidy_up_at_the_end, str(mark), Limits(30, 334))
    assert not mark.exists()
    stop_all()
    assert mark.exists()


def test_children_started_ahead_are_those_that_serve(tmp_path: Path) -> None:
    limits = Limits(30, 335)
    start_ahead(2, limits, Call(misdeeds.note_id, str(tmp_path), 0))
    with ThreadPoolExecutor(2) as executor:
        ids = set(executor.map(lambda _: guarded(misdeeds.own_id, None, limits), range(20)))
    stop_all()
    assert ids <= {int(file.name) for file in tmp_path.iterdir()}
    assert len(list(tmp_path.iterdir())) == 2


@is_posix
def test_a_child_that_is_lost_while_it_gets_ready_costs_nothing(tmp_path: Path) -> None:
    guard = Guard(first=Call(misdeeds.note_id_and_dawdle, str(tmp_path), 0))
    guard.start()
    while not (found := list(tmp_path.iterdir())):
        time.sleep(0.01)
    os.kill(int(found[0].name), signal.SIGKILL)
    assert guard.run(misdeeds.double, 4, 30) == 8
    assert len(list(tmp_path.iterdir())) == 2, "the next child got ready in its place"
    guard.stop()


@is_posix
def test_a_child_that_can_never_get_ready_is_given_up(tmp_path: Path) -> None:
    guard = Guard(first=Call(misdeeds.note_id_and_crash, str(tmp_path), 0))
    answer = guard.run(misdeeds.double, 4, 30)
    assert isinstance(answer, Failure) and answer.code == "worker_killed"
    assert len(list(tmp_path.iterdir())) == guards.STARTS


def test_a_mistake_while_it_gets_ready_is_for_the_call_to_meet() -> None:
    guard = Guard(first=Call(misdeeds.stumble, None, 0))
    assert guard.run(misdeeds.double, 4, 30) == 8
    guard.stop()


@is_posix
def test_a_guard_that_is_stopped_while_its_child_gets_ready_starts_no_other(tmp_path: Path) -> None:
    guard = Guard(first=Call(misdeeds.note_id_and_hang, str(tmp_path), 0))
    with ThreadPoolExecutor(1) as executor:
        waiting = executor.submit(guard.run, misdeeds.double, 4, 30)
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        guard.stop()
        assert isinstance(waiting.result(30), Failure)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_refers_to_itself_is_collected_after_the_answer(guard: Guard, tmp_path: Path) -> None:
    mark = tmp_path / "collected"
    guard.run(misdeeds.double, 1)
    guard.run(misdeeds.leave_garbage, str(mark))
    guard.run(misdeeds.double, 1)
    assert mark.exists()


def test_no_more_children_than_calls_at_a_time() -> None:
    with ThreadPoolExecutor(3) as executor:
        ids = list(executor.map(lambda _: guarded(misdeeds.own_id, None, Limits(30, 333)), range(30)))
    stop_all()
    assert 1 <= len(set(ids)) <= 3


def test_batches_one_after_another_start_one_child_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards of earlier batches, which have no child any more, do not get between."""
    started = []
    start = guards._started

    def counting(megabytes: int) -> subprocess.Popen[bytes]:
        started.append(megabytes)
        return start(megabytes)

    monkeypatch.setattr(guards, "_started", counting)
    limits = Limits(30, 336)
    for number in range(1, 4):
        with local_executor(1, 1, limits) as executor:
            calls = [executor.submit(guarded, misdeeds.own_id, None, limits) for _ in range(3)]
            assert len({call.result(60) for call in calls}) == 1
        assert len(started) == number
        assert not guards._all and not guards._idle


def test_a_guard_whose_child_has_served_is_taken_first() -> None:
    limits = Limits(30, 337)
    start_ahead(3, limits, Call(misdeeds.double, 1, 0))
    first = guarded(misdeeds.own_id, None, limits)
    assert [guarded(misdeeds.own_id, None, limits) for _ in range(3)] == [first] * 3
    stop_all()


@is_posix
def test_one_whose_child_gets_ready_is_taken_before_one_without() -> None:
    limits = Limits(30, 338)
    start_ahead(2, limits, Call(misdeeds.double, 1, 0))
    lost, other = guards._idle
    lost.stop()
    assert (lost.readiness, other.readiness) == (0, 1)
    guarded(misdeeds.double, 1, limits)
    assert (lost.readiness, other.readiness) == (0, 2)
    stop_all()
    assert other.readiness == 0


@is_posix
def test_a_guard_that_was_at_work_when_all_were_stopped_is_not_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        waiting = executor.submit(guarded, misdeeds.note_id_and_hang, str(tmp_path), Limits(60, 339))
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        stop_all()
        assert isinstance(waiting.result(30), Failure)
    assert not guards._all and not guards._idle


@is_posix
def test_a_child_does_not_outlive_its_parent_for_long(tmp_path: Path) -> None:
    """The parent is killed while the child hangs: the child's own alarm ends it."""
    mark = tmp_path / "child"
    script = (
        "import threading, time\nfrom pathlib import Path\n"
        "from tests.batch import misdeeds\n"
        "from zhengti_zip.batch.guard import Guard\n"
        "guard = Guard()\n"
        f"Path({str(mark)!r}).write_text(str(guard.run(misdeeds.own_id, None)), encoding='utf-8')\n"
        "guard.run(misdeeds.hang, None, 2)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    while not (mark.exists() and mark.read_text(encoding="utf-8")):
        assert parent.poll() is None
        time.sleep(0.02)
    child = int(mark.read_text(encoding="utf-8"))
    time.sleep(0.1)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and is_running(child):
        time.sleep(0.1)
    assert not is_running(child)


def is_running(process: int) -> bool:
    """Whether a process is alive; one that waits to be buried is not."""
    try:
        return ") Z" not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
