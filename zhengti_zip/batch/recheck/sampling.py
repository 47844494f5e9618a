"""抽查: departments drawn by share and seed; anybody who runs it again gets the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256
from pathlib import Path

from zhengti_zip.base.errors import InputError, ZhengtiError
from zhengti_zip.batch.recheck.calls import Unread
from zhengti_zip.batch.recheck.model import PaperSubject
from zhengti_zip.batch.recheck.naming import subject_key
from zhengti_zip.batch.task import Task


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be drawn, and whose form it is."""

    name: str
    subject: PaperSubject


def candidate(task: Task) -> Candidate | Unread:
    """Whose form a file is: a department's workbook or JSON, or a working paper. Runs in a worker."""
    name = task.name.rpartition("/")[2]
    try:
        return Candidate(task.name, _subject(task, name))
    except ZhengtiError as error:
        return Unread(task.name, error.message, error.remedy)


def _subject(task: Task, name: str) -> PaperSubject:
    from zhengti_zip.base.filekinds import FileKind, kind_of
    from zhengti_zip.batch.recheck.making import paper_of
    from zhengti_zip.batch.recheck.seal_sheet import SEAL_SHEET, read_seal
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.grid.examine import examine
    from zhengti_zip.workbook.read.anyinput import read_content
    from zhengti_zip.workbook.read.grid import open_grid

    file = Path(name)
    if kind_of(file, task.content) is FileKind.WORKBOOK:
        grid = open_grid(file, task.content)
        if SEAL_SHEET in grid.titles:
            return read_seal(grid, name).subject
    form = task.settings.form
    source = read_content(file, task.content, load_form(form) if form else None)
    subject = paper_of(examine(source), name).subject
    if not subject.department:
        raise InputError(f"{name} 没有填写部门名称，不能参加抽取", "请先用 zhengti-zip check 检查并改正")
    return subject


def drawn(candidates: Sequence[Candidate], share: Decimal, seed: int) -> list[Candidate]:
    """The files that are drawn, in the order of their lots.

    Every form has a lot that depends on seed and department only (:func:`lot`), and those with the lowest are drawn.
    So neither the order of the files nor the machine matters, and a department that is added displaces at most one.

    Args:
        share: of all, in (0, 1]; the number is rounded up, so that at least one is drawn.
    """
    count = int((share * len(candidates)).to_integral_value(rounding=ROUND_CEILING))
    return sorted(candidates, key=lambda each: (lot(each.subject, seed), each.name))[:count]


def lot(subject: PaperSubject, seed: int) -> str:
    """SHA-256 of seed, department, scope, year and form, joined by line breaks, in hexadecimal digits."""
    form, department, scope, year = subject_key(subject)
    return sha256(f"{seed}\n{department}\n{scope}\n{year}\n{form}".encode("utf-8", "replace")).hexdigest()
