"""The parts of a workbook file, under the names and namespaces that openpyxl and the part editor look for.

The packaging rules (OPC) compare part names without regard to case and let the main part have any name; some
programs write backslashes into the zip; Excel's "Strict Open XML" has namespaces of its own. All of that is
made plain here, so that nobody else has to know of it. A file that is plain already stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import RESAVE_WORKBOOK
from zhengti_zip.base.limits import PackedParts
from zhengti_zip.base.xmlsafe import SafeXml

Element = etree._Element
Parts = dict[str, bytes]

WORKBOOK = "xl/workbook.xml"
CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPE = re.compile(
    r"(spreadsheetml\.(sheet|template)|ms-excel\.\w+\.macroEnabled)\.main\+xml$", re.IGNORECASE
)
_RELATIONS = ".rels"
_XML = (".xml", _RELATIONS)

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(_STRICT + rb"(\w+)/([\w/]+)")
_STRICT_WORDS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_CONFORMANCE = re.compile(rb'\sconformance="strict"')


def normal_parts(file: Path, content: bytes) -> Parts:
    """Every part by name, in the order of the file; the workbook itself is ``xl/workbook.xml``.

    Args:
        file: its name, for messages.
        content: its bytes.

    Raises:
        InputError: the file is damaged, too large, not safe to read, or its parts cannot be told apart.
    """
    packed = PackedParts(file, content)
    parts = {name: packed.read(name) for name in packed.ordered}
    xml = SafeXml(file)
    if any(name.lower().endswith(_XML) and _STRICT in part for name, part in parts.items()):
        parts = {name: _transitional(part) for name, part in parts.items()}
    return parts if _is_plain(parts, xml) else _plain(file, parts, xml)


def relations_of(part: str) -> str:
    """The part that holds the relations of a part; "" is the file as a whole."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def targets(relations: Element, part: str) -> Iterator[tuple[Element, str, str]]:
    """Each relation of a part that stays inside the file: its element, last word of its type, part it leads to."""
    for item in relations.iterchildren("{*}Relationship"):
        if item.get("TargetMode") != "External":
            place = posixpath.join("/" + posixpath.dirname(part), item.get("Target", "").replace("\\", "/"))
            yield item, item.get("Type", "").rpartition("/")[2], posixpath.normpath(place).lstrip("/")


def _transitional(part: bytes) -> bytes:
    if _STRICT not in part:
        return part
    return _CONFORMANCE.sub(b"", _STRICT_NAME.sub(_transitional_name, part))


def _transitional_name(match: re.Match[bytes]) -> bytes:
    family, rest = match.groups()
    for strict, word in _STRICT_WORDS.items():
        rest = rest.replace(strict, word)
    return b"http://schemas.openxmlformats.org/" + family + b"/2006/" + rest


def _is_plain(parts: Parts, xml: SafeXml) -> bool:
    """Whether everything is called as the relations call it."""
    if WORKBOOK not in parts or CONTENT_TYPES not in parts or any("\\" in name for name in parts):
        return False
    lowered = {name.lower() for name in parts}
    for name in parts:
        if name.endswith(_RELATIONS):
            source = _source_of(name)
            if source and source not in parts and source.lower() in lowered:
                return False
            for _, kind, target in targets(xml.parse(parts[name]), source):
                if target not in parts and target.lower() in lowered:
                    return False
                if not source and kind == "officeDocument" and target != WORKBOOK:
                    return False
    return True


def _plain(file: Path, parts: Parts, xml: SafeXml) -> Parts:
    """The parts with all names in small letters and every relation and content type following them."""
    named: Parts = {}
    for name, part in parts.items():
        lowered = _lowered(name)
        if lowered in named:
            raise InputError(f"{file} 内部有重名的部分，无法读取", RESAVE_WORKBOOK)
        named[lowered] = part
    types = xml.parse(named.pop(CONTENT_TYPES.lower(), b"<Types/>"))
    main = _main_part(named, types, xml)
    if main not in named:
        raise InputError(f"{file} 中找不到工作簿的内容，无法读取", RESAVE_WORKBOOK)
    made: Parts = {}
    for name, part in named.items():
        if name.endswith(_RELATIONS):
            source = _source_of(name)
            root = xml.parse(part)
            for item, _, target in targets(root, source):
                item.set("Target", "/" + _renamed(target.lower(), main))
            made[relations_of(_renamed(source, main))] = etree.tostring(root)
        elif name == main or name != WORKBOOK:
            made[_renamed(name, main)] = part
    for item in types:
        if part_name := item.get("PartName"):
            item.set("PartName", "/" + _renamed(_lowered(part_name), main))
    return {CONTENT_TYPES: etree.tostring(types), **made}


def _lowered(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _renamed(name: str, main: str) -> str:
    return WORKBOOK if name == main else name


def _main_part(parts: Parts, types: Element, xml: SafeXml) -> str:
    """The part the workbook is in: by the relation of the file, else by its content type."""
    if (relations := relations_of("")) in parts:
        for _, kind, target in targets(xml.parse(parts[relations]), ""):
            if kind == "officeDocument":
                return target.lower()
    typed = [item.get("PartName", "") for item in types if _MAIN_TYPE.search(item.get("ContentType", ""))]
    return _lowered(typed[0]) if typed and typed[0] else WORKBOOK


def _source_of(relations: str) -> str:
    """The part whose relations these are."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(_RELATIONS))
