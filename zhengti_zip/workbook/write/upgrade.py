"""Bringing a workbook over to the present template."""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.base.characters import escaped
from zhengti_zip.base.limits import read_limited
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.entry import RawEntry
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import InputRefused
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import MAX_TEXT, shown
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
        InputRefused: a text is longer than a cell can hold, so that it would be cut.
        UsageProblem: its form is unknown.
    """
    source, raw = read_cells(file, read_limited(file), form)
    _refuse_long(source, raw)
    return written(Filling(source.form, source.submission, _not_understood(source, raw)))


def _refuse_long(source: Source, raw: RawEntry) -> None:
    typed = _not_understood(source, raw)
    found = [p for p in source.reading_problems if len(escaped(typed.get(p.path, ""))) > MAX_TEXT]
    if found:
        raise InputRefused(
            f"有 {len(found)} 处文字超过单元格能容纳的 {MAX_TEXT} 个字，未生成新工作簿",
            found,
            "请在原工作簿中精简这些文字，再升级",
        )


def _not_understood(source: Source, raw: RawEntry) -> dict[InputPath, str]:
    """The raw text of each input that was reported as unreadable, by path."""
    found: dict[InputPath, str] = {}
    for problem in source.reading_problems:
        path = problem.path
        value = raw.value(path) if problem.is_error else None
        if value is not None:
            found[path] = value if isinstance(value, str) else shown(value)
    return found
