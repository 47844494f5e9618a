"""What a user is told about a file whose worker failed."""

from __future__ import annotations

from zhengti_zip.batch.settings import Limits
from zhengti_zip.work.worker import Failure

AGAIN = "其他文件不受影响；再次运行同一命令会重做这个文件"


def failure_words(failure: Failure, limits: Limits) -> tuple[str, str]:
    """What is wrong and what to do about it, in Chinese."""
    messages = {
        "timed_out": (
            f"处理超过 {limits.seconds:g} 秒，已停止",
            "请检查文件内容是否异常；确需更长时间，请加大 --timeout",
        ),
        "out_of_memory": (
            f"处理所需内存超过 {limits.megabytes} MB，已停止",
            "请检查文件内容是否异常；确需更多内存，请加大 --memory",
        ),
        "crashed": (f"处理时程序出错：{failure.detail}", "请把本信息和该文件交给维护人员；其他文件不受影响"),
        "worker_killed": (f"处理它的进程意外结束（{failure.detail}）", AGAIN),
    }
    return messages[failure.code]
