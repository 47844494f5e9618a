"""DOCX: FormTable → pages → one Word table a page, with real styles, every input a content control.

The file starts as the frame (``templates/shared/frame.docx``). python-docx sets its styles, page, header,
footer and properties. The body, which would be slow cell by cell, is XML from one Jinja template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_STORED, ZipFile

import docx
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
from zhengti_zip.base.package import zipped
from zhengti_zip.base.resources import shared_dir
from zhengti_zip.base.templates import shared_templates
from zhengti_zip.base.version import VERSION
from zhengti_zip.base.xmltext import ILLEGAL, legal_text
from zhengti_zip.base.zipclock import guard_zip_clock
from zhengti_zip.form.geometry import BORDER_PT, MM, Geometry
from zhengti_zip.grid.cover import plan_cover
from zhengti_zip.grid.heights import signature_height
from zhengti_zip.grid.pages import Page
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable
from zhengti_zip.word.body import CellWriter, PageWriter
from zhengti_zip.word.content import WordCover, WordPage, WordParagraph
from zhengti_zip.word.controls import Controls
from zhengti_zip.word.cover import write_cover, write_cover_styles
from zhengti_zip.word.seal import DATA_PART, EMPTY_SEAL, sealed
from zhengti_zip.word.styles import (
    LANGUAGE,
    NUMBER_PT,
    CellStyle,
    beside,
    cell_styles,
    twips,
    write_above_styles,
    write_styles,
)

MAIN_PART = "word/document.xml"

FOOT_PT = 5 * MM
"""Largest bottom margin in pt. The rest of the PDF's margin is left for what Word adds.

A page may be full to the last pt. The paragraphs that Word requires around tables, or a line that it
breaks earlier than the PDF, would then push the last row to another page. Nothing else is printed in
that space, because every page ends with a page break.
"""

MAX_PROPERTY = 255
"""Characters python-docx allows in a document property."""

SUBMISSION_NAMESPACE = "urn:zhengti-zip:submission"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def render_docx(
    table: FormTable,
    draft: bool = False,
    *,
    data: str = "",
    unlocked: bool = False,
    previous: FormTable | None = None,
    pages: Sequence[Page] | None = None,
) -> bytes:
    """The form as a Word file with the pages of the PDF; the same table gives the same bytes.

    Args:
        table: the form.
        draft: put a 草稿 watermark on every page.
        data: the submission as JSON, kept inside; "" leaves it out.
        unlocked: let labels, weights and computed values be edited too.
        previous: a previous form; the differences from it are shown as tracked changes.
        pages: the result of :func:`paginate` for the table, if already computed.
    """
    controls = Controls(table.prompts, unlocked)
    cells = _cell_writer(controls, table, previous)
    plan = plan_cover(table, table.cover) if table.cover else None
    cover = write_cover(table.cover, plan, cells, controls) if table.cover and plan else None
    writer = PageWriter(table, controls, cells)
    written = writer.write(paginate(table) if pages is None else pages)
    body = main_part(table, writer.edges, written, writer.signature(), cover)
    parts = {**_styled_frame(table.geometry, cell_styles(table)), MAIN_PART: body.encode("utf-8")}
    document = docx.Document(BytesIO(zipped(parts, ZIP_STORED)))
    write_above_styles(document, table)
    section = document.sections[0]
    if table.cover and plan:
        write_cover_styles(document, table, table.cover, plan)
        section.different_first_page_header_footer = True
    _set_page(section, table.geometry)
    set_facts(document.core_properties, "".join(table.title), table.department)
    if draft:
        add_watermark(section)
    if table.page_numbers:
        _add_page_numbers(section, table.geometry)
    if data:
        _add_data(document, table, data)
    return zipped(sealed(document_parts(document)))


def _cell_writer(controls: Controls, table: FormTable, previous: FormTable | None) -> CellWriter:
    if previous is None:
        return CellWriter(controls)
    from zhengti_zip.word.changes import ComparedWriter

    return ComparedWriter(controls, previous, table)


def main_part(
    table: FormTable,
    edges: list[int],
    pages: list[WordPage],
    signature: tuple[WordParagraph, ...] = (),
    cover: WordCover | None = None,
) -> str:
    """The XML of the main part.

    Args:
        table: the form, for what all pages share.
        edges: x of every column edge in twips.
        pages: the content.
        signature: the items of the signature line, each as a paragraph.
        cover: the page before the form.
    """
    count, geometry = len(table.signature), table.geometry
    return (
        shared_templates()
        .get_template("word.xml.j2")
        .render(
            cover=cover,
            pages=pages,
            columns=[right - left for left, right in pairwise(edges)],
            border=round(BORDER_PT * 8),
            padding_x=twips(geometry.padding_x),
            padding_y=twips(geometry.padding_y),
            signature=signature,
            indent=beside(table),
            tab_stops=[beside(table) + twips(table.width * number / count) for number in range(1, count)],
            signature_space=twips(signature_height(table) / 2) if count else 0,
        )
    )


@lru_cache(maxsize=16)
def _styled_frame(geometry: Geometry, styles: frozenset[CellStyle]) -> Mapping[str, bytes]:
    """The parts of the frame with the styles of a form. All departments have the same, so they are cached."""
    document = docx.Document(str(frame_file()))
    write_styles(document, geometry, styles)
    return document_parts(document)


def document_parts(document: Document) -> dict[str, bytes]:
    """The parts of a document as python-docx saves them, without the time it writes into the zip file."""
    made = BytesIO()
    guard_zip_clock()
    document.save(made)
    with ZipFile(made) as package:
        return {name: package.read(name) for name in package.namelist()}


def frame_file() -> Path:
    """The Word file with one empty page from which every form is made."""
    return shared_dir() / "frame.docx"


def _set_page(section: Section, geometry: Geometry) -> None:
    """Set paper and margins."""
    section.page_width, section.page_height = Pt(geometry.page_width), Pt(geometry.page_height)
    if geometry.page_width > geometry.page_height:
        section.orientation = WD_ORIENT.LANDSCAPE
    top, right, bottom, left = geometry.margins
    section.top_margin, section.right_margin, section.left_margin = Pt(top), Pt(right), Pt(left)
    section.bottom_margin = Pt(min(bottom, FOOT_PT))
    section.header_distance = Pt(top / 2)
    section.footer_distance = section.gutter = Pt(0)


def set_facts(properties: CoreProperties, title: str, author: str) -> None:
    """Set title, author, language and dates; the dates are fixed."""
    properties.title = legal_text(title)[:MAX_PROPERTY]
    properties.author = legal_text(author)[:MAX_PROPERTY]
    properties.language = LANGUAGE
    properties.created = properties.modified = datetime.fromtimestamp(fixed_time(), UTC)


def add_watermark(section: Section) -> None:
    """Put 草稿 behind the text: a WordArt shape in the header, as Word's own watermark command does."""
    shape = (shared_dir() / "watermark.xml").read_text(encoding="utf-8")
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    for header in headers:
        header.is_linked_to_previous = False
        header.part.element.find(qn("w:p")).append(parse_xml(shape))


def _add_page_numbers(section: Section, geometry: Geometry) -> None:
    """Put 第 1 页 共 2 页 into the footer, as fields that Word computes."""
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


def _add_data(document: Document, table: FormTable, data: str) -> None:
    """Keep the submission in a part of its own, for the comparison with a reviewed file.

    Args:
        document: the Word file.
        table: the form it was printed on.
        data: the submission as JSON. Characters that XML cannot hold are written as ``\\uXXXX``, which
            means the same in JSON.
    """
    text = ILLEGAL.sub(lambda match: f"\\u{ord(match.group()):04x}", data)
    facts = (("form", table.form_id), ("version", str(table.form_version)), ("program", VERSION))
    attributes = " ".join(f"{name}={quoteattr(legal_text(value))}" for name, value in facts) + EMPTY_SEAL
    content = f'<submission xmlns="{SUBMISSION_NAMESPACE}" {attributes}>{escape(text)}</submission>'
    identifier = str(uuid5(NAMESPACE_URL, SUBMISSION_NAMESPACE)).upper()
    # Word expects beside every data part another one that names the kind of data.
    kind = (
        f'<ds:datastoreItem ds:itemID="{{{identifier}}}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{SUBMISSION_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    part = _part(document, f"/{DATA_PART}", CONTENT_TYPE.XML, content)
    properties = _part(document, "/customXml/itemProps1.xml", _PROPERTIES_TYPE, kind)
    part.relate_to(properties, f"{nsmap['r']}/customXmlProps")
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _part(document: Document, name: str, kind: str, content: str) -> Part:
    return Part(PackURI(name), kind, (_XML_HEAD + content).encode("utf-8"), document.part.package)
