"""Edits of rows in a Word file as a person makes them, for tests: of rows of a table and of entries of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from tests.review.wordlike import Element, delete, inner_controls, put, revision, run, texts, unwrap
from zhengti_zip.review.wordfile import word
from zhengti_zip.word.controls import TABLE_TAG


def row_of(root: Element, path: str) -> Element:
    """The row of the table that shows an input."""
    return next(inner_controls(root, path)[0].iterancestors(word("tr")))


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return row.findall(word("tc"))


def merge_of(cell: Element) -> str:
    """How a cell is merged with its neighbours above and below: restart, continue, or "" for not at all."""
    found = cell.find(f"{word('tcPr')}/{word('vMerge')}")
    return "" if found is None else found.get(word("val"), "continue")


def remove_row(row: Element, keeps_label: bool = True) -> None:
    """Delete a row with the label of merged cells that begins in it.

    Args:
        keeps_label: whether the label passes to the row below, as in LibreOffice; in Word it is gone.
    """
    below = row.getnext()
    for place, cell in enumerate(cells_of(row)):
        if merge_of(cell) != "restart" or below is None or below.tag != word("tr"):
            continue
        following = cells_of(below)[place]
        if merge_of(following) != "continue":
            continue
        if keeps_label:
            cells_of(below)[place].getparent().replace(following, deepcopy(cell))  # type: ignore[union-attr]
        else:
            merge = following.find(f"{word('tcPr')}/{word('vMerge')}")
            assert merge is not None
            merge.set(word("val"), "restart")
    parent = row.getparent()
    assert parent is not None
    parent.remove(row)


def typed_row(row: Element, filled: Mapping[int, str]) -> Element:
    """Insert a row below another and type into it: merged cells go on, all others are empty at first.

    Args:
        filled: texts by the place of the cell.
    """
    new = deepcopy(row)
    for sdt in reversed(list(new.iter(word("sdt")))):
        unwrap(sdt)
    for place, cell in enumerate(cells_of(new)):
        merge = cell.find(f"{word('tcPr')}/{word('vMerge')}")
        if merge is not None:
            merge.set(word("val"), "continue")
        for piece in list(cell.iter(word("r"))):
            parent = piece.getparent()
            assert parent is not None
            parent.remove(piece)
        if place in filled:
            paragraph = cell.find(word("p"))
            assert paragraph is not None
            paragraph.append(run(filled[place]))
    row.addnext(new)
    return new


def copied_row(row: Element) -> Element:
    """Copy a row with its controls and paste it below; merged cells go on, and comments stay where they are."""
    new = deepcopy(row)
    marks = ("commentRangeStart", "commentRangeEnd", "commentReference")
    for mark in list(new.iter(*map(word, marks))):
        holder = mark.getparent()
        assert holder is not None
        holder.remove(mark)
    for cell in cells_of(new):
        merge = cell.find(f"{word('tcPr')}/{word('vMerge')}")
        if merge is not None and merge.get(word("val")) == "restart":
            merge.set(word("val"), "continue")
            for piece in list(cell.iter(word("r"))):
                parent = piece.getparent()
                assert parent is not None
                parent.remove(piece)
    row.addnext(new)
    return new


def swap_rows(one: Element, other: Element) -> None:
    """Swap what stands in two rows, their labels excepted."""
    for first, second in zip(cells_of(one), cells_of(other), strict=True):
        if merge_of(first) or merge_of(second):
            continue
        marker = etree.Element("marker")
        first.addprevious(marker)
        second.addprevious(first)
        marker.addprevious(second)
        parent = marker.getparent()
        assert parent is not None
        parent.remove(marker)


def entries_of(root: Element, table: str, part: str) -> list[list[Element]]:
    """The entries of a list printed in one cell: the paragraphs of each."""
    found: list[list[Element]] = []
    first = next(_paragraphs(root, table, part), None)
    cell = None if first is None else first.getparent()
    for paragraph in () if cell is None else cell.findall(word("p")):
        if lead_of(paragraph) is not None:
            found.append([])
        elif not found:
            return []  # goes on from the page before
        found[-1].append(paragraph)
    return found


def number_of(entry: list[Element]) -> int | None:
    """The number of the row whose control is in an entry; None without one."""
    tags = [tag for tag in _tags(entry[0]) if tag != TABLE_TAG]
    return int(tags[0].split(".")[1]) if tags else None


def put_entries(cell: Element, entries: Sequence[tuple[int, list[Element]]]) -> None:
    """Put the entries of a list, each with its number, into the order of their numbers; others are removed."""
    for child in cell.findall(word("p")):
        cell.remove(child)
    for number, paragraphs in sorted(entries, key=lambda entry: entry[0]):
        lead = lead_of(paragraphs[0])
        assert lead is not None
        lead.text = f"{number}."
        cell.extend(paragraphs)
    if not entries:
        etree.SubElement(cell, word("p"))


def typed_entry(like: list[Element], text: str, has_control: bool = False) -> list[Element]:
    """A new entry in the style of another: typed as plain text, or into a copy of its control."""
    made = etree.Element(word("p"))
    style = like[0].find(word("pPr"))
    if style is not None:
        made.append(deepcopy(style))
    made.append(run("0."))
    control = next((child for child in like[0] if child.tag == word("sdt")), None)
    if has_control and control is not None:
        copy = deepcopy(control)
        put(copy, text)
        made.append(copy)
    else:
        made.append(run(text))
    return [made]


def track_row(row: Element, kind: str, author: str) -> None:
    """Mark a row as inserted (``ins``) or deleted (``del``), with every text in it."""
    properties = row.find(word("trPr"))
    if properties is None:
        properties = etree.Element(word("trPr"))
        row.insert(0, properties)
    properties.append(revision(kind, author=author))
    for piece in list(row.iter(word("r"))):
        if kind == "del":
            delete(piece, author)
        else:
            mark = revision(kind, author=author)
            piece.addprevious(mark)
            mark.append(piece)


def _paragraphs(root: Element, table: str, part: str) -> Iterator[Element]:
    for paragraph in root.iter(word("p")):
        if any(tag.startswith(f"{table}.") and tag.endswith(f".{part}") for tag in _tags(paragraph)):
            yield paragraph


def _tags(paragraph: Element) -> list[str]:
    return [tag.get(word("val"), "") for tag in paragraph.iter(word("tag"))]


def lead_of(paragraph: Element) -> Element | None:
    """The text with the number in front of an entry; None in its other paragraphs."""
    first = next((child for child in paragraph if child.tag != word("pPr")), None)
    if first is None or first.tag != word("r"):
        return None
    found = next(iter(texts(first)), None)
    return found if found is not None and re.fullmatch(r"\d+\.", found.text or "") else None
