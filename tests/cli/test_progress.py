"""Progress of a batch."""

from __future__ import annotations

import time

import pytest

from zhengti_zip.batch.result import Status
from zhengti_zip.cli import progress as module
from zhengti_zip.cli.progress import FileCount, duration, progress


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 秒"),
        (59, "59 秒"),
        (60, "1 分 0 秒"),
        (3599, "59 分 59 秒"),
        (3600, "1 小时 0 分"),
        (9000, "2 小时 30 分"),
    ],
)
def test_a_time_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_rate_and_time_left_count_only_what_was_worked_on() -> None:
    counter = FileCount(100)
    for _ in range(50):
        counter.count(Status.DONE, False)
    assert str(counter) == "完成 50，失败 0，共 100"
    counter.start = time.monotonic() - 10
    for number in range(20):
        counter.count(Status.DONE if number != 3 else Status.FAILED, True)
    assert str(counter) == "完成 69，失败 1，共 100；每秒 2.0 份，还需 15 秒"


def test_the_bar_fills_up() -> None:
    counter = FileCount(4)
    bars = [counter.bar]
    for _ in range(4):
        counter.count(Status.DONE, True)
        bars.append(counter.bar)
    assert bars[0] == "[" + "-" * 30 + "]"
    assert bars[1] == "[" + "#" * 7 + "-" * 23 + "]"
    assert bars[4] == "[" + "#" * 30 + "]"
    assert str(counter) == "完成 4，失败 0，共 4；正在汇总……"


def test_without_a_terminal_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "SECONDS_BETWEEN_LINES", 0)
    with progress(2) as step:
        step(Status.DONE, False)
        step(Status.FAILED, False)
    assert capsys.readouterr().err == "完成 1，失败 0，共 2\n完成 1，失败 1，共 2；正在汇总……\n"


def test_a_short_run_says_nothing_on_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(1) as step:
        step(Status.DONE, True)
    assert capsys.readouterr().err == ""
