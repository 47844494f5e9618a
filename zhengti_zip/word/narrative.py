"""A document of headings, paragraphs, lists and tables as a Word file that looks like an official paper (公文)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tbl
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from zhengti_zip.base.markdown import WHOLE_ROWS, Block, Entry, Heading, Side, Table, widths
from zhengti_zip.base.package import zipped
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.word.document import add_watermark, document_parts, frame_file, set_facts

BODY_PT, LINE_PT = 16.0, 28.0
"""三号 in lines of 28 pt, as official papers are set."""

TABLE_PT, TABLE_LINE_PT = 10.5, 15.0
NUMBER_PT = 14.0
PAGE_MM = (210, 297)
MARGINS_MM = (37, 26, 35, 28)
"""Top, right, bottom, left."""

TEXT_MM = PAGE_MM[0] - MARGINS_MM[1] - MARGINS_MM[3]


class Look(NamedTuple):
    """A paragraph style: its name, font, size, alignment; whether it is bold, indented, a heading."""

    name: str
    font: str
    size: float = BODY_PT
    line: float = LINE_PT
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    is_bold: bool = False
    is_indented: bool = True
    outline: int | None = None


BODY = Look("Body Text", "仿宋")
TITLE = Look("Title", "宋体", 22, 36, WD_ALIGN_PARAGRAPH.CENTER, is_bold=True, is_indented=False)
HEADINGS = {
    2: Look("heading 1", "黑体", side=WD_ALIGN_PARAGRAPH.LEFT, outline=0),
    3: Look("heading 2", "楷体", side=WD_ALIGN_PARAGRAPH.LEFT, outline=1),
}
CELLS = {
    side: Look(f"表文（{words}）", "宋体", TABLE_PT, TABLE_LINE_PT, align, is_indented=False)
    for side, words, align in (
        (Side.LEFT, "左", WD_ALIGN_PARAGRAPH.LEFT),
        (Side.CENTER, "中", WD_ALIGN_PARAGRAPH.CENTER),
        (Side.RIGHT, "右", WD_ALIGN_PARAGRAPH.RIGHT),
    )
}
HEAD = Look("表头", "黑体", TABLE_PT, TABLE_LINE_PT, WD_ALIGN_PARAGRAPH.CENTER, is_indented=False)
GAP = Look("表后间隔", "宋体", 6, 8, is_indented=False)
FOOT = Look("Footer", "宋体", NUMBER_PT, 18, WD_ALIGN_PARAGRAPH.CENTER, is_indented=False)
LOOKS = (BODY, TITLE, *HEADINGS.values(), *CELLS.values(), HEAD, GAP, FOOT)


def narrative_docx(blocks: Sequence[Block], title: str, author: str, *, draft: bool = False) -> bytes:
    """The document as a Word file; the same blocks give the same bytes.

    Args:
        title, author: for the document properties.
        draft: whether every page has a 草稿 watermark.
    """
    document = docx.Document(str(frame_file()))
    section = document.sections[0]
    _set_page(section)
    for look in LOOKS:
        _write_style(document, look)
    for block in blocks:
        _add(document, block)
    set_facts(document.core_properties, title, author)
    _number_pages(section)
    if draft:
        add_watermark(section)
    return zipped(document_parts(document))


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    top, right, bottom, left = map(Mm, MARGINS_MM)
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.header_distance, section.footer_distance, section.gutter = Mm(15), Mm(25), Mm(0)


def _write_style(document: Document, look: Look) -> None:
    styles = document.styles
    style = (
        styles[look.name]
        if look.name in styles
        else styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name.isascii())
    )
    assert isinstance(style, ParagraphStyle)
    style.base_style, style.quick_style = styles["Normal"], True
    style.font.size, style.font.bold = Pt(look.size), look.is_bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), look.font)
    shape = style.paragraph_format
    shape.alignment = look.side
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    if look.is_indented:
        shape.first_line_indent = Pt(2 * look.size)
    if look.outline is not None:
        shape.keep_with_next = True
        level = OxmlElement("w:outlineLvl", {qn("w:val"): str(look.outline)})
        style.element.get_or_add_pPr().append(level)


def _add(document: Document, block: Block) -> None:
    if isinstance(block, Table):
        _add_table(document, block)
        document.add_paragraph(style=GAP.name)
        return
    if isinstance(block, Heading):
        look, lines = HEADINGS.get(block.level, TITLE), block.text.split("\n")
    elif isinstance(block, Entry):
        look, lines = BODY, f"{block.mark}{block.text}".split("\n")
    else:
        look, lines = BODY, block.text.split("\n")
    for line in lines:
        document.add_paragraph(legal_text(line), style=look.name)


def _add_table(document: Document, block: Table) -> None:
    table = document.add_table(len(block.rows) + 1, len(block.heads))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    made = document.element.body.xpath("w:tbl")[-1]
    _rule(made)
    shares = widths(block)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(TEXT_MM * share)
    looks = [CELLS[side] for side in block.sides]
    for number, (row, texts) in enumerate(zip(table.rows, (block.heads, *block.rows), strict=True)):
        for cell, text, look, share in zip(row.cells, texts, looks, shares, strict=True):
            cell.width = Mm(TEXT_MM * share)
            first, *others = text.split("\n")
            style = look.name if number else HEAD.name
            cell.paragraphs[0].style = document.styles[style]
            cell.paragraphs[0].add_run(legal_text(first))
            for line in others:
                cell.add_paragraph(legal_text(line), style=style)
            if number < (len(block.rows) if len(block.rows) <= WHOLE_ROWS else 2):
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True


def _rule(table: CT_Tbl) -> None:
    """Single lines around all cells, room beside their texts; no row is divided, and heads are repeated."""
    for number, row in enumerate(table.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    # The schema fixes the order: borders, layout, margins of the cells.
    [layout] = table.tblPr.xpath("w:tblLayout")
    layout.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    layout.addnext(
        parse_xml(
            f"<w:tblCellMar {nsdecls('w')}>"
            '<w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        )
    )


def _number_pages(section: Section) -> None:
    """Put — 1 — into the footer, the number as a field that Word computes."""
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    paragraph.style = FOOT.name
    paragraph.add_run("— ")
    run = paragraph.add_run("1")
    field = OxmlElement("w:fldSimple", {qn("w:instr"): "PAGE"})
    run.element.addprevious(field)
    field.append(run.element)
    paragraph.add_run(" —")
