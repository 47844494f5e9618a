"""Texts that take much of a printed page: nothing is cut off, but the table grows and leaves white space."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.heights import line_height, paragraph_lines
from zhengti_zip.grid.table import FormTable, Origin
from zhengti_zip.grid.typeface import entered_texts
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.problems import Problem, Severity

MOST_OF_A_PAGE = 1 / 3
"""An entered text that takes more of a page's height than this is reported."""


def check_space(form: FormDefinition, submission: Submission, table: FormTable) -> Iterator[Problem]:
    """Every entered text takes a reasonable part of the page."""
    entered = dict(entered_texts(form, submission))
    page = table.geometry.content_height
    for cell in table.cells:
        if cell.origin is not Origin.ENTERED:
            continue
        texts: dict[InputPath, list[str]] = {}
        for paragraph in cell.paragraphs:
            texts.setdefault(paragraph.path, []).append(paragraph.text)
        for path, paragraphs in texts.items():
            lines = sum(len(paragraph_lines(table, cell, text)) for text in paragraphs)
            share = lines * line_height(table, cell) / page
            if share > MOST_OF_A_PAGE:
                # What is printed has the number of a goal before it, which nobody typed.
                text = entered.get(path, "\n".join(paragraphs))
                yield _too_long(form, path, text, lines, share)


def _too_long(form: FormDefinition, path: InputPath, text: str, lines: int, share: float) -> Problem:
    label = label_of(form, path)
    size = len(text.replace("\n", ""))
    room = int(size * MOST_OF_A_PAGE / share)
    pages = "超过一页" if share > 1 else f"约占一页高度的 {share:.0%}"
    return Problem(
        Severity.WARNING,
        "long_text",
        f"“{label}”有 {size} 个字，在表上要印 {lines} 行，{pages}，表格会因此变长、多出空白",
        f"请精简到约 {room} 个字以内，细节可另附材料；确需这样长的可以不改",
        path,
        label,
        shortened(text),
    )
