"""The package around the Word text: only the parts the form needs, and the same bytes each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from lxml import etree

from zhengti_zip.originals import fixed_time
from zhengti_zip.render.docx_styles import LANGUAGE
from zhengti_zip.render.docx_xml import legal
from zhengti_zip.table import FormTable

MAX_PROPERTY = 255
"""Characters python-docx allows in a document property."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip entry can name."""


def properties_part(table: FormTable) -> bytes:
    """Title, author, language and dates of the file."""
    root = CT_CoreProperties.new()
    properties = CoreProperties(root)
    properties.title = legal("".join(table.title))[:MAX_PROPERTY]
    properties.author = legal(table.department)[:MAX_PROPERTY]
    properties.language = LANGUAGE
    properties.created = properties.modified = datetime.fromtimestamp(fixed_time(), UTC)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The file; its zip entries have no time and no system, so that it is the same everywhere."""
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in parts.items():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # else Windows and Linux would write different files
            package.writestr(entry, content)
    return made.getvalue()
