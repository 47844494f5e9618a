"""Progress of a batch on stderr: a bar on a terminal, elsewhere a line every 15 seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from zhengti_zip.batch.result import Status
from zhengti_zip.cli.streams import is_terminal, tell
from zhengti_zip.cli.verbosity import is_quiet

SECONDS_BETWEEN_LINES = 15
WIDTH = 30
"""Characters of the bar."""


class Progress(Protocol):
    """Called for every finished file."""

    def __call__(self, status: Status, is_new: bool) -> None:
        """Count a file.

        Args:
            status: what became of it.
            is_new: whether it was worked on in this run; only such files count for the rate.
        """


class FileCount:
    """Counts of done, failed and skipped files; as text with rate and time left.

    Args:
        total: how many files there are.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = self.failed = self.skipped = self.new = 0
        self.start = time.monotonic()

    def count(self, status: Status, is_new: bool) -> None:
        """Count a file."""
        self.done += status is Status.DONE
        self.failed += status is Status.FAILED
        self.skipped += status is Status.SKIPPED
        self.new += is_new

    @property
    def finished(self) -> int:
        """How many files are finished."""
        return self.done + self.failed + self.skipped

    @property
    def bar(self) -> str:
        """A bar of ASCII characters; those of rich are two cells wide on a Chinese Windows console."""
        filled = self.finished * WIDTH // max(self.total, 1)
        return "[" + "#" * filled + "-" * (WIDTH - filled) + "]"

    def __str__(self) -> str:
        words = f"完成 {self.done}，失败 {self.failed}，"
        words += f"跳过 {self.skipped}，" if self.skipped else ""
        words += f"共 {self.total}"
        if self.finished == self.total:
            return f"{words}；正在汇总……"
        elapsed = time.monotonic() - self.start
        if not self.new or elapsed <= 0:
            return words
        rate = self.new / elapsed
        left = (self.total - self.finished) / rate
        return f"{words}；每秒 {rate:.1f} 份，还需 {duration(left)}"


def duration(seconds: float) -> str:
    """A time in Chinese, e.g. ``3 分 20 秒``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """Show the progress of a batch on stderr, unless ``-q`` was given.

    Args:
        total: how many files there are.
    """
    counter = FileCount(total)
    if is_quiet():
        yield counter.count
        return
    if not is_terminal(sys.stderr):
        yield _lines(counter)
        return
    from rich.console import Console
    from rich.status import Status as Spinner

    with Spinner(_shown(counter), console=Console(stderr=True), spinner="line") as spinner:

        def step(status: Status, is_new: bool) -> None:
            counter.count(status, is_new)
            spinner.update(_shown(counter))

        yield step


def _shown(counter: FileCount) -> str:
    return rf"\{counter.bar} {counter}"  # escaped: rich reads brackets as a style


def _lines(counter: FileCount) -> Progress:
    last = time.monotonic()

    def step(status: Status, is_new: bool) -> None:
        nonlocal last
        counter.count(status, is_new)
        if time.monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            tell(str(counter))

    return step
