"""Edits of a Word file are found whatever an office program did to the file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.review.wordlike import (
    DEMO,
    DOCUMENT,
    HAIZHU,
    Element,
    built,
    controls,
    edited,
    inner_controls,
    packed,
    parts_of,
    paths_shown,
    put,
    remove,
    retype,
    revision,
    run,
    texts,
    track,
    unwrap,
)
from tests.support import FORM_ID, source
from zhengti_zip import read
from zhengti_zip.base.errors import InputError
from zhengti_zip.form.loader import load_form
from zhengti_zip.grid.examine import examine
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import read_document
from zhengti_zip.review.document_changes import DocumentChanges, find_changes
from zhengti_zip.review.embedded import embedded_submission
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.review.wordfile import word
from zhengti_zip.submission.inputs import single_inputs

NAME = "审阅.docx"
Harm = Callable[[Element], None]
REASON = "scores.spending_rate.reason"


@cache
def demo() -> bytes:
    return built(DEMO)


def changes(content: bytes, accept: bool = True) -> dict[str, str]:
    """New text by path."""
    return {edit.path: edit.after for edit in review(content, accept).edits}


def codes(content: bytes) -> list[str]:
    return [problem.code for problem in read_word_source(content, NAME).reading_problems]


def review(content: bytes, accept: bool = True) -> DocumentChanges:
    reviewed = read_document(content, NAME, accept)
    found = embedded_submission(reviewed)
    assert found
    return find_changes(reviewed, Baseline(*found))


@pytest.mark.parametrize("unlocked", [False, True])
@pytest.mark.parametrize("sample", [DEMO, HAIZHU], ids=["demo", "haizhu"])
def test_an_unchanged_file_gives_its_data_back(sample: Path, unlocked: bool) -> None:
    known = read(sample)
    found = read_word_source(built(known, unlocked=unlocked), NAME)
    assert found.submission == known.submission
    assert found.reading_problems == []


def test_every_input_that_is_printed_has_a_control() -> None:
    shown = set(paths_shown(demo()))
    form = load_form(FORM_ID)
    printed = {s.path for s in single_inputs(form) if s.path.startswith(("fields.", "budget."))}
    assert printed <= shown and {"goals.0.goal", "scores.spending_rate.score"} <= shown


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("fields.department", "新的部门名称", "新的部门名称"),
        ("fields.unit_count", "５个", 5),
        ("budget.total", "１２，３４５．６７万元", Decimal("12345.67")),
        ("goals.0.goal", "改过的目标", "改过的目标"),
        ("goals.1.completion", "第一段\n第二段\n\n第四段", "第一段\n第二段\n\n第四段"),
        (REASON, "<w:t>像标记</w:t> & 😀 שלום ]]>", "<w:t>像标记</w:t> & 😀 שלום ]]>"),
        (REASON, "=1+1", "=1+1"),
        ("scores.spending_rate.score", "8.5分", Decimal("8.5")),
    ],
)
def test_one_edited_input_is_found_and_read(path: str, text: str, value: object) -> None:
    content = retype(demo(), {path: text})
    assert list(changes(content)) == [path]
    found = read_word_source(content, NAME)
    *above, last = path.split(".")
    target: Any = found.submission.model_dump()
    for key in above:
        target = target[int(key)] if isinstance(target, tuple) else target[key]
    assert target[last] == value
    assert not [problem for problem in found.reading_problems if problem.is_error]


def test_another_notation_of_the_same_number_is_no_change() -> None:
    total = read(DEMO).submission.budget["total"]
    assert changes(retype(demo(), {"budget.total": f"{total}万元"})) == {}


def test_an_amount_printed_rounded_and_typed_as_printed_is_no_change() -> None:
    content = built(source({"budget.total": "1297.594"}))
    assert changes(retype(content, {"budget.total": "1297.59"})) == {}
    assert changes(retype(content, {"budget.total": "1297.6"})) == {"budget.total": "1297.6"}


@pytest.mark.parametrize("nothing", ["", "-", "—", "  "])
def test_an_emptied_control_and_a_dash_both_mean_empty(nothing: str) -> None:
    content = retype(demo(), {REASON: nothing})
    assert changes(content) == {REASON: ""}
    assert read_word_source(content, NAME).submission.score_entry("spending_rate").reason == ""


def test_the_dash_printed_for_an_empty_input_is_no_change() -> None:
    path = next(
        f"scores.{row.context.row.id}.reason"
        for row in examine(read(DEMO)).evaluation.rows
        if not row.entry.reason and not row.is_below_weight
    )
    for text in ("-", "—", "", " - "):
        assert changes(retype(demo(), {path: text})) == {}


def test_the_placeholder_of_word_in_an_emptied_control_means_empty() -> None:
    def empty(root: Element) -> None:
        [sdt] = inner_controls(root, REASON)
        put(sdt, "单击或点击此处输入文字。")
        properties = sdt.find(word("sdtPr"))
        assert properties is not None
        etree.SubElement(properties, word("showingPlcHdr"))

    assert changes(edited(demo(), empty)) == {REASON: ""}


def test_text_that_libreoffice_leaves_marked_as_a_placeholder_is_text() -> None:
    content = built(source({"scores.spending_rate": {"score": "9"}}))
    path = "scores.spending_rate.reason"

    def type_in(root: Element) -> None:
        [sdt] = inner_controls(root, path)
        texts(sdt)[0].text = "填写的原因"

    assert changes(edited(content, type_in)) == {path: "填写的原因"}


def test_an_invalid_value_is_a_problem_with_its_place() -> None:
    content = retype(demo(), {"budget.total": "12,5 abc", "fields.scope": "全部"})
    found = [p for p in read_word_source(content, NAME).reading_problems if p.is_error]
    assert {(p.code, p.path) for p in found} == {
        ("not_a_number", "budget.total"),
        ("not_a_choice", "fields.scope"),
    }
    assert all(p.place and p.place.cell.startswith("Word 文件：") for p in found)


def test_tracked_changes_are_accepted_or_rejected_and_have_author_and_date() -> None:
    content = edited(demo(), lambda root: track(inner_controls(root, REASON)[0], "新的原因"))
    assert changes(content) == {REASON: "新的原因"}
    assert changes(content, accept=False) == {}
    [edit] = review(content).edits
    assert {(r.author, r.date) for r in edit.revisions} == {("审阅人甲", "2023-02-03T09:30:00Z")}


def test_a_text_deleted_with_tracked_changes_is_emptied_not_lost() -> None:
    def delete(root: Element) -> None:
        for sdt in inner_controls(root, "goals.1.reason"):
            for piece in list(texts(sdt)):
                old = piece.getparent()
                assert old is not None
                piece.tag = word("delText")
                gone = revision("del")
                old.addprevious(gone)
                gone.append(old)

    content = edited(demo(), delete)
    assert changes(content) == {"goals.1.reason": ""}
    assert changes(content, accept=False) == {}


def test_paragraphs_divided_or_joined_in_a_control_are_changes() -> None:
    path = "goals.0.completion"
    was = read(DEMO).submission.goals[0].completion
    joined = was.replace("\n", "")
    content = retype(demo(), {path: joined})
    assert changes(content) == {path: joined}
    content = retype(demo(), {path: was.replace("，", "，\n", 1)})
    assert changes(content) == {path: was.replace("，", "，\n", 1)}


def test_text_typed_beside_a_control_belongs_to_it() -> None:
    def type_beside(root: Element) -> None:
        inner_controls(root, "goals.2.goal")[0].addnext(run("（补充）"))
        inner_controls(root, "fields.unit_count")[0].addnext(run("个"))

    was = read(DEMO).submission.goals[2].goal
    assert changes(edited(demo(), type_beside)) == {"goals.2.goal": f"{was}（补充）"}


def test_a_paragraph_added_below_a_goal_belongs_to_it() -> None:
    def add(root: Element) -> None:
        paragraph = next(inner_controls(root, "goals.1.goal")[0].iterancestors(word("p")))
        added = etree.Element(word("p"))
        added.append(run("另起一段"))
        paragraph.addnext(added)

    was = read(DEMO).submission.goals[1].goal
    assert changes(edited(demo(), add)) == {"goals.1.goal": f"{was}\n另起一段"}


def test_a_paragraph_with_a_new_number_becomes_that_goal() -> None:
    def add(root: Element) -> None:
        for path, text in (("goals.1.reason", "1.第一条的原因"), ("goals.4.goal", "6. 新的第六条")):
            paragraph = next(inner_controls(root, path)[0].iterancestors(word("p")))
            added = etree.Element(word("p"))
            added.append(run(text))
            (paragraph.addprevious if path.endswith("reason") else paragraph.addnext)(added)

    content = edited(demo(), add)
    assert changes(content) == {"goals.0.reason": "第一条的原因", "goals.5.goal": "新的第六条"}
    assert codes(content) == []
    assert read_word_source(content, NAME).submission.goals[5].goal == "新的第六条"


@pytest.mark.parametrize("path", ["goals.2.goal", "fields.unit_count"])
def test_a_printed_lead_moved_into_the_control_is_no_change(path: str) -> None:
    def repeat(root: Element) -> None:
        first = texts(inner_controls(root, path)[0])[0]
        first.text = ("3." if path.startswith("goals") else "单位数：") + (first.text or "")
        paragraph = next(first.iterancestors(word("p")))
        for piece in texts(paragraph):
            if piece is not first and not any(piece in set(s.iter()) for s in paragraph.iter(word("sdt"))):
                piece.text = ""

    assert changes(edited(demo(), repeat)) == {}


def without_controls(root: Element) -> None:
    for sdt in reversed(list(root.iter(word("sdt")))):
        unwrap(sdt)


def without_tags(root: Element) -> None:
    for tag in list(root.iter(word("tag"))):
        parent = tag.getparent()
        assert parent is not None
        parent.remove(tag)


@pytest.mark.parametrize("harm", [without_controls, without_tags])
@pytest.mark.parametrize("sample", [DEMO, HAIZHU], ids=["demo", "haizhu"])
def test_without_tags_or_controls_values_are_found_by_their_place(sample: Path, harm: Harm) -> None:
    content = edited(built(sample), harm)
    assert changes(content) == {} and codes(content) == []


@pytest.mark.parametrize("harm", [without_controls, without_tags])
def test_changes_are_found_without_tags_or_controls(harm: Harm) -> None:
    wanted = {
        "fields.department": "新部门",
        "goals.0.goal": "新目标",
        "goals.3.completion": "新完成情况\n第二段",
        "goals.1.reason": "新原因",
        "budget.basic": "88.80",
        "scores.spending_rate.score": "7",
        REASON: "原因改了",
    }
    assert changes(edited(retype(demo(), wanted), harm)) == wanted


def test_a_changed_title_without_controls_is_read_by_its_words() -> None:
    def change(root: Element) -> None:
        without_controls(root)
        line = next(p for p in root.iter(word("p")) if "（汇总）" in "".join(t.text or "" for t in texts(p)))
        for piece in texts(line):
            piece.text = (piece.text or "").replace("汇总", "本级").replace("2022", "2023")

    assert changes(edited(demo(), change)) == {"fields.year": "2023", "fields.scope": "本级"}


def test_a_field_in_title_and_cell_edited_differently_is_a_problem() -> None:
    def both(title: str, inside: str) -> bytes:
        def change(root: Element) -> None:
            for sdt, text in zip(controls(root, "fields.department"), (title, inside), strict=True):
                put(sdt, text)

        return edited(demo(), change)

    was = read(DEMO).submission.field_text("department")
    assert changes(both("新名", "新名")) == {"fields.department": "新名"}
    assert changes(both("新名", was)) == {"fields.department": "新名"}
    assert changes(both(was, "新名")) == {"fields.department": "新名"}
    assert changes(both("甲名", "乙名")) == {}
    assert codes(both("甲名", "乙名")) == ["edited_differently"]


def test_a_deleted_control_is_reported_and_its_value_kept() -> None:
    content = edited(demo(), lambda root: remove(inner_controls(root, REASON)[0]))
    assert changes(content) == {}
    found = read_word_source(content, NAME)
    assert [(p.code, p.path) for p in found.reading_problems] == [("lost_value", REASON)]
    assert found.submission == read(DEMO).submission


def test_other_rows_are_found_after_a_row_was_deleted_or_inserted() -> None:
    def delete(root: Element) -> None:
        remove(next(inner_controls(root, "scores.carry_over_rate.score")[0].iterancestors(word("tr"))))

    content = edited(demo(), delete)
    assert changes(content) == {}
    lost = {p.path for p in read_word_source(content, NAME).reading_problems if p.code == "lost_value"}
    assert lost == {f"scores.carry_over_rate.{part}" for part in ("score", "reason", "improvement")}

    def insert(root: Element) -> None:
        old = next(inner_controls(root, REASON)[0].iterancestors(word("tr")))
        new = etree.SubElement(root, word("tr"))
        cell = etree.SubElement(etree.SubElement(new, word("tc")), word("p"))
        cell.append(run("审阅人插入的一行"))
        old.addprevious(new)
        put(inner_controls(root, REASON)[0], "原因改了")
        without_controls(root)

    content = edited(demo(), insert)
    assert changes(content) == {REASON: "原因改了"}
    assert codes(content) == ["unplaced_text"]


def test_a_control_moved_to_another_cell_is_found_by_its_tag() -> None:
    def move(root: Element) -> None:
        [one], [other] = (inner_controls(root, f"budget.{name}") for name in ("basic", "project"))
        holder, target = one.getparent(), other.getparent()
        assert holder is not None and target is not None
        target.append(one)
        holder.append(other)

    assert changes(edited(demo(), move)) == {}


def test_edited_labels_and_added_paragraphs_are_reported_and_not_taken_over() -> None:
    def change(root: Element) -> None:
        for piece in texts(root):
            if piece.text == "部门基本情况":
                piece.text = "基本情况"
        body = root.find(word("body"))
        assert body is not None
        added = etree.Element(word("p"))
        added.append(run("附：另有说明"))
        body.insert(len(body) - 1, added)

    content = edited(demo(), change)
    assert changes(content) == {}
    said = {p.code: p.message for p in read_word_source(content, NAME).reading_problems}
    assert set(said) == {"label_edited", "unplaced_text"}
    assert "基本情况" in said["label_edited"] and "另有说明" in said["unplaced_text"]


def test_an_overwritten_total_or_grade_is_an_error_unless_it_is_correct() -> None:
    def total(text: str) -> bytes:
        return retype(demo(), {"total.score": text})

    assert codes(total("99")) == ["computed_edited"]
    assert codes(total("94.55")) == []
    higher = retype(total("94.15"), {"scores.spending_rate.score": "9"})
    assert codes(higher) == []
    assert examine(read_word_source(higher, NAME)).evaluation.total == Decimal("94.15")

    def tick(root: Element) -> None:
        for piece in texts(root):
            if piece.text == "☐":
                piece.text = "☑"

    assert codes(edited(demo(), tick)) == ["computed_edited"]


def test_a_deleted_computed_score_is_reported_and_computed_again() -> None:
    row = next(r for r in examine(read(DEMO)).evaluation.rows if r.entry.score is None)
    content = retype(demo(), {f"scores.{row.context.row.id}.score": ""})
    assert changes(content) == {}
    assert codes(content) == ["computed_edited"]


def test_a_text_divided_by_page_breaks_is_joined() -> None:
    paragraphs = [f"第{n}段：" + "工作按计划推进，" * 30 + "取得成效。" for n in range(40)]
    known = source({"goals": [{"goal": "目标", "completion": "\n".join(paragraphs)}]})
    content = built(known)
    assert len(controls(etree.fromstring(parts_of(content)[DOCUMENT]), "goals.0.completion")) > 2
    assert changes(content) == {}

    def change(root: Element) -> None:
        for piece in texts(root):
            if (piece.text or "").startswith(("第3段", "第39段")):
                piece.text = f"改：{piece.text}"

    [(path, after)] = changes(edited(content, change)).items()
    wanted = [f"改：{text}" if text.startswith(("第3段", "第39段")) else text for text in paragraphs]
    assert (path, after) == ("goals.0.completion", "\n".join(wanted))


def test_changes_marked_by_build_compare_always_count_as_accepted() -> None:
    before, now = source({"goals.0.goal": "旧目标"}), source({"goals.0.goal": "新目标"})
    previous = examine(before).table
    content = built(now, previous=previous)
    for accept in (True, False):
        assert changes(content, accept) == {}
        assert read_word_source(content, NAME, accept=accept).submission == now.submission


def test_a_file_without_data_or_of_another_form_is_refused() -> None:
    parts = parts_of(demo())
    bare = packed({name: part for name, part in parts.items() if "customXml" not in name})
    with pytest.raises(InputError, match="没有随附的填报数据"):
        read_word_source(bare, NAME)
    data = parts["customXml/item1.xml"]
    unknown = packed({**parts, "customXml/item1.xml": data.replace(b'"haizhu-2022"', b'"other-1"', 1)})
    with pytest.raises(InputError, match="没有这种表"):
        read_word_source(unknown, NAME)
    newer = packed({**parts, "customXml/item1.xml": data.replace(b'version="1"', b'version="9"', 1)})
    with pytest.raises(InputError, match="更新版本"):
        read_word_source(newer, NAME)
    damaged = packed({**parts, "customXml/item1.xml": data.replace(b'"budget": {', b'"budgets": {', 1)})
    with pytest.raises(InputError, match="损坏"):
        read_word_source(damaged, NAME)
