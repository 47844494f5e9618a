"""The rivals get the same form: every text of it, on as many pages."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from jinja2 import Environment, StrictUndefined
from lxml import etree, html
from pypdf import PdfReader

from benchmarks.forms import SAMPLE, grid_data, mark, plain_html, source, table
from benchmarks.make_stage import make_stage
from benchmarks.rivals.fill_docx import fill
from benchmarks.rivals.template import BODY, W, make_template, values
from benchmarks.rivals.typeset import compiler, typeset
from benchmarks.stage import FONTS, KINDS, Stage
from zhengti_zip import read, render_docx
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.submission.problems import has_errors

pytestmark = pytest.mark.slow

PAGES = 2


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = Stage(tmp_path_factory.mktemp("stage"), 2)
    make_stage(made)
    return made


def texts(docx: bytes) -> list[str]:
    """The text of every paragraph of a Word file's body."""
    with ZipFile(BytesIO(docx)) as package:
        return _texts(package.read(BODY))


def _texts(body: bytes) -> list[str]:
    paragraphs = etree.fromstring(body).iter(f"{W}p")
    return ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in paragraphs]


def test_departments_differ_in_name_and_long_texts_and_have_no_errors() -> None:
    first, second = source(1), source(2)
    published = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for number, made in ((1, first), (2, second)):
        assert not has_errors(examine(made).problems)
        assert made.submission.field_text("department") != published["fields"]["department"]
        for goal, original in zip(made.submission.goals, published["goals"], strict=True):
            assert goal.goal == original["goal"] + mark(number)
    assert examine(first).evaluation.total == examine(second).evaluation.total


def test_our_form_has_the_pages_of_the_published_one() -> None:
    assert len(paginate(table(7))) == len(paginate(table(123))) == PAGES


def test_stage_has_every_notation_of_every_department(stage: Stage) -> None:
    for kind in KINDS:
        assert all(file.stat().st_size for file in stage.files(kind)), kind
        assert len(set(stage.files(kind))) == stage.forms
    assert stage.file("xlsx", 2) == stage.file("xlsx", 0)
    assert read(stage.file("xlsx", 1)).submission == source(1).submission


def test_html_has_every_text_of_the_form_once() -> None:
    form = table(3)
    cells = html.document_fromstring(plain_html(form)).iter("td", "th")
    found = Counter("".join(map(str, cell.itertext())) for cell in cells)
    assert found == Counter("".join(p.text for p in cell.paragraphs) for cell in form.cells)


def test_data_for_typst_has_every_text_of_the_form_once() -> None:
    form = table(3)
    found = Counter("\n".join(cell["text"]) for cell in json.loads(grid_data(form))["cells"])
    assert found == Counter(cell.text for cell in form.cells)


def test_template_filled_with_another_departments_values_is_its_form(stage: Stage, tmp_path: Path) -> None:
    other = tmp_path / "other.docx"
    other.write_bytes(render_docx(table(5)))
    template = tmp_path / "template.docx"
    make_template(stage.file("docx", 0), template)
    with ZipFile(template) as package:
        body = package.read(BODY).decode("utf-8")
    entered = values(other)
    assert len(entered) > 50
    filled = Environment(undefined=StrictUndefined, autoescape=True).from_string(body).render(entered)
    assert _texts(filled.encode("utf-8")) == texts(other.read_bytes())


def test_docxtpl_makes_the_form(stage: Stage, tmp_path: Path) -> None:
    pytest.importorskip("docxtpl")
    filling = json.loads(stage.file("values", 1).read_text(encoding="utf-8"))
    fill(stage.template, filling, tmp_path / "filled.docx")
    assert texts((tmp_path / "filled.docx").read_bytes()) == texts(stage.file("docx", 1).read_bytes())


def test_plain_weasyprint_makes_as_many_pages() -> None:
    from weasyprint import HTML

    pdf = HTML(string=plain_html(table(4), "Noto Serif SC")).write_pdf()
    assert len(PdfReader(BytesIO(pdf)).pages) == PAGES


def test_typst_makes_as_many_pages_with_every_text() -> None:
    pytest.importorskip("typst")
    form = table(4)
    reader = PdfReader(BytesIO(typeset(compiler(FONTS), grid_data(form))))
    assert len(reader.pages) == PAGES
    printed = "".join("".join(page.extract_text().split()) for page in reader.pages)

    for cell in form.cells:
        for paragraph in cell.paragraphs:
            assert "".join(paragraph.text.split()) in printed, paragraph.text
