"""The gate before the worker processes: some pass at a time, the urgent ones first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from threading import Condition

URGENT, LATER = 0, 1
"""Somebody waits for the answer; nobody is held up when it comes after the answers of others."""


class GateClosed(Exception):
    """Nobody passes any more."""


class Gate:
    """Lets so many threads pass at a time; of those that wait the urgent ones first, and then whoever came first.

    Args:
        places: how many.
    """

    def __init__(self, places: int) -> None:
        self._free, self._numbers, self._is_closed = places, count(), False
        self._waiting: list[tuple[int, int]] = []
        self._changed = Condition()

    @contextmanager
    def passed(self, urgency: int) -> Iterator[None]:
        """A place, given back when the block ends.

        Args:
            urgency: URGENT or LATER.

        Raises:
            GateClosed: there is none any more.
        """
        with self._changed:
            mine = urgency, next(self._numbers)
            heappush(self._waiting, mine)
            self._changed.wait_for(lambda: self._is_closed or (self._free and self._waiting[0] == mine))
            if self._is_closed:
                raise GateClosed
            heappop(self._waiting)
            self._free -= 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def close(self) -> None:
        """Turn everybody away who waits or comes later."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
