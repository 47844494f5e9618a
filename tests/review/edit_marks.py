"""Marks on a text and things beside it: comments, ticks, changed labels, text outside of the table."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tests.review.comment_edits import add_comment
from tests.review.edit_texts import text_inputs
from tests.review.judged_file import Edit, JudgedFile
from tests.review.wordlike import Element, inner_controls, run, texts
from zhengti_zip.review.unread import UnreadKind
from zhengti_zip.review.wordfile import word
from zhengti_zip.review.workbook_changes import COMPUTED, LOCKED
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.word.controls import TABLE_TAG


def commented(file: JudgedFile) -> Edit | None:
    """Comment on an input, edited or not."""
    parts = [part for part in file.inputs() if inner_controls(file.root, part.path)]
    if not parts:
        return None
    path, remark = file.chance.choice(parts).path, f"批注：{file.words()}"
    add_comment(file.parts, inner_controls(file.root, path)[0], remark, file.author())
    # The row of an input may still get another number.
    return Edit(f"commented on {path}", remark=remark, remark_on=path if path.number is None else "")


def label_runs(file: JudgedFile) -> list[Element]:
    """The runs of the form's own texts in the table that nobody has changed, those of one run only."""
    known = set(file.baseline.labels.values())
    return [
        pieces[0]
        for cell in file.root.iter(word("tc"))
        if len(pieces := list(cell.iter(word("r")))) == 1
        and len("".join(text.text or "" for text in texts(cell))) > 1
        and "".join(text.text or "" for text in texts(cell)) in known
    ]


def commented_on_label(file: JudgedFile) -> Edit | None:
    """Comment on a text that belongs to the form."""
    remark = f"批注：{file.words()}"
    add_comment(file.parts, file.chance.choice(label_runs(file)), remark, file.author())
    return Edit("commented on a label", remark=remark)


def relabelled(file: JudgedFile) -> Edit | None:
    """Change a text that belongs to the form, outside of the rows of tables."""
    rows = {f"{table}." for table in file.tables.tables}
    found = [
        piece
        for piece in label_runs(file)
        if not any(
            (tag.get(word("val"), "")).startswith(tuple(rows) or ("-",))
            for tag in next(piece.iterancestors(word("tr"))).iter(word("tag"))
        )
    ]
    if not found:
        return None
    words = file.words()
    texts(file.chance.choice(found))[0].text = words
    return Edit("changed a label", reports=((LOCKED, words),))


def ticked(file: JudgedFile) -> Edit | None:
    """Tick another grade, which is computed."""
    boxes = [
        sdt
        for sdt in file.root.iter(word("sdt"))
        if (tag := sdt.find(f"{word('sdtPr')}/{word('tag')}")) is not None
        and tag.get(word("val"), "").startswith("grade.")
    ]
    if not boxes or "grade" in file.touched:
        return None
    file.touched.add("grade")
    for box in boxes:
        text = texts(box)[0]
        text.text = "☐" if text.text != "☐" else "☒"
    return Edit("ticked other grades", reports=((COMPUTED, ""),))


def symbol_typed(file: JudgedFile) -> Edit | None:
    """Tick by hand: insert a box of a symbol font behind a text."""
    parts = [part for part in text_inputs(file) if part.path.group != "fields" and not part.tail]
    if not parts:
        return None
    path, text = (part := file.chance.choice(parts)).path, part.text
    made = etree.Element(word("r"))
    etree.SubElement(made, word("sym"), {word("font"): "Wingdings", word("char"): "F0FE"})
    texts(inner_controls(file.root, path)[-1])[-1].getparent().addnext(made)  # type: ignore[union-attr]
    return Edit(f"ticked by hand in {path}", {path: f"{text}☑"})


def outside(file: JudgedFile) -> Edit | None:
    """Write a paragraph above or below the table."""
    body = file.root.find(word("body"))
    assert body is not None
    words, is_above = file.words(), file.chance.random() < 0.5
    made = etree.Element(word("p"))
    made.append(run(words))
    table = next(file.root.iter(word("tbl")))
    if is_above:
        table.addprevious(made)
    else:
        end = body.find(word("sectPr"))
        assert end is not None
        end.addprevious(made)
    return Edit(f"wrote {'above' if is_above else 'below'} the table", reports=((UnreadKind.LOOSE, words),))


def in_a_cell_of_a_label(file: JudgedFile) -> Edit | None:
    """Write a paragraph of one's own below a label."""
    found = label_runs(file)
    if not found:
        return None
    words, made = file.words(), etree.Element(word("p"))
    made.append(run(words))
    next(file.chance.choice(found).iterancestors(word("p"))).addnext(made)
    return Edit("wrote below a label", reports=((LOCKED, words),))


def linked(file: JudgedFile) -> Edit | None:
    """Make the first words of a text a link or another field with a result."""
    parts = text_inputs(file)
    if not parts:
        return None
    path = file.chance.choice(parts).path
    piece = texts(inner_controls(file.root, path)[0])[0].getparent()
    assert piece is not None
    kind = file.chance.choice(("hyperlink", "fldSimple", "fldChar"))
    if kind == "fldChar":
        piece.addprevious(_field_mark("begin"))
        piece.addprevious(_code(" REF _Ref1 \\h "))
        piece.addprevious(_field_mark("separate"))
        piece.addnext(_field_mark("end"))
    else:
        holder = etree.Element(word(kind))
        if kind == "fldSimple":
            holder.set(word("instr"), " REF _Ref1 ")
        piece.addprevious(holder)
        holder.append(piece)
    file.touched.add(path)
    return Edit(f"made a {kind} of {path}")


def _field_mark(kind: str) -> Element:
    made = etree.Element(word("r"))
    etree.SubElement(made, word("fldChar"), {word("fldCharType"): kind})
    return made


def _code(text: str) -> Element:
    made = run(text, "instrText")
    return made


def field_inserted(file: JudgedFile) -> Edit | None:
    """Insert a field with a result behind a text, such as a date or a count."""
    parts = [part for part in text_inputs(file) if part.path.group != "fields" and not part.tail]
    if not parts:
        return None
    part = file.chance.choice(parts)
    last = texts(inner_controls(file.root, part.path)[-1])[-1].getparent()
    assert last is not None
    words = file.words()
    for made in reversed(
        (
            _field_mark("begin"),
            _code(" DATE \\@ yyyy "),
            _field_mark("separate"),
            run(words),
            _field_mark("end"),
        )
    ):
        last.addnext(made)
    return Edit(f"inserted a field into {part.path}", {part.path: part.text + words})


def is_locked(sdt: Element) -> bool:
    """Whether a control is the group around the form."""
    tag = sdt.find(f"{word('sdtPr')}/{word('tag')}")
    return tag is not None and tag.get(word("val")) == TABLE_TAG


def reopened(file: JudgedFile) -> Edit | None:
    """Retype a text with exactly the same words."""
    parts = text_inputs(file)
    if not parts:
        return None
    path: InputPath = file.chance.choice(parts).path
    piece = texts(inner_controls(file.root, path)[0])[0].getparent()
    assert piece is not None
    copy = deepcopy(piece)
    piece.addprevious(copy)
    mark = etree.Element(word("del"), {word("id"): "1", word("author"): "反复者"})
    piece.addprevious(mark)
    for text in texts(piece):
        text.tag = word("delText")
    mark.append(piece)
    file.touched.add(path)
    return Edit(f"retyped {path} with the same words")
