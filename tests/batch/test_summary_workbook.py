"""汇总表.xlsx in LibreOffice: formulas agree with stored results, links open, hostile names stay texts."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from openpyxl import load_workbook

from tests.batch.recalculation import assert_same_results, recalculated
from tests.batch.summary_cases import (
    FIRST_ROW,
    department,
    failure,
    figures,
    form,
    forms,
    other_form,
    scored,
    sheets,
    table,
)
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.summary import write_summary
from zhengti_zip.batch.summary.reasons import MAX_PROBLEMS
from zhengti_zip.batch.summary.texts import MAX_CHARS
from zhengti_zip.batch.summary.workbook import summary_workbook
from zhengti_zip.workbook.edit.ooxml import Package

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("ZHENGTI_LONG") == "1"

HOSTILE = (
    '=HYPERLINK("http://example.invalid","点我")局',
    "+8613800000000",
    "-1",
    "@SUM(A1)",
    "<script>alert(1)</script>&amp;局",
    "甲局#1 100%？",
    "a b:c;d,e'f\"g",
    "_x0041_局",
    "控制\x07符\ud800局",
    "𠮷野家局",
    "长" * 200,
)


@pytest.fixture(scope="module")
def cases() -> dict[str, bytes]:
    """Workbooks of few and many departments, and of another form."""
    built = {
        "六十": figures([*map(scored, range(60)), failure("失败.xlsx", "没有填写")]),
        "一": figures([department("甲局", "100")]),
        "没有": figures([failure("失败.xlsx", "没有填写")]),
        "别的表": figures([scored(n, other_form()) for n in range(8)], other_form()),
    }
    if LONG:
        built["两千"] = figures([scored(number) for number in range(2000)])
    return {name: summary_workbook(found) for name, found in built.items()}


@needs_libreoffice
def test_formulas_give_the_stored_results(cases: dict[str, bytes], tmp_path: Path) -> None:
    worked = recalculated(cases, tmp_path / "重算")
    for name, content in cases.items():
        assert_same_results(content, worked[name], 5 if name == "没有" else 60)


@needs_libreoffice
def test_statistics_follow_when_a_department_is_deleted(tmp_path: Path) -> None:
    results = [department("甲局", "95"), department("乙局", "85"), department("丙局", "50", scope="汇总")]
    book = load_workbook(BytesIO(summary_workbook(figures(results))))
    book["部门排名"].delete_rows(FIRST_ROW + 2)
    stream = BytesIO()
    book.save(stream)
    worked = recalculated({"删一行": stream.getvalue()}, tmp_path / "重算")["删一行"]
    without = sheets(summary_workbook(figures(results[:2])))
    kept = {line["序号"]: line for line in table(worked["指标分析"])}
    for line in table(without["指标分析"])[:-1]:
        for head in ("部门数", "平均分", "失分合计", "未满分部门数"):
            assert kept[line["序号"]][head] == pytest.approx(line[head]), (line["三级指标"], head)
    assert [line["部门数"] for line in table(worked["等级分布"])[:4]] == [1, 1, 0, 0]
    assert table(worked["预算合计"])[-1]["总预算"] == 2


def test_without_any_department() -> None:
    for results in ([], [failure("失败.xlsx", "没有填写")]):
        written = sheets(summary_workbook(figures(results)))
        assert "没有可以排名的部门" in str(written["部门排名"]["B5"].value)
        values = [
            cell for sheet in written.values() for row in sheet.iter_rows(values_only=True) for cell in row
        ]
        assert not [value for value in values if isinstance(value, str) and value.startswith("#")]
        assert {line["平均分"] for line in table(written["指标分析"])[:-1]} == {"—"}


def test_without_any_failure() -> None:
    written = sheets(summary_workbook(figures([department("甲局", "90")])))
    assert written["问题清单"]["B5"].value == "没有失败的文件。"


def test_every_sheet_is_ready_to_filter_scroll_and_print() -> None:
    book = load_workbook(BytesIO(summary_workbook(figures([scored(1), failure("a.xlsx", "没有填写")]))))
    statistics, listings = (
        ["部门排名", "指标分析", "等级分布", "预算合计"],
        ["警告", "自评与计算", "部门间核对"],
    )
    assert book.sheetnames == [*statistics, *listings, "问题清单", "说明"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes and sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    filters = {sheet.title: sheet.auto_filter.ref for sheet in book.worksheets if sheet.auto_filter.ref}
    last = 9 + len(form().rows) + len(form().budget.columns)
    assert filters["部门排名"] == f"A4:{book['部门排名'].cell(FIRST_ROW, last).coordinate}"
    assert filters.keys() == {"部门排名", "指标分析", *listings, "问题清单"}
    assert book["部门排名"].print_title_rows == "$4:$4" and book["问题清单"].print_title_rows == "$4:$4"


def test_charts_are_drawn_from_the_tables_beside_them() -> None:
    package = Package(summary_workbook(figures([scored(number) for number in range(30)])))
    charts = [package.xml(name) for name in package.parts if name.startswith("xl/charts/chart")]
    drawn = {str(f.text) for chart in charts for f in chart.iter("{*}f")}
    rows = FIRST_ROW + len(form().rows) - 1
    assert f"'指标分析'!$D$5:$D${rows}" in drawn and f"'指标分析'!$K$5:$K${rows}" in drawn
    assert {"'等级分布'!$A$5:$A$8", "'等级分布'!$C$5:$C$8"} <= drawn
    assert len(charts) == 3 and len(drawn) == 6


def links(content: bytes) -> dict[str, list[str]]:
    """Link targets by sheet."""
    package = Package(content)
    found = {}
    for title, part in package.sheets().items():
        relations = package.relations(part)
        found[title] = [r.get("Target", "") for r in relations if r.get("TargetMode") == "External"]
    return found


def hostile_batch() -> list[Result]:
    """Departments, files and problems whose names look like formulas, links or markup."""
    results: list[Result] = []
    for number, name in enumerate(HOSTILE):
        path = f"{number}组/" + "".join(
            char if char not in '/\\\x07\ud800<>:"|?*' else "_" for char in name[:60]
        )
        outputs = (f"{path}.pdf", f"{path}.docx")
        results.append(department(name, str(90 + number % 3), name=f"{path}.xlsx", outputs=outputs))
        results.append(failure(f"{number}/{name}.xlsx", name, outputs=(f"{path}-标注.xlsx",)))
    return results


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The summary of the hostile batch beside the files it links to."""
    folder, results = tmp_path_factory.mktemp("输出"), hostile_batch()
    for path in (output for result in results for output in result.outputs):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"x")
    (folder / "汇总表.xlsx").write_bytes(summary_workbook(figures(results)))
    return folder / "汇总表.xlsx"


@pytest.fixture(scope="module")
def saved_by_libreoffice(hostile: Path) -> Path:
    """The workbook opened and saved by LibreOffice."""
    [done] = convert([hostile], hostile.parent / "另存", "xlsx")
    return done


def names_of_departments(file: Path) -> list[Any]:
    """The cells of the column 部门."""
    sheet = load_workbook(file)["部门排名"]
    return [sheet.cell(row, 2) for row in range(FIRST_ROW, FIRST_ROW + len(HOSTILE))]


def test_links_lead_to_the_files_written(hostile: Path) -> None:
    found = links(hostile.read_bytes())
    assert {title: len(targets) for title, targets in found.items() if targets} == {
        "部门排名": 2 * len(HOSTILE),
        "问题清单": len(HOSTILE),
    }
    for target in (target for targets in found.values() for target in targets):
        parts = urlsplit(target)
        assert not parts.scheme and not parts.netloc and not parts.query and not parts.fragment, target
        assert (hostile.parent / unquote(parts.path)).is_file(), target


@needs_libreoffice
def test_libreoffice_finds_the_linked_files(saved_by_libreoffice: Path) -> None:
    targets = [target for found in links(saved_by_libreoffice.read_bytes()).values() for target in found]
    assert len(targets) == 3 * len(HOSTILE)
    for target in targets:
        assert (saved_by_libreoffice.parent / unquote(urlsplit(target).path)).is_file(), target


def test_hostile_names_are_written_as_texts(hostile: Path) -> None:
    cells = names_of_departments(hostile)
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.value for cell in cells if cell.quotePrefix} == set(HOSTILE[:4])
    assert "_x005F_x0041_局" in {cell.value for cell in cells}  # escaped once: Excel shows _x0041_局


@needs_libreoffice
def test_libreoffice_shows_hostile_names_literally(saved_by_libreoffice: Path) -> None:
    shown = {str(cell.value) for cell in names_of_departments(saved_by_libreoffice)}
    assert shown == {"控制〓符〓局" if name.startswith("控制") else name for name in HOSTILE}


def test_long_texts_and_long_lists_are_cut_visibly() -> None:
    result = failure("a.xlsx", *(["问题" * MAX_CHARS] * (MAX_PROBLEMS + 3)))
    lines = table(sheets(summary_workbook(figures([result])))["问题清单"])
    assert len(lines) == MAX_PROBLEMS + 1
    assert lines[0]["问题"].endswith(f"…（共 {2 * MAX_CHARS} 字）")
    assert lines[-1]["问题"] == "另有 3 处，未一一列出"


def test_a_failure_without_a_reason_is_listed() -> None:
    written = sheets(summary_workbook(figures([failure("a.xlsx", outputs=())])))
    [line] = table(written["问题清单"])
    assert (line["填报文件"], line["问题"], line["打开"]) == ("a.xlsx", "没有记录原因", "—")


def test_notes_say_what_was_left_out_and_why() -> None:
    draft = department("草稿局", "90", total=None, grade="")
    results = [department("甲局", "90"), failure("坏.xlsx", "没有填写", "也没有填写"), draft]
    lines = [tuple(line.values()) for line in table(sheets(summary_workbook(figures(results)))["说明"])]
    assert ("填报文件", "3 个", None) in lines
    assert ("列入排名的部门", "1 个", None) in lines
    assert ("没有列入的文件", "坏.xlsx", "指标自评!G5：没有填写（另有 1 处）") in lines
    assert ("没有列入的文件", "草稿局.xlsx", "没有总分") in lines
    assert [line[2] for line in lines if line[0] == "核对（应为 0）"] == [0, 0, 0]


def test_a_total_that_is_not_the_sum_of_its_scores_shows() -> None:
    result = department("甲局", "90", total=Decimal("90.5"))
    lines = table(sheets(summary_workbook(figures([result])))["说明"])
    assert [line["备注"] for line in lines if line["项目"] == "核对（应为 0）"] == [-0.5, 0, 0]


def test_the_same_results_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    results = [*map(scored, range(5)), failure("a.xlsx", "没有填写")]
    first = [file.read_bytes() for file in write_summary(results, forms(), tmp_path / "一")]
    second = [file.read_bytes() for file in write_summary(results[::-1], forms(), tmp_path / "二")]
    assert first == second


def test_a_form_may_be_given_by_its_id_or_folder(tmp_path: Path) -> None:
    results = [*map(scored, range(5)), failure("a.xlsx", "没有填写")]
    first = [file.read_bytes() for file in write_summary(results, {form().id: form()}, tmp_path / "一")]
    second = [file.read_bytes() for file in write_summary(results, {form().id: form().id}, tmp_path / "二")]
    assert first == second


def test_several_forms_give_several_summaries(tmp_path: Path) -> None:
    results = [scored(1), scored(1, other_form()), failure("a.xlsx", form="")]
    names = {file.name for file in write_summary(results, forms(), tmp_path)}
    marks = (form().id, other_form().id, "未识别")
    assert names == {f"汇总表-{mark}.xlsx" for mark in marks} | {f"汇总报告-{mark}.pdf" for mark in marks}
    assert {file.name for file in tmp_path.iterdir()} == names


def test_one_form_gives_one_summary(tmp_path: Path) -> None:
    written = write_summary([scored(1), failure("a.xlsx", form="")], forms(), tmp_path)
    assert written == [tmp_path / "汇总表.xlsx", tmp_path / "汇总报告.pdf"]


PEAK = """
import resource, sys
from tests.batch.summary_cases import figures, scored
from zhengti_zip.batch.summary.workbook import summary_workbook
found = figures([scored(number) for number in range(int(sys.argv[1]))])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
summary_workbook(found)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_stays_flat() -> None:
    """2,000 departments take hardly more memory than 20, since no row is kept."""

    def peak(count: int) -> int:
        command = [sys.executable, "-c", PEAK, str(count)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300)
        return int(done.stdout)

    count, limit = (2000, 30_000) if LONG else (300, 8_000)
    few, many = peak(20), peak(count)
    assert many - few < limit, f"{few} KB for 20 departments, {many} KB for {count}"
