"""Cell comments of one sheet: the text part and the drawing part that every office program wants beside it."""

from __future__ import annotations

import re

from lxml import etree

from zhengti_zip.base.coordinates import position
from zhengti_zip.base.numbers import whole_number
from zhengti_zip.base.package import OFFICE_RELATIONS, XML_SPACE, Element, detach
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.workbook.edit.ooxml import Package, main, new_root

MARK = "【检查】"
"""Begins what the program wrote into a comment; what stands before it is somebody else's."""

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
VML, OFFICE, EXCEL = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
SHAPE_ID, FIRST_SHAPE = "_x0000_s", 60_000
_AFTER_LEGACY = frozenset(
    main(tag)
    for tag in (
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    )
)


CONVERSATION = "tc={"
"""Begins the author of a comment that only stands in for a conversation in older programs."""


class Comments:
    """The comments of one sheet."""

    def __init__(self, package: Package, sheet: str) -> None:
        self.package, self.sheet = package, sheet
        self._by_cell: dict[str, Element] = {}
        self._next_shape = FIRST_SHAPE
        self._known: dict[str, Element] = {}

    def remove_ours(self) -> None:
        """Take out what an earlier run wrote; comments of people stay."""
        part = self.package.target(self.sheet, "comments")
        if part is None:
            return
        removed = set[tuple[str, ...]]()
        for comment in list(self.package.xml(part).iter(main("comment"))):
            text = _text(comment)
            if MARK not in text:
                continue
            theirs = text.partition(MARK)[0].rstrip("\n")
            if theirs:
                _set_text(comment, theirs)
            else:
                detach(comment)
                row, column = position(comment.get("ref", "A1"))
                removed.add((str(row - 1), str(column - 1)))
        self._remove_shapes(removed)

    def cells(self) -> set[str]:
        """The cells that have a comment."""
        part = self.package.target(self.sheet, "comments")
        found = () if part is None else self.package.xml(part).iter(main("comment"))
        return {comment.get("ref", "") for comment in found}

    def add(self, cell: str, text: str) -> bool:
        """A comment on a cell, after what somebody wrote there already.

        Returns:
            False for a cell with a conversation (会话批注): Excel shows that, not the comment that stands in for it.
        """
        root = self._text_part()
        listed = root.find(main("commentList"))
        assert listed is not None
        if not self._by_cell:
            self._by_cell = {comment.get("ref", ""): comment for comment in reversed(listed)}
        if (comment := self._by_cell.get(cell)) is not None:
            if _author(root, comment).startswith(CONVERSATION):
                return False
            _set_text(comment, f"{_text(comment)}\n{MARK}{text}")
            return True
        comment = etree.SubElement(listed, main("comment"), {"ref": cell, "authorId": "0"})
        self._by_cell[cell] = comment
        _set_text(comment, MARK + text)
        self._add_shape(cell, text)
        return True

    def _text_part(self) -> Element:
        """The root of the comments, looked up once: a sheet may have very many relations."""
        if "comments" not in self._known:
            self._known["comments"] = self._found_text_part()
        return self._known["comments"]

    def _found_text_part(self) -> Element:
        part = self.package.target(self.sheet, "comments")
        if part is None:
            part = self.package.free_name("xl/commentsZt{}.xml")
            root = new_root("comments")
            authors = etree.SubElement(root, main("authors"))
            etree.SubElement(authors, main("author")).text = "zhengti-zip"
            etree.SubElement(root, main("commentList"))
            self.package.add(part, root, COMMENTS_TYPE)
            self.package.relate(self.sheet, "comments", part)
        return self.package.xml(part)

    def _drawing(self) -> Element:
        """The root of the shapes, looked up once."""
        if "shapes" not in self._known:
            self._known["shapes"] = self._found_drawing()
        return self._known["shapes"]

    def _found_drawing(self) -> Element:
        part = self.package.target(self.sheet, "vmlDrawing")
        if part is None:
            part = self.package.free_name("xl/drawings/vmlDrawingZt{}.vml")
            root = etree.Element("xml", nsmap={"v": VML, "o": OFFICE, "x": EXCEL})
            kind = etree.SubElement(
                root,
                f"{{{VML}}}shapetype",
                {"id": "_x0000_t202", "coordsize": "21600,21600", "path": "m,l,21600r21600,l21600,xe"},
            )
            kind.set(f"{{{OFFICE}}}spt", "202")
            etree.SubElement(kind, f"{{{VML}}}stroke", {"joinstyle": "miter"})
            path = etree.SubElement(kind, f"{{{VML}}}path", {"gradientshapeok": "t"})
            path.set(f"{{{OFFICE}}}connecttype", "rect")
            self.package.add_default_type("vml", VML_TYPE)
            self.package.add(part, root, VML_TYPE)
            self._show(self.package.relate(self.sheet, "vmlDrawing", part))
        return self.package.xml(part)

    def _show(self, key: str) -> None:
        """Name the drawing in the sheet, at the one place the format allows."""
        sheet = self.package.xml(self.sheet)
        drawing = sheet.makeelement(main("legacyDrawing"), {f"{{{OFFICE_RELATIONS}}}id": key})
        for child in sheet:
            if child.tag in _AFTER_LEGACY:
                child.addprevious(drawing)
                return
        sheet.append(drawing)

    def _add_shape(self, cell: str, text: str) -> None:
        row, column = position(cell)
        drawing = self._drawing()
        lines = sum(1 + len(line) // 18 for line in text.split("\n")) + 1
        if self._next_shape == FIRST_SHAPE:
            numbers = (shape.get("id", "").removeprefix(SHAPE_ID) for shape in drawing)
            taken = (int(number) for number in numbers if re.fullmatch("[0-9]{1,9}", number))
            self._next_shape = max((FIRST_SHAPE, *taken)) + 1
        key = f"{SHAPE_ID}{self._next_shape}"
        self._next_shape += 1
        look = f"position:absolute;width:230pt;height:{lines * 14 + 10}pt;z-index:1;visibility:hidden"
        shape = etree.SubElement(
            drawing,
            f"{{{VML}}}shape",
            {"id": key, "type": "#_x0000_t202", "style": look, "fillcolor": "#ffffe1"},
        )
        shape.set(f"{{{OFFICE}}}insetmode", "auto")
        box = etree.SubElement(shape, f"{{{VML}}}textbox")
        etree.SubElement(box, "div", {"style": "text-align:left"})
        data = etree.SubElement(shape, f"{{{EXCEL}}}ClientData", {"ObjectType": "Note"})
        anchor = f"{column}, 12, {row - 1}, 4, {column + 3}, 12, {row + max(lines // 2, 2)}, 4"
        for tag, value in (
            ("Anchor", anchor),
            ("AutoFill", "False"),
            ("Row", str(row - 1)),
            ("Column", str(column - 1)),
        ):
            etree.SubElement(data, f"{{{EXCEL}}}{tag}").text = value

    def _remove_shapes(self, places: set[tuple[str, ...]]) -> None:
        """Take out the shapes of comments at some rows and columns, both from 0."""
        part = self.package.target(self.sheet, "vmlDrawing")
        if part is None or not places:
            return
        for shape in list(self.package.xml(part).iter(f"{{{VML}}}shape")):
            found = tuple((shape.findtext(f".//{{{EXCEL}}}{tag}") or "").strip() for tag in ("Row", "Column"))
            if found in places:
                detach(shape)


def _author(root: Element, comment: Element) -> str:
    names = root.findall(f"{main('authors')}/{main('author')}")
    number = whole_number(comment.get("authorId", ""))
    return "" if number is None or number >= len(names) else names[number].text or ""


def _text(comment: Element) -> str:
    return "".join(item.text or "" for item in comment.iter(main("t")))


def _set_text(comment: Element, text: str) -> None:
    for child in list(comment):
        if child.tag == main("text"):
            comment.remove(child)
    holder = comment.makeelement(main("text"), {})
    comment.insert(0, holder)
    run = etree.SubElement(etree.SubElement(holder, main("r")), main("t"))
    run.text = legal_text(text)
    run.set(XML_SPACE, "preserve")
