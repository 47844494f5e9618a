"""The list sheets as they are printed: heads on every page, nothing cut, readable."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.workbook.tools import DEMO, convert, needs_libreoffice
from zhengti_zip import read
from zhengti_zip.submission.problems import Place, Problem, Severity
from zhengti_zip.workbook.edit.annotate import annotate
from zhengti_zip.workbook.edit.list_parts import MAX_HEIGHT, MAX_LINES, row_height, row_parts
from zhengti_zip.workbook.edit.problem_sheet import COLUMNS, PROBLEM_SHEET

A4_ACROSS = 149
"""Characters of 11 pt across a landscape A4 page with our margins, measured in LibreOffice."""


def problem(words: str, number: int = 1) -> Problem:
    place = Place("部门预算", f"B{number}")
    return Problem(Severity.ERROR, "made_up", words, "请改正", field="项目", value="值", place=place)


def test_a_line_just_as_high_as_a_row_can_be_stays_one() -> None:
    fits, more = "\n".join("甲" * MAX_LINES), "\n".join("甲" * (MAX_LINES + 1))
    assert row_parts((fits, "乙"), (20, 10)) == [(fits, "乙")]
    assert row_height((fits, "乙"), (20, 10)) <= MAX_HEIGHT
    assert row_parts((more, "乙"), (20, 10)) == [("甲\n" * MAX_LINES, "乙"), ("甲", "")]


@pytest.mark.parametrize("text", ["很长的一段话，" * 900, "词 words " * 2000, "一行\n" * 300, "x" * 9000])
def test_a_longer_line_goes_on_in_the_next_rows_without_loss(text: str) -> None:
    rows = row_parts((text, "乙"), (44, 10))
    assert len(rows) > 1
    assert "".join(row[0] for row in rows) == text
    assert all(row_height(row, (44, 10)) <= MAX_HEIGHT for row in rows)


def test_the_sheet_prints_on_pages_one_can_read() -> None:
    """All columns across one page at no less than four fifths of their size, the heads on each."""
    book = load_workbook(BytesIO(annotate(DEMO, read(DEMO), [problem("错")])))
    sheet = book[PROBLEM_SHEET]
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.oddFooter and sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sum(column.width for column in COLUMNS) * 0.8 <= A4_ACROSS


@needs_libreoffice
def test_libreoffice_prints_the_heads_on_every_page_and_the_whole_text(tmp_path: Path) -> None:
    long = "".join(f"第{number}句。" for number in range(10_000, 12_500))
    file = tmp_path / "标注.xlsx"
    file.write_bytes(annotate(DEMO, read(DEMO), [problem(long)]))
    [pdf] = convert([file], tmp_path / "出", "pdf")
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.decode()
    pages = [page for page in text.split("\f") if "怎样处理" in page]
    assert len(pages) > 2
    assert set(map(int, re.findall(r"(?<!\d)1\d{4}(?!\d)", text))) == set(range(10_000, 12_500))
    assert not re.search("made_up", text), "codes are for programs"
