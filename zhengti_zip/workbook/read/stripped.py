"""What openpyxl gets to read: a package of nothing but cells, texts and number formats, every part vetted.

Charts, rules, validations and whatever a later version of Excel adds hold no values, but openpyxl fails on
those it does not understand. Names are taken here too: a workbook may have collected ten thousands of them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from zhengti_zip.base.coordinates import rectangle
from zhengti_zip.base.limits import MAX_NAME_LENGTH, MAX_NAMES, MAX_SHEETS, MAX_STYLES, too_much
from zhengti_zip.base.package import (
    CONTENT_TYPES,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    SPREADSHEET,
    WORKBOOK,
    Element,
    Parts,
    relations_of,
    targets,
    zipped,
)
from zhengti_zip.base.xmlsafe import SafeXml
from zhengti_zip.submission.raw import shown
from zhengti_zip.workbook.read.builtincodes import BUILT_IN
from zhengti_zip.workbook.read.formatcode import MAX_CODE

KNOWN_AREAS = 4096
"""What defined names stand for, remembered: the workbooks of a form have the same."""

LARGE_SHEET = 1024 * 1024
"""Bytes of a sheet from which on empty cells are worth looking for."""

_SHARED_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_KEPT_STYLES = ("numFmts", "fonts", "cellXfs")

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_WORD = re.compile(r"'(?:[^']|'')*+'|[^'!,(]++|[\s\S]")
"""A piece of what a defined name stands for: a quoted title, what stands between signs, or a sign."""

_REFERENCE = re.compile(r"[A-Za-z0-9$:]+")
_ROOT = re.compile(rb"<(?:[\w.-]++:)?worksheet(?:\s[^<>]*+)?>")
_DATA = re.compile(rb"<((?:[\w.-]++:)?)sheetData[\s/>]")
_FORMULA = re.compile(rb"<f(?:/|\s[^<>]*+)?+(?:(?<=/)>|(?<!/)>[^<]*+</f>)")
_EMPTY_CELL = re.compile(rb"<(?:[\w.-]++:)?c(?:/|\s[^<>]*+)?+(?:(?<=/)>|(?<!/)></(?:[\w.-]++:)?c>)")
_EMPTY_ROW = re.compile(rb"<(?:[\w.-]++:)?row(?:/|\s[^<>]*+)?+(?:(?<=/)>|(?<!/)>\s*+</(?:[\w.-]++:)?row>)")
_STRIKE = b"strike"
_CHARACTER_DATA = b"<![CDATA["
"""What may hold tags that are none."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a defined name points: a sheet and the rows and columns of its rectangle, from 1."""

    sheet: str
    top: int
    left: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Stripped:
    """A workbook without what holds no values.

    Attributes:
        content: a package for openpyxl.
        sheets: the whole vetted part by the title of the sheet, in order.
        names: what defined names lead to; None for one whose cells were deleted.
        texts: the vetted part of shared texts; empty without one.
        has_struck_fonts: whether a font of the workbook strikes out.
    """

    content: bytes
    sheets: dict[str, bytes]
    names: dict[str, Area | None]
    texts: bytes
    has_struck_fonts: bool


def stripped(parts: Parts, file: Path) -> Stripped:
    """Take what holds values out of the parts of a workbook.

    Args:
        file: its name, for messages.

    Raises:
        InputError: a part is too large or not safe to read.
        Exception: a damaged file fails in many ways.
    """
    xml = SafeXml(file)
    book = xml.parse(parts[WORKBOOK])
    _refuse_many(book, file)
    related = _related(parts, xml)
    one_of = dict(related.values())
    sheets = dict(_sheet_parts(book, related))
    vetted: Parts = {}
    for title, part in sheets.items():
        vetted[part] = xml.vetted(_without_empty(parts[part]), f"工作表“{shown(title)}”")
    made = {part: f"xl/worksheets/sheet{number}.xml" for number, part in enumerate(vetted, start=1)}
    new: Parts = {made[part]: _for_openpyxl(_cells_only(content)) for part, content in vetted.items()}
    texts = xml.vetted(parts[one_of["sharedStrings"]]) if "sharedStrings" in one_of else b""
    if texts:
        new[_SHARED_STRINGS] = _for_openpyxl(texts)
    has_struck_fonts = False
    if "styles" in one_of:
        new[_STYLES] = _formats_only(xml.parse(parts[one_of["styles"]]), file)
        has_struck_fonts = _STRIKE in new[_STYLES]
    new |= _frame(book, [(title, made[part]) for title, part in sheets.items()], has_texts=bool(texts))
    kept = {title: vetted[part] for title, part in sheets.items()}
    return Stripped(zipped(new, zipfile.ZIP_STORED), kept, dict(_names(book)), texts, has_struck_fonts)


def _for_openpyxl(part: bytes) -> bytes:
    """A part whose escapes openpyxl leaves alone: it deletes ``x005F_``, but only in capital letters."""
    return part.replace(b"_x005F_", b"_x005f_")


def _without_empty(sheet: bytes) -> bytes:
    """A large part of a sheet without the cells and rows that have a style and no value."""
    if len(sheet) < LARGE_SHEET or _CHARACTER_DATA in sheet or b"<!--" in sheet:
        return sheet
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", sheet))


def _related(parts: Parts, xml: SafeXml) -> dict[str, tuple[str, str]]:
    """Last word of the type and part by the identifier of a relation of the workbook."""
    name = relations_of(WORKBOOK)
    found = targets(xml.parse(parts[name]), WORKBOOK) if name in parts else ()
    return {item.get("Id", ""): (kind, part) for item, kind, part in found if part in parts}


def _sheet_parts(book: Element, related: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for item in book.iterfind("{*}sheets/{*}sheet"):
        kind, part = related.get(item.get(f"{{{OFFICE_RELATIONS}}}id", ""), ("", ""))
        if kind == "worksheet":
            yield item.get("name", ""), part


def _cells_only(sheet: bytes) -> bytes:
    """The part of a sheet with nothing but its cells, whose formulas are still there, but without their words."""
    root, data = _ROOT.search(sheet), _DATA.search(sheet)
    if root is None or data is None:
        return sheet
    name = data.group(1)
    end = sheet.rfind(b"</" + name + b"sheetData")
    cells = sheet[data.start() : end] if end > 0 else b"<" + name + b"sheetData>"
    if _CHARACTER_DATA not in cells:
        cells = _FORMULA.sub(b"<f/>", cells)
    # Without a dimension openpyxl reads the whole sheet to find one when it opens the book.
    dimension = b"<" + name + b'dimension ref="A1"/>'
    last = root.group().partition(b"worksheet")[0].replace(b"<", b"</") + b"worksheet>"
    return root.group() + dimension + cells + b"</" + name + b"sheetData>" + last


def _formats_only(styles: Element, file: Path) -> bytes:
    """The style part with fonts and number formats, also those known by number only, as a Chinese Excel shows them."""
    for child in list(styles):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in _KEPT_STYLES:
            styles.remove(child)
    if any(len(kept) > MAX_STYLES for kept in styles):
        raise too_much(file, "单元格样式", MAX_STYLES)
    formats = styles.find("{*}numFmts")
    if formats is None:
        formats = etree.Element(f"{{{SPREADSHEET}}}numFmts")
        styles.insert(0, formats)
    for item in formats:
        # Longer codes than Excel takes mean nothing here, and openpyxl searches them in squared time.
        item.set("formatCode", item.get("formatCode", "")[: MAX_CODE + 1])
    known = {item.get("numFmtId") for item in formats}
    for number, code in BUILT_IN.items():
        if str(number) not in known:
            etree.SubElement(
                formats, f"{{{SPREADSHEET}}}numFmt", {"numFmtId": str(number), "formatCode": code}
            )
    return etree.tostring(styles)


def _frame(book: Element, sheets: list[tuple[str, str]], *, has_texts: bool) -> Parts:
    """Content types, the workbook and the relations that hold the other parts together."""
    types = etree.Element(f"{{{PACKAGE_TYPES}}}Types")
    relations = etree.Element(f"{{{PACKAGE_RELATIONS}}}Relationships")
    root = etree.Element(f"{{{SPREADSHEET}}}workbook")
    properties = book.find("{*}workbookPr")
    flag = "" if properties is None else properties.get("date1904", "")
    etree.SubElement(root, f"{{{SPREADSHEET}}}workbookPr", {"date1904": flag} if flag else {})
    listed = etree.SubElement(root, f"{{{SPREADSHEET}}}sheets")
    overrides = {WORKBOOK: "sheet.main+xml"} | ({_SHARED_STRINGS: "sharedStrings+xml"} if has_texts else {})
    for number, (title, part) in enumerate(sheets, start=1):
        key = f"rId{number}"
        attributes = {"name": title, "sheetId": str(number), f"{{{OFFICE_RELATIONS}}}id": key}
        etree.SubElement(listed, f"{{{SPREADSHEET}}}sheet", attributes)
        relation = {"Id": key, "Type": f"{OFFICE_RELATIONS}/worksheet", "Target": f"/{part}"}
        etree.SubElement(relations, f"{{{PACKAGE_RELATIONS}}}Relationship", relation)
        overrides[part] = "worksheet+xml"
    for part, kind in overrides.items():
        known = {"PartName": f"/{part}", "ContentType": f"{_TYPE}.{kind}"}
        etree.SubElement(types, f"{{{PACKAGE_TYPES}}}Override", known)
    made = {CONTENT_TYPES: types, WORKBOOK: root, relations_of(WORKBOOK): relations}
    return {name: etree.tostring(element) for name, element in made.items()}


def _refuse_many(book: Element, file: Path) -> None:
    """Refuse a workbook with very many sheets or names, or names that stand for very long formulas."""
    names = book.findall("{*}definedNames/{*}definedName")
    if len(names) > MAX_NAMES:
        raise too_much(file, "名称（“公式”选项卡的“名称管理器”）", MAX_NAMES)
    if any(len(item.text or "") > MAX_NAME_LENGTH for item in names):
        raise too_much(file, "名称中的公式文字", MAX_NAME_LENGTH, "字")
    if len(book.findall("{*}sheets/{*}sheet")) > MAX_SHEETS:
        raise too_much(file, "工作表", MAX_SHEETS, "张")


def _names(book: Element) -> Iterator[tuple[str, Area | None]]:
    """Defined names, those of the whole workbook last."""
    found = list(book.iterfind("{*}definedNames/{*}definedName"))
    for is_global in (False, True):
        for item in found:
            if (item.get("localSheetId") is None) == is_global:
                yield item.get("name", ""), _area(item.text or "")


@lru_cache(KNOWN_AREAS)
def _area(text: str) -> Area | None:
    """The cells a name stands for; of several areas the last. Whole rows and columns have no corner."""
    area = None
    for sheet, reference in _references(text):
        try:
            left, top, _, bottom = rectangle(reference)
        except ValueError:
            continue
        area = Area(sheet, top, left, bottom)
    return area


def _references(text: str) -> Iterator[tuple[str, str]]:
    """Each sheet title with the cells behind its exclamation mark, in one pass over the text."""
    title, before = "", ""
    for match in _WORD.finditer(text):
        word = match.group()
        if before == "!" and title and (cells := _REFERENCE.match(word)):
            yield title, cells.group()
            word = word[cells.end() :]
        if word == "!":
            title = "" if before == "!" else title
        elif word[:1] == "'":
            title = word[1:-1].replace("''", "'")
        else:
            title = "" if word in ",('" else word
        before = word
