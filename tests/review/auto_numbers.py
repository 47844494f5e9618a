"""The automatic numbers that Word gives paragraphs, made in a file for tests."""

from __future__ import annotations

from lxml import etree

from tests.review.row_edits import lead_of
from tests.review.wordlike import Element
from zhengti_zip.review.wordfile import WORD, word

NUMBER_STYLE = "AutoNumbered"
"""How the styles begin whose paragraphs Word numbers."""


def add_numbering(parts: dict[str, bytes], by_style: bool) -> str:
    """Add a numbering ``1.``, ``2.`` … that starts anew, and styles that give it to their paragraphs.

    Returns:
        Its number in the file.
    """
    name = "word/numbering.xml"
    if name not in parts:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
        relations = "word/_rels/document.xml.rels"
        added = f'<Relationship Id="rIdN" Type="{kind}" Target="numbering.xml"/></Relationships>'.encode()
        parts[relations] = parts[relations].replace(b"</Relationships>", added)
        parts[name] = f'<w:numbering xmlns:w="{WORD}"></w:numbering>'.encode()
    number = str(91 + parts[name].count(b"<w:num "))
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    made = f'<w:abstractNum w:abstractNumId="{number}">{level}</w:abstractNum>'
    made += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num></w:numbering>'
    parts[name] = parts[name].replace(b"</w:numbering>", made.encode())
    if not by_style:
        return number
    names = f"{NUMBER_STYLE}{number}", f"{NUMBER_STYLE}{number}Based"
    style = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{names[0]}">'
    style += (
        f'<w:name w:val="{names[0]}"/><w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr></w:style>'
    )
    based = f'<w:style w:type="paragraph" w:styleId="{names[1]}"><w:name w:val="{names[1]}"/>'
    based += f'<w:basedOn w:val="{names[0]}"/></w:style>'
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        b"</w:styles>", f"{style}{based}</w:styles>".encode()
    )
    return number


def numbered_by_word(paragraph: Element, number: str, by_style: bool) -> None:
    """Replace the typed number of an entry by the automatic one."""
    lead = lead_of(paragraph)
    assert lead is not None
    typed = lead.getparent()
    assert typed is not None
    paragraph.remove(typed)
    properties = paragraph.find(word("pPr"))
    if properties is None:
        properties = etree.Element(word("pPr"))
        paragraph.insert(0, properties)
    if by_style:
        for old in properties.findall(word("pStyle")):
            properties.remove(old)
        properties.insert(0, etree.Element(word("pStyle"), {word("val"): f"{NUMBER_STYLE}{number}Based"}))
        return
    numbers = etree.SubElement(properties, word("numPr"))
    etree.SubElement(numbers, word("ilvl"), {word("val"): "0"})
    etree.SubElement(numbers, word("numId"), {word("val"): number})
