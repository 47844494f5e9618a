"""Calls in worker processes, with the limits of the server, never more at a time than it has workers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.work.gate import URGENT, Gate, GateClosed
from zhengti_zip.web.work.refused import Refused
from zhengti_zip.work.pool import guarded, start_ahead
from zhengti_zip.work.worker import Failure, Preparation

REFUSED = "refused"
OF_THE_FILE = ("timed_out", "out_of_memory", "crashed")
"""Failures that the same file will meet again."""


class WorkFailed(ZhengtiError):
    """A call gave no value.

    Args:
        code: ``refused``, or that of a :class:`zhengti_zip.work.worker.Failure`.
    """

    def __init__(self, message: str, remedy: str = "", code: str = REFUSED) -> None:
        super().__init__(message, remedy)
        self.code = code


class Calls:
    """Runs functions in worker processes.

    Args:
        settings: how many at a time, and their limits.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self._settings = settings
        self._gate = Gate(settings.worker_count)

    def start_ahead(self) -> None:
        """Start all worker processes now, so that the first file needs not wait for them."""
        from zhengti_zip.web.work.tasks import get_ready

        settings = self._settings
        start_ahead(settings.worker_count, settings.megabytes, Preparation(get_ready, None))

    def stop(self) -> None:
        """Begin no more calls."""
        self._gate.close()

    def call(self, function: Callable[[Any], Any], argument: Any, urgency: int = URGENT) -> Any:
        """What ``function(argument)`` returns in a worker process; waits for one that is free.

        Args:
            function: importable. It returns a :class:`Refused` instead of raising.
            argument: picklable.
            urgency: URGENT or LATER: which of those that wait comes first.

        Raises:
            WorkFailed: the function refused, or the worker gave no value: too slow, too large, or lost.
        """
        settings = self._settings
        try:
            with self._gate.passed(urgency):
                value = guarded(function, argument, settings.seconds, settings.megabytes)
        except GateClosed:
            value = Failure("worker_killed", "stopped")
        if isinstance(value, Failure):
            raise _failed(value, settings)
        if isinstance(value, Refused):
            raise WorkFailed(value.message, value.remedy)
        return value


def _failed(failure: Failure, settings: ServerSettings) -> WorkFailed:
    smaller = "请检查文件内容是否异常，或请发送的人重新填写一份"
    again = "请再试一次；仍然这样的，请"
    words = {
        "timed_out": (f"处理超过 {settings.seconds} 秒，已停止", smaller),
        "out_of_memory": (f"处理所需内存超过 {settings.megabytes} MB，已停止", smaller),
        "worker_killed": ("处理被中断", f"{again}联系管理员"),
        "crashed": ("处理时程序内部出错", f"{again}把文件交给维护人员"),
    }
    return WorkFailed(*words[failure.code], code=failure.code)
