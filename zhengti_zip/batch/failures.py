"""The answers for calls that failed in their worker, or that the executor lost."""

from __future__ import annotations

from pickle import UnpicklingError

from zhengti_zip.batch.settings import Limits
from zhengti_zip.batch.task import Answer, Task, failed, skipped
from zhengti_zip.work.worker import Failure

AGAIN = "其他文件不受影响；再次运行同一命令会重做这个文件"

_LARGER = {
    "timed_out": "；确需更长时间，请加大 --timeout",
    "out_of_memory": "；确需更多内存，请加大 --memory",
}
"""How a command with options for the limits raises them."""


def is_of_another_program(error: BaseException | None) -> bool:
    """Whether a worker could not read a task: it does not have this program, or has another version."""
    while error:
        if isinstance(error, ImportError | AttributeError | UnpicklingError) or "deserializ" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def words_for(failure: Failure, limits: Limits) -> tuple[str, str]:
    """What is told of a call that failed in its worker: what is wrong, and what to do."""
    unusual = "请检查文件内容是否异常"
    return {
        "timed_out": (f"处理超过 {limits.seconds:g} 秒，已停止", unusual),
        "out_of_memory": (f"处理所需内存超过 {limits.megabytes} MB，已停止", unusual),
        "crashed": (f"处理时程序出错：{failure.detail}", "请把本信息和该文件交给维护人员；其他文件不受影响"),
        "worker_killed": (f"处理它的进程意外结束（{failure.detail}）", AGAIN),
    }[failure.code]


def answer_for(failure: Failure, task: Task, limits: Limits) -> Answer:
    """The answer for a call that failed in its worker; a file that may be no input at all does not fail by it."""
    message, remedy = words_for(failure, limits)
    remedy += _LARGER.get(failure.code, "")
    if task.is_candidate:
        return skipped(task.name, f"读不出来：{message}；{remedy}", is_final=False)
    return failed(task.name, failure.code, message, remedy, is_final=False)
