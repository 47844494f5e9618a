"""WordprocessingML elements, built directly: going through python-docx's cells is quadratic."""

from __future__ import annotations

import re

from docx.oxml.ns import nsmap, qn
from lxml import etree

_NAMESPACES = {"w": nsmap["w"]}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """An element ``w:tag``; its attributes are put into the same namespace."""
    made = etree.Element(qn(f"w:{tag}"), nsmap=_NAMESPACES)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def legal(text: str) -> str:
    """Text without the characters XML cannot hold; the reader refuses them, other callers may not."""
    return _ILLEGAL.sub("", text)


def paragraph(style: str, text: str = "") -> etree._Element:
    """A paragraph of a style; line breaks inside the text stay line breaks."""
    made = element("p", element("pPr", element("pStyle", val=style)))
    text = legal(text)
    if text:
        run = element("r")
        for number, line in enumerate(text.split("\n")):
            if number:
                run.append(element("br"))
            run.append(_text(line))
        made.append(run)
    return made


def _text(text: str) -> etree._Element:
    made = element("t")
    made.text = text
    # Without it Word drops the spaces at both ends, which the form uses to set the grades apart.
    made.set(_SPACE, "preserve")
    return made


def twips(points: float) -> int:
    """Whole twentieths of a pt that fit into ``points`` pt."""
    return int(points * 20 + 1e-6)
