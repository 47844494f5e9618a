"""Edits that stand visibly in the file and go into no input, or not quite as they look: each must be told."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tests.review.edit_texts import text_inputs
from tests.review.judged_file import Edit, JudgedFile
from tests.review.office_xml import NAMES, box, drawing, elements, field, run
from tests.review.wordlike import Element, divided, inner_controls, revision, texts
from zhengti_zip.review.unread import UnreadKind
from zhengti_zip.review.wordfile import word
from zhengti_zip.submission.paths import InputPath

FIELDS_AS_TEXT = {
    r" eq \o\ac(○,{})": ("①②③④⑤⑥⑦⑧⑨", ""),
    r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yǎn{}),䶮)': ("䶮" * 9, "yǎn{}"),
}
"""Codes of fields of Word's dialogs for a number from 1 on: what they show, and the phonetics over it."""


def _behind(file: JudgedFile) -> tuple[InputPath, str, Element] | None:
    """An input with its text, and the last run in its control."""
    parts = [part for part in text_inputs(file) if part.path.group != "fields" and not part.tail]
    if not parts:
        return None
    part = file.chance.choice(parts)
    last = texts(inner_controls(file.root, part.path)[-1])[-1].getparent()
    assert last is not None
    return part.path, part.text, last


def _insert(last: Element, xml: str, author: str = "") -> None:
    made = elements(xml)
    if author:
        made = [revision("ins", *made, author=author)]
    for element in reversed(made):
        last.addnext(element)


def _look(piece: Element, *names: str, **values: str) -> None:
    """Give a run properties."""
    properties = piece.find(word("rPr"))
    if properties is None:
        properties = etree.Element(word("rPr"))
        piece.insert(0, properties)
    for name in names:
        etree.SubElement(properties, word(name))
    for name, value in values.items():
        etree.SubElement(properties, word(name), {word("val"): value})


def struck(file: JudgedFile) -> Edit | None:
    """Strike a part of a text out by hand, with new words in red beside it."""
    parts = [part for part in text_inputs(file) if len(part.text.partition("\n")[0]) > 6]
    if not parts:
        return None
    part = file.chance.choice(parts)
    piece = texts(inner_controls(file.root, part.path)[0])[0]
    old = piece.text or ""
    if len(old) < 6:
        return None
    start = file.chance.randint(1, len(old) - 4)
    end = file.chance.randint(start + 1, len(old) - 1)
    _, rest = divided(piece, start)
    gone, _ = divided(next(rest.iter(word("t"))), end - start)
    new = elements(run(file.words()))[0]
    _look(gone, file.chance.choice(("strike", "dstrike")))
    is_red = file.chance.random() < 0.5
    if is_red:
        _look(new, color="FF0000")
    gone.addnext(new)
    text = part.text[:start] + file.words_of(new) + part.text[end:]
    reports = [(UnreadKind.STRUCK, part.text[start:end])]
    reports += [(UnreadKind.MARKED, file.words_of(new))] if is_red else []
    return Edit(f"struck out a part of {part.path}", {part.path: text}, reports=tuple(reports))


def highlighted(file: JudgedFile) -> Edit | None:
    """Highlight a text."""
    found = _behind(file)
    if found is None:
        return None
    path, _, last = found
    _look(last, highlight="yellow")
    return Edit(f"highlighted {path}", at=path, reports=((UnreadKind.MARKED, file.words_of(last)),))


def hidden(file: JudgedFile) -> Edit | None:
    """Write hidden words behind a text."""
    found = _behind(file)
    if found is None:
        return None
    path, _, last = found
    words = file.words()
    _insert(last, run(words, "<w:vanish/>"))
    return Edit(f"hid words behind {path}", at=path, reports=((UnreadKind.HIDDEN, words),))


def raised(file: JudgedFile) -> Edit | None:
    """Write a number with an exponent behind a text."""
    found = _behind(file)
    if found is None:
        return None
    path, text, last = found
    words = f"{file.words()}计10"
    _insert(last, run(words) + run("3", '<w:vertAlign w:val="superscript"/>'))
    return Edit(f"raised a digit behind {path}", {path: f"{text}{words}³"})


def eq_field(file: JudgedFile) -> Edit | None:
    """Insert a circled character or characters with phonetics by Word's dialogs."""
    found = _behind(file)
    if found is None:
        return None
    path, text, last = found
    number, (code, (shown, phonetics)) = (
        file.chance.randint(1, 9),
        file.chance.choice(list(FIELDS_AS_TEXT.items())),
    )
    words = file.words()
    _insert(last, run(words) + field(code.format(number)))
    reports = ((UnreadKind.PHONETIC, phonetics.format(number)),) if phonetics else ()
    return Edit(
        f"inserted an EQ field behind {path}", {path: text + words + shown[number - 1]}, reports=reports
    )


def ruby(file: JudgedFile) -> Edit | None:
    """Write phonetics over a character as newer files have them."""
    found = _behind(file)
    if found is None:
        return None
    path, text, last = found
    above = f"yǎn{len(file.edits)}"
    base = f"<w:rt>{run(above)}</w:rt><w:rubyBase>{run('䶮')}</w:rubyBase>"
    _insert(last, f"<w:r><w:ruby><w:rubyPr/>{base}</w:ruby></w:r>")
    return Edit(
        f"wrote phonetics behind {path}", {path: f"{text}䶮"}, reports=((UnreadKind.PHONETIC, above),)
    )


def equation(file: JudgedFile) -> Edit | None:
    """Insert an equation."""
    found = _behind(file)
    if found is None:
        return None
    path, text, last = found
    line = f"(a+{len(file.edits)})/c"
    parts = f"<m:num><m:r><m:t>{line[1:-3]}</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den>"
    _insert(last, f"<m:oMath><m:f>{parts}</m:f></m:oMath>")
    return Edit(f"wrote an equation in {path}", {path: text + line}, reports=((UnreadKind.EQUATION, line),))


def drawn(file: JudgedFile) -> Edit | None:
    """Put a text box or a picture beside an input, a label, or below the table; tracked or not."""
    words, author = file.words(), file.author() if file.chance.random() < 0.3 else ""
    vml = f'<w:r><w:pict><v:shape type="#_x0000_t202"><v:textbox>{box(words)}</v:textbox></v:shape></w:pict></w:r>'
    shape = drawing(f"<wps:wsp><wps:txbx>{box(words)}</wps:txbx></wps:wsp>")
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape[5:-6]}</mc:Choice>'
        f"<mc:Fallback>{vml[5:-6]}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    picture = drawing("<pic:pic/>", "picture", f'descr="{words}"')
    xml, kind = file.chance.choice(
        (
            (vml, UnreadKind.TEXT_BOX),
            (shape, UnreadKind.TEXT_BOX),
            (both, UnreadKind.TEXT_BOX),
            (picture, UnreadKind.PICTURE),
        )
    )
    _insert(file.chance.choice(_lasting_runs(file)), xml, author)
    return Edit(f"drew a {kind}", reports=((kind, words),), drawn_by=author)


def _lasting_runs(file: JudgedFile) -> list[Element]:
    """The runs of the form itself, outside of rows that another edit may remove or copy."""
    return [
        piece
        for row in file.root.iter(word("tr"))
        if not any(tag.get(word("val"), "").startswith(tuple(file.rows)) for tag in row.iter(word("tag")))
        for piece in row.iter(word("r"))
        if file.words_of(piece) in file.printed_words
    ]


def footnote(file: JudgedFile) -> Edit | None:
    """Add a footnote to a text."""
    found = _behind(file)
    if found is None:
        return None
    path, _, last = found
    words = file.words()
    name, key = "word/footnotes.xml", str(len(file.edits) + 2)
    if name not in file.parts:
        head = f'xmlns:w="{NAMES["w"]}"'
        file.parts[name] = f"<w:footnotes {head}></w:footnotes>".encode()
        file.relate("footnotes")
    note = f'<w:footnote w:id="{key}"><w:p>{run(words)}</w:p></w:footnote></w:footnotes>'
    file.parts[name] = file.parts[name].replace(b"</w:footnotes>", note.encode())
    _insert(last, f'<w:r><w:footnoteReference w:id="{key}"/></w:r>')
    return Edit(f"added a footnote to {path}", at=path, reports=((UnreadKind.FOOTNOTE, words),))


def header(file: JudgedFile) -> Edit | None:
    """Write into the header of the pages."""
    name = "word/header9.xml"
    if name in file.parts:
        return None
    words = file.words()
    file.parts[name] = f'<w:hdr xmlns:w="{NAMES["w"]}"><w:p>{run(words)}</w:p></w:hdr>'.encode()
    file.relate("header", "header9.xml")
    return Edit("wrote into the header", reports=((UnreadKind.HEADER, words),))


def pasted_table(file: JudgedFile) -> Edit | None:
    """Paste a small table below the form."""
    body = file.root.find(word("body"))
    assert body is not None
    end = body.find(word("sectPr"))
    assert end is not None
    words = file.words()
    cell = f"<w:tc><w:tcPr/><w:p>{run(words)}</w:p></w:tc>"
    end.addprevious(elements(f"<w:p/><w:tbl><w:tblPr/><w:tr>{cell}</w:tr></w:tbl><w:p/>")[1])
    end.addprevious(deepcopy(elements("<w:p/>")[0]))
    return Edit("pasted a table below the form", reports=((UnreadKind.LOOSE, words),))
