"""Read the text of a Word file from its elements.

Controls, tracked changes, links and similar elements are followed wherever a program nested them.
"""

from __future__ import annotations

from dataclasses import replace

from zhengti_zip.review.context import REVISIONS, Context, Contexts
from zhengti_zip.review.inline_reader import InlineReader
from zhengti_zip.review.placeholders import mark_placeholders
from zhengti_zip.review.repeated_controls import without_repeats
from zhengti_zip.review.reviewed_text import (
    ReviewedBody,
    ReviewedCell,
    ReviewedParagraph,
)
from zhengti_zip.review.run_looks import is_shaded
from zhengti_zip.review.supplements import Supplements
from zhengti_zip.review.unread import UnreadKind, UnreadMark
from zhengti_zip.review.wordfile import Element, word

_TABLE_HOLDERS = REVISIONS | {"sdt", "sdtContent", "customXml", "smartTag"}
"""Elements that may stand around rows and cells."""

_BLOCK_HOLDERS = REVISIONS | {"sdt", "sdtContent", "customXml"}
"""Elements that may stand around paragraphs and tables."""


class TextReader:
    """Reads one document.

    Args:
        accept: take tracked changes as accepted; else as rejected.
        name: of the file, for messages.
        supplements: what is beside the text.
        contexts: the contexts of the document that this one is a part of.

    Attributes:
        unread: what was come across and is not read as text; complete when the text was read.
    """

    def __init__(
        self,
        accept: bool = True,
        name: str = "",
        supplements: Supplements | None = None,
        contexts: Contexts | None = None,
    ) -> None:
        self._accept, self._name = accept, name
        self._contexts = contexts or Contexts(accept, name)
        self._supplements = supplements or Supplements()
        self._inline = InlineReader(self._contexts, self._supplements, self._nested, accept, name)
        self.unread = self._inline.unread
        self._body = ReviewedBody()
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

    def _nested(self, parent: Element) -> tuple[str, list[UnreadMark]]:
        """The text of a text box or a note, and what was not read in it."""
        beside = replace(self._supplements, numbering=None)
        reader = TextReader(self._accept, self._name, beside, self._contexts)
        text = reader.content(parent).text
        return text, [mark for mark in reader.unread if mark.is_told_inside]

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
            elif name == "altChunk":
                self._start(self._target(cell))
                self._inline.add("", here, self._inline.tell(UnreadKind.OBJECT, "", here))
            else:
                self._inline.mark(child, name, here)

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
                self._inline.mark(child, name, here)

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
                self._shading(properties, cell, here)
                if outer is None:
                    collected.append(cell)
            elif name in _TABLE_HOLDERS:
                self._cells(child, here, outer, collected)
            else:
                self._inline.mark(child, name, here)

    def _shading(self, properties: Element | None, cell: ReviewedCell, around: Context) -> None:
        """Tell of a cell with a background: what is printed has none."""
        if cell.paragraphs and is_shaded(properties):
            self._inline.current = cell.paragraphs[-1]
            self._inline.add("", around, self._inline.tell(UnreadKind.MARKED, cell.text, around))

    def _start(self, target: list[ReviewedParagraph]) -> None:
        target.append(ReviewedParagraph())
        self._inline.current = target[-1]

    def _paragraph(self, element: Element, around: Context, target: list[ReviewedParagraph]) -> None:
        """Read a paragraph; one whose paragraph mark was deleted continues in the next one."""
        is_begun = not (self._joins and target)
        if is_begun:
            self._start(target)
        self._inline.current = target[-1]
        if is_begun and not around.is_gone:
            self._number(element)
        if around.controls:
            self._inline.add("", around)
        self._inline.paragraph(element, around)
        mark = element.find(f"{word('pPr')}/{word('rPr')}")
        under = self._contexts.under_mark(mark, around)
        if under.revisions != around.revisions:
            self._inline.add("", under)
        self._joins = under.is_gone

    def _number(self, paragraph: Element) -> None:
        """Put the automatic number of a paragraph in front of it, outside of the controls."""
        numbering = self._supplements.numbering
        number = numbering.number(paragraph) if numbering else ""
        if number and any(True for _ in paragraph.iter(word("t"), word("delText"))):
            self._inline.current.is_numbered = True
            self._inline.add(number, Context())


def _is_continued(properties: Element | None) -> bool:
    """Whether a cell is merged with the cell above."""
    merge = None if properties is None else properties.find(word("vMerge"))
    return merge is not None and merge.get(word("val"), "continue") == "continue"
