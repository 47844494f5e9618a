"""What a worker may run into; each is called in a guarded child process."""

from __future__ import annotations

import atexit
import os
import signal
import time
from pathlib import Path
from typing import Any

from zhengti_zip.batch.result import Finding, Result, Status
from zhengti_zip.batch.task import Answer, Task


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


def tidy_up_at_the_end(mark: str) -> None:
    """Leave a sign when the process ends in good order."""
    atexit.register(Path(mark).touch)


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


class _Ring:
    """Refers to itself, and leaves a sign when it is collected."""

    def __init__(self, mark: str) -> None:
        self.me, self.mark = self, Path(mark)

    def __del__(self) -> None:
        self.mark.touch()


def leave_garbage(mark: str) -> None:
    """Leave something only the garbage collector finds."""
    _Ring(mark)


def by_name(task: Task) -> Answer:
    """Do what the name of the file says; otherwise make two small files from it."""
    for word, deed in (("崩溃", crash), ("卡死", hang), ("出错", stumble)):
        if word in task.name:
            deed(None)
    if "内存" in task.name:
        hoard(4000)
    if "有误" in task.name:
        finding = Finding("error", "missing", "没有填写", "请填写")
        return Answer(Result(task.name, Status.FAILED, findings=(finding,)), {"-标注.xlsx": task.content})
    result = Result(task.name, Status.DONE, "haizhu-2022", task.name)
    return Answer(result, {".pdf": b"PDF " + task.content, ".docx": b"DOCX " + task.content})


def tell_program(task: Task) -> Answer:
    """What program the worker is to be sure of."""
    return Answer(Result(task.name, Status.DONE, "haizhu-2022", task.options.program))


def unfit(task: Task) -> Answer:
    """A machine that lacks something."""
    finding = Finding("error", "environment", "缺少系统库 pango", "请运行 zhengti-zip doctor")
    return Answer(Result(task.name, Status.FAILED, findings=(finding,)), is_final=False)
