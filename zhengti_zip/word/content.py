"""The body of the Word file as plain data, which the template ``word.xml.j2`` writes as XML.

A body is pages, a page title lines and table rows, a row cells, a cell paragraphs, a paragraph parts,
and a part runs of text, with a content control around them where they show an input.
"""

from __future__ import annotations

from typing import NamedTuple

from zhengti_zip.base.xmltext import legal_text

INSERTED, DELETED = "ins", "del"
"""Elements around what was inserted or deleted, and inside the mark of a paragraph that was."""


class TrackedChange(NamedTuple):
    """A tracked change.

    Attributes:
        kind: INSERTED or DELETED.
        number: its own number in the file.
        author: who Word says made it.
        date: when, as XML writes it; "" leaves it out.
    """

    kind: str
    number: int
    author: str
    date: str = ""


class Run(NamedTuple):
    """Text in one format.

    Attributes:
        lines: what is printed, with line breaks between.
        style: identifier of a character style; "" for none.
        change: what happened to it; None when it stayed.
    """

    lines: list[str]
    style: str = ""
    change: TrackedChange | None = None


class Control(NamedTuple):
    """A content control, or with the kind "group" a group that locks what is not in a control.

    Attributes:
        number: its own number in the file.
        tag, label: how programs and people know it.
        lock: what is locked, a word of Open XML; "" when nothing is.
        kind: "text", "richText", "dropDownList", "checkbox" or "group".
        choices: what a list offers.
        is_ticked: whether the check box is.
        has_hint: whether its content is a hint, because nothing was entered.
    """

    number: int
    tag: str
    label: str
    lock: str
    kind: str
    choices: tuple[str, ...] = ()
    is_ticked: bool = False
    has_hint: bool = False


class RunGroup(NamedTuple):
    """Runs, in a control if there is one."""

    runs: tuple[Run, ...]
    control: Control | None = None


class WordParagraph(NamedTuple):
    """A paragraph: identifier of its style, content, and what happened to its end."""

    style: str
    run_groups: tuple[RunGroup, ...] = ()
    change: TrackedChange | None = None


class WordCell(NamedTuple):
    """A cell in one of the rows it covers.

    Attributes:
        width: in twips.
        column_span: columns it covers.
        merge: "restart" in the first of several rows, "continue" in the others, "" in a single one.
        is_cut: whether its text comes from or goes on to another page, so that it starts at the top.
        paragraphs: at least one.
    """

    width: int
    column_span: int
    merge: str
    is_cut: bool
    paragraphs: tuple[WordParagraph, ...]


class WordRow(NamedTuple):
    """A row: height in twips, whether it stays on one page, whether it is a head that is repeated."""

    height: int
    is_kept: bool
    is_head: bool
    cells: tuple[WordCell, ...]


class WordPage(NamedTuple):
    """What stands on one page.

    Attributes:
        lines: paragraphs above the table, the first one without text.
        rows: the rows of the table.
        group: the group around all of it; None when everything may be edited.
    """

    lines: tuple[WordParagraph, ...]
    rows: tuple[WordRow, ...]
    group: Control | None


def runs(text: str, style: str = "", change: TrackedChange | None = None) -> tuple[Run, ...]:
    """A text as runs: one, or none when there is no text."""
    return (Run(legal_text(text).split("\n"), style, change),) if text else ()
