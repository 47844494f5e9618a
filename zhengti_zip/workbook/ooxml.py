"""A workbook file as its parts, changed without touching anything else in it.

Loading and saving through a spreadsheet library would drop worked-out values, rich text and whatever
the library does not know; an annotated copy must keep all of that.
"""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

Element = etree._Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOC_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK = "xl/workbook.xml"

UNPREFIXED: dict[str | None, str] = {None: MAIN}
_RELS_UNPREFIXED: dict[str | None, str] = {None: PACKAGE_RELS}

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def main(tag: str) -> str:
    """The qualified name of a spreadsheet element."""
    return f"{{{MAIN}}}{tag}"


class Package:
    """The parts of a workbook file by name; XML parts are parsed when first asked for."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._parsed: dict[str, Element] = {}

    def xml(self, part: str) -> Element:
        """The root of an XML part; changes to it are saved."""
        if part not in self._parsed:
            self._parsed[part] = etree.fromstring(self.parts[part], _PARSER)
        return self._parsed[part]

    def save(self) -> bytes:
        """The file with all changes."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                root = self._parsed.get(name)
                data = content if root is None else _serialised(root)
                archive.writestr(name, data)
        return stream.getvalue()

    def add(self, part: str, root: Element, content_type: str) -> None:
        """A new XML part."""
        self.parts[part], self._parsed[part] = b"", root
        types = self.xml("[Content_Types].xml")
        override = f"{{{CONTENT_TYPES}}}Override"
        etree.SubElement(types, override, {"PartName": f"/{part}", "ContentType": content_type})

    def add_default_type(self, extension: str, content_type: str) -> None:
        """The content type of all parts with a suffix."""
        types = self.xml("[Content_Types].xml")
        tag = f"{{{CONTENT_TYPES}}}Default"
        known = {(item.get("Extension") or "").lower() for item in types.iter(tag)}
        if extension not in known:
            types.insert(0, types.makeelement(tag, {"Extension": extension, "ContentType": content_type}))

    def remove(self, part: str) -> None:
        """Drop a part, its relations and its content type."""
        for name in (part, _rels_of(part)):
            self.parts.pop(name, None)
            self._parsed.pop(name, None)
        for item in list(self.xml("[Content_Types].xml")):
            if item.get("PartName") == f"/{part}":
                _detach(item)

    def relations(self, part: str) -> Element:
        """The relations of a part; made when it has none."""
        name = _rels_of(part)
        if name not in self.parts:
            self.parts[name] = b""
            self._parsed[name] = etree.Element(f"{{{PACKAGE_RELS}}}Relationships", nsmap=_RELS_UNPREFIXED)
        return self.xml(name)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (last word of its type, part it leads to)."""
        found = {}
        for item in self.relations(part):
            if item.get("TargetMode") != "External":
                target = posixpath.join("/" + posixpath.dirname(part), item.get("Target", ""))
                kind = item.get("Type", "").rpartition("/")[2]
                found[item.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))
        return found

    def target(self, part: str, kind: str) -> str | None:
        """The part a relation of one kind leads to; None when there is none."""
        return next((target for found, target in self.targets(part).values() if found == kind), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relation; returns its id."""
        relations = self.relations(part)
        taken = {item.get("Id") for item in relations}
        key = next(f"rId{number}" for number in range(1, 100_000) if f"rId{number}" not in taken)
        attributes = {"Id": key, "Type": f"{DOC_RELS}/{kind}", "Target": f"/{target}"}
        etree.SubElement(relations, f"{{{PACKAGE_RELS}}}Relationship", attributes)
        return key

    def unrelate(self, part: str, key: str) -> None:
        """Drop a relation."""
        for item in list(self.relations(part)):
            if item.get("Id") == key:
                _detach(item)

    def free_name(self, pattern: str) -> str:
        """The first part name of a numbered pattern that is not taken."""
        return next(
            pattern.format(number) for number in range(1, 10_000) if pattern.format(number) not in self.parts
        )

    def sheets(self) -> dict[str, str]:
        """Part by sheet title, in order."""
        targets = self.targets(WORKBOOK)
        return {
            item.get("name", ""): targets[item.get(f"{{{DOC_RELS}}}id", "")][1]
            for item in self.xml(WORKBOOK).iter(main("sheet"))
            if item.get(f"{{{DOC_RELS}}}id") in targets
        }


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _detach(item: Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)
