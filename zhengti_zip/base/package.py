"""Office Open XML packages (.xlsx, .docx): their parts, content types and relations, read and written.

The packaging rules (OPC) compare part names without regard to case and let the main part have any name. Some
programs write backslashes into the zip. "Strict Open XML" has namespaces of its own. :func:`normal_parts` makes
all of that plain, so that nobody else has to know of it. A file that is plain already stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import RESAVE, PackedParts
from zhengti_zip.base.originals import EARLIEST
from zhengti_zip.base.xmlsafe import SafeXml

Element = etree._Element
Parts = dict[str, bytes]
"""The content of each part by its name."""

CONTENT_TYPES = "[Content_Types].xml"
CORE_PROPERTIES = "docProps/core.xml"
WORKBOOK, DOCUMENT = "xl/workbook.xml", "word/document.xml"
"""The main part of a workbook and of a Word file."""

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PACKAGE_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TERMS = "http://purl.org/dc/terms/"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_MAIN_TYPES = {
    WORKBOOK: re.compile(
        r"(spreadsheetml\.(sheet|template)|ms-excel\.\w+\.macroEnabled)\.main\+xml$", re.IGNORECASE
    ),
    DOCUMENT: re.compile(
        r"(wordprocessingml\.(document|template)|ms-word\.\w+\.macroEnabled\w*)\.main\+xml$", re.IGNORECASE
    ),
}
_NOUNS = {WORKBOOK: "工作簿", DOCUMENT: "Word 文件"}
_RELATIONS = ".rels"
_XML = (".xml", _RELATIONS)

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(_STRICT + rb"(\w+)/([\w/]+)")
_STRICT_WORDS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_CONFORMANCE = re.compile(rb'\s(?:\w+:)?conformance="strict"')


def normal_parts(file: Path, content: bytes, main: str = WORKBOOK) -> Parts:
    """Every part by name, in the order of the file; the main part is called ``main``.

    Args:
        file: its name, for messages.
        content: its bytes.
        main: WORKBOOK or DOCUMENT.

    Raises:
        InputError: the file is damaged, too large, not safe to read, or its parts cannot be told apart.
    """
    packed = PackedParts(file, content)
    parts = {name: packed.read(name) for name in packed.ordered}
    xml = SafeXml(file)
    if any(name.lower().endswith(_XML) and _STRICT in part for name, part in parts.items()):
        parts = {name: _transitional(part) for name, part in parts.items()}
    return parts if _is_plain(parts, xml, main) else _plain(file, parts, xml, main)


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


def detach(item: Element) -> None:
    """Take an element out of its parent, if it has one."""
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def zipped(parts: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """The package of some parts; the same parts always give the same bytes: no entry names a time or a system.

    Args:
        parts: the content of each part by its name, in the order of the file.
        compression: ZIP_DEFLATED or ZIP_STORED.
    """
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in parts.items():
            entry = ZipInfo(name, (EARLIEST.year, EARLIEST.month, EARLIEST.day, 0, 0, 0))
            entry.compress_type = compression
            entry.create_system = 0  # else Windows and Linux would write different files
            package.writestr(entry, content)
    return made.getvalue()


def drop_dates(core: Element) -> None:
    """Take the times of making and saving out of the core properties: they would differ in every file."""
    for item in list(core):
        if item.tag in (f"{{{TERMS}}}created", f"{{{TERMS}}}modified"):
            core.remove(item)


def _transitional(part: bytes) -> bytes:
    if _STRICT not in part:
        return part
    return _CONFORMANCE.sub(b"", _STRICT_NAME.sub(_transitional_name, part))


def _transitional_name(match: re.Match[bytes]) -> bytes:
    family, rest = match.groups()
    for strict, word in _STRICT_WORDS.items():
        rest = rest.replace(strict, word)
    return b"http://schemas.openxmlformats.org/" + family + b"/2006/" + rest


def _is_plain(parts: Parts, xml: SafeXml, main: str) -> bool:
    """Whether everything is called as the relations call it."""
    if main not in parts or CONTENT_TYPES not in parts or any("\\" in name for name in parts):
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
                if not source and kind == "officeDocument" and target != main:
                    return False
    return True


def _plain(file: Path, parts: Parts, xml: SafeXml, main: str) -> Parts:
    """The parts with all names in small letters and every relation and content type following them."""
    named: Parts = {}
    for name, part in parts.items():
        lowered = _lowered(name)
        if lowered in named:
            raise InputError(f"{file} 内部有重名的部分，无法读取", RESAVE)
        named[lowered] = part
    types = xml.parse(named.pop(CONTENT_TYPES.lower(), b"<Types/>"))
    found = _main_part(named, types, xml, main)
    if found not in named:
        raise InputError(f"{file} 中找不到{_NOUNS[main]}的内容，无法读取", RESAVE)
    called = {found: main}
    made: Parts = {}
    for name, part in named.items():
        if name.endswith(_RELATIONS):
            source = _source_of(name)
            root = xml.parse(part)
            for item, _, target in targets(root, source):
                item.set("Target", "/" + called.get(target.lower(), target.lower()))
            made[relations_of(called.get(source, source))] = etree.tostring(root)
        elif name == found or name != main:
            made[called.get(name, name)] = part
    for item in types:
        if part_name := item.get("PartName"):
            lowered = _lowered(part_name)
            item.set("PartName", "/" + called.get(lowered, lowered))
    return {CONTENT_TYPES: etree.tostring(types), **made}


def _lowered(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _main_part(parts: Parts, types: Element, xml: SafeXml, main: str) -> str:
    """The main part: by the relation of the file, else by its content type."""
    if (relations := relations_of("")) in parts:
        for _, kind, target in targets(xml.parse(parts[relations]), ""):
            if kind == "officeDocument":
                return target.lower()
    wanted = _MAIN_TYPES[main]
    typed = [item.get("PartName", "") for item in types if wanted.search(item.get("ContentType", ""))]
    return _lowered(typed[0]) if typed and typed[0] else main


def _source_of(relations: str) -> str:
    """The part whose relations these are."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(_RELATIONS))
