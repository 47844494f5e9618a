"""The Word file has the cells of the FormTable, page by page; LibreOffice prints them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.word.worddoc import (
    Converter,
    Read,
    all_of,
    blocks,
    find,
    has,
    part_of,
    pdf_converter,
    pdf_pages,
    read_table,
    tables,
    value,
)
from zhengti_zip.form.loader import load_form
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.printed_lines import lines_of
from zhengti_zip.grid.table import Cell, FormTable, Origin, Paragraph
from zhengti_zip.submission.jsonform import from_data, read_json
from zhengti_zip.submission.source import Source
from zhengti_zip.word.body import UNSPLIT_SHARE
from zhengti_zip.word.document import FOOT_PT, render_docx
from zhengti_zip.word.styles import FONT, CellStyle

SAMPLE = Path(__file__).parents[2] / "samples" / "haizhu-2022.json"
SENTENCE = "召开2022年全区组织工作会议，全要素强化党建工作，全方位培养、引进、用好人才（含“数智”人才）；"


def table_of(source: Source) -> FormTable:
    return examine(source).table


def with_goals(*goals: dict[str, str]) -> FormTable:
    data: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return table_of(from_data({**data, "goals": list(goals)}, load_form(data["form"])))


@pytest.fixture(scope="module")
def sample() -> FormTable:
    return table_of(read_json(SAMPLE))


@pytest.fixture(scope="module")
def long() -> FormTable:
    """Goals of 9,000 characters with paragraphs of all lengths, an empty one among them."""
    text = "\n".join([SENTENCE * 60, "", "短。", *[SENTENCE * n for n in range(1, 9)]])
    return with_goals(
        {"goal": text, "completion": SENTENCE * 20}, {"goal": SENTENCE * 20, "completion": text}
    )


@pytest.fixture(scope="module", params=["sample", "long"])
def table(request: pytest.FixtureRequest) -> FormTable:
    found: FormTable = request.getfixturevalue(request.param)
    return found


def owners(table: FormTable, cell: Cell) -> list[int]:
    """For every printed line of a cell the number of its paragraph."""
    width, size = table.text_width(cell), table.geometry.body * cell.scale
    return [n for n, p in enumerate(cell.paragraphs) for _ in lines_of(p.text, width, size, cell.bold)]


def expected(table: FormTable, parts: Sequence[Page]) -> list[list[Read]]:
    """The expected cells of every table; the lines of a cut cell are grouped by paragraph."""
    remaining = {(cell.row, cell.column): owners(table, cell) for cell in table.cells}
    pages = []
    for part in parts:
        cells = []
        for cell in part.cells:
            source = cell.source
            paragraphs = [paragraph.text for paragraph in source.paragraphs]
            if cell.is_cut:
                lines = remaining[source.row, source.column]
                taken = [lines.pop(0) for _ in cell.lines]
                numbered = zip(taken, cell.lines, strict=True)
                grouped = groupby(numbered, key=lambda pair: pair[0])
                paragraphs = ["".join(line.text for _, line in group) for _, group in grouped]
            vertical = "top" if cell.is_cut else "center"
            read = Read(cell.row, source.column, source.column_span, tuple(paragraphs) or ("",), vertical)
            cells.append(replace(read, row_span=cell.row_span))
        pages.append(cells)
    return pages


def test_every_page_is_one_table_with_the_same_cells(table: FormTable) -> None:
    parts = paginate(table)
    assert [read_table(tbl) for tbl in tables(render_docx(table))] == expected(table, parts)


def test_cut_texts_are_complete(long: FormTable) -> None:
    found: dict[int, str] = {}
    for part, tbl in zip(paginate(long), tables(render_docx(long)), strict=True):
        for cell, read in zip(part.cells, read_table(tbl), strict=True):
            if cell.is_cut:
                index = long.cells.index(cell.source)
                found[index] = found.get(index, "") + "".join(read.paragraphs)
    assert len(found) >= 2
    for index, text in found.items():
        assert text == long.cells[index].text.replace("\n", "")


def test_labels_are_repeated_on_the_next_page(sample: FormTable) -> None:
    _, second = (read_table(tbl) for tbl in tables(render_docx(sample)))
    assert [cell.paragraphs for cell in second[:2]] == [("一级指标",), ("分值",)]
    assert any(cell.row == 1 and cell.paragraphs == ("管理效率",) for cell in second)


def test_widths_add_up(table: FormTable) -> None:
    for tbl in tables(render_docx(table)):
        columns = [int(column.get(qn("w:w"), "")) for column in find(tbl, "tblGrid")]
        assert sum(columns) == int(value(tbl, "tblPr/tblW", "w")) == round(table.width * 20)
        assert value(tbl, "tblPr/tblLayout", "type") == "fixed"
        for row in tbl.findall(qn("w:tr")):
            column = 0
            for tc in row.findall(qn("w:tc")):
                span = int(value(tc, "tcPr/gridSpan")) if has(tc, "tcPr/gridSpan") else 1
                assert int(value(tc, "tcPr/tcW", "w")) == sum(columns[column : column + span])
                column += span


def test_rows_are_as_high_as_in_the_pdf(table: FormTable) -> None:
    most = UNSPLIT_SHARE * table.geometry.content_height
    for part, tbl in zip(paginate(table), tables(render_docx(table)), strict=True):
        for number, (row, tr) in enumerate(zip(part.rows, tbl.findall(qn("w:tr")), strict=True)):
            assert row.height - 0.05 < int(value(tr, "trPr/trHeight")) / 20 <= row.height + 0.001
            assert value(tr, "trPr/trHeight", "hRule") == "atLeast"
            assert has(tr, "trPr/tblHeader") == (number == 0 and row.is_head)
            assert has(tr, "trPr/cantSplit") == (row.height <= most)


def test_a_row_as_tall_as_a_page_may_be_split(long: FormTable) -> None:
    rows = [row for tbl in tables(render_docx(long)) for row in tbl.findall(qn("w:tr"))]
    assert any(not has(row, "trPr/cantSplit") for row in rows)


def test_pages_are_separated_by_thin_paragraphs(long: FormTable) -> None:
    content = render_docx(long)
    order = [
        value(child, "pPr/pStyle") if child.tag == qn("w:p") else etree.QName(child).localname
        for child in blocks(content)
    ]
    first, more = ["Spacer", "Title", "Title", "tbl"], ["PageBreak", "tbl"] * (len(paginate(long)) - 1)
    assert order == [*first, *more, "Spacer", "sectPr"]
    for name in ("PageBreak", "Spacer"):
        style = style_of(content, name)
        assert (value(style, "pPr/spacing", "line"), value(style, "pPr/spacing", "lineRule")) == (
            "20",
            "exact",
        )
        assert has(style, "pPr/pageBreakBefore") == (name == "PageBreak")


def test_the_page_is_that_of_the_pdf_except_for_the_reserve_at_its_foot(sample: FormTable) -> None:
    section = docx.Document(BytesIO(render_docx(sample))).sections[0]
    geometry = sample.geometry
    sizes = (section.page_width, section.page_height, section.top_margin, section.right_margin)
    wanted = (geometry.page_width, geometry.page_height, geometry.margins[0], geometry.margins[1])
    for size, points in zip((*sizes, section.left_margin), (*wanted, geometry.margins[3]), strict=True):
        assert size is not None
        assert size.pt == pytest.approx(points, abs=0.03)
    assert section.bottom_margin is not None
    assert section.bottom_margin.pt == pytest.approx(min(FOOT_PT, geometry.margins[2]), abs=0.03)


def test_landscape_is_marked(sample: FormTable) -> None:
    g = sample.geometry
    turned = replace(sample, geometry=replace(g, page_width=g.page_height, page_height=g.page_width))
    document = part_of(render_docx(turned), "word/document.xml")
    assert value(document, "body/sectPr/pgSz", "orient") == "landscape"


def style_of(content: bytes, style_id: str) -> etree._Element:
    styles = all_of(part_of(content, "word/styles.xml"), "style")
    return next(style for style in styles if style.get(qn("w:styleId")) == style_id)


def inherited(content: bytes, style_id: str, path: str, name: str = "val") -> str:
    """A value of a style, or of the style it is based on."""
    style = style_of(content, style_id)
    while not has(style, path):
        style = style_of(content, value(style, "basedOn"))
    return value(style, path, name)


def test_no_text_is_formatted_directly(sample: FormTable) -> None:
    document = part_of(render_docx(sample), "word/document.xml")
    assert all_of(document, "rPr") == []
    assert all_of(document, "tblStyle") == []
    for properties in all_of(document, "pPr"):
        assert [child.tag for child in properties] == [qn("w:pStyle")]


def test_every_style_used_is_defined_and_named(sample: FormTable) -> None:
    content = render_docx(sample)
    used = {str(style.get(qn("w:val"))) for style in all_of(part_of(content, "word/document.xml"), "pStyle")}
    names = {style_id: value(style_of(content, style_id), "name") for style_id in used}
    assert names["Label"] == "表头"
    assert names["LabelBold"] == "表头（加粗）"
    assert names["LabelLeft"] == "表头（左对齐）"
    assert names["Text"] == "表文"
    assert names["TextCenter"] == "表文（居中）"
    assert names["Text115"] == "表文（大）"
    assert len(set(names.values())) == len(names)


def test_sizes_are_in_the_styles(sample: FormTable) -> None:
    content = render_docx(sample)
    for style_id, half_points, line in (("Title", 24, 312), ("Label", 13, 169), ("Text115", 15, 194)):
        assert int(inherited(content, style_id, "rPr/sz")) == half_points
        assert int(inherited(content, style_id, "pPr/spacing", "line")) == line
    # 7.475 pt is 7.5 pt in Word: the difference is taken off the character spacing.
    assert value(style_of(content, "Text115"), "rPr/spacing") == "-1"


def test_scales_are_told_apart_by_name() -> None:
    big, bigger, small = (CellStyle(False, scale) for scale in (1.15, 1.3, 0.9))
    assert big.name({1, 1.15, 0.9}) == "表文（大、居中）"
    assert small.name({1, 1.15, 0.9}) == "表文（小、居中）"
    assert bigger.name({1, 1.15, 1.3}) == "表文（1.3倍、居中）"
    assert CellStyle(True, 1.125, is_left=True, is_bold=True).style_id == "Label112p5LeftBold"


def test_fonts_are_named_for_every_script_and_come_from_no_theme(sample: FormTable) -> None:
    content = render_docx(sample, draft=True)
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            text = package.read(name).decode("utf-8")
            assert "Theme=" not in text, name
    styles = part_of(content, "word/styles.xml")
    for font in all_of(styles, "rFonts"):
        assert {font.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}
    for style in all_of(styles, "style"):
        if style.get(qn("w:type")) == "paragraph":
            assert inherited(content, str(style.get(qn("w:styleId"))), "rPr/rFonts", "eastAsia") == FONT
    assert value(styles, "docDefaults/rPrDefault/rPr/lang", "eastAsia") == "zh-CN"


def test_properties(sample: FormTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    properties = docx.Document(BytesIO(render_docx(sample))).core_properties
    assert properties.title == "".join(sample.title)
    assert properties.author == sample.department
    assert properties.language == "zh-CN"
    assert str(properties.created) == str(properties.modified) == "2023-11-14 22:13:20+00:00"


def test_same_table_gives_same_bytes(table: FormTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    content = render_docx(table)
    with ZipFile(BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in package.infolist()} == {0}
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render_docx(table) == content
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert render_docx(table) == content


def with_text(table: FormTable, *paragraphs: str) -> tuple[FormTable, int]:
    """The table with other text in its second cell that holds entered text, and that cell's index."""
    index = [n for n, cell in enumerate(table.cells) if cell.origin is Origin.ENTERED][1]
    cell = replace(table.cells[index], paragraphs=tuple(Paragraph(text) for text in paragraphs))
    return replace(table, cells=(*table.cells[:index], cell, *table.cells[index + 1 :])), index


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x0bc\ufffed\uffff", "a〓b〓c〓d〓"),
        ("前\ud800后", "前〓后"),
        ("  两端有空格  ", "  两端有空格  "),
        ("<w:p/>&amp;", "<w:p/>&amp;"),
        ("𠮷", "𠮷"),
    ],
)
def test_characters_that_are_special_or_illegal_in_xml(sample: FormTable, text: str, kept: str) -> None:
    changed, index = with_text(sample, text)
    content = render_docx(changed)
    assert read_table(tables(content)[0])[index].paragraphs == (kept,)
    for element in all_of(part_of(content, "word/document.xml"), "t"):
        assert element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_line_break_within_a_paragraph_stays_one(sample: FormTable) -> None:
    changed, _ = with_text(sample, "上\n下")
    document = part_of(render_docx(changed), "word/document.xml")
    (line_break,) = all_of(document, "br")
    before, after = line_break.getprevious(), line_break.getnext()
    assert before is not None and after is not None
    assert (before.text, after.text) == ("上", "下")


def test_cell_without_paragraphs_is_an_empty_cell(sample: FormTable) -> None:
    changed, index = with_text(sample)
    assert read_table(tables(render_docx(changed))[0])[index].paragraphs == ("",)


def test_overlong_and_illegal_properties_are_cut_and_replaced(sample: FormTable) -> None:
    odd = replace(sample, department="部\x01" * 400, title=("题" * 400,))
    properties = docx.Document(BytesIO(render_docx(odd))).core_properties
    assert properties.author == ("部〓" * 400)[:255]
    assert properties.title == "题" * 255


def test_draft_has_a_watermark(sample: FormTable) -> None:
    with ZipFile(BytesIO(render_docx(sample, draft=True))) as package:
        header = package.read("word/header1.xml").decode("utf-8")
    assert 'string="草稿"' in header
    assert "PowerPlusWaterMarkObject" in header
    with ZipFile(BytesIO(render_docx(sample))) as package:
        assert not [name for name in package.namelist() if "header" in name]


@pytest.fixture(scope="module")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Converter:
    return pdf_converter(tmp_path_factory)


@pytest.mark.slow
def test_libreoffice_shows_every_cell_on_its_page(table: FormTable, to_pdf: Converter) -> None:
    parts = paginate(table)
    pdf = to_pdf(render_docx(table))
    # Raw text has the order of the cells; layout text keeps characters of another font in their place.
    written, seen = pdf_pages(pdf, "-raw"), pdf_pages(pdf)
    assert len(seen) == len(parts)
    for part, page, other in zip(parts, written, seen, strict=True):
        for cell in part.cells:
            text = "".join("".join(line.text for line in cell.lines).split())
            assert text in page or text in other
    assert "☑优" in seen[-1]
    assert "☐差" in seen[-1]


def grey_share(pdf: Path) -> float:
    """Share of the pixels of the first page that have the grey of the watermark."""
    command = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", str(pdf)]
    header, _, pixels = subprocess.run(command, check=True, capture_output=True).stdout.partition(b"\n255\n")
    assert header.startswith(b"P6")
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return sum(red == green == blue == 0xD9 for red, green, blue in triples) * 3 / len(pixels)


@pytest.mark.slow
def test_libreoffice_shows_the_watermark(sample: FormTable, to_pdf: Converter) -> None:
    plain, draft = (to_pdf(render_docx(sample, draft=draft)) for draft in (False, True))
    assert grey_share(draft) - grey_share(plain) > 0.005
    assert len(pdf_pages(draft)) == len(paginate(sample))
