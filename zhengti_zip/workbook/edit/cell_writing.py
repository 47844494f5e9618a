"""Writing into cells of a workbook file: the content of a cell changes, and nothing else in the file."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from zhengti_zip.base.characters import escaped
from zhengti_zip.base.package import WORKBOOK, XML_SPACE
from zhengti_zip.workbook.edit.ooxml import Element, Package, main
from zhengti_zip.workbook.formats import LIKE_FORMULAS
from zhengti_zip.workbook.write.formulas import drop_formula


class CellWriter:
    """Replaces the contents of cells; their looks stay.

    Args:
        package: the file.
    """

    def __init__(self, package: Package) -> None:
        self._package = package

    def clear(self, part: str, cell: Element) -> None:
        """Empty a cell of a sheet."""
        drop_formula(self._package, self._package.xml(part), cell)
        for child in list(cell):
            cell.remove(child)
        for name in ("t", "cm", "vm"):
            cell.attrib.pop(name, "")

    def number(self, part: str, cell: Element, digits: str) -> None:
        """Put a number into a cell."""
        self.clear(part, cell)
        etree.SubElement(cell, main("v")).text = digits

    def text(self, part: str, cell: Element, text: str) -> None:
        """Put a text into a cell, see :func:`is_like_formula`; an empty one empties it."""
        self.clear(part, cell)
        if text:
            put_text(cell, text)

    def copy(self, part: str, cell: Element, source: Element) -> None:
        """Give a cell the content and the look of another, of a formula its result."""
        self.clear(part, cell)
        for child in source:
            if child.tag != main("f"):
                cell.append(deepcopy(child))
        for name in ("t", "s"):
            if name in source.attrib:
                cell.set(name, source.get(name, ""))


def put_text(cell: Element, text: str) -> None:
    """Put a text into an empty cell."""
    cell.set("t", "inlineStr")
    held = etree.SubElement(etree.SubElement(cell, main("is")), main("t"))
    held.text = escaped(text)
    held.set(XML_SPACE, "preserve")


def is_like_formula(value: object) -> bool:
    """Whether a cell with this text needs a quote prefix, so that it stays a text when it is edited later."""
    return isinstance(value, str) and value.startswith(LIKE_FORMULAS)


def recalculate(package: Package) -> None:
    """Have the office program recalculate all formulas when it opens the file."""
    book = package.xml(WORKBOOK)
    properties = book.find(main("calcPr"))
    if properties is None:
        properties = book.makeelement(main("calcPr"), {})
        _after_names(book).addnext(properties)
    properties.set("fullCalcOnLoad", "1")


def _after_names(book: Element) -> Element:
    """The element that calcPr must follow."""
    for tag in ("definedNames", "externalReferences", "functionGroups", "sheets"):
        found = book.find(main(tag))
        if found is not None:
            return found
    return book[0]
