"""The body of the Word file as plain data, from which the template ``word.xml.j2`` writes XML.

A body has pages, a page has title lines and table rows, a row cells, a cell paragraphs, a paragraph run
groups, and a run group runs of text. Around the runs that show an input is a content control.
"""

from __future__ import annotations

from typing import NamedTuple

from zhengti_zip.base.xmltext import legal_text

INSERTED, DELETED = "ins", "del"
"""XML elements around an inserted or deleted text, and inside the mark of such a paragraph."""


class TrackedChange(NamedTuple):
    """A tracked change.

    Attributes:
        kind: INSERTED or DELETED.
        number: unique in the file.
        author: the author that Word shows.
        date: ISO 8601 in UTC; "" leaves it out.
    """

    kind: str
    number: int
    author: str
    date: str = ""


class WordRun(NamedTuple):
    """Text in one format.

    Attributes:
        lines: its lines; at least one.
        style: identifier of a character style; "" for none.
        change: the insertion or deletion it is; None if it is neither.
    """

    lines: list[str]
    style: str = ""
    change: TrackedChange | None = None


class Control(NamedTuple):
    """A content control; of the kind "group", one around all that is locked and the controls in it.

    Attributes:
        number: unique in the file.
        tag, label: its name for programs and for people.
        lock: value of Open XML's ``w:lock``; "" for none.
        kind: "text", "richText", "dropDownList", "checkbox" or "group".
        choices: the values of a drop-down list.
        is_ticked: whether a check box is ticked.
        has_hint: whether its content is a hint, because nothing is entered.
        style: identifier of the character style of what is entered; "" for none.
    """

    number: int
    tag: str
    label: str
    lock: str
    kind: str
    choices: tuple[str, ...] = ()
    is_ticked: bool = False
    has_hint: bool = False
    style: str = ""


class RunGroup(NamedTuple):
    """Runs, and the content control around them; None for no control."""

    runs: tuple[WordRun, ...]
    control: Control | None = None


class WordParagraph(NamedTuple):
    """A paragraph: identifier of its style, content, and the insertion or deletion of its end."""

    style: str
    run_groups: tuple[RunGroup, ...] = ()
    change: TrackedChange | None = None


class WordCell(NamedTuple):
    """A cell in one of the rows it covers.

    Attributes:
        width: in twips.
        column_span: columns it covers.
        merge: "restart" in the first of several rows, "continue" in the others, "" in a single one.
        is_cut: whether its text continues from or on another page; it is then aligned at the top.
        paragraphs: at least one.
    """

    width: int
    column_span: int
    merge: str
    is_cut: bool
    paragraphs: tuple[WordParagraph, ...]


class WordRow(NamedTuple):
    """A row: height in twips, whether it is kept on one page, whether it is a repeated head row."""

    height: int
    is_kept: bool
    is_head: bool
    cells: tuple[WordCell, ...]


class CoverLine(NamedTuple):
    """A line of the cover.

    Attributes:
        paragraph: what stands in it; of an item the first run group is the label.
        before: space above it, in twips.
        is_item: whether a ruled line runs behind the label, under the value.
    """

    paragraph: WordParagraph
    before: int
    is_item: bool = False


class WordCover(NamedTuple):
    """The page before the form.

    Attributes:
        lines: top to bottom; the first has no text.
        group: the group around it; None if everything may be edited.
        value_style: identifier of the character style of the values of items.
    """

    lines: tuple[CoverLine, ...]
    group: Control | None
    value_style: str


class WordPage(NamedTuple):
    """The content of one page.

    Attributes:
        lines: paragraphs above the table; the first has no text.
        rows: the rows of the table.
        group: the group around it; None if everything may be edited.
        is_signed: whether the signature line stands under the table.
    """

    lines: tuple[WordParagraph, ...]
    rows: tuple[WordRow, ...]
    group: Control | None
    is_signed: bool = False


def runs(text: str, style: str = "", change: TrackedChange | None = None) -> tuple[WordRun, ...]:
    """The run of a text; none if it is empty."""
    return (WordRun(legal_text(text).split("\n"), style, change),) if text else ()
