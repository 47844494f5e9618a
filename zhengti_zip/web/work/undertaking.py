"""One job as its handler sees it: the database, the store, calls in worker processes, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.web.database.connection import Database
from zhengti_zip.web.settings import ServerSettings
from zhengti_zip.web.store import Store
from zhengti_zip.work.pool import guarded
from zhengti_zip.work.worker import Failure


class WorkFailed(ZhengtiError):
    """A worker process gave no value: too slow, too large, or lost."""


@dataclass(frozen=True)
class Undertaking:
    """One job at work.

    Attributes:
        owner, subject_id, arguments: of the job.
        database, store, settings: of the server.
        tell: writes down how far it is: ``tell("正在排版", 2, 4)``.
    """

    owner: str
    subject_id: str
    arguments: dict[str, Any]
    database: Database
    store: Store
    settings: ServerSettings
    tell: Callable[[str, int, int], None]

    def call(self, function: Callable[[Any], Any], argument: Any) -> Any:
        """What ``function(argument)`` returns in a worker process with the limits of the server.

        Args:
            function: importable. It returns a :class:`Refused` instead of raising, because not every exception can be sent.
            argument: picklable.

        Raises:
            WorkFailed: the function refused, or the worker gave no value.
        """
        settings = self.settings
        value = guarded(function, argument, settings.seconds, settings.megabytes)
        if isinstance(value, Failure):
            raise _failed(value, settings)
        if isinstance(value, Refused):
            raise WorkFailed(value.message, value.remedy)
        return value


@dataclass(frozen=True, slots=True)
class Refused:
    """What a function in a worker returns instead of raising: the words of a ZhengtiError."""

    message: str
    remedy: str = ""


def _failed(failure: Failure, settings: ServerSettings) -> WorkFailed:
    smaller = "请检查文件内容是否异常，或请发送的人重新填写一份"
    if failure.code == "timed_out":
        return WorkFailed(f"处理超过 {settings.seconds} 秒，已停止", smaller)
    if failure.code == "out_of_memory":
        return WorkFailed(f"处理所需内存超过 {settings.megabytes} MB，已停止", smaller)
    if failure.code == "worker_killed":
        return WorkFailed("处理被中断", "请再试一次；仍然这样的，请联系管理员")
    return WorkFailed("处理时程序内部出错", "请再试一次；仍然这样的，请把文件交给维护人员")
