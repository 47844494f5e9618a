"""The results of inputs of several years, read and scored like those of a batch, but not printed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.files import is_same
from zhengti_zip.batch.digests import completed
from zhengti_zip.batch.duplicates import settled, times_of
from zhengti_zip.batch.intake import NOWHERE, Intake, take_in
from zhengti_zip.batch.journal import Journal
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.runner import run
from zhengti_zip.batch.work import Watcher, Work
from zhengti_zip.printing.options import PrintOptions

NOTHING_PRINTED = PrintOptions(pdf=False, docx=False)


def gather(roots: Sequence[Path], outputs: Collection[Path]) -> Intake:
    """Find the inputs of all years.

    Args:
        roots: files, folders, archives or patterns.
        outputs: files that are no inputs, because they are about to be written.

    Raises:
        InputError: one of ``roots`` does not exist, or there are no inputs.
    """
    intake = take_in(roots, NOWHERE)
    intake.items = [
        item for item in intake.items if item.archive or not any(is_same(item.file, o) for o in outputs)
    ]
    if not intake.items:
        raise InputError("没有找到填报文件（.xlsx、.json，或装有它们的 .zip）", "请检查给出的文件夹")
    return intake


def results_of(
    intake: Intake, work: Work, executor: Executor, in_flight: int, watch: Watcher
) -> list[Result]:
    """Read and score every input. Which of several files of a department counts is settled as in a batch.

    Raises:
        OutputError: the temporary folder, which has the journal of the run, cannot be written.
        EnvironmentProblem: this machine lacks something.
    """
    work = replace(work, settings=completed(work.settings))
    with TemporaryDirectory(prefix="zhengti-trend-") as folder:
        journal = Journal(Path(folder))
        try:
            found = run(intake.items, work, journal, executor, lambda: in_flight, watch)
            return settled(found, times_of(intake.items) if work.newest else None)
        finally:
            journal.close()
