"""A workbook file as its parts, changed without touching anything else in it.

Loading and saving through a spreadsheet library would drop worked-out values, rich text and whatever
the library does not know; an annotated copy must keep all of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lxml import etree

from zhengti_zip.base.coordinates import position
from zhengti_zip.base.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    SPREADSHEET,
    WORKBOOK,
    detach,
    normal_parts,
    relations_of,
    targets,
    zipped,
)
from zhengti_zip.base.xmlsafe import SafeXml

Element = etree._Element


def main(tag: str) -> str:
    """The qualified name of a spreadsheet element."""
    return f"{{{SPREADSHEET}}}{tag}"


def new_root(tag: str, namespace: str = SPREADSHEET) -> Element:
    """An empty root element whose namespace needs no prefix."""
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


class Package:
    """The parts of a workbook file by name; XML parts are parsed when first asked for.

    Args:
        content: the file.
        file: its name, for messages.

    Raises:
        InputError: here and when a part is parsed: damaged, too large or not safe to read.
    """

    def __init__(self, content: bytes, file: Path = Path("工作簿")) -> None:
        self.parts = normal_parts(file, content)
        self._reader = SafeXml(file)
        self._parsed: dict[str, Element] = {}

    def xml(self, part: str) -> Element:
        """The root of an XML part; changes to it are saved."""
        if part not in self._parsed:
            self._parsed[part] = self._reader.parse(self.parts[part])
        return self._parsed[part]

    def save(self) -> bytes:
        """The file with all changes; the same parts always give the same bytes."""
        changed = {name: _serialised(root) for name, root in self._parsed.items()}
        return zipped({**self.parts, **changed})

    def add(self, part: str, root: Element, content_type: str) -> None:
        """A new XML part."""
        self.parts[part], self._parsed[part] = b"", root
        types = self.xml(CONTENT_TYPES)
        override = f"{{{PACKAGE_TYPES}}}Override"
        etree.SubElement(types, override, {"PartName": f"/{part}", "ContentType": content_type})

    def add_default_type(self, extension: str, content_type: str) -> None:
        """The content type of all parts with a suffix."""
        types = self.xml(CONTENT_TYPES)
        tag = f"{{{PACKAGE_TYPES}}}Default"
        known = {(item.get("Extension") or "").lower() for item in types.iter(tag)}
        if extension not in known:
            types.insert(0, types.makeelement(tag, {"Extension": extension, "ContentType": content_type}))

    def remove(self, part: str) -> None:
        """Drop a part, its relations and its content type."""
        for name in (part, relations_of(part)):
            self.parts.pop(name, None)
            self._parsed.pop(name, None)
        for item in list(self.xml(CONTENT_TYPES)):
            if item.get("PartName") == f"/{part}":
                detach(item)

    def relations(self, part: str) -> Element:
        """The relations of a part; made when it has none."""
        name = relations_of(part)
        if name not in self.parts:
            self.parts[name] = b""
            self._parsed[name] = new_root("Relationships", PACKAGE_RELATIONS)
        return self.xml(name)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (last word of its type, part it leads to)."""
        found = targets(self.relations(part), part)
        return {item.get("Id", ""): (kind, target) for item, kind, target in found}

    def target(self, part: str, kind: str) -> str | None:
        """The part a relation of one kind leads to; None when there is none."""
        return next((target for found, target in self.targets(part).values() if found == kind), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """A new relation; returns its id."""
        relations = self.relations(part)
        taken = {item.get("Id") for item in relations}
        key = next(f"rId{number}" for number in range(1, 100_000) if f"rId{number}" not in taken)
        attributes = {"Id": key, "Type": f"{OFFICE_RELATIONS}/{kind}", "Target": f"/{target}"}
        etree.SubElement(relations, f"{{{PACKAGE_RELATIONS}}}Relationship", attributes)
        return key

    def unrelate(self, part: str, key: str) -> None:
        """Drop a relation."""
        for item in list(self.relations(part)):
            if item.get("Id") == key:
                detach(item)

    def free_name(self, pattern: str) -> str:
        """The first part name of a numbered pattern that is not taken."""
        return next(
            pattern.format(number) for number in range(1, 10_000) if pattern.format(number) not in self.parts
        )

    def sheets(self) -> dict[str, str]:
        """Part by sheet title, in order."""
        targets = self.targets(WORKBOOK)
        return {
            item.get("name", ""): targets[item.get(f"{{{OFFICE_RELATIONS}}}id", "")][1]
            for item in self.xml(WORKBOOK).iter(main("sheet"))
            if item.get(f"{{{OFFICE_RELATIONS}}}id") in targets
        }


def cell_element(sheet: Element, place: str) -> Element:
    """A cell element; made at its place when nothing was ever there."""
    return cell_elements(sheet, [place])[place]


def cell_elements(sheet: Element, places: Iterable[str]) -> dict[str, Element]:
    """The elements of some cells by name; those that were never there are made, in one pass over the rows."""
    data = sheet.find(main("sheetData"))
    assert data is not None, "every sheet has its data"
    by_row: dict[int, dict[int, str]] = {}
    for place in places:
        number, column = position(place)
        by_row.setdefault(number, {})[column] = place
    found: dict[str, Element] = {}
    rows = _ordered(data, "row", _row_of, {number: {"r": str(number)} for number in by_row})
    for number, columns in by_row.items():
        cells = _ordered(
            rows[number], "c", _column_of, {column: {"r": name} for column, name in columns.items()}
        )
        found |= {name: cells[column] for column, name in columns.items()}
    return found


def _row_of(row: Element) -> int:
    return int(row.get("r", "0"))


def _column_of(cell: Element) -> int:
    return position(cell.get("r", "A1"))[1]


def _ordered(
    parent: Element, tag: str, number_of: Callable[[Element], int], wanted: dict[int, dict[str, str]]
) -> dict[int, Element]:
    """Children by number; one that is missing is made, with its attributes, before the first with a larger number."""
    found: dict[int, Element] = {}
    waiting = sorted(wanted, reverse=True)
    for item in parent.iterchildren(main(tag)):
        number = number_of(item)
        while waiting and waiting[-1] < number:
            made = item.makeelement(main(tag), wanted[waiting[-1]])
            item.addprevious(made)
            found[waiting.pop()] = made
        if waiting and waiting[-1] == number:
            found[waiting.pop()] = item
        if not waiting:
            break
    for number in reversed(waiting):
        found[number] = etree.SubElement(parent, main(tag), wanted[number])
    return found


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
