"""Pieces of Word files as office programs write them, and where tests put them."""

from __future__ import annotations

from functools import cache

from lxml import etree

from tests.review.wordlike import (
    DEMO,
    DOCUMENT,
    Element,
    built,
    edited,
    inner_controls,
    packed,
    parts_of,
    texts,
)
from zhengti_zip.review.wordfile import word

REASON = "scores.spending_rate.reason"
PRINTED = "示例河滨水公园二期受管线迁改影响，当年未形成足够工程量，资金支付进度低于预期。"
LABEL = "部门预算资金支出率 未达标原因"

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
}
_HEAD = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())


@cache
def demo(unlocked: bool = False) -> bytes:
    """The demo's file as it was built, with the prefixes declared that office programs declare."""
    parts = parts_of(built(DEMO, unlocked))
    root = etree.fromstring(parts[DOCUMENT])
    more = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in NAMES.items() if prefix not in root.nsmap)
    text = parts[DOCUMENT].replace(b"<w:document", b"<w:document" + more.encode(), 1)
    return packed({**parts, DOCUMENT: text})


def elements(xml: str) -> list[Element]:
    """The elements of a piece of XML with the prefixes of office programs."""
    return list(etree.fromstring(f"<x {_HEAD}>{xml}</x>"))


def run(text: str, look: str = "") -> str:
    """A run with properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def box(text: str) -> str:
    """The content of a text box."""
    return f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"


def drawing(inside: str, uri: str = "wordprocessingShape", about: str = "") -> str:
    """A drawing in a run."""
    data = f'<a:graphic><a:graphicData uri="http://schemas/{uri}">{inside}</a:graphicData></a:graphic>'
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" {about}/>{data}</wp:inline></w:drawing></w:r>'
    )


def field(code: str, result: str | None = None) -> str:
    """A field of several runs; without a result as Word writes EQ fields."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = "" if result is None else mark.format("separate") + run(result)
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>'
        for part in (code[:half], code[half:])
    )
    return mark.format("begin") + codes + shown + mark.format("end")


def behind(xml: str, path: str = REASON, content: bytes | None = None) -> bytes:
    """The demo's file with something behind the text of an input, within its control."""

    def change(root: Element) -> None:
        last = texts(inner_controls(root, path)[-1])[-1].getparent()
        assert last is not None
        for made in reversed(elements(xml)):
            last.addnext(made)

    return edited(content or demo(), change)


def instead(xml: str, path: str = REASON) -> bytes:
    """The demo's file with something instead of the text of an input."""

    def change(root: Element) -> None:
        last = texts(inner_controls(root, path)[-1])[-1].getparent()
        assert last is not None
        for made in reversed(elements(xml)):
            last.addnext(made)
        last.getparent().remove(last)  # type: ignore[union-attr]

    return edited(demo(), change)


def looking(path: str, look: str, content: bytes | None = None) -> bytes:
    """The demo's file with a look for all the text of an input."""

    def change(root: Element) -> None:
        for sdt in inner_controls(root, path):
            for piece in sdt.iter(word("r")):
                for old in piece.findall(word("rPr")):
                    piece.remove(old)
                piece.insert(0, elements(f"<w:rPr>{look}</w:rPr>")[0])

    return edited(content or demo(), change)


def below(xml: str, content: bytes | None = None) -> bytes:
    """The demo's file with a paragraph below the table."""

    def change(root: Element) -> None:
        end = next(root.iter(word("sectPr")))
        for made in elements(xml):
            end.addprevious(made)

    return edited(content or demo(), change)


def with_part(content: bytes, name: str, kind: str, xml: str) -> bytes:
    """A file with another part that the text leads to."""
    parts = parts_of(content)
    relations = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rX{len(parts)}" Type="{NAMES["r"]}/{kind}" Target="{name}"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", link.encode())
    root = xml.replace(">", f" {_HEAD}>", 1)
    return packed({**parts, f"word/{name}": root.encode()})


def restyled(content: bytes, style: str) -> bytes:
    """A file with one more style."""
    parts = parts_of(content)
    root = etree.fromstring(parts["word/styles.xml"])
    root.extend(elements(style))
    return packed({**parts, "word/styles.xml": etree.tostring(root)})
