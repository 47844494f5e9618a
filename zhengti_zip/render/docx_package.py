"""The package around the Word text: only the parts the form needs, and the same bytes each time."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from zhengti_zip.originals import fixed_time
from zhengti_zip.render.docx_styles import FONT, LANGUAGE, LATIN_LANGUAGE
from zhengti_zip.render.docx_xml import element, legal
from zhengti_zip.table import FormTable

MAX_PROPERTY = 255
"""Characters python-docx allows in a document property."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip entry can name."""

KEPT_PARTS = frozenset({RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.HEADER})
KEPT_FILES = frozenset({RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES})


def drop_template_parts(document: Document) -> None:
    """Remove what python-docx's template brings along: theme, numbering, preview picture and more."""
    for relations, kept in ((document.part.rels, KEPT_PARTS), (document.part.package.rels, KEPT_FILES)):
        for name in [name for name, relation in relations.items() if relation.reltype not in kept]:
            del relations[name]


def add_font_table(document: Document) -> None:
    """Tell programs without the font what it is like, and its other name."""
    fonts = element(
        "fonts",
        element(
            "font",
            element("altName", val="SimSun"),
            element("panose1", val="02010600030101010101"),
            element("charset", val="86"),
            element("family", val="auto"),
            element("pitch", val="variable"),
            name=FONT,
        ),
    )
    content = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)
    uri = PackURI("/word/fontTable.xml")
    part = Part(uri, CONTENT_TYPE.WML_FONT_TABLE, content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def write_settings(document: Document) -> None:
    """Replace the settings of the template, which are those of an English Word 2010 on a Mac."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
    }
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.extend(
        [
            element("zoom", percent=100),
            element("defaultTabStop", val=420),
            element("characterSpacingControl", val="doNotCompress"),
            element(
                "compat",
                element("useFELayout"),
                *(element("compatSetting", name=name, uri=uri, val=value) for name, value in modes.items()),
            ),
            element("themeFontLang", val=LATIN_LANGUAGE, eastAsia=LANGUAGE),
            element("decimalSymbol", val="."),
            element("listSeparator", val=","),
        ]
    )


def write_properties(document: Document, table: FormTable) -> None:
    """Title, author, language and dates of the file."""
    properties = document.core_properties
    properties.title = legal("".join(table.title))[:MAX_PROPERTY]
    properties.author = legal(table.department)[:MAX_PROPERTY]
    properties.language = LANGUAGE
    properties.comments = ""
    properties.created = properties.modified = datetime.fromtimestamp(fixed_time(), UTC)


def packed(document: Document) -> bytes:
    """The file; python-docx stamps its zip entries with the current time, so they are written anew."""
    draft, final = BytesIO(), BytesIO()
    document.save(draft)
    with ZipFile(draft) as source, ZipFile(final, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # else Windows and Linux would write different files
            target.writestr(entry, source.read(name))
    return final.getvalue()
