"""Characters no bundled font has: the form would print a box in their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.submission.inputs import label_of, table_parts
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import TABLES, InputPath
from zhengti_zip.submission.problems import Problem, Severity

UNPRINTABLE = "unprintable_character"
"""The code of the problems found here."""


def check_characters(
    form: FormDefinition, submission: Submission, fonts: tuple[Path, ...]
) -> Iterator[Problem]:
    """Every entered character can be printed."""
    metrics = metrics_for(fonts)
    for path, text in entered_texts(form, submission):
        if missing := metrics.missing(text):
            names = "、".join(map(_named, missing[:5]))
            more = f"等 {len(missing)} 个字符" if len(missing) > 5 else ""
            yield Problem(
                Severity.ERROR,
                UNPRINTABLE,
                f"字体中没有{names}{more}，无法打印",
                "请换用其他字词，或删除这个字符；确需使用的生僻字，可用 --font 指定含有该字的字体文件",
                path,
                label_of(form, path),
                shortened(text),
            )


def _named(char: str) -> str:
    """A character with its code; one that cannot be seen by its code alone."""
    code = f"U+{ord(char):04X}"
    return f"“{char}”（{code}）" if char.isprintable() else f"不可见的字符 {code}"


def entered_texts(form: FormDefinition, submission: Submission) -> Iterator[tuple[InputPath, str]]:
    """Every entered text that a form may print, by path, as it was entered."""
    for field, value in submission.fields.items():
        yield InputPath.field(field), str(value)
    for table in TABLES:
        parts = table_parts(form, table)
        for number, row in enumerate(submission.rows(table)):
            for part in parts:
                entered = row.part(part.id)
                if isinstance(entered, str):
                    yield InputPath.cell(table, number, part.id), entered
    for row_id, entry in submission.scores.items():
        for part_id in ("reason", "improvement", "evidence"):
            yield InputPath.score(row_id, part_id), getattr(entry, part_id)
