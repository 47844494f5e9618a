"""Limits of time and memory for a command that reads one input: the last resort when no budget of a reader holds.

The limits are those of a worker of a batch. They hold within the process, because another process would cost more than a
tenth of a second. Library code that never returns to Python is ended by the system, without a message.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from zhengti_zip.base.errors import InputError

SECONDS = 60
"""Processor time of one command. A form takes about one."""

MEGABYTES = 1024

SECONDS_AFTER = 15
"""Further processor time after which the system ends the process."""

WITHOUT = ("serve", "account", "backup", "restore", "batch", "recheck", "trend", "form", "doctor")
"""Commands that start processes of their own with limits of their own, or none."""

SMALLER = "请检查文件内容是否异常，或请发送的人重新填写一份"


class TooCostly(InputError):
    """An input that takes more time or memory than any real one."""


def spread(args: Sequence[str]) -> None:
    """Limit this process, on Linux, unless the command is one of WITHOUT.

    Args:
        args: the arguments of the process.
    """
    if next((word for word in args if not word.startswith("-")), "") in WITHOUT:  # -q and -v may come first
        return
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        _lower(resource.RLIMIT_DATA, MEGABYTES * 1024 * 1024)
        _lower(resource.RLIMIT_CPU, SECONDS + SECONDS_AFTER)
        _lower(resource.RLIMIT_CORE, 0)
        signal.signal(signal.SIGPROF, _end)
        # Again every second: library code may have caught the first.
        signal.setitimer(signal.ITIMER_PROF, SECONDS, 1)


def too_much_memory() -> TooCostly:
    """The refusal of an input that takes too much memory."""
    return TooCostly(f"处理所需内存超过 {MEGABYTES} MB，已停止", SMALLER)


def _lower(kind: int, limit: int) -> None:
    import resource

    soft, hard = resource.getrlimit(kind)
    limits = [number for number in (limit, soft, hard) if number != resource.RLIM_INFINITY]
    resource.setrlimit(kind, (min(limits), hard))


def _end(number: int, frame: FrameType | None) -> None:
    raise TooCostly(f"处理超过 {SECONDS} 秒，已停止", SMALLER)
