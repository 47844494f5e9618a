"""The context of an element in a Word file: the content controls and tracked changes around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhengti_zip.base.limits import MAX_REVIEW_MARKS, MAX_WORD_PARTS, TOO_LARGE_WORD, too_much
from zhengti_zip.review.alternatives import children_of
from zhengti_zip.review.reviewed_text import ReviewedControl, Revision
from zhengti_zip.review.run_looks import PLAIN, Look
from zhengti_zip.review.wordfile import Element, word

REVISIONS = frozenset(("ins", "moveTo", "del", "moveFrom"))
"""Elements of tracked changes."""

_CELL_REVISIONS = ("cellIns", "cellDel")
_DELETIONS = ("del", "moveFrom", "cellDel")

_PROGRAM = "zhengti-zip"
"""Start of the author of changes that ``build --compare`` marks; they are no edits of a reviewer."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is around an element.

    Attributes:
        controls: the content controls, outermost first.
        revisions: the tracked changes.
        is_gone: whether the tracked changes remove the text.
        is_placeholder: whether a control is marked as showing its placeholder.
        look: how the run looks.
    """

    controls: tuple[ReviewedControl, ...] = ()
    revisions: tuple[Revision, ...] = ()
    is_gone: bool = False
    is_placeholder: bool = False
    look: Look = PLAIN


class Contexts:
    """Makes the contexts of one document.

    Args:
        accept: take tracked changes as accepted; else as rejected.
        name: of the file, for messages.
    """

    def __init__(self, accept: bool, name: str = "") -> None:
        self._accept, self._name = accept, name
        self._count = self._elements = self._revisions = 0

    def children(self, parent: Element, around: Context) -> Iterator[tuple[Element, str, Context]]:
        """The child elements with their local names and contexts."""
        for child in children_of(parent):
            tag = str(child.tag)
            self._elements += 1
            if self._elements > MAX_WORD_PARTS:
                raise too_much(self._name, "段落、表格和文字", MAX_WORD_PARTS, "处", TOO_LARGE_WORD)
            name = tag.rpartition("}")[2]
            here = around
            if tag == word("sdt"):
                here = self._in_control(child, around)
            elif name in REVISIONS and tag == word(name):
                here = self._revised(child, around, name in _DELETIONS)
            yield child, name, here

    def _in_control(self, element: Element, around: Context) -> Context:
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
        control = ReviewedControl(self._count, **names)
        return replace(
            around,
            controls=(*around.controls, control),
            is_placeholder=around.is_placeholder or is_empty,
        )

    def under_mark(self, properties: Element | None, around: Context) -> Context:
        """The context of a row, cell or paragraph mark: its properties may say that it was inserted or deleted."""
        for child in () if properties is None else properties:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name in REVISIONS or name in _CELL_REVISIONS:
                around = self._revised(child, around, name in _DELETIONS)
        return around

    def _revised(self, element: Element, around: Context, is_deletion: bool) -> Context:
        self._revisions += 1
        if self._revisions > MAX_REVIEW_MARKS:
            raise too_much(self._name, "修订", MAX_REVIEW_MARKS, "处", TOO_LARGE_WORD)
        author = element.get(word("author"), "")
        if author.startswith(_PROGRAM):
            return replace(around, is_gone=around.is_gone or is_deletion)
        revision = Revision(author, element.get(word("date"), ""), is_deletion)
        gone = around.is_gone or (is_deletion if self._accept else not is_deletion)
        return replace(around, revisions=(*around.revisions, revision), is_gone=gone)
