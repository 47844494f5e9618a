"""What stands around the text: page, header, footer, document properties, and the data kept inside."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.section import Section
from docx.shared import Pt

from zhengti_zip.base.originals import fixed_time
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.base.version import VERSION
from zhengti_zip.form.geometry import MM, Geometry
from zhengti_zip.grid.table import FormTable
from zhengti_zip.word.content import legal
from zhengti_zip.word.styles import LANGUAGE, NUMBER_PT

FOOT_PT = 5 * MM
"""Bottom margin at most, in pt: nearly all of the margin of the PDF is kept free for what Word adds.

A page may be full to the last pt; then the paragraphs Word requires around tables, or one line that
Word breaks earlier than the PDF, would push the last row to a page of its own. Nothing prints here
otherwise, because every page ends with a page break.
"""

MAX_PROPERTY = 255
"""Characters python-docx allows in a document property."""

SUBMISSION_NAMESPACE = "urn:zhengti-zip:submission"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


def set_page(section: Section, geometry: Geometry) -> None:
    """The paper and the margins."""
    section.page_width, section.page_height = Pt(geometry.page_width), Pt(geometry.page_height)
    if geometry.page_width > geometry.page_height:
        section.orientation = WD_ORIENT.LANDSCAPE
    top, right, bottom, left = geometry.margins
    section.top_margin, section.right_margin, section.left_margin = Pt(top), Pt(right), Pt(left)
    section.bottom_margin = Pt(min(bottom, FOOT_PT))
    section.header_distance = Pt(top / 2)
    section.footer_distance = section.gutter = Pt(0)


def set_properties(properties: CoreProperties, table: FormTable) -> None:
    """Title, author, language and dates of the file."""
    properties.title = legal("".join(table.title))[:MAX_PROPERTY]
    properties.author = legal(table.department)[:MAX_PROPERTY]
    properties.language = LANGUAGE
    properties.created = properties.modified = datetime.fromtimestamp(fixed_time(), UTC)


def add_watermark(section: Section) -> None:
    """草稿 behind the text: a WordArt shape in the header, as Word's own watermark command makes it."""
    section.header.is_linked_to_previous = False
    shape = (templates_dir() / "shared" / "watermark.xml").read_text(encoding="utf-8")
    section.header.part.element.find(qn("w:p")).append(parse_xml(shape))


def add_page_numbers(section: Section, geometry: Geometry) -> None:
    """第 1 页 共 2 页 in the footer, as fields, so that Word counts for itself."""
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    for text in ("第 ", "PAGE", " 页 共 ", "NUMPAGES", " 页"):
        if not text.isupper():
            paragraph.add_run(text)
            continue
        run = paragraph.add_run("1")
        field = OxmlElement("w:fldSimple", {qn("w:instr"): text})
        run.element.addprevious(field)
        field.append(run.element)
    section.footer_distance = Pt(geometry.margins[2] / 2 - NUMBER_PT / 2)


def add_data(document: Document, table: FormTable, data: str) -> None:
    """Keep the submission in a part of its own, so that a reviewed file can be told from its origin.

    Args:
        document: to keep it in.
        table: the form it was printed on.
        data: the submission as JSON. What JSON may hold and XML may not is written as ``\\uXXXX``, which
            means the same in JSON.
    """
    text = _NO_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", data)
    facts = (("form", table.form_id), ("version", str(table.form_version)), ("program", VERSION))
    attributes = " ".join(f"{name}={quoteattr(legal(value))}" for name, value in facts)
    content = f'<submission xmlns="{SUBMISSION_NAMESPACE}" {attributes}>{escape(legal(text))}</submission>'
    identifier = str(uuid5(NAMESPACE_URL, SUBMISSION_NAMESPACE)).upper()
    # Word expects a part that names the kind of data beside every data part.
    kind = (
        f'<ds:datastoreItem ds:itemID="{{{identifier}}}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{SUBMISSION_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    part = _part(document, "/customXml/item1.xml", CONTENT_TYPE.XML, content)
    properties = _part(document, "/customXml/itemProps1.xml", _PROPERTIES_TYPE, kind)
    part.relate_to(properties, f"{nsmap['r']}/customXmlProps")
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _part(document: Document, name: str, kind: str, content: str) -> Part:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return Part(PackURI(name), kind, (head + content).encode("utf-8"), document.part.package)
