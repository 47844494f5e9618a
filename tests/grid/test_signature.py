"""The signature line: under the table, on the last page, in PDF and Word file."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from tests.grid.stress import CASES, changed, goal
from zhengti_zip import render_docx, render_pdf
from zhengti_zip.grid.heights import signature_height, title_height
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable, LineText

LABELS = ("填报人", "负责人", "联系电话", "日期", "盖章")


def signed(table: FormTable) -> FormTable:
    return replace(table, signature=tuple(LineText(f"{label}：") for label in LABELS))


def texts(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def test_the_form_of_haizhu_has_none() -> None:
    assert CASES["published"]().signature == ()
    assert not any("填报人" in text for text in texts(render_pdf(CASES["published"]())))


@pytest.mark.parametrize("case", ["published", "short-goals"])
def test_it_is_on_the_last_page_only(case: str) -> None:
    *before, last = texts(render_pdf(signed(CASES[case]())))
    assert all(f"{label}：" in last for label in LABELS)
    assert not any("填报人" in text for text in before)


def test_in_word_it_is_one_paragraph_with_its_own_style() -> None:
    document: Any = docx.Document(BytesIO(render_docx(signed(CASES["published"]()))))
    last = document.paragraphs[-1]
    assert last.text.split("\t") == [f"{label}：" for label in LABELS]
    assert last.style.name == "签章栏"


@pytest.mark.parametrize("count", range(600, 2400, 100))
def test_there_is_always_room_for_it(count: int) -> None:
    table = signed(changed([goal(count)]))
    last = paginate(table)[-1]
    used = last.height + signature_height(table) + (title_height(table) if last.has_title else 0)
    assert used <= table.geometry.content_height + 0.01
