"""A workbook of one form filled from a file of another, with a first sheet that lists what was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhengti_zip.base.filekinds import FileKind, kind_of
from zhengti_zip.base.limits import read_limited
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.carry_over import CarriedOver, NotTaken, carry_over, sheet_of
from zhengti_zip.submission.inputs import groups_of
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.source import Source
from zhengti_zip.submission.values import shown
from zhengti_zip.workbook.edit.list_sheet import Column, ListRow, ListSheet, add_first
from zhengti_zip.workbook.edit.ooxml import Package
from zhengti_zip.workbook.edit.ooxml_styles import Styles
from zhengti_zip.workbook.read.anyinput import read_content
from zhengti_zip.workbook.read.reader import read_cells
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.writer import written

LEFT_SHEET = "未带入的内容"
MARK_NAME = "zt_not_taken"
COLUMNS = (
    Column("序号", 6, is_centred=True),
    Column("原工作表", 16, is_centred=True),
    Column("原项目", 36),
    Column("填写的内容", 50),
    Column("没有带入的原因", 50),
)


@dataclass(frozen=True, slots=True)
class CarriedWorkbook:
    """The new workbook, and what came of the old file."""

    content: bytes
    carried: CarriedOver


def carried_workbook(
    file: Path, new: FormDefinition, old: FormDefinition | None = None, *, everything: bool = False
) -> CarriedWorkbook:
    """Take a workbook or a JSON file over into another form.

    What could not be understood in a workbook is carried over as it was typed, so that it is still
    reported, and mended, in the new one.

    Args:
        file: a workbook or JSON.
        new: the form to take it into.
        old: the form it is of; None takes the one it names.
        everything: as in :func:`~zhengti_zip.submission.carry_over.carry_over`.

    Raises:
        InputError: it cannot be taken as input.
        UsageProblem: its form is unknown.
    """
    content = read_limited(file)
    typed: dict[InputPath, str] = {}
    if kind_of(file, content) is FileKind.JSON:
        source = read_content(file, content, old)
    else:
        source, raw = read_cells(file, content, old)
        for problem in source.reading_problems:
            value = raw.value(problem.path) if problem.is_error and problem.path else None
            if value is not None:
                typed[problem.path] = value if isinstance(value, str) else shown(value)
    carried = carry_over(source.submission, source.form, new, everything=everything)
    kept = {path for path in typed if path in carried.targets}
    as_typed = {carried.targets[path]: typed[path] for path in kept}
    carried = replace(carried, not_taken=(*carried.not_taken, *_unreadable(source, kept)))
    book = written(Filling(new, carried.submission, as_typed))
    if carried.not_taken:
        book = _with_list(book, source.form, carried)
    return CarriedWorkbook(book, carried)


def _unreadable(source: Source, kept: set[InputPath]) -> Sequence[NotTaken]:
    """What could not be understood and is not carried over as it was typed."""
    return [
        NotTaken(problem.path, problem.field, problem.value, problem.message)
        for problem in source.reading_problems
        if problem.is_error and problem.path not in kept
    ]


def _sheet(old: FormDefinition, left: NotTaken) -> str:
    """The sheet something stood on; "" where it belongs to none, as an unknown key of JSON does."""
    return sheet_of(old, left.path.group) if left.path.group in groups_of(old) else ""


def _with_list(book: bytes, old: FormDefinition, carried: CarriedOver) -> bytes:
    package = Package(book)
    lines = [
        ListRow((str(number), _sheet(old, each), each.label, each.value, each.why), None, {})
        for number, each in enumerate(carried.not_taken, start=1)
    ]
    summary = f"从“{old.name}”带入 {carried.taken} 个值，{len(lines)} 处没有带入。请核对后按需补填；核对完可以删除本表。"
    sheet = ListSheet(LEFT_SHEET, summary, COLUMNS, lines, len(COLUMNS))
    add_first(package, sheet.element(Styles(package)), LEFT_SHEET, MARK_NAME)
    return package.save()
