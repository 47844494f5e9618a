"""What Word, WPS and LibreOffice do to the markup of a file when they save it; it says the same afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from random import Random

from lxml import etree

from tests.review.wordlike import Element, divided, texts, unwrap
from zhengti_zip.review.wordfile import word

Parts = dict[str, bytes]
Flavour = Callable[[Parts, Element, Random], None]
"""Changes the markup: of the text, and of the other parts."""

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
STYLES = "word/styles.xml"


def as_word(parts: Parts, root: Element, chance: Random) -> None:
    """Word divides runs where it checked the spelling and where a session ended, and numbers paragraphs."""
    _divide_runs(root, chance, 0.3)
    for number, paragraph in enumerate(list(root.iter(word("p")))):
        paragraph.set(f"{_W14}paraId", f"{number:08X}")
        paragraph.set(word("rsidR"), f"00{chance.randrange(16**6):06X}")
    for number, piece in enumerate(list(root.iter(word("r")))):
        if chance.random() < 0.5:
            piece.set(word("rsidRPr"), f"00{chance.randrange(16**6):06X}")
        if chance.random() < 0.1:
            _run_properties(piece).append(etree.Element(word("noProof")))
        if chance.random() < 0.1:
            piece.addprevious(etree.Element(word("proofErr"), {word("type"): "gramStart"}))
            piece.addnext(etree.Element(word("proofErr"), {word("type"): "gramEnd"}))
        if chance.random() < 0.05:
            name = {word("id"): str(5000 + number), word("name"): f"_Hlk{number}"}
            piece.addprevious(etree.Element(word("bookmarkStart"), name))
            piece.addnext(etree.Element(word("bookmarkEnd"), {word("id"): str(5000 + number)}))
        if chance.random() < 0.02:
            place = 0 if piece.find(word("rPr")) is None else 1
            piece.insert(place, etree.Element(word("lastRenderedPageBreak")))
    for sdt in root.iter(word("sdt")):
        if chance.random() < 0.3:
            sdt[0].append(etree.Element("{http://schemas.microsoft.com/office/word/2012/wordml}color"))


def as_wps(parts: Parts, root: Element, chance: Random) -> None:
    """WPS divides runs where the script changes, writes properties into all of them, and loses some tags."""
    _divide_at_scripts(root)
    for piece in root.iter(word("r")):
        properties = _run_properties(piece)
        properties.insert(0, etree.Element(word("rFonts"), {word("hint"): "eastAsia"}))
        language = {word("val"): "en-US", word("eastAsia"): "zh-CN"}
        properties.append(etree.Element(word("lang"), language))
    for number, sdt in enumerate(list(root.iter(word("sdt")))):
        known = sdt.find(f"{word('sdtPr')}/{word('id')}")
        if known is not None:
            known.set(word("val"), str(147450000 + number))
        sdt[0].insert(0, etree.Element(word("rPr")))
        if chance.random() < 0.1:
            _drop(sdt[0], "tag")
    first = next(root.iter(word("p")))
    name = {word("id"): "0", word("name"): "_GoBack"}
    first.append(etree.Element(word("bookmarkStart"), name))
    first.append(etree.Element(word("bookmarkEnd"), {word("id"): "0"}))
    custom = "http://www.wps.cn/officeDocument/2013/wpsCustomData"
    etree.SubElement(root, f"{{{custom}}}pic", nsmap={"wpsCustomData": custom})


def as_libreoffice(parts: Parts, root: Element, chance: Random) -> None:
    """LibreOffice 7.4 drops tags, titles of texts, groups and some controls, and renames styles."""
    for sdt in reversed(list(root.iter(word("sdt")))):
        properties = sdt[0]
        kinds = {child.tag.rpartition("}")[2] for child in properties}
        if "group" in kinds or ("text" not in kinds and chance.random() < 0.15):
            unwrap(sdt)
            continue
        _drop(properties, "tag", "richText", "lock", "placeholder")
        if "text" not in kinds:
            _drop(properties, "alias")
        else:
            _repeat(sdt)
    for piece in root.iter(word("r")):
        _run_properties(piece)
    names = _renamed_styles(parts)
    for style in root.iter(word("pStyle"), word("rStyle")):
        style.set(word("val"), names.get(style.get(word("val"), ""), style.get(word("val"), "")))


FLAVOURS: Mapping[str, Flavour] = {"Word": as_word, "WPS": as_wps, "LibreOffice": as_libreoffice}


def _run_properties(piece: Element) -> Element:
    found = piece.find(word("rPr"))
    if found is None:
        found = etree.Element(word("rPr"))
        piece.insert(0, found)
    return found


def _drop(properties: Element, *names: str) -> None:
    for name in names:
        for child in properties.findall(word(name)):
            properties.remove(child)


def _divide_runs(root: Element, chance: Random, share: float) -> None:
    for piece in reversed(list(root.iter(word("t")))):
        length = len(piece.text or "")
        if length > 1 and chance.random() < share:
            divided(piece, chance.randint(1, length - 1))


def _divide_at_scripts(root: Element) -> None:
    for piece in reversed(list(root.iter(word("t")))):
        places = [
            match.start() for match in re.finditer(r"(?<=[^\x00-\x7f])(?=[\x00-\x7f])", piece.text or "")
        ]
        for at in reversed([place for place in places if place]):
            divided(piece, at)


def _repeat(sdt: Element) -> None:
    """Write a control of several runs several times: whole, then every run with the whole behind it."""
    runs = list(sdt.iter(word("r")))
    pieces = ["".join(text.text or "" for text in texts(run)) for run in runs]
    is_drawn = any(True for _ in sdt.iter(word("drawing"), word("pict")))
    if is_drawn or len([piece for piece in pieces if piece]) < 2:
        return
    last = sdt
    for piece in (piece for piece in pieces if piece):
        copy = deepcopy(sdt)
        found = texts(copy)
        found[0].text = piece + (found[0].text or "")
        last.addnext(copy)
        last = copy


def _renamed_styles(parts: Parts) -> dict[str, str]:
    """Rename the styles that a file has of its own; gives the new names."""
    root = etree.fromstring(parts[STYLES])
    names = {}
    for number, style in enumerate(root.iter(word("style"))):
        if style.get(word("customStyle")) == "1":
            known = style.get(word("styleId"), "")
            names[known] = f"Style{number + 14}"
            style.set(word("styleId"), names[known])
    for based in root.iter(word("basedOn"), word("next"), word("link")):
        based.set(word("val"), names.get(based.get(word("val"), ""), based.get(word("val"), "")))
    parts[STYLES] = etree.tostring(root)
    return names
