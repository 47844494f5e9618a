"""Last year's inputs: read in the same run to compare with, and never counted or printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.batch.found_files import real_path
from zhengti_zip.batch.intake import take_in
from zhengti_zip.batch.item import Item
from zhengti_zip.batch.task import Answer, Task, process
from zhengti_zip.batch.work import Work
from zhengti_zip.printing.options import PrintOptions

NAME = "上年：{}"
"""Names of these inputs in journal and log, so that none is taken for one of this year."""


def previous_items(place: Path, this_year: Iterable[Item], output: Path) -> list[Item]:
    """The inputs of last year.

    Args:
        place: a folder, a file or an archive.
        this_year: the inputs of this year.
        output: the output folder.

    Raises:
        InputError: there are none, or some are among this year's.
        OutputError: as :func:`zhengti_zip.batch.intake.take_in`.
    """
    items = take_in([place], output).items
    if not items:
        raise InputError(f"{place} 中没有填报文件", "请用 --previous 指定上年填报文件所在的文件夹")
    files = {real_path(item.file) for item in this_year}
    if both := [item.name for item in items if real_path(item.file) in files]:
        raise InputError(
            f"上年的文件也在本年的填报文件中：{both[0]}（共 {len(both)} 个）",
            "请把上年的文件放到另一个文件夹，再用 --previous 指定",
        )
    return [replace(item, name=NAME.format(item.name), stem="") for item in items]


def reading_work(work: Work) -> Work:
    """What is to be done with last year's inputs: read and score, print nothing."""
    only_read = PrintOptions(pdf=False, docx=False)
    return replace(work, settings=replace(work.settings, prints=only_read), function=read_only)


def read_only(task: Task) -> Answer:
    """The result of a file without any output.

    Last year's form is often another than this year's, so that each file is taken to be of the form it names, and
    only else of the form that was given for this year.
    """
    named = replace(task, settings=replace(task.settings, form=None, resources=""))
    answer = process(named)
    if task.settings.form and not answer.result.department:
        answer = process(task)
    return replace(answer, files={})
