"""The order in which work gets to the worker processes."""

from __future__ import annotations

import threading
import time

import pytest

from zhengti_zip.web.work.gate import LATER, URGENT, Gate, GateClosed


def _wait_for_threads(gate: Gate, count: int) -> None:
    deadline = time.monotonic() + 30
    while len(gate._waiting) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_urgent_pass_first_and_then_whoever_came_first() -> None:
    gate, passed, threads = Gate(1), list[str](), list[threading.Thread]()

    def go(name: str, urgency: int) -> None:
        with gate.passed(urgency):
            passed.append(name)

    with gate.passed(LATER):
        order = (("print 1", LATER), ("print 2", LATER), ("check 1", URGENT), ("check 2", URGENT))
        for number, each in enumerate(order, start=1):
            threads.append(threading.Thread(target=go, args=each))
            threads[-1].start()
            _wait_for_threads(gate, number)
        assert passed == []
    for thread in threads:
        thread.join()
    assert passed == ["check 1", "check 2", "print 1", "print 2"]


def test_no_more_pass_than_there_are_places() -> None:
    gate = Gate(2)
    with gate.passed(URGENT), gate.passed(URGENT):
        third = threading.Thread(target=lambda: gate.passed(URGENT).__enter__())
        third.start()
        _wait_for_threads(gate, 1)
        assert third.is_alive()
    third.join(30)
    assert not third.is_alive()


def test_a_closed_gate_turns_away_who_waits_and_who_comes() -> None:
    gate, turned = Gate(1), list[str]()

    def wait() -> None:
        try:
            with gate.passed(LATER):
                pass
        except GateClosed:
            turned.append("waited")

    with gate.passed(URGENT):
        thread = threading.Thread(target=wait)
        thread.start()
        _wait_for_threads(gate, 1)
        gate.close()
        thread.join(30)
    assert turned == ["waited"]
    with pytest.raises(GateClosed), gate.passed(URGENT):
        pass
