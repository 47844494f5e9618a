"""The workbook of every form: filled in as a clerk does, read back, recovered, upgraded and annotated."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.forms_support import EVERY_FOLDER, EVERY_FORM, ROOT, Example
from zhengti_zip import load_form, read
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.inputs import single_inputs, tables_of
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import InputPath
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.defined_names import name_of
from zhengti_zip.workbook.edit.annotate import annotate
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.upgrade import upgrade
from zhengti_zip.workbook.write.writer import blank_workbook, filled_workbook

FLAT = ROOT / "tests" / "forms" / "flat-2031"
OPTIONS = ROOT / "tests" / "forms" / "options-2031"
NATIONAL = ROOT / "templates" / "project-national"
FOLDERS = pytest.mark.parametrize("folder", EVERY_FOLDER, ids=lambda folder: str(folder.name))


def template(folder: Path, tmp_path: Path) -> tuple[Path, Workbook]:
    """The blank template of a form, and the same opened."""
    file = tmp_path / "填报.xlsx"
    file.write_bytes(blank_workbook(load_form(folder)))
    return file, load_workbook(file)


def cell(book: Workbook, name: str, number: int = 0) -> Any:
    """The cell of a defined name, or the one so many rows below the first of a named column."""
    [(title, cells)] = book.defined_names[name].destinations
    area = book[title][cells]
    return area[number][0] if isinstance(area, tuple) else area


def typed(folder: Path, tmp_path: Path, values: dict[str, Any]) -> Source:
    """The template with some values typed in by input path, as read."""
    file, book = template(folder, tmp_path)
    for path, value in values.items():
        there = InputPath(path)
        cell(
            book, name_of(there.of_every_row if there.number is not None else there), there.number or 0
        ).value = value
    book.save(file)
    return read(file, folder)


def entered(submission: Submission, example: Example) -> dict[str, Any]:
    """Everything of a submission by input path."""
    filling, found = Filling(example.form, submission), dict[str, Any]()
    for slot in single_inputs(example.form):
        found[slot.path] = filling.single(slot.path)
    for table in tables_of(example.form):
        for number, row in enumerate(filling.rows(table)):
            found |= {InputPath.cell(table, number, part): value for part, value in row.items()}
    return {path: value for path, value in found.items() if value not in (None, "")}


@FOLDERS
def test_a_template_has_the_sheets_that_its_form_declares(tmp_path: Path, folder: Path) -> None:
    form = load_form(folder)
    _, book = template(folder, tmp_path)
    words = form.sheets
    has = {
        words.guide: True,
        words.fields: True,
        words.goals: bool(form.goal_columns),
        words.budget: bool(form.budget.columns),
        form.funds.title: bool(form.funds.lines),
        words.scores: bool(form.rows),
        words.data: any(True for _ in form.data_inputs()),
        form.own.title if form.own else words.indicators: form.has_indicators,
        words.units: form.has_units,
        words.evidence: bool(form.evidence_columns),
        words.check: True,
        "_zhengti": True,
    }
    assert book.sheetnames == [title for title, is_there in has.items() if is_there]
    assert ("zt_result_grade" in book.defined_names) == bool(form.grade.bands)


@EVERY_FORM
def test_what_a_clerk_types_is_what_is_read(tmp_path: Path, example: Example) -> None:
    submission = example.source.submission
    source = typed(example.folder, tmp_path, entered(submission, example))
    assert source.submission == submission
    assert [problem for problem in source.reading_problems if problem.is_error] == []


@EVERY_FORM
def test_a_filled_workbook_gives_its_submission(tmp_path: Path, example: Example) -> None:
    file = tmp_path / "填好.xlsx"
    file.write_bytes(filled_workbook(example.form, example.source.submission))
    assert read(file, example.folder).submission == example.source.submission


@EVERY_FORM
def test_inputs_are_found_by_their_words_when_their_names_are_lost(tmp_path: Path, example: Example) -> None:
    file = tmp_path / "填好.xlsx"
    file.write_bytes(filled_workbook(example.form, example.source.submission))
    book = load_workbook(file)
    book.defined_names.clear()
    book.save(file)
    source = read(file, example.folder)
    codes = {problem.code for problem in source.reading_problems if problem.is_error}
    assert codes == set()
    assert source.submission == example.source.submission
    lost = {
        problem.place.sheet
        for problem in source.reading_problems
        if problem.code == "name_lost" and problem.place
    }
    assert lost == set(WorkbookPlan(example.form).titles.values())


@EVERY_FORM
def test_an_upgraded_workbook_keeps_everything(tmp_path: Path, example: Example) -> None:
    file, new = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    file.write_bytes(filled_workbook(example.form, example.source.submission))
    new.write_bytes(upgrade(file, example.form))
    assert new.read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("value", "read_as"),
    [
        ("2031-03-01", "2031-03-01"),
        ("2031年3月1日", "2031-03-01"),
        ("２０３１／３／１", "2031-03-01"),
        ("2031.3.1", "2031-03-01"),
        (datetime(2031, 3, 1), "2031-03-01"),
        ("2031年2月30日", "not_a_date"),
        ("2031年3月", "not_a_date"),
        (20310301, "error_value"),
        ("三月一日", "not_a_date"),
    ],
)
def test_dates_as_clerks_write_them(tmp_path: Path, value: Any, read_as: str) -> None:
    for path in ("fields.filled_on", "indicators.0.due"):
        source = typed(FLAT, tmp_path, {path: value, "indicators.0.name": "甲"})
        field = source.submission.fields.get("filled_on")
        found = field if path.startswith("fields") else source.submission.indicators[0].part("due")
        codes = [p.code for p in source.reading_problems if p.path == path and p.is_error]
        assert [found] == [read_as] if not codes else codes == [read_as]


def test_a_number_in_a_cell_that_is_no_date_is_none(tmp_path: Path) -> None:
    file, book = template(FLAT, tmp_path)
    there = cell(book, "zt_fields_filled_on")
    there.value, there.number_format = 20310301, "General"
    book.save(file)
    [problem] = [p for p in read(file, FLAT).reading_problems if p.path == "fields.filled_on"]
    assert (problem.code, problem.remedy) == ("not_a_date", "请填写“填报日期”的年月日，例如 2026-03-01")


def test_a_date_is_written_as_a_date(tmp_path: Path) -> None:
    form, file = load_form(FLAT), tmp_path / "填好.xlsx"
    file.write_bytes(filled_workbook(form, Submission(form=form.id, fields={"filled_on": "2031-03-01"})))
    found = cell(load_workbook(file), "zt_fields_filled_on")
    assert (found.value, found.number_format) == (datetime(2031, 3, 1), "yyyy-mm-dd")
    assert read(file, FLAT).submission.fields["filled_on"] == "2031-03-01"


def test_a_date_of_which_the_day_is_hidden_is_told(tmp_path: Path) -> None:
    file, book = template(FLAT, tmp_path)
    there = cell(book, "zt_fields_filled_on")
    there.value, there.number_format = datetime(2031, 3, 1), 'yyyy"年"m"月"'
    book.save(file)
    [problem] = [p for p in read(file, FLAT).reading_problems if p.path == "fields.filled_on"]
    assert problem.message == "单元格显示为“2031年3月”，读作 2031-03-01"


@pytest.mark.parametrize(
    ("value", "number_format", "read_as"),
    [
        (95, "General", "95"),
        ("95%", "General", "95"),
        ("９５．５％", "General", "95.5"),
        (0.95, "0%", "95"),
        (0.9555, "0.00%", "95.55"),
        (-3, "General", "-3"),
        ("九成五", "General", "not_a_number"),
        (95, '0"元"', "other_unit"),
    ],
)
def test_percentages_as_clerks_write_them(
    tmp_path: Path, value: Any, number_format: str, read_as: str
) -> None:
    for path, name in (("fields.rate", "zt_fields_rate"), ("indicators.0.part", "zt_indicators_part")):
        file, book = template(FLAT, tmp_path)
        there = cell(book, name)
        there.value, there.number_format = value, number_format
        book.save(file)
        source = read(file, FLAT)
        rows = source.submission.indicators
        found = source.submission.fields.get("rate") if path == "fields.rate" else rows[0].part("part")
        codes = [p.code for p in source.reading_problems if p.path == path and p.is_error]
        assert codes == [read_as] if codes else found == Decimal(read_as)


def test_amounts_of_the_table_of_money_are_read_like_others(tmp_path: Path) -> None:
    source = typed(
        NATIONAL,
        tmp_path,
        {
            "funds.total.initial": "1200万元",
            "funds.total.budget": "12,600,000元",
            "funds.fiscal.budget": -1,
            "funds.other.spent": "无",
        },
    )
    assert source.submission.funds["total"] == {"initial": Decimal(1200), "budget": Decimal(1260)}
    assert source.submission.funds["other"] == {"spent": Decimal(0)}
    [problem] = [p for p in source.reading_problems if p.is_error]
    assert (problem.code, str(problem.path), str(problem.place)) == (
        "negative",
        "funds.fiscal.budget",
        f"{load_form(NATIONAL).funds.title}!C6",
    )


def test_problems_of_amounts_and_entered_rows_are_marked_at_their_cells(tmp_path: Path) -> None:
    values = {"funds.fiscal.budget": "很多", "indicators.1.weight": "十分之一", "indicators.1.name": "甲"}
    source = typed(NATIONAL, tmp_path, values)
    file, marked = tmp_path / "填报.xlsx", tmp_path / "批注.xlsx"
    marked.write_bytes(annotate(file, source, examine(source).problems))
    book = load_workbook(marked)
    for name, number in (("zt_funds_fiscal_budget", 0), ("zt_indicators_weight", 1)):
        assert "不是数值" in cell(book, name, number).comment.text


def test_a_copied_sheet_of_money_is_told(tmp_path: Path) -> None:
    file, book = template(NATIONAL, tmp_path)
    title = load_form(NATIONAL).funds.title
    copy = book.copy_worksheet(book[title])
    copy.title = f"{title} (2)"
    copy["B5"].value = 5
    book.save(file)
    told = [p.message for p in read(file, NATIONAL).reading_problems if p.code == "copied_sheet"]
    assert told == [f"工作表“{title} (2)”像是“{title}”的副本，其中的内容没有读取"]


def test_a_form_whose_rules_need_no_data_of_their_own_has_a_template(tmp_path: Path) -> None:
    text = (OPTIONS / "form.yaml").read_text(encoding="utf-8")
    start, end = text.index("      - id: change"), text.index("instructions:")
    folder = tmp_path / "options-2031"
    folder.mkdir()
    plain = text[:start].replace("weight: 10", "weight: 20") + text[end:]
    (folder / "form.yaml").write_text(plain, encoding="utf-8")
    _, book = template(folder, tmp_path)
    assert book.sheetnames == ["填报说明", "基本情况", "部门预算", "指标自评", "检查", "_zhengti"]
