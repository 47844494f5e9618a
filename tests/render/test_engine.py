"""What makes a render fast must not show: the PDF is the one a plain WeasyPrint would have made."""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import Any

import pydyf
import pytest
from pypdf import PdfReader

from tests.forms_support import BOTH_FORMS, Example
from zhengti_zip import render_pdf
from zhengti_zip.originals import Attachment
from zhengti_zip.render import pdf as pdf_module
from zhengti_zip.render.engine import render_html
from zhengti_zip.render.measure import title_height
from zhengti_zip.render.pagination import paginate
from zhengti_zip.render.ruling import Stroke, strokes
from zhengti_zip.render.settling import settle
from zhengti_zip.table import BORDER_PT, FormTable


@pytest.mark.slow
@BOTH_FORMS
@pytest.mark.parametrize("draft", [False, True], ids=["正式", "草稿"])
def test_the_small_style_sheet_and_the_quick_parser_change_nothing(
    example: Example, draft: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = replace(example.table, page_numbers=True)
    quick = render_pdf(table, draft)

    def plainly(*arguments: Any, **options: Any) -> bytes:
        return render_html(*arguments, **{**options, "base": ()})

    monkeypatch.setattr(pdf_module, "render_html", plainly)
    assert render_pdf(table, draft) == quick


HTML = '<html lang="zh-CN"><title>标题</title><p>字</p></html>'

IMPORTED = """
import sys
if {plain}: import weasyprint
from zhengti_zip import lay_out, read, render_pdf
source = read({sample!r}, {form!r})
content = render_pdf(lay_out(source.form, source.submission, source.evaluate()))
if not {plain}:
    left_out = "fontTools.subset", "fontTools.varLib", "fontTools.ttLib", "tinyhtml5"
    unused = [name for name in sys.modules if name.startswith(left_out)]
    assert not unused, unused
    import ctypes.util
    assert ctypes.util.find_library("c"), "the search for libraries works again"
    from fontTools import subset
    assert subset.Options().hinting, "so does the module that was left out"
sys.stdout.buffer.write(content)
"""


@pytest.mark.slow
def test_the_shortened_import_changes_nothing() -> None:
    from tests.forms_support import EXAMPLES

    example = EXAMPLES[1]
    made = []
    for plain in (False, True):
        code = IMPORTED.format(plain=plain, sample=str(example.file), form=str(example.folder))
        made.append(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
    assert made[0] == made[1]
    assert made[0].startswith(b"%PDF")


ELSEWHERE = """
import sys
if {first}: import weasyprint
from zhengti_zip.render.startup import import_weasyprint
weasyprint = import_weasyprint()
html = '<html lang="zh"><ol><li><h1>A</h1><p>B <b>C</b></ol><form><input value="x"></form><table border=1><td>D'
content = weasyprint.HTML(string=html).write_pdf(pdf_forms=True, presentational_hints=True, pdf_identifier=b"0")
sys.stdout.buffer.write(content)
"""


@pytest.mark.slow
def test_whoever_else_uses_weasyprint_finds_it_as_it_should_be() -> None:
    made = [
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE.format(first=first)], check=True, capture_output=True
        ).stdout
        for first in (True, False)
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 2000


BROKEN_FONT = """
from io import BytesIO
from zhengti_zip.render.startup import import_weasyprint
import_weasyprint()
from weasyprint.pdf import fonts
try:
    try: raise ValueError
    except fonts.TTLibError: raise SystemExit("it catches what is none")
except ValueError: pass
try: fonts.TTFont(BytesIO(b"no font"))
except fonts.TTLibError as error: assert type(error).__module__.startswith("fontTools.")
else: raise SystemExit("nothing was raised")
assert fonts.ttFont.getTableClass("loca").__name__ == "table__l_o_c_a"
"""


def test_errors_of_a_module_that_was_left_out_are_caught_all_the_same() -> None:
    subprocess.run([sys.executable, "-c", BROKEN_FONT], check=True)


def lines_of(table: FormTable) -> list[list[Stroke]]:
    return [strokes(table, page) for page in paginate(table)]


@BOTH_FORMS
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


@BOTH_FORMS
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


def test_settled_objects_are_what_they_were() -> None:
    pdf = pydyf.PDF()
    stream = pydyf.Stream(["0 0 1 rg", b"\x00stream\n\nendstream", 1.5], {"Kind": "/X"}, compress=True)
    for item in (stream, pydyf.Dictionary({"A": pydyf.Array([1, 2])}), pydyf.Stream([b"plain"])):
        pdf.add_object(item)
    before = [(item.number, item.compressible) for item in pdf.objects]
    plain = pydyf.Stream(list(stream.stream)).data.partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    settle(pdf)
    assert [(item.number, item.compressible) for item in pdf.objects] == before
    written = BytesIO()
    pdf.write(written, b"1.7", b"id", compress=True)
    reader = PdfReader(BytesIO(written.getvalue()))
    found: Any = reader.get_object(stream.number)
    assert found.get_data() == plain
    assert found["/Kind"] == "/X"


def test_what_is_added_while_a_pdf_is_written_is_deflated_once() -> None:
    pdf = pydyf.PDF()
    settle(pdf)
    late = pydyf.Stream([b"1 0 0 rg " * 50], compress=True)
    pdf.add_object(late)
    assert late.compress is False
    assert b"/FlateDecode" in late.data
    assert len(late.data) < 150
    assert pdf.objects[-1] is late


def test_a_render_leaves_no_lines_for_the_garbage_collector() -> None:
    from weasyprint.formatting_structure.boxes import LineBox

    from zhengti_zip.render.shortcuts.lines import is_plain_line

    gc.collect()
    gc.disable()
    try:
        render_html('<html lang="zh-CN"><title>标题</title><table><tr><td>一<td>二</table></html>', 1)
        lines = [item for item in gc.get_objects() if isinstance(item, LineBox)]
        assert not [line for line in lines if is_plain_line(line)], "none that was placed on a page"
    finally:
        gc.enable()
