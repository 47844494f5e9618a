"""Word files for tests: built by the program and edited as Word edits them, or written as XML."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from lxml import etree

from zhengti_zip import read, render_docx
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import FormTable
from zhengti_zip.review.wordfile import WORD, word
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.source import Source
from zhengti_zip.word.controls import tag_of

Element = etree._Element

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DEMO, HAIZHU = SAMPLES / "demo-2022.xlsx", SAMPLES / "haizhu-2022.xlsx"
DOCUMENT = "word/document.xml"
DATE, AUTHOR = "2023-02-03T09:30:00Z", "审阅人甲"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def built(source: Source | Path, unlocked: bool = False, previous: FormTable | None = None) -> bytes:
    """The Word file that ``build`` makes from a source."""
    known = read(source) if isinstance(source, Path) else source
    table = examine(known).table
    return render_docx(table, data=known.submission.to_json(), unlocked=unlocked, previous=previous)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a file by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A file made of parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def edited(content: bytes, change: Callable[[Element], None]) -> bytes:
    """A file after ``change`` edited the tree of its text."""
    parts = parts_of(content)
    root = etree.fromstring(parts[DOCUMENT])
    change(root)
    parts[DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def controls(root: Element, path: str) -> list[Element]:
    """The controls of an input."""
    tag = tag_of(InputPath(path))
    return [
        sdt
        for sdt in root.iter(word("sdt"))
        if (found := sdt.find(f"{word('sdtPr')}/{word('tag')}")) is not None and found.get(word("val")) == tag
    ]


def texts(element: Element) -> list[Element]:
    """The text elements in an element."""
    return list(element.iter(word("t")))


def retype(content: bytes, changes: Mapping[str, str]) -> bytes:
    """A file after new texts were typed into controls; they are saved in several runs, as Word does."""

    def change(root: Element) -> None:
        for path, text in changes.items():
            first, *others = inner_controls(root, path)
            put(first, text)
            for other in others:
                remove(other)

    return edited(content, change)


def inner_controls(root: Element, path: str) -> list[Element]:
    """The controls of an input in the table; those in the title when the table has none."""
    found = controls(root, path)
    inside = [sdt for sdt in found if any(True for _ in sdt.iterancestors(word("tc")))]
    return inside or found


def put(sdt: Element, text: str) -> None:
    """Replace the text of a control, with a line break element between lines."""
    properties, content = (sdt.find(word(tag)) for tag in ("sdtPr", "sdtContent"))
    assert properties is not None and content is not None
    hint = properties.find(word("showingPlcHdr"))
    if hint is not None:
        properties.remove(hint)
    paragraphs = [child for child in content if child.tag == word("p")]
    for child in list(content):
        content.remove(child)
    holder = content
    if paragraphs:
        kept = paragraphs[0]
        for child in list(kept):
            if child.tag != word("pPr"):
                kept.remove(child)
        content.append(kept)
        holder = kept
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(etree.SubElement(holder, word("r")), word("br"))
        half = len(line) // 2
        for piece in (line[:half], line[half:]):
            holder.append(run(piece, rsid="00A1B2C3"))
            etree.SubElement(holder, word("proofErr"), {word("type"): "spellStart"})


def remove(sdt: Element) -> None:
    """Delete a control and its content; a cell keeps one paragraph."""
    parent = sdt.getparent()
    assert parent is not None
    parent.remove(sdt)
    if parent.tag == word("tc") and parent.find(word("p")) is None and parent.find(word("sdt")) is None:
        etree.SubElement(parent, word("p"))


def unwrap(sdt: Element) -> None:
    """Remove a control and keep its content."""
    parent, content = sdt.getparent(), sdt.find(word("sdtContent"))
    assert parent is not None and content is not None
    for child in list(content):
        sdt.addprevious(child)
    parent.remove(sdt)


def run(text: str, tag: str = "t", rsid: str = "") -> Element:
    """A run of text."""
    made = etree.Element(word("r"))
    if rsid:
        made.set(word("rsidR"), rsid)
    piece = etree.SubElement(made, word(tag))
    piece.text = text
    piece.set(SPACE, "preserve")
    return made


def revision(tag: str, *children: Element, author: str = AUTHOR, date: str = DATE) -> Element:
    """A tracked change around some elements."""
    made = etree.Element(word(tag), {word("id"): "900", word("author"): author, word("date"): date})
    made.extend(children)
    return made


def track(sdt: Element, text: str, author: str = AUTHOR, date: str = DATE) -> None:
    """Replace the text of a control with tracked changes."""
    for piece in list(texts(sdt)):
        piece.tag = word("delText")
        old = piece.getparent()
        assert old is not None
        deleted = revision("del", author=author, date=date)
        old.addprevious(deleted)
        deleted.append(old)
    last = list(sdt.iter(word("del")))[-1]
    last.addnext(revision("ins", run(text), author=author, date=date))


def divided(piece: Element, at: int) -> tuple[Element, Element]:
    """The two runs that the run of a text element is divided into."""
    before = piece.getparent()
    assert before is not None
    behind = deepcopy(before)
    mine = list(before).index(piece)
    second = behind[mine]
    for half, others in ((before, list(before)[mine + 1 :]), (behind, list(behind)[:mine])):
        for child in others:
            if child.tag != word("rPr"):
                half.remove(child)
    text = piece.text or ""
    piece.text, second.text = text[:at], text[at:]
    before.addnext(behind)
    return before, behind


def delete(piece: Element, author: str = "") -> None:
    """Delete a run, or mark it as deleted by an author."""
    parent = piece.getparent()
    assert parent is not None
    if not author:
        parent.remove(piece)
        return
    for text in texts(piece):
        text.tag = word("delText")
    mark = revision("del", author=author)
    piece.addprevious(mark)
    mark.append(piece)


_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def by_hand(body: str, comments: str = "", threads: str = "") -> bytes:
    """A small Word file whose body is given as XML."""
    start = f'xmlns:w="{WORD}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    main = f'<Relationship Id="r1" Type="{_KIND}officeDocument" Target="word/document.xml"/>'
    inner = ""
    parts = {DOCUMENT: f"<w:document {start}><w:body>{body}</w:body></w:document>"}
    if comments:
        inner += f'<Relationship Id="c1" Type="{_KIND}comments" Target="comments.xml"/>'
        parts["word/comments.xml"] = f"<w:comments {start}>{comments}</w:comments>"
    if threads:
        inner += '<Relationship Id="c2" Type="http://schemas.microsoft.com/office/2011/relationships/'
        inner += 'commentsExtended" Target="commentsExtended.xml"/>'
        kind = "http://schemas.microsoft.com/office/word/2012/wordml"
        parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{kind}">{threads}</w15:commentsEx>'
    parts["_rels/.rels"] = _RELATIONS.format(main)
    parts["word/_rels/document.xml.rels"] = _RELATIONS.format(inner)
    return packed({name: text.encode("utf-8") for name, text in parts.items()})


def paths_shown(content: bytes) -> Iterator[str]:
    """The tags of all controls."""
    root = etree.fromstring(parts_of(content)[DOCUMENT])
    for tag in root.iter(word("tag")):
        yield tag.get(word("val"), "")
