"""From the elements of a Word file to :mod:`zhengti_zip.review.reviewed_text`.

Nothing is assumed about how a program nests things: controls, tracked changes, links and the like are
gone through wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from zhengti_zip.review.placeholders import mark_placeholders
from zhengti_zip.review.repeated_controls import without_repeats
from zhengti_zip.review.reviewed_text import (
    ReviewedBody,
    ReviewedCell,
    ReviewedControl,
    ReviewedParagraph,
    ReviewedRun,
    Revision,
)
from zhengti_zip.review.wordfile import WORD, Element, word

_INSERTED, _DELETED = frozenset(("ins", "moveTo")), frozenset(("del", "moveFrom"))
_CHARACTERS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
_SKIPPED = {
    *(
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "tblPr",
        "tblGrid",
        "tblPrEx",
        "sectPr",
        "customXmlPr",
        "smartTagPr",
    ),
    *("instrText", "delInstrText", "fldData", "drawing", "pict", "object", "txbxContent", "Fallback"),
    *("rt", "rubyPr", "footnoteReference", "endnoteReference"),
}
"""Properties, codes of fields, pictures, readings above characters; the fallback repeats what stands before it."""

_HOLDERS = frozenset(("ins", "del", "moveFrom", "moveTo", "sdt", "sdtContent", "customXml", "smartTag"))
_BOX_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FD": "☒", "F0A8": "☐", "F0A3": "☐", "F06F": "☐"}
"""Check boxes of the Wingdings fonts."""

_CODE = re.compile("[0-9A-CEFa-cef][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2}")
"""Four hexadecimal digits, surrogates excepted."""

_OURS = "zhengti-zip"
"""Begins the author of changes this program itself marks against an earlier version: they are no reviewer's."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element stands in."""

    controls: tuple[ReviewedControl, ...] = ()
    revisions: tuple[Revision, ...] = ()
    is_gone: bool = False
    is_placeholder: bool = False


class TextReader:
    """Goes through one document.

    Args:
        accept: take tracked changes as accepted; else as rejected.
    """

    def __init__(self, accept: bool = True) -> None:
        self._accept = accept
        self._body = ReviewedBody()
        self._open_comments: list[str] = []
        self._seen_comments: set[str] = set()
        self._fields: list[bool] = []
        self._current = ReviewedParagraph()
        self._joins = False
        self._count = 0

    def body(self, root: Element) -> ReviewedBody:
        """Everything in the document, in reading order."""
        body = root.find(word("body"))
        if body is not None:
            self._blocks(body, _Context(), None)
        cells = [cell.paragraphs for row in self._body.rows for cell in row]
        for paragraphs in (self._body.title, self._body.others, *cells):
            for paragraph in paragraphs:
                paragraph.runs = mark_placeholders(without_repeats(paragraph.runs))
        return self._body

    def _blocks(self, parent: Element, around: _Context, cell: ReviewedCell | None) -> None:
        """Paragraphs and tables; those of a table within a cell belong to that cell."""
        for child, name, here in self._children(parent, around):
            if name == "p":
                self._paragraph(child, here, self._target(cell))
            elif name == "tbl":
                self._joins = False
                self._rows(child, here, cell)
                self._joins = False
            elif name in (
                "sdt",
                "sdtContent",
                "customXml",
                "AlternateContent",
                "Choice",
                *_INSERTED,
                *_DELETED,
            ):
                self._blocks(child, here, cell)
            else:
                self._mark(child, name, here)

    def _target(self, cell: ReviewedCell | None) -> list[ReviewedParagraph]:
        if cell is not None:
            return cell.paragraphs
        return self._body.others if self._body.rows else self._body.title

    def _rows(self, parent: Element, around: _Context, cell: ReviewedCell | None) -> None:
        for child, name, here in self._children(parent, around):
            if name == "tr":
                self._row(child, here, cell)
            elif name in _HOLDERS:
                self._rows(child, here, cell)
            else:
                self._mark(child, name, here)

    def _row(self, row: Element, around: _Context, outer: ReviewedCell | None) -> None:
        here = self._under_mark(row.find(word("trPr")), around)
        cells: list[ReviewedCell] = []
        self._cells(row, here, outer, cells)
        if outer is None and cells and not (here.is_gone and not around.is_gone):
            self._body.rows.append(cells)

    def _cells(
        self, parent: Element, around: _Context, outer: ReviewedCell | None, collected: list[ReviewedCell]
    ) -> None:
        for child, name, here in self._children(parent, around):
            if name == "tc":
                properties = child.find(word("tcPr"))
                cell = outer or ReviewedCell(is_continued=_goes_on(properties))
                self._joins = False
                self._blocks(child, self._under_mark(properties, here), cell)
                self._joins = False
                if outer is None:
                    collected.append(cell)
            elif name in _HOLDERS:
                self._cells(child, here, outer, collected)
            else:
                self._mark(child, name, here)

    def _paragraph(self, element: Element, around: _Context, target: list[ReviewedParagraph]) -> None:
        """A paragraph; one whose mark is gone goes on in the next."""
        if not (self._joins and target):
            target.append(ReviewedParagraph())
        self._current = target[-1]
        self._fields = []
        if around.controls:
            self._add("", around)
        self._inline(element, around)
        mark = element.find(f"{word('pPr')}/{word('rPr')}")
        under = self._under_mark(mark, around)
        if under.revisions != around.revisions:
            self._add("", under)
        self._joins = under.is_gone

    def _inline(self, parent: Element, around: _Context) -> None:
        for child, name, here in self._children(parent, around):
            if name in ("t", "delText"):
                self._add(child.text or "", here)
            elif name in _CHARACTERS:
                self._add(_CHARACTERS[name], here)
            elif name == "br":
                self._add("" if child.get(word("type")) in ("page", "column") else "\n", here)
            elif name == "sym":
                self._add(_symbol(child.get(word("char"), "")), here)
            elif name == "fldChar":
                self._field(child.get(word("fldCharType"), ""))
            elif not self._mark(child, name, here) and name not in _SKIPPED:
                self._inline(child, here)

    def _field(self, kind: str) -> None:
        """Within a field, code comes before the result; only the result is text."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _mark(self, element: Element, name: str, around: _Context) -> bool:
        """Note where comments begin and end; whether it was such a mark."""
        key = element.get(word("id"), "")
        if name == "commentRangeStart":
            self._open_comments.append(key)
        elif name == "commentRangeEnd":
            if key in self._open_comments:
                self._open_comments.remove(key)
        elif name == "commentReference":
            if key not in self._seen_comments:
                self._seen_comments.add(key)
                self._current.runs.append(ReviewedRun("", around.controls, around.revisions, (key,)))
        else:
            return False
        return True

    def _add(self, text: str, around: _Context) -> None:
        if any(self._fields):
            text = ""
        self._seen_comments.update(self._open_comments)
        self._current.runs.append(
            ReviewedRun(
                "" if around.is_gone else text,
                around.controls,
                around.revisions,
                tuple(self._open_comments),
                around.is_placeholder,
            )
        )

    def _children(self, parent: Element, around: _Context) -> Iterator[tuple[Element, str, _Context]]:
        """The children with their local names, each with what it stands in."""
        for child in parent:
            tag: Any = child.tag
            if not isinstance(tag, str):
                continue
            name = tag.rpartition("}")[2]
            here = around
            if tag == word("sdt"):
                here = self._in_control(child, around)
            elif name in _INSERTED or name in _DELETED:
                here = (
                    self._revised(child, around, name in _DELETED)
                    if tag.startswith(f"{{{WORD}}}")
                    else around
                )
            yield child, name, here

    def _in_control(self, element: Element, around: _Context) -> _Context:
        self._count += 1
        properties = element.find(word("sdtPr"))
        is_empty = False
        names = {"tag": "", "alias": ""}
        if properties is not None:
            for key in names:
                found = properties.find(word(key))
                names[key] = "" if found is None else found.get(word("val"), "")
            shown = properties.find(word("showingPlcHdr"))
            is_empty = shown is not None and shown.get(word("val"), "1") not in ("0", "false", "off")
        control = ReviewedControl(self._count, names["tag"], names["alias"], is_empty)
        return replace(
            around,
            controls=(*around.controls, control),
            is_placeholder=around.is_placeholder or is_empty,
        )

    def _under_mark(self, properties: Element | None, around: _Context) -> _Context:
        """What a whole row, cell or paragraph mark stands in by the revision noted in its properties."""
        for child in () if properties is None else properties:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"):
                around = self._revised(child, around, name in ("del", "moveFrom", "cellDel"))
        return around

    def _revised(self, element: Element, around: _Context, is_deletion: bool) -> _Context:
        author = element.get(word("author"), "")
        if author.startswith(_OURS):
            return replace(around, is_gone=around.is_gone or is_deletion)
        revision = Revision(author, element.get(word("date"), ""), is_deletion)
        gone = around.is_gone or (is_deletion if self._accept else not is_deletion)
        return replace(around, revisions=(*around.revisions, revision), is_gone=gone)


def _goes_on(properties: Element | None) -> bool:
    """Whether a cell is merged with the one above it."""
    merge = None if properties is None else properties.find(word("vMerge"))
    return merge is not None and merge.get(word("val"), "continue") == "continue"


def _symbol(code: str) -> str:
    """A character named by its number in a symbol font."""
    known = _BOX_SYMBOLS.get(code.upper())
    if known is None and _CODE.fullmatch(code):
        return chr(int(code, 16))
    return known or ""
