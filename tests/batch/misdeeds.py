"""What a worker of a batch may run into, by the name of the file."""

from __future__ import annotations

from tests.work.misdeeds import crash, hang, hoard, stumble
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.batch.task import Answer, Task


def by_name(task: Task) -> Answer:
    """Do what the name of the file says; otherwise make two small files from it."""
    for word, deed in (("崩溃", crash), ("卡死", hang), ("出错", stumble)):
        if word in task.name:
            deed(None)
    if "内存" in task.name:
        hoard(4000)
    if "有误" in task.name:
        problem = ListedProblem("error", "missing", "没有填写", "请填写")
        return Answer(Result(task.name, Status.FAILED, problems=(problem,)), {"-标注.xlsx": task.content})
    result = Result(task.name, Status.DONE, "haizhu-2022", task.name)
    return Answer(result, {".pdf": b"PDF " + task.content, ".docx": b"DOCX " + task.content})


def tell_program(task: Task) -> Answer:
    """What program the worker is to be sure of."""
    return Answer(Result(task.name, Status.DONE, "haizhu-2022", task.settings.program))


def unfit(task: Task) -> Answer:
    """A machine that lacks something."""
    problem = ListedProblem("error", "environment", "缺少系统库 pango", "请运行 zhengti-zip doctor")
    return Answer(Result(task.name, Status.FAILED, problems=(problem,)), is_final=False)
