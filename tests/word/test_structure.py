"""LibreOffice prints the Word file with the pages and lines of our PDF, and saves its text unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms_support import EVERY_FORM, EXAMPLES, Example
from tests.grid.ruling import rulings, uncovered
from tests.word.worddoc import Converter, all_of, part_of, pdf_converter, tables
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.pdf.render import render_pdf
from zhengti_zip.word.document import render_docx

pytestmark = pytest.mark.slow

TOLERANCE_MM = 2.0
DATA = "customXml/item1.xml"


@pytest.fixture(scope="module")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Converter:
    return pdf_converter(tmp_path_factory)


@EVERY_FORM
def test_rows_and_columns_are_where_they_are_in_the_pdf(
    tmp_path: Path, example: Example, to_pdf: Converter
) -> None:
    (tmp_path / "ours.pdf").write_bytes(render_pdf(example.table))
    first = 1 + example.table.cover_pages
    ours = rulings(tmp_path / "ours.pdf", first)
    theirs = rulings(to_pdf(render_docx(example.table, data=example.source.submission.to_json())), first)
    assert len(ours) == len(theirs) == len(paginate(example.table))
    for page, other in zip(ours, theirs, strict=True):
        assert other.rows == pytest.approx(page.rows, abs=TOLERANCE_MM)
        assert other.columns == pytest.approx(page.columns, abs=TOLERANCE_MM)
        for lines, others in ((page.across, other.across), (page.down, other.down)):
            assert uncovered(lines, others, TOLERANCE_MM) == []
            assert uncovered(others, lines, TOLERANCE_MM) == []


def cell_texts(content: bytes) -> list[list[str]]:
    """Per cell its paragraphs, also those in controls that LibreOffice puts around them."""
    cells = [cell for table in tables(content) for cell in all_of(table, "tc")]
    return [
        ["".join(part.text or "" for part in all_of(p, "t")) for p in all_of(cell, "p")] for cell in cells
    ]


@needs_libreoffice
def test_libreoffice_saves_every_cell_as_it_was(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.docx" for number in range(len(EXAMPLES))]
    for file, example in zip(files, EXAMPLES, strict=True):
        file.write_bytes(render_docx(example.table, data=example.source.submission.to_json()))
    for file, saved in zip(files, convert(files, tmp_path / "saved", "docx"), strict=True):
        assert cell_texts(saved.read_bytes()) == cell_texts(file.read_bytes())
        assert part_of(saved.read_bytes(), DATA).text == part_of(file.read_bytes(), DATA).text
