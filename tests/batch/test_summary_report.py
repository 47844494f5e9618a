"""汇总报告.pdf has the figures of the workbook on few pages, whatever the names."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from tests.batch.offices import ROOT
from tests.batch.summary_cases import department, failure, figures, other_form, scored
from tests.batch.test_summary_workbook import hostile_batch
from tests.forms_support import squeezed
from tests.pdf.test_fonts import DEJAVU, needs_dejavu
from zhengti_zip.batch.duplicates import CODE as DUPLICATE
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.summary import report as report_module
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.report import MAX_ENDS, MAX_FAILED, MAX_RANKED, report_pdf
from zhengti_zip.pdf.engine import render_html

pytestmark = pytest.mark.slow


def pages(found: Figures) -> list[str]:
    """The text of each page without white space."""
    reader = PdfReader(BytesIO(report_pdf(found)))
    return [squeezed(page.extract_text()) for page in reader.pages]


def text(*results: Result) -> str:
    """The whole text of a report."""
    return "".join(pages(figures(results)))


def figures_drawn(content: bytes) -> list[str]:
    """The alternative text of each chart."""
    found: list[str] = []

    def walk(item: Any) -> None:
        item = item.get_object()
        if isinstance(item, list):
            for child in item:
                walk(child)
        elif isinstance(item, dict):
            if item.get("/S") == "/Figure":
                found.append(str(item.get("/Alt")))
            if "/K" in item:
                walk(item["/K"])

    root: Any = PdfReader(BytesIO(content)).trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return found


def test_the_key_figures() -> None:
    found = pages(
        figures([department("甲局", "95"), department("乙局", "80.5"), failure("a.xlsx", "没有填写")])
    )
    for words in (
        "3填报文件",
        "2列入统计",
        "1没有列入",
        "87.75平均总分",
        "87.75中位数",
        "95最高总分",
        "80.5最低总分",
    ):
        assert words in found[0], words
    # 5 and 19.5 points lost, all on the first row of the form.
    assert "失分最多的是“部门整体绩效目标产出指标完成情况”，共失24.50分，占全部失分的100.0%" in found[0]


def test_full_marks_everywhere_lose_nothing() -> None:
    assert "各项指标均为满分。" in text(department("甲局", "100"))


def test_every_page_is_numbered() -> None:
    found = pages(figures([*map(scored, range(60)), failure("a.xlsx", "没有填写")]))
    assert len(found) > 1
    assert all(f"第{number}页共{len(found)}页" in page for number, page in enumerate(found, start=1))


def test_charts_are_tagged_with_what_they_show() -> None:
    content = report_pdf(figures([scored(number) for number in range(3)]))
    assert figures_drawn(content) == ["各等级的部门数", "各分数段的部门数", "各项指标失分合计"]
    assert figures_drawn(report_pdf(figures([department("甲局", "100")]))) == [
        "各等级的部门数",
        "各分数段的部门数",
    ]


def test_only_bundled_fonts_are_embedded() -> None:
    reader = PdfReader(BytesIO(report_pdf(figures(hostile_batch()))))
    sides: list[Any] = list(reader.pages)
    fonts = {str(font["/BaseFont"]) for page in sides for font in page["/Resources"]["/Font"].values()}
    assert fonts and all("Noto-Serif-SC" in font or "Zhengti-Symbols" in font for font in fonts), fonts


@pytest.mark.parametrize("count", [MAX_RANKED, MAX_RANKED + 1])
def test_long_rankings_show_both_ends(count: int) -> None:
    results = [department(f"第{n:03}局", f"{99 - Decimal(n) / 10}") for n in range(count)]
    shown = text(*results)
    listed = [n for n in range(count) if f"第{n:03}局" in shown]
    whole = count <= MAX_RANKED
    assert listed == (list(range(count)) if whole else [*range(MAX_ENDS), *range(count - MAX_ENDS, count)])
    assert ("部门排名" in shown) is whole and (f"总分后{MAX_ENDS}位" in shown) is not whole


@pytest.mark.parametrize("count", [MAX_FAILED, MAX_FAILED + 1])
def test_long_lists_of_failures_say_how_many_more(count: int) -> None:
    shown = text(*(failure(f"第{n:03}号.xlsx", "没有填写") for n in range(count)))
    assert f"没有列入的文件（{count}个）" in shown
    assert sum(f"第{n:03}号.xlsx" in shown for n in range(count)) == MAX_FAILED
    assert ("另有1个文件" in shown) is (count > MAX_FAILED)


def test_without_any_department() -> None:
    shown = text(failure("a.xlsx", "没有填写"))
    assert "没有可以统计的部门。1个文件没有通过，原因见文末。" in shown
    assert "指标自评!G5：没有填写" in shown and "等级和总分分布" not in shown
    assert "没有可以统计的部门。" in "".join(pages(Figures(None, ())))


def test_departments_with_several_files_are_named() -> None:
    twice = [failure(name, "重复") for name in ("a.xlsx", "b.xlsx")]
    marked = [
        Result.from_json(r.to_json().replace('"code": "required"', f'"code": "{DUPLICATE}"')) for r in twice
    ]
    assert "其中2个是同一部门的重复报送" in text(department("甲局", "90"), *marked)


def test_hostile_names_are_printed_literally() -> None:
    shown = text(*hostile_batch())
    for words in (
        "<script>alert(1)</script>&amp;局",
        '=HYPERLINK("http://example.invalid","点我")局',
        "甲局#1100%？",
    ):
        assert words in shown, words
    assert "控制〓符〓局" in shown and "长" * 200 in shown


@needs_dejavu
def test_a_font_given_prints_what_no_bundled_font_has() -> None:
    found = figures([department("Dvořák纪念馆", "90")])
    bundled, added = (
        squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(report_pdf(found, fonts))).pages))
        for fonts in ((), (DEJAVU,))
    )
    assert "Dvo〓ák纪念馆" in bundled and "Dvořák纪念馆" in added


def test_another_form_has_its_own_grades_and_amounts() -> None:
    definition = other_form()
    shown = "".join(pages(figures([scored(number, definition) for number in range(5)], definition)))
    assert squeezed(definition.name) in shown
    assert all(squeezed(column.label) in shown for column in definition.budget.columns)
    assert all(squeezed(band.name) in shown for band in definition.grade.bands)


def test_2000_departments_take_a_few_pages() -> None:
    kinds = [scored(number) for number in range(20)]
    many = [replace(kinds[number % 20], name=f"{number}.xlsx") for number in range(2000)]
    found = figures([*many, *(failure(f"失败{number}.xlsx", "没有填写") for number in range(100))])
    assert len(pages(found)) <= 6


@pytest.mark.parametrize(
    "results", [[*map(scored, range(3)), failure("a.xlsx", "没有填写")], hostile_batch(), []]
)
def test_the_small_style_sheet_and_the_fast_parser_change_nothing(
    results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = report_pdf(figures(results))

    def plainly(html: str, **options: Any) -> bytes:
        ElementTree.fromstring(html)  # fails unless the page is well-formed XML
        return render_html(html, **{**options, "base": ()})

    monkeypatch.setattr(report_module, "render_html", plainly)
    assert report_pdf(figures(results)) == quick


def test_a_worker_draws_the_report_without_openpyxl() -> None:
    script = "import sys, zhengti_zip.batch.summary.report; assert 'openpyxl' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
