"""Every entered value of the Word file is a content control; everything else is locked."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from tests.forms_support import EVERY_FORM, EXAMPLES, Example
from tests.support import GONE, changed, source
from tests.support import table as table_of
from tests.word.worddoc import Control, all_of, blocks, controls, find, has, part_of, texts, value
from zhengti_zip import __version__
from zhengti_zip.grid.content import TICKED
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import FormTable, LineText, Prompt
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.word.controls import COMPUTED_MARK, HINT, MAX_TAG, TABLE_TAG, tag_of
from zhengti_zip.word.document import render_docx

LONG = "".join(f"第{number}项工作按计划完成，全年投入{number}.5万元，群众满意。" for number in range(400))


def on_lines(lines: Sequence[LineText]) -> list[tuple[InputPath, str]]:
    """Path and text of every input on lines outside of the table."""
    return [(span.path, line.text[span.start : span.end]) for line in lines for span in line.inputs]


def printed(table: FormTable) -> list[tuple[InputPath, str]]:
    """Tag and text of every expected control, in reading order."""
    found = on_lines(table.cover.lines if table.cover else ())
    for page in paginate(table):
        if page.has_title:
            found += on_lines(table.above)
            for line, spans in zip(table.title, table.title_inputs, strict=True):
                found += [(span.path, line[span.start : span.end]) for span in spans]
        for cell in page.cells:
            for number, lines in groupby(cell.lines, key=lambda line: line.paragraph):
                paragraph = cell.source.paragraphs[number]
                first, *others = lines
                text = first.text + "".join(line.text for line in others)
                if paragraph.boxes:
                    found += [(box.path, text[box.start : box.end]) for box in paragraph.boxes]
                elif paragraph.path:
                    end = len(paragraph.text) - paragraph.tail - first.start
                    found.append((paragraph.path, text[max(paragraph.lead - first.start, 0) : end]))
        found += on_lines(table.signature if page.is_signed else ())
    return found


def by_tag(table: FormTable, **options: Any) -> dict[str, Control]:
    """The last control of each tag."""
    return {control.tag: control for control in controls(render_docx(table, **options))}


@EVERY_FORM
def test_every_printed_input_is_a_control_with_its_path_and_its_text(example: Example) -> None:
    found = [(c.tag, "" if c.has_hint else c.text) for c in controls(render_docx(example.table))]
    assert found == printed(example.table)
    paths = {path for path, _ in found}
    assert {path for cell in example.table.cells for path in [cell.path] if path} <= paths | {"grade.bands"}


def test_a_text_cut_by_a_page_break_has_a_control_on_every_page() -> None:
    table = table_of({"goals.0.completion": f"{LONG}\n{LONG}", "goals.0.goal": LONG})
    assert len(paginate(table)) > 2
    parts = [control for control in controls(render_docx(table)) if control.tag == "goals.0.completion"]
    assert len(parts) > 2
    assert "".join(part.text for part in parts) == LONG + LONG


@EVERY_FORM
def test_titles_tags_and_numbers_are_what_word_allows(example: Example) -> None:
    found = controls(render_docx(example.table))
    assert all(0 < len(control.tag) <= MAX_TAG and 0 < len(control.title) <= MAX_TAG for control in found)
    document = part_of(render_docx(example.table), "word/document.xml")
    numbers = Counter(value(properties, "id") for properties in all_of(document, "sdtPr"))
    assert set(numbers.values()) == {1}
    names = [etree.QName(child).localname for p in all_of(document, "sdtPr") for child in p][:4]
    assert names == ["alias", "tag", "id", "lock"]


def test_titles_are_the_labels_of_the_inputs() -> None:
    found = by_tag(table_of({"goals": [{"goal": "甲", "completion": "乙"}] * 2}))
    assert found["fields.department"].title == "部门名称"
    assert found["goals.1.completion"].title == "第 2 条 完成情况"
    assert found["scores.spending_rate.reason"].title == "部门预算资金支出率 未达标原因"
    assert found["total.score"].title == f"总分{COMPUTED_MARK}"


def test_a_long_title_is_cut_but_still_says_that_it_is_computed() -> None:
    table = EXAMPLES[0].table
    prompts = {**table.prompts, InputPath("total.score"): Prompt("总" * 80, is_computed=True)}
    title = by_tag(replace(table, prompts=prompts))["total.score"].title
    assert title == "总" * (MAX_TAG - len(COMPUTED_MARK)) + COMPUTED_MARK


def test_tags_of_long_paths_are_shortened_and_still_differ() -> None:
    at_most = InputPath("scores." + "a" * (MAX_TAG - 7))
    assert tag_of(at_most) == at_most
    one, other = (tag_of(InputPath(at_most + end)) for end in "bc")
    assert one != other
    assert len(one) == len(other) == MAX_TAG
    assert one[:44] == f"{at_most[:43]}~"


@EVERY_FORM
def test_choices_are_lists_and_numbers_are_plain_text(example: Example) -> None:
    inputs = {f"fields.{field.id}": field for field in example.form.fields}
    kinds = set()
    for control in controls(render_docx(example.table)):
        item = inputs.get(control.tag)
        if item and item.options:
            assert control.kind == "dropDownList"
            offered = [entry.get(qn("w:value")) for entry in all_of(control.element, "listItem")]
            assert offered == list(item.options)
        elif control.tag.startswith("budget.") or control.tag.endswith(".score"):
            assert control.kind == "text"
        elif control.tag.endswith((".reason", ".goal", ".completion")):
            assert control.kind == "richText"
        kinds.add(control.kind)
    assert kinds - {"dropDownList"} == {"text", "richText"} | (
        {"checkbox"} if example.form.grade.bands else set()
    )


@EVERY_FORM
def test_the_grade_is_a_check_box_for_each_band(example: Example) -> None:
    boxes = [control for control in controls(render_docx(example.table)) if control.kind == "checkbox"]
    reached = examine(example.source).evaluation.grade
    assert [box.tag for box in boxes] == [f"grade.{band.name}" for band in example.form.grade.bands]
    for box, band in zip(boxes, example.form.grade.bands, strict=True):
        checked = box.element.find(".//{http://schemas.microsoft.com/office/word/2010/wordml}checked")
        assert checked is not None
        is_ticked = "1" in checked.attrib.values()
        assert is_ticked == (box.text == TICKED) == (band == reached)


@EVERY_FORM
def test_entered_values_can_be_edited_and_computed_ones_cannot(example: Example) -> None:
    for control in controls(render_docx(example.table)):
        is_computed = control.tag.startswith(("total.", "grade.", "derived."))
        assert control.lock == ("sdtContentLocked" if is_computed else "sdtLocked")
        assert control.title.endswith(COMPUTED_MARK) == is_computed


@EVERY_FORM
def test_all_other_text_is_in_a_locked_group(example: Example) -> None:
    body = find(part_of(render_docx(example.table), "word/document.xml"), "body")
    groups = body.findall(qn("w:sdt"))
    assert len(groups) == example.table.cover_pages + len(paginate(example.table))
    for group in groups:
        assert value(group, "sdtPr/tag") == TABLE_TAG
        assert value(group, "sdtPr/lock") == "sdtContentLocked"
        assert has(group, "sdtPr/group")
        # LibreOffice 7.4 saves the first text of a group four times.
        assert not all_of(find(group, "sdtContent")[0], "t")
    outside = [child for child in body if child.tag != qn("w:sdt")]
    words = "".join(text.text or "" for child in outside for text in all_of(child, "t")).replace(HINT, "")
    assert words == "".join(item.text for item in example.table.signature)


@EVERY_FORM
def test_an_unlocked_file_has_the_same_text_without_locks_and_groups(example: Example) -> None:
    locked, unlocked = render_docx(example.table), render_docx(example.table, unlocked=True)
    document = part_of(unlocked, "word/document.xml")
    assert all_of(document, "lock") == all_of(document, "group") == []
    said = [[(c.tag, c.title, c.text) for c in controls(content)] for content in (locked, unlocked)]
    assert said[0] == said[1]
    both = [[texts_of(block) for block in blocks(content)] for content in (locked, unlocked)]
    assert both[0] == both[1]


def texts_of(block: etree._Element) -> list[str]:
    return [text.text or "" for text in all_of(block, "t")]


def test_numbers_and_prefixes_are_outside_the_control() -> None:
    table = table_of({"goals.0.completion": "第一段。\n第二段。"})
    document = part_of(render_docx(table), "word/document.xml")
    cells = {texts(cell) for cell in all_of(document, "tc")}
    assert ("1.第一段。", "第二段。") in cells
    assert ("单位数： 1",) in cells
    found = controls(render_docx(table))
    said = [control.text for control in found if control.tag == "goals.0.completion"]
    assert said == ["第一段。", "第二段。"]
    assert [control.text for control in found if control.tag == "fields.unit_count"] == ["1"]


def test_an_empty_input_shows_a_hint() -> None:
    table = table_of({"fields.department": GONE, "budget.total": GONE, "fields.scope": GONE})
    found = [control for control in controls(render_docx(table)) if control.has_hint]
    said = {(control.tag, control.text) for control in found}
    assert said == {("fields.department", HINT), ("budget.total", HINT), ("fields.scope", "选择")}
    for control in found:
        (style,) = all_of(control.element, "rStyle")
        assert style.get(qn("w:val")) == "PlaceholderText"


def test_the_dash_for_nothing_is_text_and_no_hint() -> None:
    found = by_tag(table_of())
    assert (found["goals.0.reason"].text, found["goals.0.reason"].has_hint) == ("-", False)
    assert not any(control.has_hint for control in found.values())


@pytest.mark.parametrize(
    "text",
    [
        "<w:t>不是标记</w:t>&amp;<w:sdt/>",
        "]]>&lt;",
        "مرحبا بالعالم 123",
        "\u202eABC\u202c",
        "👨‍👩‍👧‍👦 🇨🇳 ❤️",
        "e\u0301\u0323 中\u3099",
        "\u00a0前后是不换行空格\u00a0",
        "制表\t符",
    ],
)
def test_special_characters_are_read_back_unchanged(text: str) -> None:
    table = table_of()
    cells = [
        replace(cell, paragraphs=(replace(cell.paragraphs[0], text=text),))
        if cell.path == "scores.spending_rate.reason"
        else cell
        for cell in table.cells
    ]
    found = by_tag(replace(table, cells=tuple(cells)), data=json.dumps({"a": text}, ensure_ascii=False))
    assert found["scores.spending_rate.reason"].text == text


def embedded(content: bytes) -> etree._Element:
    return part_of(content, "customXml/item1.xml")


@EVERY_FORM
def test_the_data_are_kept_inside(example: Example) -> None:
    data = example.source.submission.to_json()
    root = embedded(render_docx(example.table, data=data))
    assert root.tag == "{urn:zhengti-zip:submission}submission"
    attributes = dict(root.attrib.items())
    assert re.fullmatch("[0-9a-f]{64}", str(attributes.pop("digest")))  # of the file as it was made
    assert attributes == {
        "form": example.form.id,
        "version": str(example.form.version),
        "program": __version__,
    }
    again = from_data(json.loads(root.text or ""), example.form)
    assert root.text == data
    assert again.submission == example.source.submission


def test_data_with_characters_illegal_in_xml_keep_their_meaning() -> None:
    data = json.dumps({"a": "\x00\x1f\ufffe\uffff\ud800<&>]]>\r\n\u2028"}, ensure_ascii=False)
    root = embedded(render_docx(table_of(), data=data))
    assert json.loads(root.text or "") == json.loads(data)


def test_without_data_there_is_no_part_for_them() -> None:
    with ZipFile(BytesIO(render_docx(table_of()))) as package:
        assert not [name for name in package.namelist() if name.startswith("customXml")]


def test_the_cached_frame_keeps_no_data_of_a_department() -> None:
    one, other = (source({"fields.department": name}) for name in ("甲部门（虚构）", "乙部门（虚构）"))
    files = []
    for read in (one, other, one):
        table = examine(read).table
        files.append(render_docx(table, data=read.submission.to_json()))
    assert files[0] == files[2]
    with ZipFile(BytesIO(files[1])) as package:
        said = "".join(package.read(name).decode("utf-8") for name in package.namelist())
    assert "甲部门" not in said
    assert "乙部门（虚构）" in said
    assert changed({})["fields"]["department"] not in said
