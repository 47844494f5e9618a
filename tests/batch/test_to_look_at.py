"""Warnings of passed forms, self-scores above the computed ones and doubts: in the workbook and in the report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.batch.crosschecks.crosscheck_cases import own_words
from tests.batch.doubtful_district import COPIED, ROWS, WARNING, district
from tests.batch.summary_cases import department, failure, figures, sheets, table
from tests.forms_support import squeezed
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip.batch.passed_warnings import passed_warnings
from zhengti_zip.batch.result import LongText, Result, Status
from zhengti_zip.batch.self_scores import higher_rows, higher_self_scores
from zhengti_zip.batch.summary.report import report_pdf
from zhengti_zip.batch.summary.report_tables import MAX_LINES
from zhengti_zip.batch.summary.workbook import summary_workbook


@pytest.fixture(scope="module")
def written() -> bytes:
    """The workbook of the district, with a file that failed."""
    failed = replace(failure("坏.xlsx", "没有填写"), problems=(WARNING,), rows=ROWS)
    return summary_workbook(figures([*district(), failed]))


def test_warnings_of_passed_forms_are_listed_and_no_notices_nor_those_of_failed_files(written: bytes) -> None:
    lines = table(sheets(written)["警告"])
    assert [(line["部门"], line["位置"], line["警告"]) for line in lines] == [
        ("虚构市第4示例局", "部门预算!B5", "金额是整数"),
        ("虚构市第4示例局", None, "另有 3 处，未一一列出"),
    ]


def test_self_scores_above_the_computed_ones_are_listed_by_department_with_sums(written: bytes) -> None:
    lines = table(sheets(written)["自评与计算"])
    assert [(line["部门"], line["指标"], line["多评"]) for line in lines] == [
        ("虚构市第2示例局", "预算编制规范性", 1.5),
        ("虚构市第2示例局", "支出进度率", 0.25),
        ("虚构市第2示例局", "小计：2 行", 1.75),
        ("虚构市第3示例局", "预算编制规范性", 1.5),
        ("虚构市第3示例局", "小计：1 行", 1.5),
        (None, "合计：2 个部门，3 行", 3.25),
    ]


@pytest.mark.slow
@needs_libreoffice
def test_the_sums_are_formulas_that_libreoffice_works_out_alike(written: bytes, tmp_path: Path) -> None:
    file = tmp_path / "汇总表.xlsx"
    file.write_bytes(written)
    [converted] = convert([file], tmp_path / "算", "xlsx")
    sheet = load_workbook(converted, data_only=True)["自评与计算"]
    assert [sheet.cell(row, 7).value for row in (7, 9, 10)] == [1.75, 1.5, 3.25]
    formulas = load_workbook(BytesIO(written))["自评与计算"]
    assert formulas["G10"].value == "=SUBTOTAL(9,G5:G9)"


@pytest.mark.parametrize(
    ("own", "computed", "is_higher"),
    [("5", "4.99", True), ("5", "5", False), ("4", "5", False), (None, "5", False), ("5", None, False)],
)
def test_only_a_self_score_above_the_computed_one_counts(
    own: str | None, computed: str | None, is_higher: bool
) -> None:
    given = replace(ROWS[0], self_score=_points(own), computed=_points(computed))
    assert bool(higher_rows([given])) is is_higher


def _points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_forms_with_errors_are_in_neither_list() -> None:
    failed = [replace(result, status=Status.FAILED) for result in district()]
    assert not passed_warnings(failed) and not higher_self_scores(failed)


def test_doubts_are_listed_with_departments_places_evidence_and_certainty(written: bytes) -> None:
    sheet = sheets(written)["部门间核对"]
    lines = [line for line in table(sheet) if line["序号"]]
    assert [(line["把握"], line["疑点"], line["部门"]) for line in lines] == [
        ("高", "文字相同", "虚构市第0示例局\n虚构市第1示例局"),
        ("中", "金额与其他部门相差悬殊", "虚构市第5示例局"),
    ]
    assert lines[0]["位置"] == "年度目标!C5\n年度目标!C5"
    assert lines[0]["填报文件"] == "虚构市第0示例局.xlsx\n虚构市第1示例局.xlsx"
    assert "10,050,000.00 万元" in lines[1]["依据"]
    said = [str(row[0]) for row in sheet.iter_rows(min_row=8, min_col=2, max_col=2, values_only=True)]
    assert said[0].startswith("文字：12 个部门的 12 段") and said[1].startswith("金额和比例：12 个部门")


def test_of_many_departments_with_one_text_ten_are_named() -> None:
    results = [
        replace(
            department(f"虚构市第{number}示例局", "90"),
            texts=(LongText("goals.0.goal", "目标1", "A5", COPIED if number < 11 else own_words(number)),),
        )
        for number in range(50)
    ]
    [line] = (
        line for line in table(sheets(summary_workbook(figures(results)))["部门间核对"]) if line["序号"]
    )
    assert line["部门"].count("示例局") == 10 and line["部门"].endswith("…（共 11 处）")


def test_without_anything_to_look_at_that_is_said() -> None:
    found = sheets(summary_workbook(figures([department("甲局", "90")])))
    assert found["警告"]["B5"].value == "没有警告。"
    assert found["自评与计算"]["B5"].value == "没有自评得分高于按数据得分的行。"
    assert found["部门间核对"]["B5"].value == "没有发现疑点。"
    assert "不足 8 个，未比较" in found["部门间核对"]["B7"].value
    facts = {line["项目"]: line["内容"] for line in table(found["说明"])}
    assert facts["通过的表中的警告"] == facts["自评高于按数据得分"] == "没有"


def report(results: list[Result]) -> str:
    reader = PdfReader(BytesIO(report_pdf(figures(results))))
    return squeezed("".join(page.extract_text() for page in reader.pages))


def test_the_report_has_all_three() -> None:
    found = report(district())
    for words in (
        "1份没有错误的表中有4处警告",
        "另有3项，全部列在汇总表的“警告”中。",
        "2个部门的3行，共多评3.25分。",
        "有2处疑点，不是结论，请核实。",
        "2个部门的这段文字逐字相同",
    ):
        assert words in found, words


@pytest.mark.parametrize("count", [MAX_LINES, MAX_LINES + 1])
def test_the_report_lists_forty_and_counts_the_others(count: int) -> None:
    results = [replace(department(f"局{n}", "90"), problems=(WARNING,)) for n in range(count)]
    assert ("另有1项，全部列在汇总表的“警告”中。" in report(results)) is (count > MAX_LINES)
