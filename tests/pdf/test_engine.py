"""Lines of the grid, attachments and streams in the PDF."""

from __future__ import annotations

import logging
import threading
from io import BytesIO
from typing import Any

import pydyf
import pytest
from pypdf import PdfReader

from tests.forms_support import EVERY_FORM, Example
from zhengti_zip import render_pdf
from zhengti_zip.base.errors import RenderError
from zhengti_zip.base.originals import Attachment
from zhengti_zip.form.geometry import BORDER_PT
from zhengti_zip.grid.heights import title_height
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable
from zhengti_zip.pdf.deflating import deflate_streams
from zhengti_zip.pdf.engine import render_html
from zhengti_zip.pdf.ruling import Stroke, strokes

HTML = '<html lang="zh-CN"><title>标题</title><p>字</p></html>'


def lines_of(table: FormTable) -> list[list[Stroke]]:
    return [strokes(table, page) for page in paginate(table)]


@EVERY_FORM
def test_every_cell_has_a_line_on_all_four_sides(example: Example) -> None:
    table = example.table
    geometry = table.geometry
    left = geometry.margins[3] + (geometry.content_width - table.width) / 2
    for page, lines in zip(paginate(table), lines_of(table), strict=True):
        top = geometry.page_height - geometry.margins[0] - BORDER_PT / 2
        top -= title_height(table) if page.has_title else 0
        tops = [top - sum(row.height for row in page.rows[:number]) for number in range(len(page.rows) + 1)]
        for cell in page.cells:
            source = cell.source
            x1, x2 = (left + table.edges[i] for i in (source.column, source.column + source.column_span))
            y1, y2 = tops[cell.row], tops[cell.row + cell.row_span]
            for side in (
                Stroke(x1, y1, x2, y1),
                Stroke(x1, y2, x2, y2),
                Stroke(x1, y1, x1, y2),
                Stroke(x2, y1, x2, y2),
            ):
                assert any(covers(line, side) for line in lines), (source.text, side)


def covers(line: Stroke, side: Stroke) -> bool:
    def within(low: float, value: float, high: float) -> bool:
        return low - 1e-6 <= value <= high + 1e-6

    return all(within(line.x1, x, line.x2) for x in (side.x1, side.x2)) and all(
        within(line.y2, y, line.y1) for y in (side.y1, side.y2)
    )


@EVERY_FORM
def test_no_line_runs_through_a_merged_cell(example: Example) -> None:
    table = example.table
    for page, lines in zip(paginate(table), lines_of(table), strict=True):
        drawn = [(line.x1 + line.x2) / 2 for line in lines if line.x1 == line.x2]
        assert len(lines) < 4 * len(page.cells), "lines are put together"
        assert drawn


def test_the_lines_are_passed_over_by_screen_readers() -> None:
    from tests.forms_support import EXAMPLES

    reader = PdfReader(BytesIO(render_pdf(EXAMPLES[0].table)))
    for page in reader.pages:
        first = page["/Contents"][0].get_object().get_data().decode("ascii")  # type: ignore[index]
        assert first.startswith("q\n/Artifact BMC\n")
        assert first.endswith("\nEMC\nQ")
        assert first.count(" l") > 10


def test_a_workbook_inside_is_not_deflated_twice() -> None:
    workbook, data = b"PK" + bytes(range(256)) * 40, "数据".encode() * 500
    kept = [
        Attachment("甲.xlsx", workbook, "填报文件", "Source"),
        Attachment("a.json", data, "填报数据", "Data"),
    ]
    content = render_html(HTML, attachments=kept, pdf_variant="pdf/a-3a")
    assert workbook in content
    assert data not in content
    found = {item.alternative_name: item.content for item in PdfReader(BytesIO(content)).attachment_list}
    assert found == {"甲.xlsx": workbook, "a.json": data}


def test_deflated_streams_are_what_they_were() -> None:
    pdf = pydyf.PDF()
    stream = pydyf.Stream(["0 0 1 rg", b"\x00stream\n\nendstream", 1.5], {"Kind": "/X"}, compress=True)
    other = pydyf.Stream([b"plain"])
    for item in (stream, other):
        pdf.add_object(item)
    deflate_streams(pdf)
    written = BytesIO()
    pdf.write(written, b"1.7", b"id", compress=True)
    assert b"plain" in written.getvalue()
    reader = PdfReader(BytesIO(written.getvalue()))
    found: Any = reader.get_object(stream.number)
    assert found.get_data() == b"0 0 1 rg\n\x00stream\n\nendstream\n1.5"
    assert found["/Kind"] == "/X"
    assert found["/Filter"] == "/FlateDecode"


def test_what_others_log_meanwhile_is_no_complaint() -> None:
    """Another thread of the same program uses WeasyPrint for its own documents."""
    logger = logging.getLogger("weasyprint")

    def finish(document: Any, pdf: Any) -> None:
        other = threading.Thread(target=logger.warning, args=("of another document",))
        other.start()
        other.join()

    assert render_html(HTML, 1, finisher=finish).startswith(b"%PDF")
    with pytest.raises(RenderError, match="of this one"):
        render_html(HTML, 1, finisher=lambda document, pdf: logger.warning("of this one"))
