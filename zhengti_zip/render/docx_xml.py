"""WordprocessingML: text for what every form has much of, elements for what is written once.

Text is several times faster than elements, and going through python-docx's cells is quadratic.
"""

from __future__ import annotations

import re

from lxml import etree

from zhengti_zip.render.metrics import GETA

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""The first line of every part."""

_NAMESPACES = {"w": W}
_DECLARED = f' xmlns:w="{W}"'
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def word(name: str) -> str:
    """The name of an element or attribute ``w:name`` as lxml has it."""
    return f"{{{W}}}{name}"


def element(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """An element ``w:tag``; its attributes are put into the same namespace."""
    made = etree.Element(word(tag), nsmap=_NAMESPACES)
    for name, value in attributes.items():
        made.set(word(name), str(value))
    made.extend(children)
    return made


def markup(*elements: etree._Element) -> str:
    """Elements as text to be put where the prefix ``w`` is known."""
    return "".join(etree.tostring(made, encoding="unicode").replace(_DECLARED, "") for made in elements)


def legal(text: str) -> str:
    """Text with 〓 for what XML cannot hold; the reader refuses it, other callers may not."""
    return _ILLEGAL.sub(GETA, text)


def escaped(text: str) -> str:
    """Text as it stands in an element."""
    return legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text as it stands in an attribute, with its quotation marks."""
    return f'"{legal(text).translate(_QUOTED)}"'


def run(text: str, style: str = "") -> str:
    """A run, of a character style if one is given; "" without text. Line breaks stay line breaks."""
    if not text:
        return ""
    # Without "preserve" Word drops the spaces at both ends, which the form uses to set the grades apart.
    words = '</w:t><w:br/><w:t xml:space="preserve">'.join(escaped(text).split("\n"))
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(style: str, content: str = "") -> str:
    """A paragraph of a style, holding runs and controls."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def twips(points: float) -> int:
    """Whole twentieths of a pt that fit into ``points`` pt."""
    return int(points * 20 + 1e-6)
