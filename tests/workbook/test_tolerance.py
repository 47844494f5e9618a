"""What people and other programs do to a workbook, and what is still understood."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.forms_support import EVERY_FORM, Example
from tests.workbook.tools import DEMO, HAIZHU, edit
from zhengti_zip import read
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.problems import Problem, Severity
from zhengti_zip.workbook.edit.annotate import annotate
from zhengti_zip.workbook.write.upgrade import upgrade
from zhengti_zip.workbook.write.writer import filled_workbook


def change(folder: Path, work: Any, file: Path = HAIZHU) -> Path:
    """A copy of a workbook after something was done to it as a whole."""
    book = load_workbook(file)
    work(book)
    target = folder / "改动.xlsx"
    book.save(target)
    return target


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in problems]


@pytest.mark.parametrize(
    ("cell", "typed", "path", "value"),
    [
        (("基本情况", "B6"), datetime(2022, 12, 31), "year", 2022),
        (("基本情况", "B6"), datetime(1905, 7, 14), "year", 2022),
        (("基本情况", "B6"), "２０２２年度", "year", 2022),
        (("基本情况", "B6"), "2022.0", "year", 2022),
        (("基本情况", "B8"), "１个", "unit_count", 1),
        (("基本情况", "B7"), " 本 级 ", "scope", "本级"),
        (("基本情况", "B5"), "海珠区_x000D_\n教育局 ", "department", "海珠区\n教育局"),
    ],
)
def test_fields_however_they_are_typed(
    tmp_path: Path, cell: tuple[str, str], typed: Any, path: str, value: Any
) -> None:
    source = read(edit(HAIZHU, tmp_path, {cell: typed}))
    assert source.submission.fields[path] == value
    assert not any(problem.is_error for problem in examine(source).problems)


def test_percent_cells_against_fractions(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        for row, (value, style) in enumerate(((0.95, "0%"), (95, '0"%"'), ("95％", "General")), start=13):
            book["绩效指标"][f"J{row}"].value = value
            book["绩效指标"][f"J{row}"].number_format = style
            book["绩效指标"][f"D{row}"].value = "定性"

    rows = read(change(tmp_path, work, DEMO)).submission.indicators[8:]
    assert [row.degree_percent for row in rows] == [Decimal(95)] * 3


def test_rich_text_and_hidden_rows_are_read(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        bold = InlineFont(b=True)
        book["年度目标"]["B5"].value = CellRichText("完成", TextBlock(bold, "全部"), "任务")
        book["年度目标"].row_dimensions[5].hidden = True

    submission = read(change(tmp_path, work)).submission
    assert submission.goals[0].goal == "完成全部任务"


def test_choices_merged_over_their_rows(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        book["绩效指标"].merge_cells("B5:B7")
        book["绩效指标"].merge_cells("H5:I5")

    before, after = read(DEMO).submission, read(change(tmp_path, work, DEMO)).submission
    assert [row.type for row in after.indicators[:3]] == [before.indicators[0].type] * 3
    assert after.indicators[3:] == before.indicators[3:]


def test_a_value_typed_over_a_formula_changes_nothing(tmp_path: Path) -> None:
    file = edit(HAIZHU, tmp_path, {("指标自评", "J5"): 3, ("指标自评", "E5"): "完整", ("绩效指标", "M5"): 9})
    assert read(file).submission == read(HAIZHU).submission
    assert examine(read(file)).problems == []


def test_lost_names_are_found_again_by_their_words(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        book.defined_names.clear()

    source = read(change(tmp_path, work, DEMO))
    assert source.submission == read(DEMO).submission
    assert {problem.code for problem in examine(source).problems} == {"name_lost"}
    assert len(examine(source).problems) == 7


def test_renamed_sheet_without_names_is_guessed(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        book["部门预算"].title = "部门预算 (2)"
        for name in [name for name in book.defined_names if name.startswith("zt_budget")]:
            del book.defined_names[name]

    source = read(change(tmp_path, work))
    [problem] = examine(source).problems
    assert problem.code == "name_lost"
    assert "“部门预算”似已改名为“部门预算 (2)”" in problem.message
    assert source.submission == read(HAIZHU).submission


def test_deleted_sheet_is_named(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        del book["部门预算"]
        for name in [name for name in book.defined_names if name.startswith("zt_budget")]:
            del book.defined_names[name]

    [problem] = examine(read(change(tmp_path, work))).problems
    assert problem.code == "lost_input"
    assert "工作表“部门预算”已被删除或改名" in problem.message
    assert "7 个" in problem.message
    assert "zhengti-zip upgrade" in problem.remedy


@pytest.mark.parametrize("cell", ["B5", "B6", "B7"])
def test_yuan_for_wan_yuan_is_suspected(tmp_path: Path, cell: str) -> None:
    amount = load_workbook(HAIZHU)["部门预算"][cell].value
    problems = examine(read(edit(HAIZHU, tmp_path, {("部门预算", cell): amount * 10000}))).problems
    assert codes(problems) == [("maybe_yuan", f"部门预算!{cell}")]
    assert problems[0].is_error, "the sum does not hold"


def test_large_and_small_amounts_side_by_side_are_no_suspicion(tmp_path: Path) -> None:
    amounts = {"B5": 98765.43, "B6": 98765.42, "B7": 0.01, "B8": 0, "B9": 0}
    file = edit(HAIZHU, tmp_path, {("部门预算", cell): value for cell, value in amounts.items()})
    assert codes(examine(read(file)).problems) == []


def test_long_text_says_what_it_does_to_the_print(tmp_path: Path) -> None:
    [problem] = examine(read(edit(HAIZHU, tmp_path, {("指标自评", "G7"): "原因" * 300}))).problems
    assert (problem.code, str(problem.place), problem.is_error) == ("long_text", "指标自评!G7", False)
    assert "40 行" in problem.message


def test_older_template_is_read_where_its_meaning_is_clear(tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        book["_zhengti"]["B2"].value = 0
        del book.defined_names["zt_budget_superior"]
        book["部门预算"]["A11"].value = None

    [problem] = [p for p in examine(read(change(tmp_path, work))).problems if p.is_error]
    assert (problem.code, problem.path) == ("lost_input", "budget.superior")
    assert "旧版模板" in problem.message
    assert "zhengti-zip upgrade" in problem.remedy


def test_upgrade_carries_everything_over_also_what_is_wrong(tmp_path: Path) -> None:
    wrong = {("基本情况", "B6"): "去年", ("指标自评", "F7"): "很好", ("绩效指标", "E5"): "三百二"}
    old = edit(DEMO, tmp_path, wrong)
    new = tmp_path / "新.xlsx"
    new.write_bytes(upgrade(old))
    assert read(new).submission == read(old).submission
    assert codes(examine(read(new)).problems) == codes(examine(read(old)).problems)
    assert load_workbook(new)["绩效指标"]["E5"].value == "三百二"


@pytest.mark.slow
@EVERY_FORM
def test_every_form_is_upgraded_and_annotated_without_loss(tmp_path: Path, example: Example) -> None:
    file, new, marked = (tmp_path / f"{name}.xlsx" for name in ("旧", "新", "标注"))
    file.write_bytes(filled_workbook(example.form, example.source.submission))
    new.write_bytes(upgrade(file, example.form))
    source = read(new, example.form)
    assert source.submission == example.source.submission
    problems = [
        Problem(Severity.WARNING, "x", "说明", "处理", path, path, place=place)
        for path, place in source.places.items()
    ]
    marked.write_bytes(annotate(new, source, problems))
    assert read(marked, example.form).submission == example.source.submission
    book = load_workbook(marked)
    assert all(book[p.place.sheet][p.place.cell].comment for p in problems if p.place and p.place.sheet)
