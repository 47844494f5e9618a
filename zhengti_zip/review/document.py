"""Read a reviewed Word file: its text, its comments and the data inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhengti_zip.base.limits import MAX_REVIEW_MARKS, TOO_LARGE_WORD, too_much
from zhengti_zip.review.numbering import Numbering
from zhengti_zip.review.reviewed_text import ReviewedBody
from zhengti_zip.review.text_reader import TextReader
from zhengti_zip.review.wordfile import Element, Embedded, WordFile, word

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
    """

    name: str
    body: ReviewedBody
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    replies: Mapping[str, str] = field(default_factory=dict)
    embedded: Embedded | None = None
    accepted: bool = True


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
    body = TextReader(accept, name, Numbering(file.numbering(), file.styles())).body(file.document())
    comments = file.comments()
    replies = _replies(comments, file.comment_threads())
    remarks = {} if comments is None else _remarks(comments, name)
    return ReviewedDocument(name, body, remarks, replies, file.embedded(), accept)


def _remarks(root: Element, name: str) -> dict[str, Remark]:
    found = {}
    for number, item in enumerate(root.iter(word("comment"))):
        if number >= MAX_REVIEW_MARKS:
            raise too_much(name, "批注", MAX_REVIEW_MARKS, remedy=TOO_LARGE_WORD)
        key = item.get(word("id"), "")
        read = TextReader(name=name).content(item)
        text = "\n".join(paragraph.text for paragraph in read.title).strip()
        found[key] = Remark(item.get(word("author"), ""), item.get(word("date"), ""), text)
    return found


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
