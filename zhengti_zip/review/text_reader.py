"""Read the text of a Word file from its elements.

Controls, tracked changes, links and similar elements are followed wherever a program nested them.
"""

from __future__ import annotations

import re

from zhengti_zip.base.limits import MAX_COMMENTED_RUNS, TOO_LARGE_WORD, too_much
from zhengti_zip.base.xmltext import ILLEGAL
from zhengti_zip.review.context import REVISIONS, Context, Contexts
from zhengti_zip.review.numbering import Numbering
from zhengti_zip.review.placeholders import mark_placeholders
from zhengti_zip.review.repeated_controls import without_repeats
from zhengti_zip.review.reviewed_text import (
    ReviewedBody,
    ReviewedCell,
    ReviewedParagraph,
    ReviewedRun,
)
from zhengti_zip.review.wordfile import Element, word

_CHARACTERS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
_TABLE_PROPERTIES = {"tblPr", "tblGrid", "tblPrEx"}
_PROPERTIES = {"pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "customXmlPr", "smartTagPr", "rubyPr"}
_PICTURES = {"drawing", "pict", "object", "txbxContent", "Fallback"}
_REFERENCES = {"instrText", "delInstrText", "fldData", "rt", "footnoteReference", "endnoteReference"}
_SKIPPED = _TABLE_PROPERTIES | _PROPERTIES | _PICTURES | _REFERENCES
"""Elements without text of the document. A Fallback repeats the Choice before it."""

_TABLE_HOLDERS = REVISIONS | {"sdt", "sdtContent", "customXml", "smartTag"}
"""Elements that may stand around rows and cells."""

_BLOCK_HOLDERS = REVISIONS | {"sdt", "sdtContent", "customXml", "AlternateContent", "Choice"}
"""Elements that may stand around paragraphs and tables."""

_BOX_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FD": "☒", "F0A8": "☐", "F0A3": "☐", "F06F": "☐"}
"""Check boxes of the Wingdings fonts."""

_CODE = re.compile("[0-9A-CEFa-cef][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2}")
"""Four hexadecimal digits, surrogates excepted."""


class TextReader:
    """Reads one document.

    Args:
        accept: take tracked changes as accepted; else as rejected.
        name: of the file, for messages.
        numbering: the automatic numbers; None reads none.
    """

    def __init__(self, accept: bool = True, name: str = "", numbering: Numbering | None = None) -> None:
        self._contexts = Contexts(accept, name)
        self._name, self._numbering = name, numbering
        self._body = ReviewedBody()
        self._open_comments: dict[str, None] = {}
        self._commented = 0
        self._seen_comments: set[str] = set()
        self._fields: list[bool] = []
        self._current = ReviewedParagraph()
        self._joins = False

    def body(self, root: Element) -> ReviewedBody:
        """The whole document in reading order.

        Raises:
            InputError: it has far too many parts, tracked changes or comments.
        """
        body = root.find(word("body"))
        return self._body if body is None else self.content(body)

    def content(self, parent: Element) -> ReviewedBody:
        """The paragraphs and tables of one element, such as a comment."""
        self._blocks(parent, Context(), None)
        cells = [cell.paragraphs for row in self._body.rows for cell in row]
        for paragraphs in (self._body.title, self._body.others, *cells):
            for paragraph in paragraphs:
                paragraph.runs = mark_placeholders(without_repeats(paragraph.runs))
        return self._body

    def _blocks(self, parent: Element, around: Context, cell: ReviewedCell | None) -> None:
        """Read paragraphs and tables; the content of a table within a cell belongs to that cell."""
        for child, name, here in self._contexts.children(parent, around):
            if name == "p":
                self._paragraph(child, here, self._target(cell))
            elif name == "tbl":
                self._joins = False
                self._rows(child, here, cell)
                self._joins = False
            elif name in _BLOCK_HOLDERS:
                self._blocks(child, here, cell)
            else:
                self._mark(child, name, here)

    def _target(self, cell: ReviewedCell | None) -> list[ReviewedParagraph]:
        if cell is not None:
            return cell.paragraphs
        return self._body.others if self._body.rows else self._body.title

    def _rows(self, parent: Element, around: Context, cell: ReviewedCell | None) -> None:
        for child, name, here in self._contexts.children(parent, around):
            if name == "tr":
                self._row(child, here, cell)
            elif name in _TABLE_HOLDERS:
                self._rows(child, here, cell)
            else:
                self._mark(child, name, here)

    def _row(self, row: Element, around: Context, outer: ReviewedCell | None) -> None:
        here = self._contexts.under_mark(row.find(word("trPr")), around)
        cells: list[ReviewedCell] = []
        self._cells(row, here, outer, cells)
        if outer is None and cells:
            is_gone = here.is_gone and not around.is_gone
            (self._body.gone_rows if is_gone else self._body.rows).append(cells)

    def _cells(
        self, parent: Element, around: Context, outer: ReviewedCell | None, collected: list[ReviewedCell]
    ) -> None:
        for child, name, here in self._contexts.children(parent, around):
            if name == "tc":
                properties = child.find(word("tcPr"))
                cell = outer or ReviewedCell(is_continued=_is_continued(properties))
                self._joins = False
                self._blocks(child, self._contexts.under_mark(properties, here), cell)
                self._joins = False
                if outer is None:
                    collected.append(cell)
            elif name in _TABLE_HOLDERS:
                self._cells(child, here, outer, collected)
            else:
                self._mark(child, name, here)

    def _paragraph(self, element: Element, around: Context, target: list[ReviewedParagraph]) -> None:
        """Read a paragraph; one whose paragraph mark was deleted continues in the next one."""
        is_begun = not (self._joins and target)
        if is_begun:
            target.append(ReviewedParagraph())
        self._current = target[-1]
        self._fields = []
        if is_begun and self._numbering is not None and not around.is_gone:
            self._number(element)
        if around.controls:
            self._add("", around)
        self._inline(element, around)
        mark = element.find(f"{word('pPr')}/{word('rPr')}")
        under = self._contexts.under_mark(mark, around)
        if under.revisions != around.revisions:
            self._add("", under)
        self._joins = under.is_gone

    def _number(self, paragraph: Element) -> None:
        """Put the automatic number of a paragraph in front of it, outside of the controls."""
        number = self._numbering.number(paragraph) if self._numbering else ""
        if number and any(True for _ in paragraph.iter(word("t"), word("delText"))):
            self._current.is_numbered = True
            self._add(number, Context())

    def _inline(self, parent: Element, around: Context) -> None:
        for child, name, here in self._contexts.children(parent, around):
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
                count = len(self._current.runs)
                self._inline(child, here)
                if name == "sdt" and len(self._current.runs) == count:
                    self._add("", here)  # the control is there, and empty

    def _field(self, kind: str) -> None:
        """Enter or leave a field: its code comes before its result, and only the result is text."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _mark(self, element: Element, name: str, around: Context) -> bool:
        """Note where comments begin and end.

        Returns:
            Whether the element is such a mark.
        """
        key = element.get(word("id"), "")
        if name == "commentRangeStart":
            self._open_comments[key] = None
        elif name == "commentRangeEnd":
            self._open_comments.pop(key, None)
        elif name == "commentReference":
            if key not in self._seen_comments:
                self._seen_comments.add(key)
                self._current.runs.append(ReviewedRun("", around.controls, around.revisions, (key,)))
        else:
            return False
        return True

    def _add(self, text: str, around: Context) -> None:
        if any(self._fields):
            text = ""
        self._commented += len(self._open_comments)
        if self._commented > MAX_COMMENTED_RUNS:
            raise too_much(self._name, "重叠的批注", MAX_COMMENTED_RUNS, "处", TOO_LARGE_WORD)
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


def _is_continued(properties: Element | None) -> bool:
    """Whether a cell is merged with the cell above."""
    merge = None if properties is None else properties.find(word("vMerge"))
    return merge is not None and merge.get(word("val"), "continue") == "continue"


def _symbol(code: str) -> str:
    """The character with a code of a symbol font."""
    known = _BOX_SYMBOLS.get(code.upper())
    if known is None and _CODE.fullmatch(code):
        char = chr(int(code, 16))
        return "" if ILLEGAL.match(char) else char
    return known or ""
