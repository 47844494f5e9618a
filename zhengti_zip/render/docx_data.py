"""The data inside the Word file: a part of its own, so that a reviewed file can be told from its origin."""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

from zhengti_zip import __version__
from zhengti_zip.render.docx_xml import HEAD, escaped, quoted
from zhengti_zip.table import FormTable

SUBMISSION_NAMESPACE = "urn:zhengti-zip:submission"
DATA_NAME, DATA_PROPERTIES_NAME = "/customXml/item1.xml", "/customXml/itemProps1.xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


def data_part(table: FormTable, data: str) -> bytes:
    """The part that holds the submission.

    Args:
        table: the form it was printed on.
        data: the submission as JSON. What JSON may hold and XML may not is written as ``\\uXXXX``, which
            means the same in JSON.
    """
    text = _NO_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", data)
    attributes = f"form={quoted(table.form_id)} version={quoted(str(table.form_version))}"
    made = (
        f'{HEAD}<submission xmlns="{SUBMISSION_NAMESPACE}" {attributes} program={quoted(__version__)}>'
        f"{escaped(text)}</submission>"
    )
    return made.encode("utf-8")


def data_properties() -> bytes:
    """The part that names the kind of data; Word expects one beside every data part."""
    identifier = str(uuid5(NAMESPACE_URL, SUBMISSION_NAMESPACE)).upper()
    made = (
        f'{HEAD}<ds:datastoreItem ds:itemID="{{{identifier}}}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{SUBMISSION_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    return made.encode("utf-8")
