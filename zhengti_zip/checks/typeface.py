"""Characters no bundled font has: the form would print a box in their place."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.checks.subject import Subject
from zhengti_zip.inputs import label_of, table_parts
from zhengti_zip.paths import TABLES, UNITS, InputPath
from zhengti_zip.problems import Problem, Severity
from zhengti_zip.render.metrics import metrics_for
from zhengti_zip.values import shortened


def check_characters(subject: Subject) -> Iterator[Problem]:
    """Every entered character can be printed."""
    metrics = metrics_for(subject.fonts)
    for path, text in _texts(subject):
        if missing := metrics.missing(text):
            names = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:5])
            more = f"等 {len(missing)} 个字符" if len(missing) > 5 else ""
            yield Problem(
                Severity.ERROR,
                "unprintable_character",
                f"字体中没有 {names}{more}，无法打印",
                "请换用其他字词或删除；确需使用的生僻字，可用 --font 指定含有该字的字体文件",
                path,
                label_of(subject.form, path),
                shortened(text),
            )


def _texts(subject: Subject) -> Iterator[tuple[InputPath, str]]:
    """Every entered text by path."""
    submission = subject.submission
    for field, value in submission.fields.items():
        yield InputPath.field(field), str(value)
    for table in TABLES:
        for number, row in enumerate(getattr(submission, table)):
            for part in table_parts(subject.form, table):
                entered = getattr(row, part.id, None) if table != UNITS or part.id == "name" else None
                if isinstance(entered, str):
                    yield InputPath.cell(table, number, part.id), entered
    for row_id, entry in submission.scores.items():
        for part_id in ("reason", "improvement", "evidence"):
            yield InputPath.score(row_id, part_id), getattr(entry, part_id)
