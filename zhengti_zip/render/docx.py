"""DOCX: FormTable → pages → one Word table a page, with real styles."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from lxml import etree

from zhengti_zip.render.docx_foot import add_page_numbers, signature
from zhengti_zip.render.docx_package import (
    add_font_table,
    drop_template_parts,
    packed,
    write_properties,
    write_settings,
)
from zhengti_zip.render.docx_styles import PAGE_BREAK, SPACER, TITLE, write_styles
from zhengti_zip.render.docx_table import TableWriter
from zhengti_zip.render.docx_watermark import watermark
from zhengti_zip.render.docx_xml import paragraph
from zhengti_zip.render.pagination import PagePart, paginate
from zhengti_zip.table import MM, FormTable, Geometry

FOOT_PT = 5 * MM
"""Bottom margin at most, in pt: nearly all of the margin of the PDF is kept free for what Word adds.

A page may be full to the last pt; then the paragraphs Word requires around tables, or one line that
Word breaks earlier than the PDF, would push the last row to a page of its own. Nothing prints here
otherwise, because every page ends with a page break.
"""


def render_docx(table: FormTable, draft: bool = False) -> bytes:
    """The form as a Word file with the pages of the PDF; the same table gives the same bytes.

    Args:
        table: the form.
        draft: put a 草稿 watermark on every page.
    """
    document = docx.Document()
    drop_template_parts(document)
    add_font_table(document)
    write_settings(document)
    write_styles(document.styles.element, table)
    write_properties(document, table)
    _set_page(document, table.geometry)
    body = document.element.body
    for child in _content(table, paginate(table)):
        body.insert(len(body) - 1, child)  # the last child is the section
    if draft:
        _add_watermark(document)
    if table.page_numbers:
        add_page_numbers(document, table)
    return packed(document)


def _content(table: FormTable, pages: list[PagePart]) -> list[etree._Element]:
    """Title and tables; Word needs a paragraph between two tables and after the last one."""
    writer = TableWriter(table)
    content: list[etree._Element] = []
    for number, page in enumerate(pages):
        if number:
            content.append(paragraph(PAGE_BREAK))
        if page.has_title:
            content += [paragraph(TITLE, line) for line in table.title]
        content.append(writer.part(page))
    return [*content, signature(table) if table.signature else paragraph(SPACER)]


def _set_page(document: Document, geometry: Geometry) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(geometry.page_width), Pt(geometry.page_height)
    if geometry.page_width > geometry.page_height:
        section.orientation = WD_ORIENT.LANDSCAPE
    top, right, bottom, left = geometry.margins
    section.top_margin, section.right_margin, section.left_margin = Pt(top), Pt(right), Pt(left)
    section.bottom_margin = Pt(min(bottom, FOOT_PT))
    section.header_distance = Pt(top / 2)
    section.footer_distance = Pt(0)


def _add_watermark(document: Document) -> None:
    header = document.sections[0].header
    header.is_linked_to_previous = False
    header.paragraphs[0]._p.append(watermark())
