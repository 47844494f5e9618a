"""The docxtpl template of the form: our own finished Word file with jinja tags for what was entered.

The table, its grid and its styles are the same, so docxtpl has the same form to make.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

BODY = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENTERED = ("Text", "Title")
"""How the paragraph styles of entered text begin; those of labels begin otherwise."""


def make_template(form: Path, template: Path) -> None:
    """Write a copy of a finished form whose entered paragraphs are tags: ``{{ v0 }}``, ``{{ v1 }}`` …"""
    with ZipFile(form) as source, ZipFile(template, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _with_tags(content) if name == BODY else content)


def values(form: Path) -> dict[str, str]:
    """What stands in the entered paragraphs of a finished form, by tag."""
    with ZipFile(form) as source:
        body = etree.fromstring(source.read(BODY))
    paragraphs = enumerate(_entered(body))
    return {f"v{number}": "".join(text.text or "" for text in texts) for number, texts in paragraphs}


def _with_tags(content: bytes) -> bytes:
    body = etree.fromstring(content)
    for number, texts in enumerate(_entered(body)):
        longest = max(texts, key=lambda text: len(text.text or ""))
        for text in texts:
            text.text = ""
        longest.text = f"{{{{ v{number} }}}}"
    return etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)


def _entered(body: etree._Element) -> Iterator[list[etree._Element]]:
    """The ``w:t`` of each entered paragraph that has any, in order."""
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val", "").startswith(ENTERED):
            texts = list(paragraph.iter(f"{W}t"))
            if any(text.text for text in texts):
                yield texts
