"""The PDF of the samples, as the bureau receives it."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from zhengti_zip import lay_out, read, render_pdf
from zhengti_zip.base.errors import RenderError
from zhengti_zip.form.geometry import MM
from zhengti_zip.grid.table import FormTable
from zhengti_zip.pdf import engine
from zhengti_zip.submission.model import Goal, Submission

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
INDICATORS = ROOT / "tests" / "data" / "haizhu-2022-indicators.csv"

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None and os.environ.get("CI") != "true", reason="poppler is not installed"
)


def table_of(name: str, submission: Submission | None = None) -> FormTable:
    source = read(SAMPLES / f"{name}.json")
    entered = submission or source.submission
    from zhengti_zip import evaluate

    return lay_out(source.form, entered, evaluate(source.form, entered))


@pytest.fixture(scope="module")
def haizhu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "haizhu.pdf"
    file.write_bytes(render_pdf(table_of("haizhu-2022")))
    return file


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def page_texts(file: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True, timeout=60)
    return [squeezed(page) for page in done.stdout.decode("utf-8").split("\f")[:-1]]


def test_two_a4_pages(haizhu: Path) -> None:
    pages = PdfReader(haizhu).pages
    assert len(pages) == 2
    for page in pages:
        assert (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM)) == (210, 297)


@needs_poppler
def test_every_cell_of_the_published_form_in_its_order(haizhu: Path) -> None:
    text = "".join(page_texts(haizhu))
    expected = [
        "2022年度中国共产党广州市海珠区委员会组织部（本级）",
        "部门整体支出绩效自评表",
        "部门基本情况",
        "部门名称",
    ]
    with INDICATORS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    heads = [
        "一级指标",
        "分值",
        "二级指标",
        "分值",
        "三级指标",
        "分值",
        "指标解释",
        "得分/自评分",
        "未达标原因",
        "改进措施",
    ]
    expected += ["单位数：1", "整体绩效目标完成情况", *heads]
    for before, row in zip([None, *rows], rows, strict=False):
        again = row["二级指标"] == "绩效管理" and (before is None or before["二级指标"] != "绩效管理")
        for name, weight in (("一级指标", "一级分值"), ("二级指标", "二级分值")):
            if before is None or before[name] != row[name] or (again and name == "一级指标"):
                expected += [*(heads if again and name == "一级指标" else []), row[name], row[weight]]
        if before is None or before["三级指标"] != row["三级指标"]:
            expected += [row["三级指标"], row["分值"], row["指标解释"]]
        else:
            expected.append(row["分值"])
        expected += [row["得分"], row["未达标原因"], row["改进措施"]]
    expected += [
        "总分",
        "100",
        "99",
        "评价等级",
        "☑优90分≤得分≤100分；☐良80分≤得分＜90分；",
        "☐中60分≤得分＜80分；☐差得分＜60分",
    ]
    position = 0
    for words in expected:
        found = text.find(squeezed(words), position)
        assert found >= 0, f"{words} 不在其位置：{text[position : position + 60]}"
        position = found + len(squeezed(words))


@needs_poppler
def test_second_page_begins_as_the_original_does(haizhu: Path) -> None:
    first, second = page_texts(haizhu)
    assert second.startswith("一级指标分值二级指标分值三级指标分值指标解释得分/自评分未达标原因改进措施")
    assert second[
        len("一级指标分值二级指标分值三级指标分值指标解释得分/自评分未达标原因改进措施") :
    ].startswith("管理效率50绩效管理15")
    assert "绩效信息公开情况" in first


@needs_poppler
def test_budget_amounts_and_goals_are_all_there(haizhu: Path) -> None:
    text = "".join(page_texts(haizhu))
    assert "1,297.591,155.12142.470000" in text
    for number, goal in enumerate(read(SAMPLES / "haizhu-2022.json").submission.goals, start=1):
        assert squeezed(f"{number}.{goal.goal}") in text
        assert squeezed(f"{number}.{goal.completion}") in text


def test_only_bundled_fonts_and_all_embedded(haizhu: Path) -> None:
    fonts = {}
    for page in PdfReader(haizhu).pages:
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            font = reference.get_object()
            fonts[str(font["/BaseFont"]).partition("+")[2]] = font["/DescendantFonts"][0].get_object()
    assert {name.replace("-", "") for name in fonts} == {"NotoSerifSC", "NotoSerifSCBold", "ZhengtiSymbols"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())


def test_same_input_same_bytes() -> None:
    table = table_of("demo-2022")
    assert render_pdf(table) == render_pdf(table)


def test_what_is_typed_prints_as_text_and_fetches_nothing() -> None:
    evil = '<img src="file:///etc/hostname"><b>粗</b>&amp;<style>td{display:none}</style><script>1</script>{{ 7*7 }}'
    source = read(SAMPLES / "haizhu-2022.json")
    submission = source.submission.model_copy(
        update={
            "goals": (Goal(goal=evil, completion=evil),),
            "fields": {**source.submission.fields, "department": evil},
        }
    )
    text = squeezed(
        "".join(
            page.extract_text() for page in PdfReader(_as_file(table_of("haizhu-2022", submission))).pages
        )
    )
    assert text.count(squeezed(evil)) == 4


def _as_file(table: FormTable, draft: bool = False) -> Any:
    from io import BytesIO

    return BytesIO(render_pdf(table, draft=draft))


def test_draft_says_so_on_every_page() -> None:
    for page in PdfReader(
        _as_file(
            table_of("haizhu-2022"),
        )
    ).pages:
        assert "草稿" not in page.extract_text()
    for page in PdfReader(_as_file(table_of("haizhu-2022"), draft=True)).pages:
        assert "草稿" in page.extract_text()


def test_character_in_no_font_is_refused_and_shown_as_geta_in_a_draft() -> None:
    source = read(SAMPLES / "haizhu-2022.json")
    submission = source.submission.model_copy(update={"goals": (Goal(goal="完成😀任务", completion="完成"),)})
    table = table_of("haizhu-2022", submission)
    with pytest.raises(RenderError, match=r"U\+1F600"):
        render_pdf(table)
    assert "完成〓任务" in squeezed(PdfReader(_as_file(table, draft=True)).pages[0].extract_text())


def test_any_complaint_of_the_engine_fails_the_build() -> None:
    with pytest.raises(RenderError, match="排版引擎报告了问题"):
        engine.render_html("<p style='colour: red'>一</p>", pages=1)
    with pytest.raises(RenderError, match="外部资源"):
        engine.render_html("<img src='file:///etc/hostname'>", pages=1)
    with pytest.raises(RenderError, match="应为 2 页"):
        engine.render_html("<p>一</p>", pages=2)
