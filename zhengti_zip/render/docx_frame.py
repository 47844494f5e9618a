"""What surrounds the text of the Word file: styles, settings, page, header, footer. Made by python-docx.

None of it depends on what was entered, so a form's frame is made once for any number of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsmap
from docx.shared import Pt
from lxml import etree

from zhengti_zip.render.docx_data import DATA_NAME, DATA_PROPERTIES_NAME, data_properties
from zhengti_zip.render.docx_foot import add_page_numbers
from zhengti_zip.render.docx_start import start_package
from zhengti_zip.render.docx_styles import TIGHTER, Look, write_styles
from zhengti_zip.render.docx_watermark import watermark
from zhengti_zip.render.docx_xml import HEAD, W14, W, markup
from zhengti_zip.table import MM, FormTable, Geometry

DOCUMENT_NAME, PROPERTIES_NAME = "word/document.xml", "docProps/core.xml"

FOOT_PT = 5 * MM
"""Bottom margin at most, in pt: nearly all of the margin of the PDF is kept free for what Word adds.

A page may be full to the last pt; then the paragraphs Word requires around tables, or one line that
Word breaks earlier than the PDF, would push the last row to a page of its own. Nothing prints here
otherwise, because every page ends with a page break.
"""

_CUSTOM_XML_PROPERTIES = f"{nsmap['r']}/customXmlProps"
_CUSTOM_XML_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_START = (
    f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{nsmap["r"]}" xmlns:w14="{W14}"'
    f' xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="w14"><w:body>'
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What the frames of two files have to have in common for the files to share one."""

    geometry: Geometry
    looks: frozenset[Look]
    page_numbers: bool
    draft: bool
    has_data: bool

    @classmethod
    def of(cls, table: FormTable, draft: bool, has_data: bool) -> Kind:
        """The kind of frame a form needs."""
        looks = {Look.of(cell) for cell in table.cells}
        steps = range(1, len(TIGHTER))
        looks |= {replace(look, tightness=step) for look in looks if not look.is_label for step in steps}
        return cls(table.geometry, frozenset(looks), table.page_numbers, draft, has_data)


@dataclass(frozen=True, slots=True)
class Frame:
    """All parts of the file by name; the text goes before ``section``."""

    parts: Mapping[str, bytes]
    section: str

    def filled(self, text: str, properties: bytes, data: bytes) -> dict[str, bytes]:
        """The parts with the text, the document properties and, where it has a place, the data put in."""
        document = f"{_START}{text}{self.section}</w:body></w:document>"
        made = {
            DOCUMENT_NAME: document.encode("utf-8"),
            PROPERTIES_NAME: properties,
            DATA_NAME[1:]: data,
        }
        return {name: made.get(name, content) for name, content in self.parts.items()}


@lru_cache(maxsize=16)
def frame(kind: Kind) -> Frame:
    """The frame of a kind of file."""
    document = docx.Document(start_package())
    write_styles(document.styles.element, kind.geometry, kind.looks)
    _set_page(document, kind.geometry)
    if kind.draft:
        _add_watermark(document)
    if kind.page_numbers:
        add_page_numbers(document, kind.geometry)
    if kind.has_data:
        _add_data(document)
    section = document.sections[0]._sectPr
    made = BytesIO()
    document.save(made)
    with ZipFile(made) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    etree.cleanup_namespaces(document.element)
    return Frame(parts, markup(section))


def _set_page(document: Document, geometry: Geometry) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Pt(geometry.page_width), Pt(geometry.page_height)
    if geometry.page_width > geometry.page_height:
        section.orientation = WD_ORIENT.LANDSCAPE
    top, right, bottom, left = geometry.margins
    section.top_margin, section.right_margin, section.left_margin = Pt(top), Pt(right), Pt(left)
    section.bottom_margin = Pt(min(bottom, FOOT_PT))
    section.header_distance = Pt(top / 2)
    section.footer_distance = section.gutter = Pt(0)


def _add_watermark(document: Document) -> None:
    header = document.sections[0].header
    header.is_linked_to_previous = False
    header.paragraphs[0]._p.append(watermark())


def _add_data(document: Document) -> None:
    """A place for the data, filled per file."""
    package = document.part.package
    part = Part(PackURI(DATA_NAME), CONTENT_TYPE.XML, b"", package)
    uri = PackURI(DATA_PROPERTIES_NAME)
    properties = Part(uri, _CUSTOM_XML_PROPERTIES_TYPE, data_properties(), package)
    part.relate_to(properties, _CUSTOM_XML_PROPERTIES)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
