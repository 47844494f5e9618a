"""Comments that a test puts into a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from tests.review.wordlike import DATE, DOCUMENT, Element, inner_controls, packed, run
from zhengti_zip.review.wordfile import WORD, word


def comment_on(parts: dict[str, bytes], remarks: Mapping[str, Iterable[tuple[str, str]]]) -> bytes:
    """A file with comments on inputs: by path (author, text)."""
    root = etree.fromstring(parts[DOCUMENT])
    listed = etree.Element(word("comments"), nsmap={"w": WORD})
    for path, said in remarks.items():
        sdt = inner_controls(root, path)[0]
        for author, text in said:
            key = str(len(listed))
            attributes = {word("id"): key, word("author"): author, word("date"): DATE, word("initials"): "X"}
            comment = etree.SubElement(listed, word("comment"), attributes)
            etree.SubElement(comment, word("p")).append(run(text))
            sdt.addprevious(etree.Element(word("commentRangeStart"), {word("id"): key}))
            mark = etree.Element(word("r"))
            etree.SubElement(mark, word("commentReference"), {word("id"): key})
            sdt.addnext(mark)
            sdt.addnext(etree.Element(word("commentRangeEnd"), {word("id"): key}))
    parts[DOCUMENT] = etree.tostring(root)
    return packed(with_comments(parts, etree.tostring(listed)))


def add_comment(parts: dict[str, bytes], target: Element, text: str, author: str) -> None:
    """Comment on an element of the text, with a comment of its own in the part of comments."""
    name = "word/comments.xml"
    if name not in parts:
        parts |= with_comments(parts, f'<w:comments xmlns:w="{WORD}"/>'.encode())
    listed = etree.fromstring(parts[name])
    key = str(len(listed))
    attributes = {word("id"): key, word("author"): author, word("date"): DATE, word("initials"): "X"}
    etree.SubElement(etree.SubElement(listed, word("comment"), attributes), word("p")).append(run(text))
    parts[name] = etree.tostring(listed)
    target.addprevious(etree.Element(word("commentRangeStart"), {word("id"): key}))
    mark = etree.Element(word("r"))
    etree.SubElement(mark, word("commentReference"), {word("id"): key})
    target.addnext(mark)
    target.addnext(etree.Element(word("commentRangeEnd"), {word("id"): key}))


def with_comments(parts: Mapping[str, bytes], comments: bytes) -> dict[str, bytes]:
    """The parts and a comments part, with its relationship."""
    relations = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    added = f'<Relationship Id="rIdC" Type="{kind}" Target="comments.xml"/></Relationships>'
    known = parts[relations].decode("utf-8").replace("</Relationships>", added)
    return {**parts, relations: known.encode("utf-8"), "word/comments.xml": comments}
