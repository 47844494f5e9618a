"""The Word file of forms whose rows are the department's own: the cells of the PDF, each value a control."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.grid.own_rows import DATA, PROJECT, PROJECT_DATA, PROJECT_ROWS, PROVINCE, own_form, own_table, row
from tests.grid.ruling import rulings
from tests.word.reviewer import ACCEPT, REJECT, body, cells
from tests.word.test_valid import mistakes
from tests.word.worddoc import all_of, blocks, controls, pdf_converter, read_table, tables
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable
from zhengti_zip.pdf.render import render_pdf
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import read_document
from zhengti_zip.review.locate import locate
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.word.document import render_docx

BOTH = pytest.mark.parametrize("name", [PROJECT, PROVINCE])
MANY = [
    row("产出指标-数量指标", f"第{number}项", "0.4", reason="由" * (number % 23)) for number in range(150)
]


def values(printed: FormTable) -> Counter[tuple[str, str]]:
    """Path and text of every printed value, without lead and tail; one for each paragraph."""
    lines = [(line.text, line.inputs) for line in (*printed.above, *printed.signature)]
    lines += zip(printed.title, printed.title_inputs, strict=True)
    found = [(span.path, text[span.start : span.end]) for text, spans in lines for span in spans]
    paragraphs = (paragraph for cell in printed.cells for paragraph in cell.paragraphs)
    found += [(paragraph.path, paragraph.value) for paragraph in paragraphs if paragraph.path]
    return Counter((str(path), text) for path, text in found)


@BOTH
@pytest.mark.parametrize("rows", [None, MANY], ids=["每组几项", "150项"])
def test_every_page_is_one_table_with_the_cells_of_the_page(
    name: str, rows: list[dict[str, str]] | None
) -> None:
    printed = own_table(name) if rows is None else own_table(name, indicators=rows)
    pages = paginate(printed)
    found = tables(render_docx(printed))
    assert len(found) == len(pages)
    for page, read in zip(pages, map(read_table, found), strict=True):
        shapes = [(c.row, c.source.column, c.row_span, c.source.column_span) for c in page.cells]
        assert [(c.row, c.column, c.row_span, c.column_span) for c in read] == shapes
        here = [[p.text for p in c.paragraphs()] or [""] for c in page.cells]
        hints = [[text.replace("填写", "").replace("选择", "") for text in c.paragraphs] for c in read]
        assert hints == here


@BOTH
def test_every_value_is_a_control_also_above_the_title_and_in_the_signature(name: str) -> None:
    printed = own_table(name)
    found = controls(render_docx(printed))
    texts = [(control.tag, "" if control.has_hint else control.text) for control in found]
    assert Counter(texts) == values(printed)
    assert ("indicators.0.target", "12") in texts


@BOTH
def test_the_file_is_valid(name: str, tmp_path: Path) -> None:
    assert mistakes(render_docx(own_table(name), draft=True), tmp_path) == []


@BOTH
def test_a_reviewed_file_without_edits_gives_every_value_as_printed(name: str) -> None:
    printed, source = own_table(name), from_data(DATA[name], own_form(name))
    reviewed = read_document(render_docx(printed), "审阅.docx")
    found = locate(reviewed, Baseline(source.form, source.submission))
    assert (found.surplus, found.altered) == ([], [])
    assert all(item.text == item.printed for item in found.inputs), [
        (item.path, item.text, item.printed) for item in found.inputs if item.text != item.printed
    ]


def test_the_signature_line_is_one_paragraph_with_tabs() -> None:
    last = blocks(render_docx(own_table(PROJECT)))[-2]
    assert (
        "".join(part.text or "" for part in all_of(last, "t"))
        == "填表人：林小满联系电话：填写单位负责人签字："
    )
    assert len(all_of(last, "tab")) == 4  # two stops, and two jumps to them


CHANGES: dict[str, dict[str, Any]] = {
    "an actual value": {"indicators": [PROJECT_ROWS[0] | {"actual": "11"}, *PROJECT_ROWS[1:]]},
    "a unit": {"indicators": [PROJECT_ROWS[0] | {"unit": "处"}, *PROJECT_ROWS[1:]]},
    "a direction": {"indicators": [PROJECT_ROWS[0] | {"direction": "="}, *PROJECT_ROWS[1:]]},
    "a filler": {"fields": PROJECT_DATA["fields"] | {"filler": "周小满", "phone": "020-1234"}},
    "money": {"funds": PROJECT_DATA["funds"] | {"other": {"initial": "1", "budget": "2", "spent": "3"}}},
}


@pytest.mark.parametrize("change", CHANGES)
def test_accepted_it_is_the_new_form_and_rejected_the_previous_one(change: str) -> None:
    before, after = own_table(PROJECT), own_table(PROJECT, **CHANGES[change])
    content = render_docx(after, previous=before)
    assert cells(body(content), ACCEPT) == cells(body(render_docx(after)))
    assert cells(body(content), REJECT) == cells(body(render_docx(before)))
    assert cells(body(content), ACCEPT) != cells(body(content), REJECT)


def test_rows_are_compared_with_the_rows_they_were() -> None:
    before = own_table(PROJECT)
    new = row("产出指标-数量指标", "新增巡查点", "0", target="3", unit="处", actual="3")
    after = own_table(PROJECT, indicators=[new, *PROJECT_ROWS])
    content = render_docx(after, previous=before)
    inserted = "".join(
        part.text or "" for change in all_of(body(content), "ins") for part in all_of(change, "t")
    )
    assert "新增巡查点" in inserted
    assert "维修古桥" not in inserted
    assert [
        change for change in all_of(body(content), "del") if "古桥" in str(change.xpath("string()"))
    ] == []


@pytest.mark.slow
@BOTH
def test_libreoffice_prints_rows_and_columns_where_the_pdf_has_them(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    printed = own_table(name, indicators=MANY)
    (tmp_path / "ours.pdf").write_bytes(render_pdf(printed))
    ours = rulings(tmp_path / "ours.pdf")
    theirs = rulings(pdf_converter(tmp_path_factory)(render_docx(printed)))
    assert len(ours) == len(theirs) == len(paginate(printed))
    for page, other in zip(ours, theirs, strict=True):
        assert other.rows == pytest.approx(page.rows, abs=2.0)
        assert other.columns == pytest.approx(page.columns, abs=2.0)
