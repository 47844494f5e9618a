"""抽查: departments drawn by share and seed; anybody who runs it again gets the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256
from pathlib import Path

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.batch.recheck.model import PaperSubject
from zhengti_zip.batch.result import Result, Status
from zhengti_zip.batch.task import Task, failed
from zhengti_zip.submission.raw import compact


def candidate(task: Task) -> Result:
    """Whose form a file is: a department's file, or a working paper. Runs in a worker."""
    from zhengti_zip.base.filekinds import FileKind, kind_of
    from zhengti_zip.batch.recheck.making import examined_file
    from zhengti_zip.batch.recheck.seal_sheet import SEAL_SHEET, read_seal
    from zhengti_zip.workbook.read.grid import open_grid

    name = task.name.rpartition("/")[2]
    file = Path(name)
    try:
        if kind_of(file, task.content) is FileKind.WORKBOOK:
            grid = open_grid(file, task.content)
            if SEAL_SHEET in grid.titles:
                return _of_paper(task.name, read_seal(grid, name).subject)
    except ZhengtiError as error:
        return failed(task.name, "unreadable", error.message, error.remedy).result
    return examined_file(task)[0]


def _of_paper(name: str, subject: PaperSubject) -> Result:
    return Result(
        name,
        Status.DONE,
        subject.form,
        subject.department,
        subject.scope,
        subject.year,
        subject.total,
        subject.grade,
    )


def drawn(candidates: Sequence[Result], share: Decimal, seed: int) -> list[Result]:
    """The files that are drawn, in the order of their lots.

    Every form has a lot that depends on seed and department only (:func:`lot`), and those with the lowest are drawn.
    So neither the order of the files nor the machine matters, and a department that is added displaces at most one.

    Args:
        share: of all, in (0, 1]; the number is rounded up, so that at least one is drawn.
    """
    count = int((share * len(candidates)).to_integral_value(rounding=ROUND_CEILING))
    return sorted(candidates, key=lambda each: (lot(each, seed), each.name))[:count]


def lot(result: Result, seed: int) -> str:
    """SHA-256 of seed, department, scope, year and form, joined by line breaks, in hexadecimal digits."""
    department = compact(result.department)
    text = f"{seed}\n{department}\n{result.scope}\n{result.year}\n{result.form}"
    return sha256(text.encode("utf-8", "replace")).hexdigest()
