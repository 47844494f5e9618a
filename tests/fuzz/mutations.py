"""Real files made wrong by chance: bytes, archives, XML parts, JSON values, PDF objects.

Every function takes the source of chance, so that hypothesis can look for the smallest case and the
long run can name the one that failed by its seed.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from random import Random
from typing import Any

from lxml import etree

from tests.fuzz.texts import text, xml_text

Element = etree._Element

MAGIC = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-1.7\n",
    b'{"form":',
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"",
    b"<?xml",
)
WILD = (
    "",
    " ",
    "-1",
    "0",
    "1",
    "65536",
    "1048577",
    "99999999999999999999",
    "1e308",
    "-1e-308",
    "1e999",
    "NaN",
    "inf",
    "2958466",
    "0.1.2",
    "A0",
    "A1",
    "XFE1",
    "ZZZZ9",
    "$B$5",
    "A1:XFD1048576",
    "C9:A1",
    "A:A",
    "1:1",
    "#REF!",
    "'没有'!$A$1",
    "rId1",
    "rId999",
    "../../../../etc/passwd",
    "/xl/workbook.xml",
    "http://localhost:9/x",
    "s",
    "n",
    "b",
    "d",
    "e",
    "str",
    "inlineStr",
    "true",
    "veryHidden",
    "yyyy-mm-dd",
    "0%",
    "=1+1",
)
"""What an attribute or a value may hold that nobody expects."""


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WRAPPERS = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "sdt",
    "sdtContent",
    "p",
    "r",
    "tc",
    "tbl",
    "commentRangeStart",
    "hyperlink",
)


def noise(chance: Random) -> bytes:
    """Bytes that only begin like a file we read."""
    return chance.choice(MAGIC) + chance.randbytes(chance.randint(0, 600))


def bytes_changed(content: bytes, chance: Random) -> bytes:
    """A few bytes flipped, cut out, doubled or put in; or the end missing."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) or 1)
        kind = chance.randrange(6)
        if kind == 0 and data:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1 and data:
            data[at] = chance.choice((0, 0xFF, 0x7F, 0x80, data[at]))
        elif kind == 2:
            del data[at : at + chance.choice((1, 10, 1000))]
        elif kind == 3:
            data[at:at] = chance.randbytes(chance.choice((1, 4, 50)))
        elif kind == 4:
            data[at:at] = data[max(at - chance.choice((10, 500)), 0) : at]
        elif chance.random() < 0.3:
            del data[at:]
    return bytes(data)


def archive_changed(content: bytes, chance: Random) -> bytes:
    """A zip with parts swapped, missing, doubled, renamed, emptied or full of noise."""
    parts = _parts(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not parts:
            break
        at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        name, data = parts[at]
        kind = chance.randrange(7)
        if kind == 0:
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], data)
        elif kind == 1:
            del parts[at]
        elif kind == 2:
            parts.insert(other, (name, data))
        elif kind == 3:
            parts[at] = (
                chance.choice(("../../x", "/x", "C:\\x", name.upper(), "", "甲/乙", name + "/")),
                data,
            )
        elif kind == 4:
            parts[at] = (name, b"")
        elif kind == 5:
            parts[at] = (name, bytes_changed(data, chance))
        else:
            parts[at] = (name, data.decode("utf-8", "replace").encode("utf-16"))
    return _packed(parts, chance)


def xml_changed(content: bytes, chance: Random, first: str = "") -> bytes:
    """A zip with one or two XML parts well-formed but wrong.

    Args:
        first: the part changed most of the time; "" for any.
    """
    parts = _parts(content)
    names = [number for number, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.choice([n for n in names if parts[n][0] == first and chance.random() < 0.8] or names)
        try:
            root = etree.fromstring(parts[at][1])
        except etree.XMLSyntaxError:
            continue
        for _ in range(chance.choice((1, 1, 3, 10))):
            chance.choice(_XML_EDITS)(root, chance)
        parts[at] = (parts[at][0], etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return _packed(parts, chance)


def _any(root: Element, chance: Random) -> Element:
    elements = [item for item in root.iter() if isinstance(item.tag, str)]
    return chance.choice(elements)


def _remove(root: Element, chance: Random) -> None:
    item = _any(root, chance)
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _double(root: Element, chance: Random) -> None:
    item = _any(root, chance)
    if item.getparent() is not None and len(list(item.iter())) < 500:
        for _ in range(chance.choice((1, 1, 3, 50))):
            copied = deepcopy(item)
            copied.tail = None
            item.addnext(copied)


def _wild_attribute(root: Element, chance: Random) -> None:
    item = _any(root, chance)
    names = [*item.attrib, chance.choice(("r", "s", "t", "ref", "name", "Id", "Target", "val", "count"))]
    item.set(chance.choice(names), chance.choice(WILD))


def _no_attribute(root: Element, chance: Random) -> None:
    item = _any(root, chance)
    if item.attrib:
        del item.attrib[chance.choice(list(item.attrib))]


def _wild_text(root: Element, chance: Random) -> None:
    item = _any(root, chance)
    item.text = chance.choice(WILD) if chance.random() < 0.5 else xml_text(chance)


def _rename(root: Element, chance: Random) -> None:
    item, other = _any(root, chance), _any(root, chance)
    item.tag = other.tag if chance.random() < 0.7 else "{urn:x}y"


def _move(root: Element, chance: Random) -> None:
    item, other = _any(root, chance), _any(root, chance)
    if item is not root and item not in list(other.iterancestors()) and item is not other:
        other.insert(0, item)


def _nest(root: Element, chance: Random) -> None:
    item = _any(root, chance)
    for _ in range(chance.choice((3, 100, 300))):
        inner = item.makeelement(item.tag, {str(key): str(value) for key, value in item.attrib.items()})
        item.insert(0, inner)
        item = inner


def _swap_texts(root: Element, chance: Random) -> None:
    item, other = _any(root, chance), _any(root, chance)
    item.text, other.text = other.text, item.text


def _wrap(root: Element, chance: Random) -> None:
    """Put an element into one that Word gives a meaning to."""
    item = _any(root, chance)
    parent = item.getparent()
    if parent is not None:
        around = item.makeelement(
            f"{{{WORD}}}{chance.choice(WRAPPERS)}", {f"{{{WORD}}}id": chance.choice(WILD)}
        )
        parent.replace(item, around)
        around.append(item)


def _comment(root: Element, chance: Random) -> None:
    item = _any(root, chance)
    item.insert(0, etree.Comment("甲") if chance.random() < 0.5 else etree.ProcessingInstruction("x", "y"))


_XML_EDITS: tuple[Callable[[Element, Random], None], ...] = (
    _remove,
    _double,
    _wild_attribute,
    _wild_attribute,
    _no_attribute,
    _wild_text,
    _wild_text,
    _rename,
    _move,
    _nest,
    _swap_texts,
    _comment,
    _wrap,
)


def _parts(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _packed(parts: list[tuple[str, bytes]], chance: Random) -> bytes:
    stream = BytesIO()
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name or "_", (1980, 1, 1, 0, 0, 0)), data, method)
    return stream.getvalue()


def json_changed(content: bytes, chance: Random) -> bytes:
    """A submission with values, keys and shapes nobody would write."""
    data = json.loads(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        _change(data, chance)
    written = as_json(data, chance)
    if chance.random() < 0.2:
        written = written.replace('"1"', chance.choice(("NaN", "1e999999", "-0", "[" * 5000, "9" * 5000)), 1)
    return written.encode("utf-8")


def as_json(data: Any, chance: Random) -> str:
    """JSON text that UTF-8 can hold: halves of characters, which a text may have, stand escaped."""
    written = json.dumps(data, ensure_ascii=False)
    is_whole = not any("\ud800" <= c <= "\udfff" for c in written)
    return written if is_whole and chance.random() < 0.7 else json.dumps(data)


def _change(data: Any, chance: Random) -> None:
    while True:
        keys: list[Any] = list(data) if isinstance(data, dict) else list(range(len(data)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(data[key], dict | list) and data[key] and chance.random() < 0.8:
            data = data[key]
            continue
        break
    kind = chance.randrange(6)
    if kind == 0:
        del data[key]
    elif kind == 1 and isinstance(data, dict):
        data[text(chance)] = data[key]
    elif kind == 1:
        data.extend(data[:] * chance.choice((1, 10)))
    else:
        data[key] = _wild_value(chance)


def _wild_value(chance: Random) -> Any:
    nested: Any = "甲"
    for _ in range(chance.choice((1, 5, 900))):
        nested = [nested] if chance.random() < 0.5 else {"k": nested}
    simple: tuple[Any, ...] = (
        None,
        True,
        False,
        0,
        -1,
        2022,
        0.1,
        -1e-300,
        1e300,
        10**25,
        10**400,
        [],
        {},
        nested,
    )
    return text(chance) if chance.random() < 0.5 else chance.choice(simple)


_PDF_TOKEN = re.compile(rb"\d+ \d+ R|/[A-Z][A-Za-z0-9]+|\d+|<<|>>|\[|\]|endobj|endstream|stream")


def pdf_changed(content: bytes, chance: Random) -> bytes:
    """A PDF with references, names, numbers and brackets exchanged; best on one that is not compressed."""
    found = list(_PDF_TOKEN.finditer(content))
    pieces, last = [], 0
    chosen = sorted(chance.sample(range(len(found)), min(chance.choice((1, 2, 5, 30)), len(found))))
    for number in chosen:
        match = found[number]
        other = chance.choice(found).group()
        wild = chance.choice((other, other, b"0", b"-1", b"99999999999", b"0 0 R", b"1 0 R", b"null", b""))
        pieces += [content[last : match.start()], wild]
        last = match.end()
    return b"".join([*pieces, content[last:]])
