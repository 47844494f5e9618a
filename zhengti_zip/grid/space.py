"""What does not fit its place: texts that take much of a page, numbers broken over two lines, a cover too full.

Nothing is cut off, but the table grows and leaves white space, and a broken number is easily misread. A cover is
one page; what is more than that cannot be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.cover import plan_cover
from zhengti_zip.grid.heights import line_height, paragraph_lines
from zhengti_zip.grid.table import Cover, FormTable, Origin, Paragraph
from zhengti_zip.grid.typeface import entered_texts
from zhengti_zip.submission.inputs import label_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import NO_PATH, InputPath
from zhengti_zip.submission.problems import Problem, Severity

MOST_OF_A_PAGE = 1 / 3
"""An entered text that takes more of a page's height than this is reported."""


_NUMBER = re.compile(r"-?[0-9,]*[0-9](?:\.[0-9]+)?%?")


def check_space(form: FormDefinition, submission: Submission, table: FormTable) -> Iterator[Problem]:
    """Every entered text takes a reasonable part of the page, and every number stands in one line."""
    yield from _long_texts(form, submission, table)
    yield from _broken_numbers(table)
    if table.cover:
        yield from _full_cover(table, table.cover)


def _full_cover(table: FormTable, cover: Cover) -> Iterator[Problem]:
    """The longest text of a cover that does not fit on its page."""
    if not plan_cover(table, cover).is_too_full:
        return
    texts = [(line.text[span.start : span.end], span.path) for line in cover.lines for span in line.inputs]
    text, path = max(texts, key=lambda item: len(item[0]), default=("", NO_PATH))
    prompt = table.prompts.get(path)
    label = prompt.label if prompt else path
    yield Problem(
        Severity.ERROR,
        "cover_full",
        f"封面放不下一页：其中最长的“{label}”有 {len(text)} 个字" if text else "封面的内容放不下一页",
        "请缩短这项内容；内容无误的，请表的维护人减少封面的栏目或减小字号（layout.cover）",
        path,
        label,
        shortened(text),
    )


def _broken_numbers(table: FormTable) -> Iterator[Problem]:
    told: set[InputPath] = set()
    for cell in table.cells:
        for paragraph in cell.paragraphs:
            if not paragraph.path or paragraph.path in told or not _NUMBER.fullmatch(paragraph.value):
                continue
            lines = paragraph_lines(table, cell, paragraph.text)
            ends = accumulate(len(line) for line in lines)
            inside = range(paragraph.lead + 1, len(paragraph.text) - paragraph.tail)
            if any(end in inside for end in ends):
                told.add(paragraph.path)
                yield _broken(table, paragraph, len(lines))


def _broken(table: FormTable, paragraph: Paragraph, lines: int) -> Problem:
    prompt = table.prompts.get(paragraph.path)
    label = prompt.label if prompt else paragraph.path
    return Problem(
        Severity.WARNING,
        "broken_number",
        f"“{label}”的 {paragraph.value} 在表上放不进一行，要折成 {lines} 行",
        "请核对位数和单位；数值无误的，请表的维护人加宽这一栏",
        paragraph.path,
        label,
        paragraph.value,
    )


def _long_texts(form: FormDefinition, submission: Submission, table: FormTable) -> Iterator[Problem]:
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
