"""Read what is in a paragraph of a Word file: its text, and the marks of what is no text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zhengti_zip.base.limits import MAX_COMMENTED_RUNS, MAX_REVIEW_MARKS, TOO_LARGE_WORD, too_much
from zhengti_zip.review.context import Context, Contexts
from zhengti_zip.review.drawings import drawn_in
from zhengti_zip.review.equations import linear, math
from zhengti_zip.review.fields import OpenField, field_text
from zhengti_zip.review.plain_text import plain_text
from zhengti_zip.review.reviewed_text import ReviewedParagraph, ReviewedRun, Revision
from zhengti_zip.review.run_looks import Properties
from zhengti_zip.review.seen_text import GONE, seen
from zhengti_zip.review.supplements import Supplements
from zhengti_zip.review.symbols import SYMBOLS, is_symbol_font, symbol, symbol_of
from zhengti_zip.review.unread import UnreadKind, UnreadMark
from zhengti_zip.review.wordfile import Element, word
from zhengti_zip.submission.values import MAX_TEXT

_PROPERTIES = {"pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "customXmlPr", "smartTagPr", "rubyPr"}
_SKIPPED = _PROPERTIES | {"fldData", "tblPr", "tblGrid", "tblPrEx"}
_DRAWINGS = {"drawing", "pict", "object", "contentPart", "subDoc"}
_NOTES = {"footnoteReference": UnreadKind.FOOTNOTE, "endnoteReference": UnreadKind.ENDNOTE}
_CONTINUED = (UnreadKind.STRUCK, UnreadKind.HIDDEN, UnreadKind.MARKED, UnreadKind.RAISED, UnreadKind.LOWERED)
"""What goes on from one run to the next."""

_EQUATIONS = (math("oMath"), math("oMathPara"))
ANCHOR = "unread:"
"""Begins the ids of what is not read; no comment has an id like that."""


class InlineReader:
    """Reads the paragraphs of one document, one after another.

    Args:
        contexts: makes the contexts of the elements.
        supplements: what is beside the text.
        nested: gives the text of an element with paragraphs of its own, and what was not read in it.
        accept: take tracked changes as accepted; else as rejected.
        name: of the file, for messages.

    Attributes:
        unread: what was come across and is not read as text.
        current: the paragraph that is being read.
    """

    def __init__(
        self,
        contexts: Contexts,
        supplements: Supplements,
        nested: Callable[[Element], tuple[str, list[UnreadMark]]],
        accept: bool,
        name: str,
    ) -> None:
        self._contexts, self._supplements, self._nested = contexts, supplements, nested
        self._accept, self._name = accept, name
        self.unread: list[UnreadMark] = []
        self.current = ReviewedParagraph()
        self._open_comments: dict[str, None] = {}
        self._commented = 0
        self._seen_comments: set[str] = set()
        self._fields: list[OpenField] = []
        self._given: Properties = {}

    def paragraph(self, element: Element, around: Context) -> None:
        """Read a paragraph into the current one."""
        self._given = self._supplements.looks.of_paragraph(element)
        self._fields = []
        self._children(element, around)
        while self._fields:  # a field without an end
            self._field("end", around)

    def add(self, text: str, around: Context, anchor: str = "") -> None:
        """Add a run to the current paragraph."""
        for opened in reversed(self._fields) if text or anchor else ():
            if not opened.is_result:
                opened.add_code("" if around.is_gone else text)
                text = ""
                break
            opened.has_result = True
        self._commented += len(self._open_comments)
        if self._commented > MAX_COMMENTED_RUNS:
            raise too_much(self._name, "重叠的批注", MAX_COMMENTED_RUNS, "处", TOO_LARGE_WORD)
        self._seen_comments.update(self._open_comments)
        comments = (*self._open_comments, anchor) if anchor else tuple(self._open_comments)
        kept = "" if around.is_gone else text
        self.current.runs.append(
            ReviewedRun(kept, around.controls, around.revisions, comments, around.is_placeholder)
        )

    def mark(self, element: Element, name: str, around: Context) -> bool:
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
                self.current.runs.append(ReviewedRun("", around.controls, around.revisions, (key,)))
        else:
            return False
        return True

    def tell(
        self, kind: UnreadKind, text: str, around: Context, inside: list[UnreadMark] | None = None
    ) -> str:
        """Note that something is not read here.

        Args:
            kind: what it is.
            text: the words in it.
            around: what is around it; what a tracked change removes is not told.
            inside: what was not read within it.

        Returns:
            The id that the run has which stands there.

        Raises:
            InputError: there is far too much of it.
        """
        if around.is_gone:
            return ""
        by = around.look.by or next((mark for mark in around.revisions if not mark.is_deletion), None)
        last = self.unread[-1] if self.unread else None
        runs = self.current.runs
        is_same = last is not None and kind in _CONTINUED and (last.kind, last.by) == (kind, by)
        if last and is_same and runs and last.anchor in runs[-1].comments:
            if len(last.text) < MAX_TEXT:  # else a file of single letters would copy the text for each
                last.text += text  # the same goes on in the next run
            return last.anchor
        anchor = f"{ANCHOR}{len(self.unread)}"
        self.unread.append(UnreadMark(kind, text, anchor, by))
        self.unread += [replace(mark, anchor=anchor) for mark in inside or ()]
        if len(self.unread) > MAX_REVIEW_MARKS:
            raise too_much(self._name, "图片、文本框和突出显示的文字", MAX_REVIEW_MARKS, "处", TOO_LARGE_WORD)
        return anchor

    def _children(self, parent: Element, around: Context) -> None:
        for child, name, here in self._contexts.children(parent, around):
            if child.tag in _EQUATIONS:
                self._equation(child, here)
            elif name == "r":
                look = self._supplements.looks.of_run(child, self._given)
                self._children(child, replace(here, look=look) if look != here.look else here)
            elif (text := plain_text(child, name)) is not None:
                self._text(text, here)
            elif name == "sym":
                self._symbol(child.get(word("font"), ""), child.get(word("char"), ""), here)
            elif name in ("fldChar", "instrText", "delInstrText"):
                self._field(child.get(word("fldCharType"), ""), here, child.text or "")
            elif name == "fldSimple":
                self._simple_field(child, here)
            elif name in _DRAWINGS:
                self._drawing(child, here)
            elif name in _NOTES:
                self._note(_NOTES[name], child.get(word("id"), ""), here)
            elif name == "rt":
                self._phonetic(child, here)
            elif not self.mark(child, name, here) and name not in _SKIPPED:
                count = len(self.current.runs)
                self._children(child, here)
                if name == "sdt" and len(self.current.runs) == count:
                    self.add("", here)  # the control is there, and empty

    def _text(self, text: str, around: Context) -> None:
        """Add text as a reader sees it."""
        font = around.look.font
        if is_symbol_font(font) and any(ord(char) >= SYMBOLS for char in text):
            for char in text:
                self._character(symbol_of(font, ord(char)), f"{font} {ord(char):04X}", around)
            return
        read, kind = seen(text, around.look)
        anchor = self.tell(kind, text, around) if kind and text.strip() else ""
        if kind in GONE:
            # As a tracked deletion, so that what is gone does not count as lost.
            by = replace(around.look.by or Revision("", "", True), is_deletion=True)
            around = replace(around, revisions=(*around.revisions, by))
        self.add(read, around, anchor)

    def _symbol(self, font: str, code: str, around: Context) -> None:
        self._character(symbol(font, code), f"{font} {code}".strip(), around)

    def _character(self, found: str | None, name: str, around: Context) -> None:
        if found is None:
            self.add("", around, self.tell(UnreadKind.SYMBOL, name, around))
        else:
            self._text(found, replace(around, look=replace(around.look, font="")))

    def _equation(self, element: Element, around: Context) -> None:
        found = linear(element, self._accept)
        if not found.text:
            return
        anchor = "" if found.is_exact else self.tell(UnreadKind.EQUATION, found.text, around)
        self.add(found.text, around, anchor)

    def _drawing(self, element: Element, around: Context) -> None:
        for drawn in () if around.is_gone else drawn_in(element):
            text, inside = (drawn.text, []) if drawn.content is None else self._nested(drawn.content)
            self.add("", around, self.tell(drawn.kind, text, around, inside))

    def _note(self, kind: UnreadKind, key: str, around: Context) -> None:
        note = None if around.is_gone else self._supplements.notes.pop((kind, key), None)
        text, inside = ("", []) if note is None else self._nested(note)
        self.add("", around, self.tell(kind, text, around, inside))

    def _phonetic(self, element: Element, around: Context) -> None:
        text = "".join(piece.text or "" for piece in element.iter(word("t")))
        if text.strip():
            self.add("", around, self.tell(UnreadKind.PHONETIC, text, around))

    def _simple_field(self, element: Element, around: Context) -> None:
        """Read a field that is one element: its code is an attribute, its children are its result."""
        self._field("begin", around)
        self._field("", around, element.get(word("instr"), ""))
        self._field("separate", around)
        self._children(element, around)
        self._field("end", around)

    def _field(self, kind: str, around: Context, code: str = "") -> None:
        """Enter or leave a field: its code comes before its result, and only the result is text."""
        if kind == "begin":
            self._fields.append(OpenField(around))
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.has_result:
                shown = field_text(ended.code)
                for told, words in shown.told:
                    self.add("", ended.around, self.tell(told, words, ended.around))
                self._text(shown.text, ended.around)
        elif code and self._fields and not self._fields[-1].is_result and not around.is_gone:
            self._fields[-1].add_code(code)
