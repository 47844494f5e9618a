"""Locks of folders and files that end with their process; without meaning where the system has none."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS_TO_WAIT = 10.0
"""How long another process may hold a folder. It does so for a few renames, so one that takes longer is stopped."""


def try_lock(handle: int) -> bool | None:
    """Lock an open file or folder.

    Returns:
        True, False when another process holds it, None when the file system or the system has no such locks.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


@contextmanager
def folder_locked(folder: Path) -> Iterator[None]:
    """Keep other processes of this program from renaming files in a folder at the same time, where that is possible."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        yield
        return
    try:
        end = time.monotonic() + SECONDS_TO_WAIT
        while try_lock(handle) is False and time.monotonic() < end:
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)
