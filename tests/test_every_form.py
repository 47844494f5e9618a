"""Everything a form goes through, over all forms."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cli.calling import call
from tests.forms_support import (
    EVERY_DEFINITION,
    EVERY_FORM,
    EXAMPLES,
    FICTIONAL,
    HAIZHU,
    Example,
    fictional,
    squeezed,
)
from zhengti_zip import load_form, read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.geometry import MM
from zhengti_zip.form.rules.operand import Use
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.pdf.render import render_pdf
from zhengti_zip.scoring.evaluation import ScoreOrigin
from zhengti_zip.submission.inputs import label_of, single_inputs
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.rows import rows_of
from zhengti_zip.submission.schema import json_schema
from zhengti_zip.word.document import render_docx
from zhengti_zip.workbook.write.writer import blank_workbook, filled_workbook

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None and os.environ.get("CI") != "true", reason="poppler is not installed"
)


@cache
def pdf_of(name: str) -> bytes:
    (example,) = (example for example in EXAMPLES if example.name == name)
    return render_pdf(example.table)


def page_texts(content: bytes, folder: Path) -> list[str]:
    file = folder / "form.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True, timeout=60)
    return [squeezed(page) for page in done.stdout.decode("utf-8").split("\f")[:-1]]


def names_in(form: FormDefinition) -> list[set[str]]:
    """Everything code could know a form's parts by."""
    return [
        {field.id for field in form.fields},
        {column.id for column in form.budget.columns},
        set(form.row_by_id),
        set(form.data_by_id),
        {band.name for band in form.grade.bands},
        set(form.outcomes.groups),
    ]


def test_the_fictional_form_shares_nothing_with_the_real_one() -> None:
    one, other = load_form(HAIZHU), fictional()
    for mine, yours in zip(names_in(one), names_in(other), strict=True):
        assert not mine & yours
    assert other.full_score != one.full_score
    assert other.layout.page.orientation != one.layout.page.orientation
    assert [c.show for c in other.layout.columns] != [c.show for c in one.layout.columns]
    assert "虚构" in other.name
    assert "虚构" in other.source


def test_the_fictional_form_uses_the_kinds_of_rule_of_fixed_rows_and_dated_versions() -> None:
    rules = [rule for context in fictional().rows for rule in context.row.rules]
    assert {rule.kind for rule in rules} == {
        "banded",
        "checklist",
        "completion",
        "deduction",
        "manual",
        "proportional",
    }
    assert any(rule.since for rule in rules)
    limits = {band.sign for rule in rules for band in getattr(rule, "bands", ())}
    assert limits == {"≤", "<", "≥", ">"}
    assert any(getattr(rule, "otherwise", 0) > 0 for rule in rules)


@EVERY_FORM
def test_the_submission_has_no_errors_and_a_grade(example: Example) -> None:
    assert [problem for problem in examine(example.source).problems if problem.is_error] == []
    evaluation = examine(example.source).evaluation
    assert evaluation.grade in (example.form.grade.bands or (None,))
    assert {row.origin for row in evaluation.rows} <= {ScoreOrigin.SELF, ScoreOrigin.COMPUTED}


@EVERY_FORM
def test_scores_stay_within_their_weights_and_add_up(example: Example) -> None:
    evaluation = examine(example.source).evaluation
    scores = [row.score for row in evaluation.rows if row.score is not None]
    assert len(scores) == len(rows_of(example.form, example.source.submission))
    assert all(0 <= score <= row.weight for score, row in zip(scores, evaluation.rows, strict=True))
    assert all(score == round(score, 2) for score in scores)
    assert evaluation.total == sum(scores, Decimal(0)) <= example.form.full_score
    reached = [band for band in example.form.grade.bands if evaluation.total >= band.at_least]
    assert evaluation.grade == (reached[0] if reached else None)


@EVERY_FORM
def test_the_file_is_what_export_writes(example: Example) -> None:
    assert example.source.submission.to_json() == example.file.read_text(encoding="utf-8")


@EVERY_FORM
def test_the_schema_accepts_the_submission(example: Example) -> None:
    data = json.loads(example.file.read_text(encoding="utf-8"))
    schema = Draft202012Validator(json_schema(example.form))
    assert list(schema.iter_errors(data)) == []
    assert not schema.is_valid({**data, "form": "other"})


@EVERY_FORM
def test_a_filled_workbook_reads_back_the_same(tmp_path: Path, example: Example) -> None:
    file = tmp_path / "填好.xlsx"
    file.write_bytes(filled_workbook(example.form, example.source.submission))
    back = read(file, example.folder)
    assert back.submission == example.source.submission
    assert [problem.code for problem in examine(back).problems if problem.is_error] == []


@EVERY_DEFINITION
def test_a_blank_workbook_asks_for_every_required_input(tmp_path: Path, folder: Path) -> None:
    form = load_form(folder)
    file = tmp_path / "空白.xlsx"
    file.write_bytes(blank_workbook(form))
    source = read(file, folder)
    assert source.submission == Submission(form=form.id, fields={form.roles.year: form.year})
    asked = {problem.path for problem in examine(source).problems if problem.is_error}
    year = f"fields.{form.roles.year}"
    assert {f"fields.{field.id}" for field in form.fields if field.required} - {year} <= asked
    assert {f"budget.{column.id}" for column in form.budget.columns} <= asked
    assert {f"funds.{line}.{column}" for line, column, _ in form.funds.cells()} <= asked
    # What a row uses from elsewhere is asked for there, once.
    own = [c for c in form.rows if not any(isinstance(o, Use) for o in c.row.rule_for(form.year).operands())]
    assert {f"scores.{context.row.id}.score" for context in own} <= asked


@EVERY_DEFINITION
def test_no_formula_of_the_workbook_lacks_an_argument(folder: Path) -> None:
    book = load_workbook(BytesIO(blank_workbook(load_form(folder))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert cells
    broken = [
        f"{cell.parent.title}!{cell.coordinate}"
        for cell in cells
        if re.search(r"LEN\(\)|\(,|,,", str(cell.value))
    ]
    assert broken == []


@EVERY_FORM
def test_export_fill_export_gives_the_same_bytes(tmp_path: Path, example: Example) -> None:
    first, book, second = tmp_path / "一.json", tmp_path / "二.xlsx", tmp_path / "三.json"
    for args in (
        ("export", example.file, "-o", first),
        ("fill", first, "-o", book),
        ("export", book, "-o", second),
    ):
        outcome = call(*args, "--form", example.folder)
        assert (outcome.code, outcome.err) == (0, "")
    assert first.read_bytes() == second.read_bytes() == example.file.read_bytes()


@EVERY_FORM
def test_a_workbook_comes_back_from_word_unchanged_and_from_the_pdf_to_the_same_bytes(
    tmp_path: Path, example: Example
) -> None:
    book, first, again = tmp_path / "部门.xlsx", tmp_path / "一", tmp_path / "二"
    book.write_bytes(filled_workbook(example.form, example.source.submission))
    assert call("build", book, "--form", example.folder, "-o", first).code == 0
    outcome = call("review", first / "部门.docx", "--workbook", book, "--form", example.folder)
    assert outcome.code == 0
    assert "填写的内容没有改动" in outcome.out
    assert call("extract", first / "部门.pdf", "-o", tmp_path / "取回").code == 0
    kept = tmp_path / "取回" / "部门.xlsx"
    assert kept.read_bytes() == book.read_bytes()
    assert call("build", kept, "--form", example.folder, "-o", again).code == 0
    for name in ("部门.pdf", "部门.docx"):
        assert (first / name).read_bytes() == (again / name).read_bytes()


@EVERY_FORM
def test_the_cells_cover_the_grid_exactly_once(example: Example) -> None:
    table = example.table
    covered: dict[tuple[int, int], int] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                covered[row, column] = covered.get((row, column), 0) + 1
    every = {(row, column) for row in range(len(table.rows)) for column in range(len(table.edges) - 1)}
    assert covered.keys() == every
    assert set(covered.values()) == {1}
    assert list(table.edges) == sorted(table.edges)
    assert table.width <= table.geometry.content_width


@EVERY_FORM
def test_every_input_shown_is_one_the_form_asks_for(example: Example) -> None:
    known = {slot.path for slot in single_inputs(example.form)} | {
        "total.weight",
        "total.score",
        "grade.bands",
    }
    for cell in example.table.cells:
        for path in (paragraph.path for paragraph in cell.paragraphs if paragraph.path):
            assert path in known or label_of(example.form, path) != path, path


@EVERY_FORM
def test_no_paragraph_holds_a_line_break(example: Example) -> None:
    texts = [*example.table.title, *(p.text for cell in example.table.cells for p in cell.paragraphs)]
    assert [text for text in texts if "\n" in text] == []


@EVERY_FORM
def test_the_pdf_has_the_pages_that_were_planned_on_the_form_s_paper(example: Example) -> None:
    pages, geometry = PdfReader(BytesIO(pdf_of(example.name))).pages, example.table.geometry
    assert len(pages) == example.table.cover_pages + len(paginate(example.table))
    for page in pages:
        assert round(float(page.mediabox.width) / MM) == round(geometry.page_width / MM)
        assert round(float(page.mediabox.height) / MM) == round(geometry.page_height / MM)


@needs_poppler
@EVERY_FORM
def test_the_text_of_every_cell_is_on_its_page_of_the_pdf(tmp_path: Path, example: Example) -> None:
    texts = page_texts(pdf_of(example.name), tmp_path)[example.table.cover_pages :]
    assert squeezed("".join(example.table.title)) in texts[0]
    for page, text in zip(paginate(example.table), texts, strict=True):
        for cell in page.cells:
            assert squeezed("".join(line.text for line in cell.lines)) in text


@EVERY_FORM
def test_the_text_of_every_cell_is_in_the_word_file(example: Example) -> None:
    with zipfile.ZipFile(BytesIO(render_docx(example.table))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    text = squeezed("".join(element.text or "" for element in body.iter(f"{WORD}t")))
    for page in paginate(example.table):
        for cell in page.cells:
            assert squeezed("".join(line.text for line in cell.lines)) in text
    (size,) = {(page.get(f"{WORD}w"), page.get(f"{WORD}h")) for page in body.iter(f"{WORD}pgSz")}
    geometry = example.table.geometry
    assert [round(int(side or 0) / 20) for side in size] == [
        round(geometry.page_width),
        round(geometry.page_height),
    ]


def with_year(form: FormDefinition, data: dict[str, Any], year: int) -> Submission:
    return from_data({**data, "fields": {**data["fields"], form.roles.year: year}}, form).submission


def test_the_version_of_a_rule_follows_the_year() -> None:
    from zhengti_zip import evaluate

    form = fictional()
    data = json.loads((FICTIONAL / "sample.json").read_text(encoding="utf-8"))
    scores = {}
    for year in (2029, 2030, 2031, 2032):
        rows = {row.context.row.id: row for row in evaluate(form, with_year(form, data, year)).rows}
        scores[year] = (rows["complaints"].score, getattr(rows["project_progress"].rule, "period", ""))
    assert scores == {
        2029: (Decimal("4.50"), "15日"),
        2030: (Decimal("3.00"), "15日"),
        2031: (Decimal("3.00"), "10个工作日"),
        2032: (Decimal("3.00"), "10个工作日"),
    }


def test_the_workbook_asks_in_the_words_of_the_form_s_year() -> None:
    labels = {item.id: item.label for _, item in fictional().data_inputs()}
    assert labels["contracts_kept"] == "到期后10个工作日内完成履约的合同数"
    earlier = {item.id: item.label for _, item in fictional().data_inputs(2030)}
    assert earlier["contracts_kept"] == "到期后15日内完成履约的合同数"


def test_totals_of_another_full_score_are_printed() -> None:
    texts = [cell.text for cell in EXAMPLES[-1].table.cells if cell.path.startswith("total.")]
    assert texts == ["107.55", "120"]
