"""What a worker may run into; each is called in a worker process."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from zhengti_zip.work.pool import guarded


def double(number: int) -> int:
    """The one that does as it should."""
    return 2 * number


def own_id(_: Any) -> int:
    """The process it ran in."""
    return os.getpid()


def hang(_: Any) -> None:
    """Never come back."""
    while True:
        time.sleep(3600)


def spin(_: Any) -> None:
    """Never come back, and be busy about it."""
    while True:
        pass


def stop(_: Any) -> None:
    """Be stopped from outside, as by a debugger."""
    os.kill(os.getpid(), signal.SIGSTOP)


def crash(_: Any) -> None:
    """Take the whole process down, as a fault in a C library does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(_: Any) -> None:
    """End the process as if that were in order."""
    os._exit(0)


def hoard(megabytes: int) -> int:
    """Take so much memory."""
    return len(bytearray(megabytes * 1024 * 1024))


def stumble(_: Any) -> None:
    """A mistake in the program."""
    raise KeyError("部门")


def chatter(words: str) -> str:
    """Print where results go."""
    print(words, flush=True)
    os.write(1, words.encode("utf-8"))
    return words


def large(megabytes: int) -> bytes:
    """A result larger than any pipe holds."""
    return b"x" * (megabytes * 1024 * 1024)


def wait(seconds: float) -> float:
    """Take a while."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(left)
    return seconds


def give_what_cannot_travel(_: Any) -> Any:
    """A value that belongs to this process."""
    return threading.Lock()


class _Endless:
    """What takes a while to be sent, as a part of it is large and the rest is slow to be made."""

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        time.sleep(3600)
        return bytes, (b"",)


def send_for_ever(_: Any) -> Any:
    """A value that is never sent."""
    return _Endless()


def leave_a_file(name: str) -> None:
    """Leave a temporary file, and tell where."""
    handle, file = tempfile.mkstemp()
    os.close(handle)
    Path(name).write_text(file, encoding="utf-8")


def leave_a_file_and_crash(name: str) -> None:
    """The same, and take the process down."""
    leave_a_file(name)
    crash(None)


def work_and_tell(sender: Connection) -> None:
    """Have something done by a worker of this process."""
    sender.send((guarded(double, 21, 30), guarded(own_id, None, 30)))


def note_id(folder: str) -> None:
    """Leave a file called like the process."""
    (Path(folder) / str(os.getpid())).touch()


def note_id_and_dawdle(folder: str) -> None:
    """The same, and take a while."""
    note_id(folder)
    time.sleep(0.5)


def note_id_and_crash(folder: str) -> None:
    """The same, and take the process down."""
    note_id(folder)
    crash(None)


def note_id_and_hang(folder: str) -> None:
    """The same, and never come back."""
    note_id(folder)
    hang(None)
