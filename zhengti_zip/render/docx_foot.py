"""What stands under the table: the line for signatures and the page numbers."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt
from lxml import etree

from zhengti_zip.render.docx_styles import FOOTER, SIGNATURE
from zhengti_zip.render.docx_xml import element, legal, twips
from zhengti_zip.render.measure import signature_height
from zhengti_zip.table import FormTable, Geometry

NUMBER_PT = 8.0
"""Size of the page numbers, as in the PDF."""


def signature(table: FormTable) -> etree._Element:
    """One paragraph with every label at a tab stop of its own, as wide apart as in the PDF."""
    count = len(table.signature)
    stops = (
        element("tab", val="left", pos=twips(table.width * number / count)) for number in range(1, count)
    )
    properties = element("pPr", element("pStyle", val=SIGNATURE), element("tabs", *stops))
    space = twips(signature_height(table) / 2)
    properties.append(element("spacing", before=space, after=0))
    made = element("p", properties)
    for number, label in enumerate(table.signature):
        run = element("r")
        if number:
            run.append(element("tab"))
        text = element("t")
        text.text = legal(f"{label}：")
        run.append(text)
        made.append(run)
    return made


def add_page_numbers(document: Document, geometry: Geometry) -> None:
    """第 1 页 共 2 页 in the footer, as fields, so that Word counts for itself."""
    section = document.sections[0]
    footer = section.footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.append(element("pPr", element("pStyle", val=FOOTER)))
    for part in ("第 ", "PAGE", " 页 共 ", "NUMPAGES", " 页"):
        paragraph.append(_field(part) if part.isupper() else _run(part))
    section.footer_distance = Pt(geometry.margins[2] / 2 - NUMBER_PT / 2)


def _run(text: str) -> etree._Element:
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", words)


def _field(name: str) -> etree._Element:
    return element("fldSimple", _run("1"), instr=name)
