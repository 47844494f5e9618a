"""Last year's inputs: read in the same run to compare with, and never counted or printed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.batch.digests import completed
from zhengti_zip.batch.intake import Item, take_in
from zhengti_zip.batch.runner import Work
from zhengti_zip.batch.task import Answer, Task, process
from zhengti_zip.printing.options import PrintOptions

NAME = "上年：{}"
"""Names of these inputs in journal and log, so that none is taken for one of this year."""


def previous_items(folder: Path, roots: Sequence[Path], output: Path) -> list[Item]:
    """The inputs of last year.

    Args:
        folder: a folder, a file or an archive.
        roots: this year's inputs.
        output: the output folder.

    Raises:
        InputError: there are none, or they are among this year's.
        OutputError: as :func:`zhengti_zip.batch.intake.take_in`.
    """
    last = Path(os.path.realpath(folder))
    if any(last.is_relative_to(os.path.realpath(root)) for root in roots):
        raise InputError(
            f"上年的文件在本年的填报文件之中：{folder}",
            "请把上年的文件放到另一个文件夹，再用 --previous 指定",
        )
    items = take_in([folder], output).items
    if not items:
        raise InputError(f"{folder} 中没有填报文件", "请用 --previous 指定上年填报文件所在的文件夹")
    return [replace(item, name=NAME.format(item.name), stem="") for item in items]


def reading_work(work: Work) -> Work:
    """What is to be done with last year's inputs: read and score, of whichever form, print nothing.

    Raises:
        UsageProblem: a font is missing or unusable.
    """
    only_read = PrintOptions(pdf=False, docx=False)
    settings = replace(work.settings, form=None, prints=only_read, program="", resources="")
    return replace(work, settings=completed(settings), function=read_only)


def read_only(task: Task) -> Answer:
    """The result of a file without any output."""
    return replace(process(task), files={})
