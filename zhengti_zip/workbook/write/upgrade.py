"""Bringing a workbook over to the present template."""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.base.limits import read_limited
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.entry import RawEntry
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import shown
from zhengti_zip.workbook.read.reader import read_cells
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.writer import written


def upgrade(file: Path, form: FormDefinition | None = None) -> bytes:
    """A workbook of the present template holding everything entered in ``file``.

    What could not be understood is carried over as it was typed, so that it is still reported, and
    mended, in the new file.

    Args:
        file: a workbook made from an older template, or one whose cells or names were disturbed.
        form: the form it must be of; None takes the one its hidden sheet names.

    Raises:
        InputError: it is no workbook of this program.
        UsageProblem: its form is unknown.
    """
    source, raw = read_cells(file, read_limited(file), form)
    return written(Filling(source.form, source.submission, _not_understood(source, raw)))


def _not_understood(source: Source, raw: RawEntry) -> dict[InputPath, str]:
    """The raw text of each input that was reported as unreadable, by path."""
    found: dict[InputPath, str] = {}
    for problem in source.reading_problems:
        path = problem.path
        value = raw.value(path) if problem.is_error else None
        if value is not None:
            found[path] = value if isinstance(value, str) else shown(value)
    return found
