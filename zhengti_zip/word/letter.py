"""A letter as a Word file: a title, paragraphs and a signature, in the format of official documents (GB/T 9704)."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from zhengti_zip.base.package import zipped
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.base.zipclock import guard_zip_clock
from zhengti_zip.word.document import document_parts, frame_file, set_facts
from zhengti_zip.word.styles import LANGUAGE

BODY_FONT, TITLE_FONT, LATIN_FONT = "仿宋", "黑体", "Times New Roman"
BODY_PT, TITLE_PT, LINE_PT = 16, 22, 28
"""Size 三号 and 二号 of official documents, and the height of a line."""

MARGINS_MM = (37, 26, 35, 28)
"""Top, right, bottom and left margin of official documents."""

INDENT = "　　"
"""How a paragraph of the body begins in the text."""


def letter_docx(title: str, text: str) -> bytes:
    """The letter as a Word file; the same text gives the same bytes.

    Args:
        title: stands centred above.
        text: lines as they are sent by mail: the addressee, body lines that begin with two wide blanks, and behind the
            last empty line the signature. A body line that begins with a further blank continues the one above.
    """
    document = docx.Document(BytesIO(_blank()))
    heading = document.add_paragraph(style="Title")
    heading.add_run(legal_text(title))
    *body, signature = text.rstrip("\n").split("\n\n")
    first = True
    for line in "\n".join(body).split("\n"):
        if line.strip():
            _add_line(document, line, is_addressee=first)
            first = False
    for number, line in enumerate(signature.split("\n")):
        paragraph = _paragraph(document, line.strip("　 "), 0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(BODY_PT * 2)
        paragraph.paragraph_format.keep_together = True
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(LINE_PT)
            paragraph.paragraph_format.keep_with_next = True
    set_facts(document.core_properties, title, author="")
    document.core_properties.comments = ""
    return zipped(document_parts(document))


def _add_line(document: Document, line: str, *, is_addressee: bool) -> None:
    text = line.lstrip("　 ")
    is_more = line.startswith(f"{INDENT}　")
    paragraph = _paragraph(document, text, 0 if is_addressee or is_more else 2)
    if is_more:
        paragraph.paragraph_format.left_indent = Pt(BODY_PT * 2)


def _paragraph(document: Document, text: str, indent: int) -> Paragraph:
    """A paragraph whose first line is indented by so many characters."""
    paragraph = document.add_paragraph(legal_text(text))
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(BODY_PT * indent)
    return paragraph


@cache
def _blank() -> bytes:
    """A Word file without text, whose page and styles are those of an official document."""
    document = docx.Document(str(frame_file()))
    body_element = document.element.body
    for child in list(body_element)[:-1]:  # the last one is the page
        body_element.remove(child)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, right, bottom, left = map(Mm, MARGINS_MM)
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    for name, font, size in (("Normal", BODY_FONT, BODY_PT), ("Title", TITLE_FONT, TITLE_PT)):
        _set_style(document, name, font, size)
    body = document.styles["Normal"].paragraph_format
    body.space_before = body.space_after = Pt(0)
    body.line_spacing_rule, body.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PT)
    title = document.styles["Title"].paragraph_format
    title.alignment, title.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(LINE_PT)
    borders = document.styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    made = BytesIO()
    guard_zip_clock()
    document.save(made)
    return made.getvalue()


def _set_style(document: Document, name: str, font: str, size: int) -> None:
    style = document.styles[name]
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, None
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key, face in (("ascii", LATIN_FONT), ("hAnsi", LATIN_FONT), ("eastAsia", font), ("cs", LATIN_FONT)):
        fonts.set(qn(f"w:{key}"), face)
    language = properties.makeelement(qn("w:lang"), {qn("w:val"): LANGUAGE, qn("w:eastAsia"): LANGUAGE})
    properties.append(language)
