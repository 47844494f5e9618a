"""Functions for worker processes that do not end well."""

from __future__ import annotations

import os
import signal
import time
from typing import Any


def never_ends(_: Any) -> None:
    """As a file that takes too long."""
    time.sleep(600)


def takes_all_memory(_: Any) -> int:
    """As a file that takes too much memory."""
    return len(bytearray(4 * 1024**3))


def fails(_: Any) -> None:
    """As a fault of the program."""
    raise RuntimeError("a fault")


def is_killed(_: Any) -> None:
    """As a worker that the system ends."""
    os.kill(os.getpid(), signal.SIGKILL)
