"""What happened to a workbook as a whole: merged inputs, rows of sums, copies, lost sheets, a million empty rows."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support import time_limit
from tests.workbook.read.changed import told, value, worked
from tests.workbook.tools import DEMO, HAIZHU
from zhengti_zip import read
from zhengti_zip.base.errors import InputError
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.write.upgrade import upgrade


def merged(folder: Path, *ranges: tuple[str, str]) -> Source:
    def work(book: Workbook) -> None:
        for sheet, cells in ranges:
            book[sheet].merge_cells(cells)

    return worked(folder, work)


def test_a_unit_and_a_choice_hold_for_all_rows_they_are_merged_over(tmp_path: Path) -> None:
    source = merged(tmp_path, ("绩效指标", "G10:G12"), ("绩效指标", "B5:B7"), ("绩效指标", "D5:D7"))
    rows = source.submission.indicators
    assert {row.unit for row in rows[5:8]} == {"元/平方米"}
    assert len({(row.type, row.direction) for row in rows[:3]}) == 1


@pytest.mark.parametrize(
    ("sheet", "cells", "label"),
    [
        ("绩效指标", "C5:C6", "指标名称"),
        ("绩效指标", "H5:H7", "实际完成值"),
        ("年度目标", "B5:B6", "绩效目标"),
        ("年度目标", "C6:C8", "完成情况"),
        ("单位明细", "C8:C10", "总预算"),
        ("年度目标", "B5:C5", "完成情况"),
        ("部门预算", "B6:B7", "项目支出"),
    ],
)
def test_merged_inputs_are_one_problem_that_names_them(
    tmp_path: Path, sheet: str, cells: str, label: str
) -> None:
    source = merged(tmp_path, (sheet, cells))
    [problem] = [p for p in source.reading_problems if p.is_error]
    assert (problem.code, str(problem.place)) == ("merged_cells", f"{sheet}!{cells.partition(':')[0]}")
    assert cells in problem.message
    assert label in problem.message
    assert "取消合并" in problem.remedy
    assert "missing" not in {code for _, code, _ in told(source)}


def test_merged_weights_are_one_problem_each(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        for cells, weight in (("K5:K10", 30), ("K11:K14", 10)):
            book["绩效指标"][cells.partition(":")[0]].value = weight
            book["绩效指标"].merge_cells(cells)

    source = worked(tmp_path, work)
    assert [(code, place) for _, code, place in told(source)] == [
        ("merged_cells", "绩效指标!K5"),
        ("merged_cells", "绩效指标!K11"),
    ]


def test_reasons_merged_over_scored_rows_are_named(tmp_path: Path) -> None:
    source = merged(tmp_path, ("指标自评", "G5:G7"))
    [problem] = source.reading_problems
    assert (problem.code, str(problem.place)) == ("merged_cells", "指标自评!G5")
    assert value(source, ("指标自评", "G5"))


def test_cells_merged_over_rows_nobody_filled_in_are_no_matter(tmp_path: Path) -> None:
    source = merged(tmp_path, ("年度目标", "B9:B12"), ("年度目标", "C9:C12"), ("基本情况", "B5:C5"))
    assert source.submission == read(DEMO).submission
    assert told(source) == []


@pytest.mark.parametrize(
    ("cell", "word"), [("B11", "合计"), ("B11", "合 计："), ("A11", "总计"), ("B12", "小计")]
)
def test_a_row_of_sums_is_pointed_at_and_left_out(tmp_path: Path, cell: str, word: str) -> None:
    row = int(cell[1:])

    def work(book: Workbook) -> None:
        sheet = book["单位明细"]
        sheet[cell].value = word
        for column in "CDEFGHI":
            sheet[f"{column}{row}"].value = sum(sheet[f"{column}{n}"].value for n in (8, 9, 10))

    source = worked(tmp_path, work)
    assert told(source) == [("warning", "total_row", f"单位明细!{cell}")]
    assert f"第 {row} 行" in source.reading_problems[0].message
    assert "删除" in source.reading_problems[0].remedy
    assert source.submission == read(DEMO).submission


def test_sums_of_weights_are_left_out_too(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        book["绩效指标"]["C15"].value, book["绩效指标"]["K15"].value = "合计", 100

    source = worked(tmp_path, work)
    assert told(source) == [("warning", "total_row", "绩效指标!C15")]
    assert source.submission == read(DEMO).submission


@pytest.mark.parametrize("name", ["汇总中心", "合计公司"])
def test_a_unit_with_such_a_word_in_its_name_is_a_unit(tmp_path: Path, name: str) -> None:
    def work(book: Workbook) -> None:
        book["单位明细"]["B8"].value = name

    assert worked(tmp_path, work).submission.units[0].name == name


@pytest.mark.parametrize("title", ["年度目标 (2)", "年度目标（新）", "年度目标 - 副本"])
def test_a_filled_copy_of_a_sheet_is_pointed_at(tmp_path: Path, title: str) -> None:
    def work(book: Workbook) -> None:
        book.copy_worksheet(book["年度目标"]).title = title

    source = worked(tmp_path, work)
    assert told(source) == [("warning", "copied_sheet", f"{title}!B5")]
    assert source.submission == read(DEMO).submission


def test_an_empty_copy_and_a_sheet_of_ones_own_are_no_matter(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        copy = book.copy_worksheet(book["年度目标"])
        copy.title = "年度目标 (2)"
        for row in copy.iter_rows(min_row=5, min_col=2):
            for cell in row:
                cell.value = None
        book.create_sheet("测算底稿").append(["测算", 1, 2])

    assert told(worked(tmp_path, work)) == []


@pytest.mark.parametrize(
    "where", [("绩效指标", "Z6"), ("部门预算", "G7"), ("指标自评", "P9"), ("基本情况", "F5")]
)
def test_a_value_beside_the_inputs_is_pointed_at(tmp_path: Path, where: tuple[str, str]) -> None:
    def work(book: Workbook) -> None:
        book[where[0]][where[1]].value = "待财务核对"

    source = worked(tmp_path, work)
    assert told(source) == [("notice", "outside_inputs", "!".join(where))]
    assert "待财务核对" in source.reading_problems[0].message


def test_rows_below_the_end_of_a_table_are_read_and_told(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        for row in (60, 61):
            book["年度目标"][f"B{row}"].value, book["年度目标"][f"C{row}"].value = f"目标{row}", "已完成。"

    source = worked(tmp_path, work)
    assert [goal.goal for goal in source.submission.goals[-2:]] == ["目标60", "目标61"]
    assert told(source) == [("notice", "below_table", "年度目标!B60")]


def test_without_its_hidden_sheet_the_form_is_recognised(tmp_path: Path) -> None:
    """As the document inspector of Excel leaves it: with and without the names that led there."""

    def work(book: Workbook) -> None:
        del book["_zhengti"]

    def work_on_names(book: Workbook) -> None:
        work(book)
        del book.defined_names["zt_form"]
        del book.defined_names["zt_version"]

    for change in (work, work_on_names):
        source = worked(tmp_path, change)
        assert source.submission == read(DEMO).submission
        assert told(source) == [("warning", "form_guessed", "None")]
        assert "haizhu-2022" in source.reading_problems[0].message
    assert told(read(tmp_path / "改动.xlsx", "haizhu-2022")) == []
    new = tmp_path / "新.xlsx"
    new.write_bytes(upgrade(tmp_path / "改动.xlsx"))
    assert told(read(new)) == []


def test_sheets_renamed_and_names_dropped_by_another_program(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        book.defined_names.clear()
        for sheet in book.worksheets:
            sheet.title = f"{sheet.title} - 表格 1"

    def work_on_all(book: Workbook) -> None:
        work(book)
        del book["_zhengti - 表格 1"]

    for change in (work, work_on_all):
        source = worked(tmp_path, change)
        assert source.submission == read(DEMO).submission
        assert {code for _, code, _ in told(source)} <= {"name_lost", "form_guessed"}


def test_a_workbook_of_something_else_is_refused_without_the_advice_to_type_it_in_again(
    tmp_path: Path,
) -> None:
    book = Workbook()
    book.create_sheet("基本情况").append(["姓名", "电话"])
    book.save(tmp_path / "名单.xlsx")
    with pytest.raises(InputError) as refused:
        read(tmp_path / "名单.xlsx")
    assert "--form" in refused.value.remedy


@pytest.mark.parametrize("sheet", ["部门预算", "年度目标", "评分数据", "单位明细"])
def test_a_deleted_sheet_is_one_problem(tmp_path: Path, sheet: str) -> None:
    """Excel leaves names that lead to #REF! behind; LibreOffice drops them."""

    def work(book: Workbook) -> None:
        del book[sheet]
        for defined in book.defined_names.values():
            defined.attr_text = (defined.attr_text or "").replace(f"'{sheet}'", "#REF")

    source = worked(tmp_path, work)
    [problem] = [p for p in source.reading_problems if p.is_error]
    assert problem.code == "lost_input"
    assert sheet in problem.message
    assert "zhengti-zip upgrade" in problem.remedy


def test_rows_deleted_from_a_sheet_are_one_problem(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        for part in ("total", "basic"):
            book.defined_names[f"zt_budget_{part}"].attr_text = "'部门预算'!#REF!"

    source = worked(tmp_path, work)
    assert [(p.code, p.path) for p in source.reading_problems] == [("lost_input", "budget")]


def with_empty_rows(last: int, cells: int) -> bytes:
    """The workbook whose 年度目标 has rows with a style and no value down to ``last``."""
    number = load_workbook(DEMO).sheetnames.index("年度目标") + 1
    columns = "ABCDEFGHIJ"[:cells]
    rows = "".join(
        f'<row r="{row}" s="1">{"".join(f"""<c r="{letter}{row}" s="1"/>""" for letter in columns)}</row>'
        for row in range(30, last + 1)
    )
    stream = BytesIO()
    with zipfile.ZipFile(DEMO) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == f"xl/worksheets/sheet{number}.xml":
                part = part.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            new.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize(("last", "cells"), [(100_000, 4), (1_048_576, 1)])
def test_empty_rows_down_to_the_last_are_skipped(tmp_path: Path, last: int, cells: int) -> None:
    file = tmp_path / "空行.xlsx"
    file.write_bytes(with_empty_rows(last, cells))
    with time_limit(60):
        source = read(file)
    assert source.submission == read(DEMO).submission
    assert examine(source).problems == []


def test_rows_full_of_values_are_refused_with_the_name_of_their_sheet(tmp_path: Path) -> None:
    file = tmp_path / "太多.xlsx"
    content = with_empty_rows(400_000, 5)
    file.write_bytes(content)
    assert read(file).submission == read(DEMO).submission
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b' s="1"/></row>', b' s="1"><v>1</v></c></row>'))
    file.write_bytes(stream.getvalue())
    with pytest.raises(InputError, match="工作表“年度目标”") as refused:
        read(file)
    assert "空行" in refused.value.remedy


def test_the_samples_have_nothing_stray() -> None:
    assert told(read(HAIZHU)) == told(read(DEMO)) == []
