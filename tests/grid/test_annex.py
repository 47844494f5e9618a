"""The list of evidence: entered, checked, printed as an annex behind the signature line, and read back from Word."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from tests.forms_support import ANNEX, HAIZHU
from tests.review.wordlike import retype
from tests.support import mistakes
from tests.test_every_form import needs_poppler, page_texts
from zhengti_zip import load_form, read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.grid.pagination import paginate
from zhengti_zip.grid.table import Break
from zhengti_zip.pdf.render import render_pdf
from zhengti_zip.review.review import review_copies
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.schema import json_schema
from zhengti_zip.word.document import render_docx
from zhengti_zip.workbook.read.anyinput import read_content
from zhengti_zip.workbook.write.writer import filled_workbook


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return load_form(ANNEX)


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return dict(read(ANNEX / "sample.json", ANNEX).submission.as_data())


def examined(form: FormDefinition, sample: dict[str, Any], evidence: list[dict[str, Any]]) -> Examination:
    return examine(from_data({**sample, "evidence": evidence}, form))


def piece(number: int) -> dict[str, Any]:
    return {"name": f"第{number}号验收材料", "file": f"验〔2031〕{number}号", "date": "2031-11-28"}


def test_the_workbook_asks_for_it_and_gives_it_back(form: FormDefinition) -> None:
    submission = read(ANNEX / "sample.json", ANNEX).submission
    content = filled_workbook(form, submission)
    sheet = load_workbook(BytesIO(content))["佐证材料"]
    assert [cell.value for cell in sheet[4]][1:6] == ["材料名称", "对应指标", "文号或文件名", "日期", "页数"]
    again = read_content(Path("填好.xlsx"), content, form)
    assert again.submission == submission
    assert len(again.submission.evidence) == 5


def test_a_form_without_it_knows_nothing_of_it() -> None:
    assert "evidence" not in json_schema(load_form(HAIZHU))["properties"]
    assert "evidence" not in read(HAIZHU.parents[1] / "samples" / "demo-2022.json").submission.as_data()


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"name": "验收报告", "indicator": "改造小区数量"}, []),
        ({"name": "验收报告", "indicator": "改造小区数量、 居民满意度"}, []),
        ({"name": "验收报告", "indicator": "预算执行率"}, []),
        ({"name": "验收报告"}, []),
        ({"name": "验收报告", "indicator": "绿化率"}, [("evidence_unmatched", "evidence.0.indicator")]),
        (
            {"name": "验收报告", "indicator": "居民满意度；绿化率"},
            [("evidence_unmatched", "evidence.0.indicator")],
        ),
        ({"file": "验〔2031〕1号"}, [("missing", "evidence.0.name")]),
        ({"name": "验收报告", "date": "去年"}, [("not_a_date", "evidence.0.date")]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_each_piece_is_checked(
    form: FormDefinition, sample: dict[str, Any], row: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    problems = examined(form, sample, [row]).problems
    assert [(problem.code, problem.path) for problem in problems] == found


@needs_poppler
@pytest.mark.parametrize(("pieces", "pages"), [(0, 2), (10, 2), (60, 4)])
def test_the_annex_starts_a_page_and_the_form_is_signed_before_it(
    form: FormDefinition, sample: dict[str, Any], pieces: int, pages: int, tmp_path: Path
) -> None:
    table = examined(form, sample, [piece(number) for number in range(pieces)]).table
    assert [row.break_before for row in table.rows].count(Break.ALWAYS) == 1
    laid = paginate(table)
    assert [page.is_signed for page in laid] == [True] + [False] * (pages - 1)
    _, *texts = page_texts(render_pdf(table, pages=laid), tmp_path)  # the first one is the cover
    assert len(texts) == pages
    assert ["负责人（签字）" in text for text in texts] == [True] + [False] * (pages - 1)
    assert "填报日期：2032年1月20日" in texts[0]
    assert "附件：佐证材料清单" in texts[1]
    assert all("文号或文件名" in text for text in texts[1:]), "heads on every page"
    printed = "".join(texts)
    assert all(f"第{number}号验收材料" in printed for number in range(pieces))


def test_the_word_file_has_the_same_pages_and_is_read_back(
    form: FormDefinition, sample: dict[str, Any]
) -> None:
    made = examined(form, sample, [piece(1)])
    content = render_docx(made.table, data=made.source.submission.to_json())
    document = docx.Document(BytesIO(content))
    body = "".join(document.element.body.itertext())
    assert body.index("负责人（签字）") < body.index("附件：佐证材料清单") < body.index("第1号验收材料")
    edited = retype(content, {"evidence.0.name": "第1号验收报告"})
    book = filled_workbook(form, made.source.submission)
    found = review_copies([("审阅.docx", edited)], book, "填报.xlsx", form, True, ())
    assert [(change.path, change.after) for change in found.merged.changes] == [
        ("evidence.0.name", "第1号验收报告")
    ]
    assert read_content(Path("新.xlsx"), found.content, form).submission.evidence[0].name == "第1号验收报告"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("columns: [name, indicator, file, date,", "columns: [indicator, file, date,", "缺少 name"),
        ("[name, indicator, file, date,", "[name, indicator, file, when,", "没有名为 when 的栏目"),
        ("{head: 页数, chars: 4, show: pages}", "{head: 页数, chars: 4, show: sheets}", "没有 sheets 这一栏"),
        ("new_page: true", "new_page: true\n      keep_with_previous: true", "不能另起一页"),
    ],
)
def test_mistakes_in_the_definition(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = (ANNEX / "form.yaml").read_text(encoding="utf-8")
    assert old in text
    found = mistakes(tmp_path, text.replace(old, new, 1))
    assert any(words in mistake.message for mistake in found)
