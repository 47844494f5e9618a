"""Edits of what is entered: texts retyped, changed in the middle, emptied and filled; numbers and choices."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tests.review.judged_file import Edit, JudgedFile
from tests.review.wordlike import (
    Element,
    delete,
    divided,
    inner_controls,
    put,
    remove,
    revision,
    run,
    texts,
    track,
)
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.review.baseline import PrintedPart
from zhengti_zip.review.submission_values import item_at
from zhengti_zip.review.wordfile import word
from zhengti_zip.submission.paths import INDICATORS, InputPath

HINTS = ("单击或点击此处输入文字。", "点击此处输入文字。", "填写")
"""What Word, WPS and this program show in an empty control."""


def item(file: JudgedFile, path: InputPath) -> Input:
    """What an input asks for."""
    return item_at(file.form, path)


def text_inputs(file: JudgedFile) -> list[PrintedPart]:
    """The inputs with a text in free words that nobody has edited."""
    return [
        part
        for part in file.filled()
        if (asked := item(file, part.path)).kind is ValueKind.TEXT
        and not asked.options
        and file.before.value(part.path) == part.text
    ]


def _chosen(file: JudgedFile, parts: list[PrintedPart]) -> PrintedPart | None:
    return file.chance.choice(parts) if parts else None


def _first(file: JudgedFile, path: InputPath) -> Element:
    """The first control of an input, after all others are removed."""
    first, *others = inner_controls(file.root, path)
    for other in others:
        holder = next(other.iterancestors(word("p")))
        remove(other if len(list(holder.iter(word("sdt")))) > 1 else holder)
    return first


def retyped(file: JudgedFile) -> Edit | None:
    """Retype a text as a whole."""
    part = _chosen(file, text_inputs(file))
    if part is None:
        return None
    text, first = file.words(), _first(file, part.path)
    is_tracked = file.chance.random() < 0.4
    if is_tracked:
        track(first, text, author=file.author())
    else:
        put(first, text)
    author = file.author() if is_tracked else ""
    return Edit(f"retyped {part.path}", {part.path: text}, author=author)


def _divisible(file: JudgedFile) -> tuple[PrintedPart, Element, int] | None:
    """A text of several characters, the text element it begins with, and a place within."""
    parts = [part for part in text_inputs(file) if len(part.text.partition("\n")[0]) > 4]
    part = _chosen(file, parts)
    if part is None:
        return None
    piece = texts(inner_controls(file.root, part.path)[0])[0]
    length = len(piece.text or "")
    return None if length < 4 else (part, piece, file.chance.randint(1, length - 2))


def inserted(file: JudgedFile) -> Edit | None:
    """Insert words within a text."""
    found = _divisible(file)
    if found is None:
        return None
    part, piece, at = found
    words, is_tracked = file.words(), file.chance.random() < 0.5
    before, _ = divided(piece, at)
    new = run(words)
    before.addnext(revision("ins", new, author=file.author()) if is_tracked else new)
    text = part.text[:at] + words + part.text[at:]
    author = file.author() if is_tracked else ""
    return Edit(f"inserted into {part.path}", {part.path: text}, author=author)


def shortened(file: JudgedFile) -> Edit | None:
    """Delete the rest of the first line of a text."""
    found = _divisible(file)
    if found is None:
        return None
    part, piece, at = found
    length, is_tracked = len(piece.text or ""), file.chance.random() < 0.5
    _, behind = divided(piece, at)
    delete(behind, file.author() if is_tracked else "")
    text = part.text[:at] + part.text[length:]
    author = file.author() if is_tracked else ""
    return Edit(f"shortened {part.path}", {part.path: text}, author=author)


def added_line(file: JudgedFile) -> Edit | None:
    """Add a paragraph below a text: with the same control, or typed below it."""
    part = _chosen(file, [part for part in text_inputs(file) if part.path.group != "fields"])
    if part is None:
        return None
    last = inner_controls(file.root, part.path)[-1]
    holder = next(last.iterancestors(word("p")))
    words, made = file.words(), etree.Element(word("p"))
    style = holder.find(word("pPr"))
    if style is not None and style.find(word("numPr")) is None and "Auto" not in style_of(holder):
        made.append(deepcopy(style))  # Word would give the new paragraph a number of its own
    if file.chance.random() < 0.5:
        control = deepcopy(last)
        made.append(control)
        put(control, words)
    else:
        made.append(run(words))
    holder.addnext(made)
    return Edit(f"added a line to {part.path}", {part.path: f"{part.text}\n{words}"})


def style_of(paragraph: Element) -> str:
    """The style of a paragraph."""
    found = paragraph.find(f"{word('pPr')}/{word('pStyle')}")
    return "" if found is None else found.get(word("val"), "")


def typed_beside(file: JudgedFile) -> Edit | None:
    """Type behind a control."""
    parts = [part for part in text_inputs(file) if part.path.group != "fields" and not part.tail]
    part = _chosen(file, parts)
    if part is None:
        return None
    words = file.words()
    inner_controls(file.root, part.path)[-1].addnext(run(words))
    return Edit(f"typed beside {part.path}", {part.path: part.text + words})


def emptied(file: JudgedFile) -> Edit | None:
    """Delete a whole text that need not be there."""
    parts = [part for part in text_inputs(file) if part.path.part in ("reason", "improvement")]
    part = _chosen(file, [part for part in parts if part.path.group != "goals"])
    if part is None:
        return None
    kind = file.chance.choice(("tracked", "empty", "hint"))
    author = file.author() if kind == "tracked" else ""
    for sdt in inner_controls(file.root, part.path):
        for piece in texts(sdt):
            holder = piece.getparent()
            assert holder is not None
            delete(holder, author)
    if kind == "hint":
        first = _first(file, part.path)
        put(first, file.chance.choice(HINTS))
        etree.SubElement(first[0], word("showingPlcHdr"))
    return Edit(f"emptied {part.path} ({kind})", {part.path: None}, author=author, is_lost_told=not author)


def filled_in(file: JudgedFile) -> Edit | None:
    """Fill in a text that was empty; LibreOffice leaves the control marked as empty."""
    parts = [
        part
        for part in file.inputs()
        if not file.shown(part.path) and inner_controls(file.root, part.path)
        if (asked := item(file, part.path)).kind is ValueKind.TEXT and not asked.options
        if file.before.value(part.path) in (None, "")
    ]
    part = _chosen(file, parts)
    if part is None:
        return None
    words, first = file.words(), _first(file, part.path)
    hint = first.find(f"{word('sdtPr')}/{word('showingPlcHdr')}")
    put(first, words)
    if hint is not None and file.chance.random() < 0.5:
        first[0].append(hint)
    return Edit(f"filled in {part.path}", {part.path: words})


def scored(file: JudgedFile) -> Edit | None:
    """Retype a score."""
    part = _chosen(file, [part for part in file.filled() if part.path.part == "score"])
    if part is None:
        return None
    text = f"0.{len(file.edits) + 1:02d}7"
    put(_first(file, part.path), text)
    return Edit(f"scored {part.path}", {part.path: text})


def numbered(file: JudgedFile) -> Edit | None:
    """Retype an amount, a count, a year, or the number of a target."""
    parts = [
        part
        for part in file.filled()
        if item(file, part.path).kind.is_number
        and part.path.part != "score"
        and not item(file, part.path).options
    ]
    part = _chosen(file, parts)
    if part is None:
        return None
    kind = item(file, part.path).kind
    if kind is ValueKind.YEAR:
        text = "2019"
    else:
        text = str(700 + len(file.edits))
        text += "" if kind is ValueKind.COUNT or part.path.group == INDICATORS else ".4"
    put(_first(file, part.path), text)
    return Edit(f"numbered {part.path}", {part.path: text})


def chosen(file: JudgedFile) -> Edit | None:
    """Choose another entry of a drop-down list."""
    parts = [part for part in file.filled() if len(item(file, part.path).options) > 1]
    part = _chosen(file, [part for part in parts if part.path.part not in ("direction", "degree")])
    if part is None:
        return None
    others = [option for option in item(file, part.path).options if option != part.text]
    text = file.chance.choice(others)
    put(_first(file, part.path), text)
    return Edit(f"chose {part.path}", {part.path: text})
