"""Telling streams of progress that a job changed: no thread waits for any of them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock


class _Waiting:
    """One stream: its event and the loop it belongs to."""

    def __init__(self) -> None:
        self.event, self._loop = asyncio.Event(), asyncio.get_running_loop()

    def wake(self) -> None:
        """Set the event from any thread."""
        with suppress(RuntimeError):  # the loop has ended, and the stream with it
            self._loop.call_soon_threadsafe(self.event.set)


class Listeners:
    """The streams that wait for changes of jobs."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[_Waiting]] = defaultdict(set)
        self._lock = Lock()

    @contextmanager
    def listening(self, identity: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever a job changes. To be called in the loop that waits for it.

        Args:
            identity: of the job.
        """
        mine = _Waiting()
        with self._lock:
            self._waiting[identity].add(mine)
        try:
            yield mine.event
        finally:
            with self._lock:
                self._waiting[identity].discard(mine)
                if not self._waiting[identity]:
                    del self._waiting[identity]

    def tell(self, identity: str) -> None:
        """A job has changed."""
        with self._lock:
            told = list(self._waiting.get(identity, ()))
        for each in told:
            each.wake()

    def tell_all(self) -> None:
        """Every stream shall look: the server ends."""
        with self._lock:
            told = [each for waiting in self._waiting.values() for each in waiting]
        for each in told:
            each.wake()
