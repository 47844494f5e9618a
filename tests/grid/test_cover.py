"""The cover: what it says, where it stands in PDF and Word file, and the way back of what is edited on it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.forms_support import ANNEX, HAIZHU
from tests.review.wordlike import built, controls, edited, put
from tests.support import mistakes
from tests.test_every_form import needs_poppler, page_texts
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import load_form, read
from zhengti_zip.base.errors import RenderError
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.formtools.unprinted import unprinted
from zhengti_zip.grid.cover import plan_cover
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.grid.table import Cover, FormTable
from zhengti_zip.pdf.render import render_pdf
from zhengti_zip.review.review import ReviewResult, review_copies
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.word.document import render_docx
from zhengti_zip.workbook.write.writer import filled_workbook

LABELS = ["项目名称：", "主管部门（盖章）：", "负责人（签字）：", "填报日期："]


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return load_form(ANNEX)


def examined(form: FormDefinition, **fields: Any) -> Examination:
    data = dict(read(ANNEX / "sample.json", ANNEX).submission.as_data())
    return examine(from_data({**data, "fields": {**data["fields"], **fields}}, form))


def unlimited(form: FormDefinition) -> FormDefinition:
    """The form without a limit on the length of its texts."""
    fields = tuple(field.model_copy(update={"max_length": None}) for field in form.fields)
    return form.model_copy(update={"fields": fields})


def cover_of(table: FormTable) -> Cover:
    assert table.cover is not None
    return table.cover


def test_it_has_title_labels_and_what_was_entered(form: FormDefinition) -> None:
    cover = cover_of(examined(form).table)
    assert [line.text for line in cover.title] == ["2031年度", "项目绩效目标自评表"]
    assert [line.text for line in cover.items] == [
        "项目名称：老旧小区雨污分流改造",
        "主管部门（盖章）：山后市住房和城乡建设委员会（虚构）",
        "负责人（签字）：",
        "填报日期：2032年1月20日",
    ]
    assert [line.text for line in (*cover.above, *cover.foot)] == ["附件2", "虚构的山后市财政局制"]
    assert load_form(HAIZHU).layout.cover is None


def test_without_a_title_of_its_own_it_has_that_of_the_form(form: FormDefinition) -> None:
    spec = form.layout.cover
    assert spec is not None
    plain = spec.model_copy(update={"title": ()})
    other = form.model_copy(update={"layout": form.layout.model_copy(update={"cover": plain})})
    assert [line.text for line in cover_of(examined(other).table).title] == ["2031年度项目绩效目标自评表"]


def test_labels_are_set_beside_values_and_a_long_value_takes_more_lines(form: FormDefinition) -> None:
    table = examined(form, project="城区" * 30).table
    plan = plan_cover(table, cover_of(table))
    assert ["".join(item.label) for item in plan.items] == LABELS
    assert [item.line_count for item in plan.items] == [3, 1, 1, 1]
    assert plan.items[2].value == ("",)
    assert plan.body_pt == 16


@pytest.mark.parametrize(
    ("count", "is_smaller", "is_too_full"),
    [(200, False, False), (500, True, False), (700, True, False), (4000, True, True)],
)
def test_it_is_set_smaller_before_it_is_refused(
    form: FormDefinition, count: int, is_smaller: bool, is_too_full: bool
) -> None:
    made = examined(unlimited(form), bureau="局" * count)
    plan = plan_cover(made.table, cover_of(made.table))
    assert (plan.body_pt < 16, plan.is_too_full) == (is_smaller, is_too_full)
    told = [problem for problem in made.problems if problem.code == "cover_full"]
    assert bool(told) == is_too_full
    if is_too_full:
        assert (told[0].path, told[0].is_error) == ("fields.bureau", True)
        with pytest.raises(RenderError, match="封面放不下一页"):
            render_pdf(made.table)


@needs_poppler
def test_in_the_pdf_it_is_the_first_page_and_has_no_number(form: FormDefinition, tmp_path: Path) -> None:
    table = replace(examined(form).table, page_numbers=True)
    cover, first, annex = page_texts(render_pdf(table), tmp_path)
    assert cover.startswith("附件22031年度项目绩效目标自评表项目名称：老旧小区雨污分流改造")
    assert cover.endswith("虚构的山后市财政局制")
    assert first.startswith("2031年度项目绩效目标自评表项目名称")
    assert [f"第{number}页共3页" in text for number, text in ((1, cover), (2, first), (3, annex))] == [
        False,
        True,
        True,
    ]


@needs_poppler
@pytest.mark.parametrize("count", [20, 4000])
def test_a_draft_has_one_cover_however_much_is_entered(
    form: FormDefinition, count: int, tmp_path: Path
) -> None:
    table = examined(unlimited(form), bureau="局" * count).table
    pages = page_texts(render_pdf(table, draft=True), tmp_path)
    assert "草稿" in pages[0]
    assert sum("负责人（签字）：" in page and "附件2" in page for page in pages) == 1


def test_in_word_it_is_a_locked_page_with_controls_and_no_page_number(form: FormDefinition) -> None:
    document = docx.Document(
        BytesIO(render_docx(replace(examined(form).table, page_numbers=True), draft=True))
    )
    section: Any = document.sections[0]
    assert section.different_first_page_header_footer
    assert not section.first_page_footer.paragraphs[0].text
    assert "草稿" in section.first_page_header.part.blob.decode("utf-8")
    cover = document.element.body[0]
    styles = [element.get(docx.oxml.ns.qn("w:val")) for element in cover.iter(docx.oxml.ns.qn("w:pStyle"))]
    assert styles == ["Spacer", "CoverLeft", *["CoverTitle"] * 2, *["CoverItem"] * 4, "CoverCenter"]
    tags = [element.get(docx.oxml.ns.qn("w:val")) for element in cover.iter(docx.oxml.ns.qn("w:tag"))]
    assert tags == ["zhengti.table", "fields.year", "fields.project", "fields.bureau", "fields.filled_on"]


@needs_libreoffice
@needs_poppler
@pytest.mark.slow
def test_the_word_file_has_the_pages_of_the_pdf(form: FormDefinition, tmp_path: Path) -> None:
    table = examined(form).table
    pages = page_texts(render_pdf(table), tmp_path)
    file = tmp_path / "封面.docx"
    file.write_bytes(render_docx(table))
    printed = page_texts(convert([file], tmp_path / "lo", "pdf")[0].read_bytes(), tmp_path)
    assert len(printed) == len(pages) == 3
    assert printed[0] == pages[0]


def reviewed(form: FormDefinition, made: Examination, content: bytes) -> ReviewResult:
    book = filled_workbook(form, made.source.submission)
    return review_copies([("审阅.docx", content)], book, "填报.xlsx", form, True, ())


@pytest.mark.parametrize(
    ("path", "text"), [("fields.project", "老旧小区改造"), ("fields.filled_on", "2032年1月21日")]
)
def test_what_is_edited_on_it_finds_its_way_back(form: FormDefinition, path: str, text: str) -> None:
    made = examined(form)
    content = built(made.source)
    assert reviewed(form, made, content).merged.changes == []
    typed = edited(content, lambda root: put(controls(root, path)[0], text))
    changes = reviewed(form, made, typed).merged.changes
    assert [(change.path, change.after) for change in changes] == [(path, text)]


@needs_libreoffice
@pytest.mark.slow
def test_libreoffice_saves_it_without_changing_anything(form: FormDefinition, tmp_path: Path) -> None:
    made = examined(form)
    file = tmp_path / "封面.docx"
    file.write_bytes(built(made.source))
    saved = convert([file], tmp_path / "lo", "docx")[0].read_bytes()
    assert reviewed(form, made, saved).merged.changes == []


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        (
            "{text: 项目名称：, value: fields.project}",
            "{text: 项目名称：, value: fields.name}",
            "items.0.value",
            "name",
        ),
        ("      - 负责人（签字）\n", "      - {}\n", "items.2", "没有内容"),
        ('title: ["{year}年度", 项目', 'title: ["{years}年度", 项目', "title.0", "years"),
        ("{items: [附件2], align: left}", "{items: [{value: fields.no}]}", "above.0.items.0.value", "no"),
    ],
)
def test_mistakes_in_the_definition(tmp_path: Path, old: str, new: str, path: str, words: str) -> None:
    text = (ANNEX / "form.yaml").read_text(encoding="utf-8")
    assert old in text
    found = mistakes(tmp_path, text.replace(old, new, 1))
    assert [words in mistake.message for mistake in found if mistake.path == f"layout.cover.{path}"] == [True]


def test_a_field_that_only_the_cover_prints_is_printed(form: FormDefinition) -> None:
    assert not [mistake for mistake in unprinted(form) if mistake.path.startswith("fields")]
    bare = form.model_copy(update={"layout": form.layout.model_copy(update={"cover": None, "signature": ()})})
    told = [mistake.message for mistake in unprinted(bare) if mistake.path.startswith("fields")]
    assert any("填报日期" in words for words in told)
