"""Read a reviewed Word file: its text, its comments and the data inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhengti_zip.base.limits import MAX_REVIEW_MARKS, TOO_LARGE_WORD, too_much
from zhengti_zip.review.normalize import without_space
from zhengti_zip.review.reviewed_text import ReviewedBody, Revision
from zhengti_zip.review.supplements import supplements_of
from zhengti_zip.review.text_reader import TextReader
from zhengti_zip.review.unread import UnreadKind, UnreadMark
from zhengti_zip.review.wordfile import Element, Embedded, WordFile, word

_PAGE_NUMBER = re.compile(r"(?:第|共|页|page|of|[/／\-—–.,，\d])*", re.IGNORECASE)
"""What says nothing but the number of the page, in a header or footer without white space."""

_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_THREAD = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A reviewer's comment: author, date as the file has it (e.g. 2022-05-01T09:30:00Z) and text."""

    author: str
    date: str
    text: str

    def as_json(self) -> dict[str, str]:
        """The stable shape of ``review --json``."""
        return {"author": self.author, "date": self.date, "text": self.text}


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """A reviewed Word file.

    Attributes:
        name: its file name, for messages.
        body: its text.
        remarks: comments by id, in the order of the file.
        replies: for the id of a comment that answers another, the id of that other one.
        embedded: the data it was built from; None when a program dropped them.
        accepted: whether tracked changes are taken as accepted.
        unread: what stands in it and is not read as text.
    """

    name: str
    body: ReviewedBody
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    replies: Mapping[str, str] = field(default_factory=dict)
    embedded: Embedded | None = None
    accepted: bool = True
    unread: tuple[UnreadMark, ...] = ()


def read_document(content: bytes, name: str, accept: bool = True) -> ReviewedDocument:
    """Read a Word file made by ``build`` and saved by Word, WPS or LibreOffice since.

    Args:
        content: the file.
        name: its name, for messages.
        accept: take tracked changes as accepted; else as rejected.

    Raises:
        InputError: the file is no Word file, damaged, encrypted or not safe to read.
    """
    file = WordFile(content, name)
    reader = TextReader(accept, name, supplements_of(file, accept))
    body = reader.body(file.document())
    comments = next(iter(file.related("comments")), None)
    replies = _replies(comments, next(iter(file.related("commentsExtended")), None))
    remarks, inside = ({}, []) if comments is None else _remarks(comments, name)
    unread = (*reader.unread, *inside, *_margins(file, accept))
    return ReviewedDocument(name, body, remarks, replies, file.embedded(), accept, unread)


def _remarks(root: Element, name: str) -> tuple[dict[str, Remark], list[UnreadMark]]:
    """The comments by id, and what in them is no text."""
    found, unread = {}, []
    for number, item in enumerate(root.iter(word("comment"))):
        if number >= MAX_REVIEW_MARKS:
            raise too_much(name, "批注", MAX_REVIEW_MARKS, remedy=TOO_LARGE_WORD)
        key, author, date = (item.get(word(part), "") for part in ("id", "author", "date"))
        reader = TextReader(name=name)
        text = reader.content(item).text.strip()
        found[key] = Remark(author, date, text)
        place = f"{author}的批注" if author else "批注"
        by = Revision(author, date, False)
        unread += [
            replace(mark, anchor="", place=place, by=by) for mark in reader.unread if mark.is_told_inside
        ]
    return found, unread


def _margins(file: WordFile, accept: bool) -> Iterator[UnreadMark]:
    """What stands in the headers and footers besides page numbers."""
    for kind, tag in ((UnreadKind.HEADER, "header"), (UnreadKind.FOOTER, "footer")):
        for root in file.related(tag):
            reader = TextReader(accept, file.name)
            text = reader.content(root).text.strip()
            if text and not _PAGE_NUMBER.fullmatch(without_space(text)):
                yield UnreadMark(kind, text, place=str(kind))
            for mark in reader.unread:
                if mark.is_told_inside:
                    yield replace(mark, anchor="", place=str(kind))


def _replies(comments: Element | None, threads: Element | None) -> dict[str, str]:
    """Id of the answering comment → id of the answered one. Word names both by their last paragraph."""
    if comments is None or threads is None:
        return {}
    ids = {
        paragraph.get(_PARAGRAPH_ID, ""): item.get(word("id"), "")
        for item in comments.iter(word("comment"))
        for paragraph in item.iter(word("p"))
        if paragraph.get(_PARAGRAPH_ID)
    }
    found = {}
    for item in threads:
        child, parent = (item.get(f"{_THREAD}{name}", "") for name in ("paraId", "paraIdParent"))
        if child in ids and parent in ids:
            found[ids[child]] = ids[parent]
    return found
